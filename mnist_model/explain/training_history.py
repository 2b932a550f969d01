"""How it learned: synthetic drawings for the cells of a confusion matrix."""

from functools import lru_cache

import numpy as np

from mnist_model.explain.checks import checked_digit
from mnist_model.handwriting import write_digit
from mnist_model.preprocess.mnist_format import strokes_to_mnist
from mnist_model.read.classifier import Classifier

SAMPLE = 150  # drawings of each digit


@lru_cache(40)
def synthetic_confusion(classifier: Classifier, written: int) -> list[np.ndarray]:
    """One row of the confusion matrix on synthetic digits, as the drawings themselves.

    Args:
        classifier: whose network reads.
        written: the digit that was written, `SAMPLE` times.

    Returns:
        For each digit that is read ``(n, 28, 28)`` uint8, the surest readings first.

    Raises:
        ValueError: for a wrong digit.
    """
    rng = np.random.default_rng(checked_digit(written))
    images = np.stack([strokes_to_mnist(write_digit(written, rng)) for _ in range(SAMPLE)])
    probabilities = classifier.probabilities(images)
    read = probabilities.argmax(axis=1)
    order = np.argsort(-probabilities.max(axis=1), kind="stable")
    return [images[order[read[order] == digit]] for digit in range(10)]
