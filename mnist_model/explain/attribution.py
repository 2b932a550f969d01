"""Which ink counts: what each pixel adds to a digit's logit, asked in two ways.

A black baseline gives missing ink no say: a pixel that is black in both adds nothing. Turning a
part over and looking again (occlusion) does.
"""

from dataclasses import dataclass

import numpy as np

from mnist_model.classifier import Classifier
from mnist_model.explain.checks import checked_digit, checked_pixels
from mnist_model.explain.gradients import functions

STEPS = 64
PATCH = 5  # pixels along a side, of what occlusion turns over


@dataclass(frozen=True, eq=False)
class Attribution:
    """What each pixel adds to a digit's logit.

    Attributes:
        values: ``(28, 28)`` float32, in the logit's unit; negative for what speaks against it.
        total: the logit of the drawing less the logit of a black image: what ``values`` should sum
            to.
        residual: ``values.sum() - total``: the error of the numerical integration.
    """

    values: np.ndarray
    total: float
    residual: float


def integrated_gradients(
    classifier: Classifier, pixels: np.ndarray, digit: int, against: int | None = None
) -> Attribution:
    """Integrate the logit's gradient along the straight way from black to the drawing.

    Source: Sundararajan, Taly and Yan, "Axiomatic attribution for deep networks", ICML 2017, with
    the midpoint rule in `STEPS` steps.

    Args:
        classifier: whose network is asked.
        pixels: ``(28, 28)`` uint8, in MNIST format.
        digit: whose logit.
        against: the digit whose logit is subtracted: "why 7, why not 1".

    Raises:
        ValueError: if ``pixels`` or a digit is none.
    """
    image, weights = checked_pixels(pixels), _weights(digit, against)
    shares = (np.arange(STEPS) + 0.5) / STEPS
    run = functions(classifier)
    path = shares[:, None, None] * image
    _, gradients = run.gradients(path, np.repeat(weights, STEPS, axis=0))
    values = gradients.mean(axis=0) * image
    drawn, black = run.logits(np.stack([image, np.zeros_like(image)])) @ weights[0]
    total = float(drawn - black)
    return Attribution(values, total, float(values.sum()) - total)


def occlusion(
    classifier: Classifier, pixels: np.ndarray, digit: int, against: int | None = None
) -> np.ndarray:
    """What the logit loses when the ink about each pixel is turned over: ink to none, none to ink.

    Source: Zeiler and Fergus, "Visualizing and understanding convolutional networks", ECCV 2014;
    they cover with grey, which would say nothing about ink that is missing.

    Args:
        classifier: whose network is asked.
        pixels: ``(28, 28)`` uint8, in MNIST format.
        digit: whose logit.
        against: the digit whose logit is subtracted.

    Returns:
        ``(28, 28)`` float32: for each pixel the logit of the drawing less that of the drawing with
        a round brush of `PATCH` pixels turned over there. Positive: it must stay as it is.

    Raises:
        ValueError: if ``pixels`` or a digit is none.
    """
    image, weights = checked_pixels(pixels), _weights(digit, against)
    place = np.arange(28)
    squared = (place[:, None] - place) ** 2
    near = squared[:, None, :, None] + squared[None, :, None, :]  # row, column of the brush first
    brush = np.exp(-near / (2 * (PATCH / 4) ** 2)).astype(np.float32).reshape(784, 28, 28)
    covered = image + brush * (255 - 2 * image)
    logits = functions(classifier).logits(np.concatenate([image[None], covered])) @ weights[0]
    return (logits[0] - logits[1:]).reshape(28, 28)


def _weights(digit: int, against: int | None) -> np.ndarray:
    weights = np.zeros((1, 10), np.float32)
    weights[0, checked_digit(digit)] += 1
    if against is not None:
        weights[0, checked_digit(against)] -= 1
    return weights
