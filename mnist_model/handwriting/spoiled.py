"""Digits that are no longer digits: crossed out, doubled, mirrored (generators of `others.txt`)."""

import numpy as np

from mnist_model.handwriting.curves import cornered, path, placed
from mnist_model.handwriting.digits import VARIANTS, any_digit
from mnist_model.handwriting.hand import Figure

Rng = np.random.Generator

# Forms that no longer are digits when they are mirrored or turned. 0, 1 and 8 look the same then,
# 6 and 9 become each other, and 2 and 5 nearly do.
ONE_SIDED = [
    *((3, name) for name in ("plain", "with a flat top", "with a loop")),
    *((4, name) for name in ("open", "closed", "wide with a short stem")),
    *((7, name) for name in ("crossed", "crossed, with a serif", "with a serif")),
]


def crossed_out_by_a_line(rng: Rng) -> Figure:
    """A digit crossed out by one or two lines; not 0, 1 and 7, which people cross."""
    digit = int(rng.choice((2, 3, 4, 5, 6, 8, 9)))
    lines: Figure = [[(-0.15, rng.uniform(0.7, 1.1)), (0.8, rng.uniform(-0.1, 0.3))]]
    if digit in (2, 4) or rng.random() < 0.6:  # one line may hide in a stroke of a 2 or 4
        lines.append([(-0.15, rng.uniform(-0.1, 0.3)), (0.8, rng.uniform(0.7, 1.1))])
    return [*any_digit(rng, digit), *lines]


def crossed_out_by_a_zigzag(rng: Rng) -> Figure:
    """A digit crossed out by a zigzag."""
    count = int(rng.integers(5, 14))
    y = np.where(np.arange(count) % 2, rng.uniform(0.0, 0.3), rng.uniform(0.7, 1.0))
    zigzag = path(np.linspace(-0.1, 0.7, count), y + rng.normal(0, 0.05, count))
    return [*any_digit(rng), cornered(zigzag)]


def struck_through(rng: Rng) -> Figure:
    """A digit without horizontal strokes, under two or three horizontal lines."""
    places = (0.32, 0.68) if rng.random() < 0.5 else (0.22, 0.5, 0.78)
    lines: Figure = [
        [(-0.2, y + rng.normal(0, 0.04)), (0.85, y + rng.normal(0, 0.04))] for y in places
    ]
    return [*any_digit(rng, int(rng.choice((2, 3, 5, 6, 8, 9)))), *lines]


def two_digits(rng: Rng) -> Figure:
    """Two digits side by side."""
    apart = rng.uniform(0.6, 1.1)
    return [*any_digit(rng), *placed(any_digit(rng), apart, rng.normal(0, 0.05), 1)]


def two_digits_overlapping(rng: Rng) -> Figure:
    """Two digits, one over the other; not 1 and 7, which may look like a stroke of the other."""
    below, above = rng.choice((0, 2, 3, 4, 5, 6, 8, 9), 2, replace=False).tolist()
    lower = any_digit(rng, below)
    upper = placed(any_digit(rng, above), rng.uniform(0.15, 0.4), rng.normal(0, 0.1), 1)
    return [*lower, *upper]


def three_digits(rng: Rng) -> Figure:
    """Three digits side by side."""
    figure = any_digit(rng)
    for place in (1, 2):
        figure = [*figure, *placed(any_digit(rng), place * rng.uniform(0.65, 1.0), 0, 1)]
    return figure


def lying_digit(rng: Rng) -> Figure:
    """A 3 or 5, turned by a right angle; others can be read so."""
    figure = any_digit(rng, int(rng.choice((3, 5))))
    way = rng.choice((-1, 1))
    return [
        [(0.5 + way * (y - 0.5), 0.5 - way * (x - 0.3)) for x, y in stroke] for stroke in figure
    ]


def turned_digit(rng: Rng, upside: str) -> Figure:
    """A digit mirrored, or with ``upside`` "down" turned by 180 degrees (`ONE_SIDED`)."""
    digit, name = ONE_SIDED[int(rng.integers(len(ONE_SIDED)))]
    return [
        [(0.6 - x, 1 - y if upside == "down" else y) for x, y in stroke]
        for stroke in VARIANTS[digit][name](rng)
    ]
