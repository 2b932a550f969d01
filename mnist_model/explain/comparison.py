"""Compare networks: one drawing, read by all of them, moved about."""

from collections.abc import Sequence

import numpy as np

from mnist_model.explain.checks import checked_pixels
from mnist_model.preprocess.errors import UserError
from mnist_model.read.classifier import Classifier
from mnist_model.read.reading import Reading

FURTHEST = 14  # pixels


def compare_networks(
    classifiers: Sequence[Classifier], pixels: np.ndarray, right: int = 0, down: int = 0
) -> list[Reading]:
    """Have several networks read the same digit, moved within the 28×28.

    Args:
        classifiers: whose networks read it.
        pixels: ``(28, 28)`` uint8, in MNIST format.
        right: pixels that it is moved to the right, at most `FURTHEST`; what leaves is lost.
        down: likewise, downwards.

    Raises:
        ValueError: if ``pixels`` is none, or it is to be moved further.
    """
    checked_pixels(pixels)
    for move in (right, down):
        if isinstance(move, bool) or not isinstance(move, int) or abs(move) > FURTHEST:
            raise UserError(f"It is moved by whole pixels, at most {FURTHEST}, not {move!r:.50}.")
    padded = np.pad(pixels, FURTHEST)
    top, left = FURTHEST - down, FURTHEST - right
    moved = padded[top : top + 28, left : left + 28]
    return [classifier.read_pixels(moved[None])[0] for classifier in classifiers]
