"""Curves that several generators draw."""

import numpy as np

from mnist_model.handwriting.hand import Figure, Knots


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


def placed(figure: Figure, x: float, y: float, scale: float, tall: float | None = None) -> Figure:
    """A figure moved and scaled; ``tall`` is the scale of its height where it differs."""
    tall = scale if tall is None else tall
    return [[(x + scale * px, y + tall * py) for px, py in stroke] for stroke in figure]


def cornered(*points: tuple[float, float]) -> Knots:
    """A stroke with a corner at every point."""
    inner = [point for point in points[1:-1] for _ in range(2)]
    return [points[0], *inner, points[-1]]
