"""Stress it: the same digit, changed more and more, and its reading at each strength."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mnist_model.explain.checks import checked_pixels
from mnist_model.preprocess.errors import UserError
from mnist_model.preprocess.transform import thicken, warp
from mnist_model.read.classifier import Classifier


@dataclass(frozen=True)
class Change:
    """One way of changing a digit that is already in MNIST format.

    Attributes:
        strengths: all that are tried, in rising order.
        neutral: the strength that changes nothing.
        apply: ``(n, 28, 28)`` float32 copies of a digit and ``(n,)`` strengths -> the changed ones.
    """

    strengths: np.ndarray
    neutral: float
    apply: Callable[[np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True, eq=False)
class Curve:
    """What the network reads as a change grows.

    Attributes:
        strengths: ``(m,)``.
        pixels: ``(m, 28, 28)`` uint8, the changed digit.
        probabilities: ``(m, 10)``.
        is_digit: ``(m,)`` bool.
        margins: ``(m,)``: the digit score less its threshold, in nats (`Reading.digit_margin`);
            negative for a refused drawing, minus infinity for a blank one.
        neutral: index of the strength that changes nothing.
        flips: indices i whose reading differs from the one at i - 1; "not a digit" is a reading,
            too.
    """

    strengths: np.ndarray
    pixels: np.ndarray
    probabilities: np.ndarray
    is_digit: np.ndarray
    margins: np.ndarray
    neutral: int
    flips: list[int]


def perturb(classifier: Classifier, pixels: np.ndarray, change: str) -> Curve:
    """Change a digit in all strengths and read the results in one batch.

    Args:
        classifier: reads the changed digits.
        pixels: ``(28, 28)`` uint8, in MNIST format; the changed digits are not centred again.
        change: a name in `PERTURBATIONS`.

    Raises:
        ValueError: for wrong ``pixels`` or an unknown change.
    """
    image = checked_pixels(pixels)
    if change not in PERTURBATIONS:
        raise UserError(f"The changes are {', '.join(PERTURBATIONS)}, not {change!r:.50}.")
    kind = PERTURBATIONS[change]
    copies = np.repeat(image[None], len(kind.strengths), axis=0)
    changed = np.rint(np.clip(kind.apply(copies, kind.strengths), 0, 255)).astype(np.uint8)
    probabilities, scores = classifier.probabilities_and_scores(changed)
    margins = np.where(changed.any(axis=(1, 2)), scores - classifier.digit_threshold, -np.inf)
    is_digit = margins >= 0
    read = np.where(is_digit, probabilities.argmax(axis=1), -1)
    return Curve(
        strengths=kind.strengths,
        pixels=changed,
        probabilities=probabilities,
        is_digit=is_digit,
        margins=margins,
        neutral=int(np.abs(kind.strengths - kind.neutral).argmin()),
        flips=[int(i) for i in np.flatnonzero(np.diff(read)) + 1],
    )


def _warped(images: np.ndarray, **changes: np.ndarray) -> np.ndarray:
    n = len(images)
    still = {"rotation": np.zeros(n), "shear": np.zeros(n)}
    still |= {"scale": np.ones((2, n)), "shift": np.zeros((2, n))}
    return warp(images, **still | changes)


def _thickened(images: np.ndarray, pixels: np.ndarray) -> np.ndarray:
    """One pixel thicker: half a pixel on either side."""
    left = pixels / 2
    while np.abs(left).max() > 0:
        now = np.clip(left, -0.5, 0.5)
        images = thicken(images, now.astype(np.float32))
        left = left - now
    return images


def _noisy(images: np.ndarray, deviations: np.ndarray) -> np.ndarray:
    noise = np.random.default_rng(0).normal(size=images.shape[1:])  # one pattern at all strengths
    return images + deviations[:, None, None] * noise


def _covered(images: np.ndarray, percent: np.ndarray) -> np.ndarray:
    """Cover a share of the ink's columns: from the left where it is negative, else the right."""
    columns = np.flatnonzero(images[0].any(axis=0))
    if not len(columns):
        return images
    first, last = columns[0], columns[-1] + 1
    place = np.arange(images.shape[2])
    width = np.abs(percent) / 100 * (last - first)
    left = np.where(percent < 0, first + width, -1)[:, None]
    right = np.where(percent > 0, last - width, 99)[:, None]
    return images * ((place >= left) & (place < right))[:, None, :]


PERTURBATIONS = {
    "shift": Change(
        np.linspace(-10, 10, 41), 0.0, lambda i, s: _warped(i, shift=np.stack([-s, 0 * s]))
    ),
    "rise": Change(
        np.linspace(-10, 10, 41), 0.0, lambda i, s: _warped(i, shift=np.stack([0 * s, -s]))
    ),
    "rotation": Change(np.linspace(-90, 90, 61), 0.0, lambda i, s: _warped(i, rotation=s)),
    "scale": Change(
        np.linspace(0.3, 1.7, 57), 1.0, lambda i, s: _warped(i, scale=np.stack([s, s]))
    ),
    "thickness": Change(np.linspace(-3, 3, 49), 0.0, _thickened),
    "noise": Change(np.linspace(0, 120, 41), 0.0, _noisy),
    "cover": Change(np.linspace(-100, 100, 41), 0.0, _covered),
}
