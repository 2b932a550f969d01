"""Digits that are none any more: crossed out, doubled, mirrored, unfinished (`others.txt`)."""

import numpy as np

from mnist_model.handwriting.curves import arc, cornered, placed
from mnist_model.handwriting.digits import VARIANTS, any_digit
from mnist_model.handwriting.hand import Figure

Rng = np.random.Generator


# Digits that are another sign from behind or from below. Not 0, 1 and 8: they are alike from there;
# nor 6 and 9: they are each other; nor 2 and 5: they nearly are.
ONE_SIDED = [
    *((3, name) for name in ("plain", "with a flat top", "with a loop")),
    *((4, name) for name in ("open", "closed", "wide with a short stem")),
    *((7, name) for name in ("crossed", "crossed, with a serif", "with a serif")),
]


def crossed_out_by_a_line(rng: Rng) -> Figure:
    """Any digit but those that a line turns into their own variants (0, 1, 7)."""
    digit = int(rng.choice((2, 3, 4, 5, 6, 8, 9)))
    lines: Figure = [[(-0.15, rng.uniform(0.7, 1.1)), (0.8, rng.uniform(-0.1, 0.3))]]
    if digit in (2, 4) or rng.random() < 0.6:  # whose own strokes one line may hide in
        lines.append([(-0.15, rng.uniform(-0.1, 0.3)), (0.8, rng.uniform(0.7, 1.1))])
    return [*any_digit(rng, digit), *lines]


def crossed_out_by_a_zigzag(rng: Rng) -> Figure:
    """Any digit, and a zigzag over it."""
    count = int(rng.integers(5, 14))
    x = np.linspace(-0.1, 0.7, count)
    y = np.where(np.arange(count) % 2, rng.uniform(0.0, 0.3), rng.uniform(0.7, 1.0))
    knots = [(float(a), float(b + rng.normal(0, 0.05))) for a, b in zip(x, y, strict=True)]
    return [*any_digit(rng), cornered(*knots)]


def struck_through(rng: Rng) -> Figure:
    """Two or three level lines through a digit that has no level line of its own to hide them."""
    places = (0.32, 0.68) if rng.random() < 0.5 else (0.22, 0.5, 0.78)
    lines: Figure = [
        [(-0.2, y + rng.normal(0, 0.04)), (0.85, y + rng.normal(0, 0.04))] for y in places
    ]
    return [*any_digit(rng, int(rng.choice((2, 3, 5, 6, 8, 9)))), *lines]


def two_digits(rng: Rng) -> Figure:
    """Side by side."""
    apart = rng.uniform(0.6, 1.1)
    return [*any_digit(rng), *placed(any_digit(rng), apart, rng.normal(0, 0.05), 1)]


def two_digits_overlapping(rng: Rng) -> Figure:
    """One written over another; never 1s, which may pass for the other's own stroke."""
    choices = (0, 2, 3, 4, 5, 6, 8, 9)
    one, two = rng.choice(choices, 2, replace=False).tolist()
    return [
        *any_digit(rng, one),
        *placed(any_digit(rng, two), rng.uniform(0.15, 0.4), rng.normal(0, 0.1), 1),
    ]


def three_digits(rng: Rng) -> Figure:
    """Side by side."""
    figure = any_digit(rng)
    for place in (1, 2):
        figure = [*figure, *placed(any_digit(rng), place * rng.uniform(0.65, 1.0), 0, 1)]
    return figure


def lying_digit(rng: Rng) -> Figure:
    """Turned by a right angle; only 3 and 5, for of the others some can still be read."""
    figure = any_digit(rng, int(rng.choice((3, 5))))
    way = rng.choice((-1, 1))
    return [
        [(0.5 + way * (y - 0.5), 0.5 - way * (x - 0.3)) for x, y in stroke] for stroke in figure
    ]


def turned_digit(rng: Rng, upside: str) -> Figure:
    """Mirrored, or upside "down"; only 3, 4 and 7: of the others some are digits then, too."""
    return [
        [(0.6 - x, 1 - y if upside == "down" else y) for x, y in stroke]
        for stroke in _one_sided(rng)
    ]


def _one_sided(rng: Rng) -> Figure:
    """A 3, a 4 or a 7, in a form that is another sign from behind or below."""
    digit, name = ONE_SIDED[int(rng.integers(len(ONE_SIDED)))]
    return VARIANTS[digit][name](rng)


def half_of_a_0(rng: Rng, start: float) -> Figure:
    """The half of a ring that begins at so many degrees, clockwise."""
    return [arc(0.3, 0.5, rng.uniform(0.35, 0.6), 0.5, start, 180)]


def half_of_a_3(rng: Rng) -> Figure:
    """One bowl alone, open to the left, its lower end turned up: level, it would be a round 7."""
    start = rng.uniform(-130, -95)
    return [arc(0.1, 0.5, rng.uniform(0.4, 0.8), 0.5, start, rng.uniform(120, 155) - start)]
