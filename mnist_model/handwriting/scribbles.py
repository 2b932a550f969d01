"""Scribbles and dots: the generators of `others.txt` that compute them."""

import numpy as np

from mnist_model.handwriting.curves import cornered
from mnist_model.handwriting.hand import Figure

Rng = np.random.Generator


def scribble(rng: Rng) -> Figure:
    """A wandering line."""
    count = int(rng.integers(6, 25))
    steps = rng.normal(0, 0.35, (count, 2))
    points = np.clip(
        np.cumsum(steps, axis=0) * 0.5 + 0.5, rng.uniform(-0.3, 0), rng.uniform(1, 1.3)
    )
    knots = [(float(x), float(y)) for x, y in points]
    return [cornered(*knots) if rng.random() < 0.3 else knots]


def random_points(rng: Rng) -> Figure:
    """A line through points anywhere on the pad."""
    points = rng.uniform(0, 1, (int(rng.integers(4, 14)), 2))
    knots = [(float(x), float(y)) for x, y in points]
    return [cornered(*knots) if rng.random() < 0.5 else knots]


def zigzag(rng: Rng) -> Figure:
    """Back and forth while it moves on: the usual scribble to fill or test a pad."""
    count = int(rng.integers(5, 18))
    along = np.linspace(0, rng.uniform(0.4, 1.4), count) + rng.normal(0, 0.03, count)
    across = np.where(np.arange(count) % 2, 1.0, 0.0) + rng.normal(0, 0.12, count)
    angle = rng.uniform(0, np.pi)
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    knots = [
        (float(a * cos - b * sin), float(a * sin + b * cos))
        for a, b in zip(along, across, strict=True)
    ]
    return [cornered(*knots) if rng.random() < 0.5 else knots]


def loops(rng: Rng) -> Figure:
    """Coils, as one tries a pen."""
    turns = int(rng.integers(3, 7))
    t = np.linspace(0, turns, turns * 8)
    speed, size = rng.uniform(0.05, 0.35), rng.uniform(0.35, 0.5)
    angle = 2 * np.pi * t
    return [
        [
            (float(s * speed + 0.4 * size * np.cos(a)), float(0.5 + size * np.sin(a)))
            for s, a in zip(t, angle, strict=True)
        ]
    ]


def tangle(rng: Rng) -> Figure:
    """Rounds over one another, none quite like the last."""
    count = int(rng.integers(14, 36))
    angle = np.cumsum(rng.uniform(0.6, 1.4, count)) * rng.choice((-1, 1))
    size = rng.uniform(0.04, 0.55, count)  # down to the middle: a hole would make it a 0
    middle = 0.5 + np.cumsum(rng.normal(0, 0.03, (count, 2)), axis=0)
    return [
        [
            (float(x + s * np.cos(a)), float(y + s * np.sin(a)))
            for (x, y), s, a in zip(middle, size, angle, strict=True)
        ]
    ]


def hatching(rng: Rng) -> Figure:
    """Strokes side by side."""
    count = int(rng.integers(4, 9))
    lean = rng.normal(0, 0.2)
    return [
        [(x + lean, rng.normal(0, 0.05)), (x - lean, 1 + rng.normal(0, 0.05))]
        for x in np.linspace(0, rng.uniform(0.5, 1.2), count).tolist()
    ]


def blacked_out(rng: Rng) -> Figure:
    """A patch filled by a dense zigzag."""
    count = int(rng.integers(20, 44))
    along = np.linspace(0, rng.uniform(0.7, 1.2), count)
    across = np.where(np.arange(count) % 2, 1.0, 0.0) + rng.normal(0, 0.08, count)
    turn = rng.random() < 0.5
    knots = [
        (float(a), float(b)) if turn else (float(b), float(a))
        for a, b in zip(along, across, strict=True)
    ]
    return [cornered(*knots)]


def several_strokes(rng: Rng) -> Figure:
    """Lines thrown about."""
    return [
        [
            (float(rng.uniform(0, 1)), float(rng.uniform(0, 1)))
            for _ in range(int(rng.integers(2, 4)))
        ]
        for _ in range(int(rng.integers(3, 8)))
    ]


def dot(rng: Rng) -> Figure:
    """One touch of the pen."""
    return [[(0.5, 0.5)]]


def blot(rng: Rng) -> Figure:
    """A dot rubbed in: a filled spot."""
    points = rng.normal(0.5, 0.14, (int(rng.integers(10, 30)), 2))
    return [[(float(x), float(y)) for x, y in points]]


def two_dots(rng: Rng) -> Figure:
    """As a colon, or slanting."""
    x = rng.uniform(-1, 1)
    return [[(0.5, 0.0), (0.51, 0.01)], [(0.5 + x, 1.0), (0.51 + x, 1.01)]]


def dots(rng: Rng) -> Figure:
    """Three to eight, anywhere."""
    places = rng.uniform(0, 1, (int(rng.integers(3, 9)), 2))
    return [[(float(x), float(y)), (float(x) + 0.01, float(y))] for x, y in places]
