"""Compare networks: all read the same drawing, moved within the 28×28."""

from collections.abc import Sequence

import numpy as np

from mnist_model.explain.checks import checked_pixels, checked_whole
from mnist_model.read.classifier import Classifier
from mnist_model.read.reading import Reading

MAX_MOVE = 14  # pixels


def compare_networks(
    classifiers: Sequence[Classifier], pixels: np.ndarray, right: int = 0, down: int = 0
) -> list[Reading]:
    """Read the same moved digit with several networks.

    Args:
        classifiers: whose networks read it.
        pixels: ``(28, 28)`` uint8, in MNIST format.
        right: pixels to the right, at most `MAX_MOVE`; ink that leaves the 28×28 is lost.
        down: pixels down, likewise.

    Raises:
        ValueError: for wrong ``pixels`` or a longer move.
    """
    checked_pixels(pixels)
    for move in (right, down):
        checked_whole(move, -MAX_MOVE, MAX_MOVE, "A move in pixels")
    padded = np.pad(pixels, MAX_MOVE)
    top, left = MAX_MOVE - down, MAX_MOVE - right
    moved = padded[top : top + 28, left : left + 28]
    return [classifier.read_pixels(moved[None])[0] for classifier in classifiers]
