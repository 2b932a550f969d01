"""Ten digits written by hand for the tests: strokes in a unit square, x right and y down."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np


def _through(*points: tuple[float, float], steps: int = 8) -> np.ndarray:
    """A smooth stroke through the given points (a Catmull-Rom spline)."""
    p = np.array([points[0], *points, points[-1]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    pieces = [
        0.5
        * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * (b - c) + d - a) * t**3)
        for a, b, c, d in zip(p[:-3], p[1:-2], p[2:-1], p[3:], strict=True)
    ]
    return np.vstack([*pieces, p[-1]])


def _straight(*points: tuple[float, float]) -> np.ndarray:
    corners = [_through(start, end) for start, end in pairwise(points)]
    return np.vstack(corners)


def _ring(x: float, y: float, width: float, height: float) -> np.ndarray:
    angle = np.linspace(-np.pi / 2, -5 * np.pi / 2, 30)
    return np.column_stack([x + width / 2 * np.cos(angle), y + height / 2 * np.sin(angle)])


_TWO_HOOK = _through(
    (0.3, 0.33), (0.38, 0.2), (0.55, 0.17), (0.66, 0.3), (0.55, 0.53), (0.3, 0.8)
)  # fmt: skip
_THREE_TOP = _through((0.33, 0.24), (0.5, 0.17), (0.64, 0.28), (0.58, 0.43), (0.45, 0.47))
_THREE_BOWL = _through((0.45, 0.47), (0.64, 0.54), (0.66, 0.72), (0.5, 0.83), (0.31, 0.75))
_FIVE_BOWL = _through(
    (0.35, 0.46), (0.52, 0.42), (0.66, 0.57), (0.6, 0.76), (0.44, 0.83), (0.3, 0.76)
)  # fmt: skip
_SIX = _through(
    (0.6, 0.17), (0.42, 0.34), (0.33, 0.6), (0.4, 0.8), (0.57, 0.81), (0.65, 0.66), (0.55, 0.54),
    (0.41, 0.58), (0.35, 0.68),
)  # fmt: skip
_EIGHT = _through(
    (0.6, 0.27), (0.48, 0.18), (0.37, 0.3), (0.5, 0.47), (0.64, 0.64), (0.55, 0.81), (0.38, 0.76),
    (0.38, 0.6), (0.5, 0.47), (0.62, 0.35), (0.6, 0.27),
)  # fmt: skip
_NINE_BOWL = _through(
    (0.63, 0.28), (0.48, 0.18), (0.35, 0.3), (0.38, 0.46), (0.53, 0.47), (0.64, 0.3)
)  # fmt: skip
_NINE_TAIL = _through((0.64, 0.3), (0.62, 0.55), (0.56, 0.83))

DIGITS: dict[int, list[np.ndarray]] = {
    0: [_ring(0.5, 0.5, 0.42, 0.66)],
    1: [_straight((0.52, 0.17), (0.5, 0.83))],
    2: [np.vstack([_TWO_HOOK, _straight((0.3, 0.8), (0.7, 0.8))])],
    3: [np.vstack([_THREE_TOP, _THREE_BOWL])],
    4: [_straight((0.45, 0.18), (0.28, 0.56), (0.72, 0.56)), _straight((0.6, 0.35), (0.58, 0.84))],
    5: [
        np.vstack([_straight((0.4, 0.2), (0.35, 0.46)), _FIVE_BOWL]),
        _straight((0.4, 0.2), (0.66, 0.19)),
    ],
    6: [_SIX],
    7: [_straight((0.3, 0.2), (0.7, 0.2), (0.45, 0.83))],
    8: [_EIGHT],
    9: [np.vstack([_NINE_BOWL, _NINE_TAIL])],
}


def as_json(strokes: Sequence[np.ndarray]) -> list:
    """Strokes as they travel: nested lists of numbers."""
    return [stroke.tolist() for stroke in strokes]
