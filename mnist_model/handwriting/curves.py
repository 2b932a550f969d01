"""Curves, and parts and mirror images of curves, for the generators and the tables."""

from typing import NamedTuple

import numpy as np

from mnist_model.handwriting.hand import Figure, Knots


class Point(NamedTuple):
    """A knot; x to the right and y down, in heights of the figure."""

    x: float
    y: float


def arc(
    cx: float, cy: float, rx: float, ry: float, start: float, sweep: float, knots: int = 0
) -> Knots:
    """Knots on an ellipse; degrees, 0 to the right, 90 downwards, a positive sweep clockwise."""
    count = knots or max(3, round(abs(sweep) / 40) + 1)
    angles = np.radians(start + np.linspace(0, sweep, count))
    return [
        (float(cx + rx * c), float(cy + ry * s))
        for c, s in zip(np.cos(angles), np.sin(angles), strict=True)
    ]


def path(x: np.ndarray, y: np.ndarray) -> Knots:
    """Knots from their ``(n,)`` coordinates."""
    return list(zip(x.tolist(), y.tolist(), strict=True))


def cos(degrees: float) -> float:
    """The cosine of an angle in degrees."""
    return float(np.cos(np.radians(degrees)))


def sin(degrees: float) -> float:
    """The sine of an angle in degrees."""
    return float(np.sin(np.radians(degrees)))


def first(knots: Knots) -> Point:
    """The first knot."""
    return Point(*knots[0])


def last(knots: Knots) -> Point:
    """The last knot."""
    return Point(*knots[-1])


def rest(knots: Knots) -> Knots:
    """All knots after the first."""
    return knots[1:]


def start(knots: Knots) -> Knots:
    """All knots but the last."""
    return knots[:-1]


def back(knots: Knots) -> Knots:
    """The same knots in reverse order."""
    return knots[::-1]


def mirror(knots: Knots, width: float) -> Knots:
    """The mirror image in a vertical line at half the ``width``."""
    return [(width - x, y) for x, y in knots]


def placed(figure: Figure, x: float, y: float, scale: float, tall: float | None = None) -> Figure:
    """A figure moved and scaled; ``tall`` is the scale of its height if it differs."""
    tall = scale if tall is None else tall
    return [[(x + scale * px, y + tall * py) for px, py in stroke] for stroke in figure]


def cornered(knots: Knots) -> Knots:
    """The same knots, all of them corners."""
    return [knots[0], *(knot for knot in knots[1:-1] for _ in range(2)), knots[-1]]
