"""Which ink counts: what each pixel adds to a digit's logit, by two methods.

Integrated gradients give a black pixel no value, since it does not differ from their black
baseline. Occlusion changes blank parts, too, and so shows where missing ink matters.
"""

import numpy as np

from mnist_model.explain.checks import checked_digit, checked_pixels, one_hot
from mnist_model.read.classifier import Classifier
from mnist_model.read.forward import forward

STEPS = 32
PATCH = 5  # pixels, the diameter of the brush that occlusion changes


def integrated_gradients(
    classifier: Classifier,
    pixels: np.ndarray,
    digit: int,
    against: int | None = None,
    steps: int = STEPS,
) -> tuple[np.ndarray, float]:
    """Integrate the logit's gradient along the straight line from black to the drawing.

    Source: Sundararajan, Taly and Yan, "Axiomatic attribution for deep networks", ICML 2017, with
    the midpoint rule.

    Args:
        classifier: whose network is asked.
        pixels: ``(28, 28)`` uint8, in MNIST format.
        digit: whose logit.
        against: the digit whose logit is subtracted: "why 7, why not 1".
        steps: of the integration.

    Returns:
        ``(28, 28)`` float32: what each pixel adds, in the logit's unit. And the logit of the
        drawing less that of a black image: the sum of the values, but for an integration error
        that falls with ``steps``.

    Raises:
        ValueError: for wrong ``pixels`` or digits.
    """
    image, weights = checked_pixels(pixels), _weights(digit, against)
    path = ((np.arange(steps) + 0.5) / steps)[:, None, None] * image
    values = forward(classifier).pixel_gradients(path, weights).mean(axis=0) * image
    drawn, black = classifier.logits(np.stack([image, np.zeros_like(image)])) @ weights
    return values, float(drawn - black)


def occlusion(
    classifier: Classifier,
    pixels: np.ndarray,
    digit: int,
    against: int | None = None,
    every: int = 1,
) -> np.ndarray:
    """How far the logit falls when the ink around a pixel is inverted: ink to blank, blank to ink.

    Source: Zeiler and Fergus, "Visualizing and understanding convolutional networks", ECCV 2014;
    they cover with grey, which shows nothing about missing ink.

    Args:
        classifier: whose network is asked.
        pixels: ``(28, 28)`` uint8, in MNIST format.
        digit: whose logit.
        against: the digit whose logit is subtracted.
        every: pixels between two tries, down and across; the result is interpolated between them.

    Returns:
        ``(28, 28)`` float32: for each pixel the logit of the drawing less that of the drawing with
        a round brush of `PATCH` pixels inverted there. Positive where the drawing must not change.

    Raises:
        ValueError: for wrong ``pixels`` or digits.
    """
    image, weights = checked_pixels(pixels), _weights(digit, against)
    at = np.arange(every // 2, 28, every)
    brush = np.exp(-((at[:, None] - np.arange(28)) ** 2) / (2 * (PATCH / 4) ** 2))
    brushes = (brush[:, None, :, None] * brush[None, :, None, :]).reshape(-1, 28, 28)
    inverted = image + brushes.astype(np.float32) * (255 - 2 * image)
    logits = classifier.logits(np.concatenate([image[None], inverted])) @ weights
    lost = (logits[0] - logits[1:]).reshape(len(at), len(at))
    spread = np.array([np.interp(np.arange(28), at, row) for row in np.eye(len(at))])
    return (spread.T @ lost @ spread).astype(np.float32)


def _weights(digit: int, against: int | None) -> np.ndarray:
    weights = one_hot(checked_digit(digit))
    return weights if against is None else weights - one_hot(checked_digit(against))
