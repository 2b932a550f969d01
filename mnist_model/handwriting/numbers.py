"""Numbers made of digits: for measuring and for tests."""

from collections.abc import Sequence

import numpy as np

from mnist_model.preprocess.strokes import Drawing, bounding_box

OVERLAP = 0.1  # of the mean width of two neighbours: nearer they are not written
_UNEVEN = 0.06  # standard deviation of a gap, in heights of the line
_BOUNCE = 0.05  # and of a digit's foot above or below the line
_CLIMB = 0.03  # and of the line's slope


def side_by_side(
    digits: Sequence[Drawing],
    rng: np.random.Generator,
    gap: float,
    height: float = 1.0,
    slope: float = 0.0,
) -> Drawing:
    """Place digits in a line, as a hand does: neither gaps nor feet are even, and the line climbs.

    Args:
        digits: strokes of each, x right and y down; their sizes stay as they are.
        rng: the source of chance.
        gap: between the boxes of neighbours, in heights of the line. Boxes overlap by at most
            `OVERLAP`; minus infinity overlaps all by just so much.
        height: of the line, in the unit of the digits.
        slope: of the line, as a tangent, below 0 where it rises; the digits stay upright.

    Returns:
        The strokes of all, in writing order.
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
