"""Checks of the arguments that all questions share."""

import numpy as np

from mnist_model.preprocess.errors import UserError


def checked_pixels(pixels: object) -> np.ndarray:
    """``(28, 28)`` float32 grey levels; ValueError unless ``pixels`` is such a uint8 array."""
    if not isinstance(pixels, np.ndarray) or pixels.shape != (28, 28) or pixels.dtype != np.uint8:
        raise UserError("A digit in MNIST format is needed: a (28, 28) uint8 array.")
    return pixels.astype(np.float32)


def checked_digit(digit: object) -> int:
    """A digit; ValueError unless it is a whole number from 0 to 9."""
    if isinstance(digit, bool) or not isinstance(digit, int) or not 0 <= digit <= 9:
        raise UserError(f"A digit is a whole number from 0 to 9, not {digit!r:.50}.")
    return digit


def one_hot(digit: int) -> np.ndarray:
    """``(10,)`` float32: 1 for the digit, 0 for the others."""
    return np.eye(10, dtype=np.float32)[digit]
