"""Checks of the arguments that all questions share."""

import numpy as np

from mnist_model.preprocess.errors import UserError


def checked_pixels(pixels: object) -> np.ndarray:
    """``(28, 28)`` float32 grey levels; ValueError unless ``pixels`` is such a uint8 array."""
    if not isinstance(pixels, np.ndarray) or pixels.shape != (28, 28) or pixels.dtype != np.uint8:
        raise UserError("A digit in MNIST format is needed: a (28, 28) uint8 array.")
    return pixels.astype(np.float32)


def checked_whole(value: object, lowest: int, highest: int, what: str) -> int:
    """A whole number; ValueError, which calls it ``what``, unless it is from lowest to highest."""
    if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
        raise UserError(f"{what} is a whole number from {lowest} to {highest}, not {value!r:.50}.")
    return value


def checked_digit(digit: object) -> int:
    """A digit; ValueError unless it is one."""
    return checked_whole(digit, 0, 9, "A digit")


def one_hot(digit: int) -> np.ndarray:
    """``(10,)`` float32: 1 for the digit, 0 for the others."""
    return np.eye(10, dtype=np.float32)[digit]
