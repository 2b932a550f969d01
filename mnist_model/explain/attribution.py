"""Which ink counts: what each pixel adds to a digit's logit, asked in two ways.

A black baseline gives missing ink no say: a pixel that is black in both adds nothing. Turning a
part over and looking again (occlusion) does.
"""

from dataclasses import dataclass

import numpy as np

from mnist_model.explain.checks import checked_digit, checked_pixels, one_hot
from mnist_model.read.classifier import Classifier
from mnist_model.read.forward import forward

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
    classifier: Classifier,
    pixels: np.ndarray,
    digit: int,
    against: int | None = None,
    steps: int = STEPS,
) -> Attribution:
    """Integrate the logit's gradient along the straight way from black to the drawing.

    Source: Sundararajan, Taly and Yan, "Axiomatic attribution for deep networks", ICML 2017, with
    the midpoint rule.

    Args:
        classifier: whose network is asked.
        pixels: ``(28, 28)`` uint8, in MNIST format.
        digit: whose logit.
        against: the digit whose logit is subtracted: "why 7, why not 1".
        steps: of the integration: with fewer the residual is larger.

    Raises:
        ValueError: if ``pixels`` or a digit is none.
    """
    image, weights = checked_pixels(pixels), _weights(digit, against)
    path = ((np.arange(steps) + 0.5) / steps)[:, None, None] * image
    values = forward(classifier).pixel_gradients(path, weights).mean(axis=0) * image
    drawn, black = classifier.logits(np.stack([image, np.zeros_like(image)])) @ weights
    total = float(drawn - black)
    return Attribution(values, total, float(values.sum()) - total)


def occlusion(
    classifier: Classifier,
    pixels: np.ndarray,
    digit: int,
    against: int | None = None,
    every: int = 1,
) -> np.ndarray:
    """What the logit loses when the ink about each pixel is turned over: ink to none, none to ink.

    Source: Zeiler and Fergus, "Visualizing and understanding convolutional networks", ECCV 2014;
    they cover with grey, which would say nothing about ink that is missing.

    Args:
        classifier: whose network is asked.
        pixels: ``(28, 28)`` uint8, in MNIST format.
        digit: whose logit.
        against: the digit whose logit is subtracted.
        every: only at every such pixel each way is the ink turned over; between these the result
            is interpolated.

    Returns:
        ``(28, 28)`` float32: for each pixel the logit of the drawing less that of the drawing with
        a round brush of `PATCH` pixels turned over there. Positive: it must stay as it is.

    Raises:
        ValueError: if ``pixels`` or a digit is none.
    """
    image, weights = checked_pixels(pixels), _weights(digit, against)
    at = np.arange(every // 2, 28, every)
    brush = np.exp(-((at[:, None] - np.arange(28)) ** 2) / (2 * (PATCH / 4) ** 2))
    brushes = (brush[:, None, :, None] * brush[None, :, None, :]).reshape(-1, 28, 28)
    covered = image + brushes.astype(np.float32) * (255 - 2 * image)
    logits = classifier.logits(np.concatenate([image[None], covered])) @ weights
    lost = (logits[0] - logits[1:]).reshape(len(at), len(at))
    spread = np.array([np.interp(np.arange(28), at, row) for row in np.eye(len(at))])
    return (spread.T @ lost @ spread).astype(np.float32)


def _weights(digit: int, against: int | None) -> np.ndarray:
    weights = one_hot(checked_digit(digit))
    return weights if against is None else weights - one_hot(checked_digit(against))
