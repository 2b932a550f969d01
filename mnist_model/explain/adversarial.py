"""Fool it: the smallest change that makes the network read a digit of one's choice."""

from dataclasses import dataclass

import numpy as np

from mnist_model.explain.checks import checked_digit, checked_pixels, one_hot
from mnist_model.preprocess.errors import UserError
from mnist_model.read.classifier import Classifier
from mnist_model.read.forward import forward, sure_weights

NORMS = ("linf", "l2")
STEPS = 25  # of projected gradient for each bound that is tried
BOUNDS = 7  # that are tried: each halves the span between what failed and what did it
LARGEST = {"linf": 128.0, "l2": 2550.0}  # grey levels; beyond it a person would see another digit
_FIRST_STEP = 0.24  # of the bound; the others ever shorter


@dataclass(frozen=True, eq=False)
class AdversarialExample:
    """An attempt at fooling the network.

    Attributes:
        success: whether the digit that was asked for is read: the most probable, and not refused.
        pixels: ``(28, 28)`` uint8, the changed drawing; where it failed, as far as it came.
        difference: ``(28, 28)`` int16, what was added to the drawing.
        size: of the difference in the norm, in grey levels.
        bound: the largest size that was allowed, in grey levels.
        norm: "linf", the largest change of any pixel, or "l2", the root of the sum of squares.
        probabilities: ``(10,)`` of the changed drawing.
        is_digit: whether it is taken for a digit.
    """

    success: bool
    pixels: np.ndarray
    difference: np.ndarray
    size: float
    bound: float
    norm: str
    probabilities: np.ndarray
    is_digit: bool


@dataclass(frozen=True)
class Search:
    """Where the smallest bound that is enough lies, as far as it has been found.

    Attributes:
        failed: the largest bound that was not enough, in grey levels.
        worked: the smallest that was; None before the first attempt.
        attempts: how many bounds were tried.
    """

    failed: float = 0.0
    worked: float | None = None
    attempts: int = 0


def adversarial_example(
    classifier: Classifier, pixels: np.ndarray, digit: int, norm: str = "linf"
) -> AdversarialExample:
    """Look for the smallest change that makes the network read ``digit``, by bisection.

    Args:
        classifier: whose network is fooled.
        pixels: ``(28, 28)`` uint8, in MNIST format.
        digit: what it is to read.
        norm: how the change is measured, one of `NORMS`.

    Raises:
        ValueError: if ``pixels``, the digit or the norm is none.
    """
    best, search = attempt(classifier, pixels, digit, norm)
    while search:
        result, search = attempt(classifier, pixels, digit, norm, search)
        best = result if result.success else best
    return best


def attempt(
    classifier: Classifier,
    pixels: np.ndarray,
    digit: int,
    norm: str = "linf",
    search: Search = Search(),
) -> tuple[AdversarialExample, Search | None]:
    """One step of the bisection: try to fool the network within one bound.

    Projected gradient descent (Madry et al., "Towards deep learning models resistant to adversarial
    attacks", ICLR 2018) on the cross-entropy of the target less its logit, because the result must
    not be refused as no digit either.
    The result is rounded to whole grey levels and read anew: what is returned is what works.

    Args:
        classifier, pixels, digit, norm: as for `adversarial_example`.
        search: what the attempt before returned; without it the largest bound is tried.

    Returns:
        The attempt, and the search for the next one; None if this was the last.

    Raises:
        ValueError: as `adversarial_example`, or if there was no such search.
    """
    image, digit = checked_pixels(pixels), checked_digit(digit)
    if norm not in NORMS:
        raise UserError(f"The norm is one of {', '.join(NORMS)}, not {norm!r:.50}.")
    worked = LARGEST[norm] if search.worked is None else search.worked
    is_search = all(0 <= bound <= LARGEST[norm] for bound in (search.failed, worked))
    if not (is_search and 0 <= search.attempts <= BOUNDS):
        raise UserError("There was no such search.")
    bound = worked if search.worked is None else (search.failed + worked) / 2
    result = _attack(classifier, image, digit, norm, bound)
    if search.attempts == BOUNDS or (search.worked is None and not result.success):
        return result, None
    attempts = search.attempts + 1
    if result.success:
        return result, Search(search.failed, min(bound, result.size), attempts)
    return result, Search(bound, worked, attempts)


def _attack(
    classifier: Classifier, image: np.ndarray, digit: int, norm: str, bound: float
) -> AdversarialExample:
    network, weights = forward(classifier), sure_weights(one_hot(digit))
    # Half a grey level less: rounding to whole ones must not break the bound.
    room = max(bound - (0.5 if norm == "linf" else 14.0), 0.0)
    changed = image.copy()
    for step in range(STEPS):
        (gradient,) = network.pixel_gradients(changed[None], weights)
        length = _FIRST_STEP * (1 - step / STEPS) * bound
        change = changed - image + length * _unit(gradient, norm)
        changed = np.clip(image + _within(change, room, norm), 0, 255)
    result = np.rint(changed).astype(np.uint8)
    reading = classifier.read_pixels([result])[0]
    difference = result.astype(np.int16) - image.astype(np.int16)
    return AdversarialExample(
        success=reading.digit == digit and reading.is_digit,
        pixels=result,
        difference=difference,
        size=_size(difference, norm),
        bound=bound,
        norm=norm,
        probabilities=reading.probabilities,
        is_digit=reading.is_digit,
    )


def _unit(gradient: np.ndarray, norm: str) -> np.ndarray:
    if norm == "linf":
        return np.sign(gradient)
    return gradient / max(float(np.sqrt((gradient**2).sum())), 1e-12)


def _within(change: np.ndarray, bound: float, norm: str) -> np.ndarray:
    if norm == "linf":
        return np.clip(change, -bound, bound)
    return change * min(1.0, bound / max(_size(change, norm), 1e-12))


def _size(change: np.ndarray, norm: str) -> float:
    change = change.astype(np.float64)
    return float(np.abs(change).max() if norm == "linf" else np.sqrt((change**2).sum()))
