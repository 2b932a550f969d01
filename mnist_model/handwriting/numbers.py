"""Numbers composed of digits, for measurements and tests."""

from collections.abc import Sequence

import numpy as np

from mnist_model.preprocess.strokes import Drawing, bounding_box

OVERLAP = 0.1  # maximum overlap of two boxes, as a share of their mean width
_UNEVEN = 0.06  # standard deviation of a gap, in heights of the line
_BOUNCE = 0.05  # standard deviation of a digit's distance from the baseline
_CLIMB = 0.03  # standard deviation of the line's slope


def side_by_side(
    digits: Sequence[Drawing],
    rng: np.random.Generator,
    gap: float,
    height: float = 1.0,
    slope: float = 0.0,
) -> Drawing:
    """Place digits in a line, with the uneven gaps, baseline and slope of handwriting.

    Args:
        digits: strokes of each digit; their sizes do not change.
        rng: a random generator.
        gap: mean gap between the boxes of neighbours, in heights of the line. Boxes overlap by at
            most `OVERLAP`; with a gap of minus infinity all overlap by `OVERLAP`.
        height: of the line, in the unit of the digits.
        slope: of the line, as a tangent, below 0 if the line rises; the digits stay upright.

    Returns:
        The strokes of all digits, in writing order.
    """
    placed: Drawing = []
    slope += rng.normal(0, _CLIMB)
    right, before = 0.0, None
    for digit in digits:
        low, high = bounding_box(digit)
        width = high[0] - low[0]
        if before is not None:
            overlap = -OVERLAP * (width + before) / 2
            right += max(height * (gap + rng.normal(0, _UNEVEN)), overlap)
        foot = height * rng.normal(0, _BOUNCE) + slope * right
        way = np.array([right - low[0], foot - high[1]])
        placed += [stroke + way for stroke in digit]
        right, before = right + width, width
    return placed
