"""How it learned: drawings that land in a cell of the confusion."""

import functools
import weakref
from typing import Any

import numpy as np

from mnist_model.classifier import Classifier
from mnist_model.examples import Examples
from mnist_model.explain.checks import checked_digit
from mnist_model.synthetic import write_digits

MOST = 8  # drawings of a cell
_SAMPLE = 1_500  # drawings of the writer's that are looked through


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
    sample = _sample()
    if classifier not in _read:
        _read[classifier] = classifier.probabilities(sample.images)
    probabilities = _read[classifier]
    there = np.flatnonzero((sample.labels == written) & (probabilities.argmax(axis=1) == read))
    surest = there[np.argsort(-probabilities[there, read], kind="stable")][:MOST]
    return list(sample.images[surest])


_read: weakref.WeakKeyDictionary[Any, Any] = (
    weakref.WeakKeyDictionary()
)  # what each makes of the sample


@functools.cache
def _sample() -> Examples:
    return write_digits(_SAMPLE, seed=2)
