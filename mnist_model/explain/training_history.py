"""How it learned: drawings that land in a cell of the confusion."""

import functools
import weakref
from typing import Any

import numpy as np

from mnist_model.explain.checks import checked_digit
from mnist_model.handwriting import write_digit
from mnist_model.preprocess.mnist_format import strokes_to_mnist
from mnist_model.read.classifier import Classifier

MOST = 8  # drawings of a cell
_SAMPLE = 150  # drawings of the writer's that are looked through, of each digit


def examples_of_confusion(classifier: Classifier, written: int, read: int) -> list[np.ndarray]:
    """What the writer wrote as one digit and the network reads as another, or as the same.

    Args:
        classifier: whose network reads.
        written: the digit that was meant.
        read: the digit that was read.

    Returns:
        At most `MOST` ``(28, 28)`` uint8, those first that the network is surest of; none where
        none of the writer's lands there.

    Raises:
        ValueError: if a digit is none.
    """
    written, read = checked_digit(written), checked_digit(read)
    images = _images(written)
    known = _read.setdefault(classifier, {})
    if written not in known:
        known[written] = classifier.probabilities(images)
    there = np.flatnonzero(known[written].argmax(axis=1) == read)
    surest = there[np.argsort(-known[written][there, read], kind="stable")][:MOST]
    return list(images[surest])


# What each classifier makes of the images, by digit.
_read: weakref.WeakKeyDictionary[Any, dict[int, np.ndarray]] = weakref.WeakKeyDictionary()


@functools.cache
def _images(digit: int) -> np.ndarray:
    rng = np.random.default_rng(digit)
    return np.stack([strokes_to_mnist(write_digit(digit, rng)) for _ in range(_SAMPLE)])
