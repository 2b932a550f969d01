"""Fool it: the smallest change that makes the network read another digit."""

from dataclasses import dataclass

import numpy as np

from mnist_model.explain.checks import checked_digit, checked_pixels, one_hot
from mnist_model.preprocess.errors import UserError
from mnist_model.read.classifier import Classifier
from mnist_model.read.forward import forward, sure_weights
from mnist_model.read.reading import Reading

STEPS = 25  # of projected gradient descent within each bound
BOUNDS = 7  # tries after the first: each halves the gap between the bounds that failed and worked
MAX_BOUND = {"linf": 128.0, "l2": 2550.0}  # grey levels; beyond it a person sees another digit, too
NORMS = tuple(MAX_BOUND)
_FIRST_STEP = 0.24  # of the bound; later steps are shorter


@dataclass(frozen=True, eq=False)
class AdversarialExample:
    """An attempt to fool the network.

    Attributes:
        success: whether the network reads the chosen digit, and does not refuse it.
        difference: ``(28, 28)`` int16, what was added to the drawing.
        size: of the difference in the norm, in grey levels.
        reading: of the changed drawing.
    """

    success: bool
    difference: np.ndarray
    size: float
    reading: Reading


@dataclass(frozen=True)
class Search:
    """The gap that contains the smallest sufficient bound.

    Attributes:
        failed: the largest bound that was not enough, in grey levels.
        worked: the smallest that was; None before the first attempt.
        attempts: how many bounds were tried.
    """

    failed: float = 0.0
    worked: float | None = None
    attempts: int = 0


def attempt(
    classifier: Classifier,
    pixels: np.ndarray,
    digit: int,
    norm: str = "linf",
    search: Search = Search(),
) -> tuple[AdversarialExample, Search | None]:
    """Try to fool the network within one bound: one step of a bisection.

    Projected gradient descent (Madry et al., "Towards deep learning models resistant to adversarial
    attacks", ICLR 2018) on the cross-entropy of the target less its logit, because the network must
    not refuse the result either. The result is rounded to whole grey levels, then read.

    Args:
        classifier: whose network is fooled.
        pixels: ``(28, 28)`` uint8, in MNIST format.
        digit: that it shall read.
        norm: how the change is measured: "linf", the largest change of any pixel, or "l2", the root
            of the sum of squares.
        search: what the last attempt returned; without it the largest bound is tried.

    Returns:
        The attempt, and the search for the next one; None if this was the last.

    Raises:
        ValueError: for wrong ``pixels``, digit, norm or search.
    """
    image, digit = checked_pixels(pixels), checked_digit(digit)
    if norm not in NORMS:
        raise UserError(f"The norm is one of {', '.join(NORMS)}, not {norm!r:.50}.")
    worked = MAX_BOUND[norm] if search.worked is None else search.worked
    is_search = all(0 <= bound <= MAX_BOUND[norm] for bound in (search.failed, worked))
    if not (is_search and 0 <= search.attempts <= BOUNDS):
        raise UserError("This search does not exist.")
    bound = worked if search.worked is None else (search.failed + worked) / 2
    changed = _attacked(classifier, image, digit, norm, bound)
    reading = classifier.read_pixels([changed])[0]
    difference = changed.astype(np.int16) - pixels
    success = reading.digit == digit and reading.is_digit
    result = AdversarialExample(success, difference, _size(difference, norm), reading)
    if search.attempts == BOUNDS or (search.worked is None and not success):
        return result, None
    attempts = search.attempts + 1
    if success:
        return result, Search(search.failed, min(bound, result.size), attempts)
    return result, Search(bound, worked, attempts)


def _attacked(
    classifier: Classifier, image: np.ndarray, digit: int, norm: str, bound: float
) -> np.ndarray:
    """``(28, 28)`` uint8, the image changed within the bound."""
    network, weights = forward(classifier), sure_weights(one_hot(digit))
    # Half a grey level less: rounding to whole ones must not break the bound.
    room = max(bound - (0.5 if norm == "linf" else 14.0), 0.0)
    changed = image.copy()
    for step in range(STEPS):
        (gradient,) = network.pixel_gradients(changed[None], weights)
        length = _FIRST_STEP * (1 - step / STEPS) * bound
        change = changed - image + length * _unit(gradient, norm)
        changed = np.clip(image + _within(change, room, norm), 0, 255)
    return np.rint(changed).astype(np.uint8)


def _unit(gradient: np.ndarray, norm: str) -> np.ndarray:
    if norm == "linf":
        return np.sign(gradient)
    return gradient / max(_size(gradient, norm), 1e-12)


def _within(change: np.ndarray, bound: float, norm: str) -> np.ndarray:
    if norm == "linf":
        return np.clip(change, -bound, bound)
    return change * min(1.0, bound / max(_size(change, norm), 1e-12))


def _size(change: np.ndarray, norm: str) -> float:
    return float(np.linalg.norm(change.ravel().astype(float), np.inf if norm == "linf" else 2))
