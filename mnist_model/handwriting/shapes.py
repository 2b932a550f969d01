"""Shapes and signs that no digit is: the generators of `others.txt` that compute them."""

import numpy as np

from mnist_model.handwriting.curves import arc, cornered, placed
from mnist_model.handwriting.hand import Figure, Knots
from mnist_model.handwriting.table import figure, rows

Rng = np.random.Generator

_LETTERS = [row.outlines[0] for row in rows("others.txt") if row.name.startswith("letter ")]


def two_letters(rng: Rng) -> Figure:
    """Side by side, as one word."""
    one, two = (figure(str(letter)) for letter in rng.choice(_LETTERS, 2))
    return [*placed(one, 0, 0, 0.8, 1), *placed(two, rng.uniform(0.6, 0.9), 0, 0.8, 1)]


def triangle(rng: Rng) -> Figure:
    """Turned by any angle."""
    angles = np.radians(rng.uniform(0, 360)) + np.linspace(0, 2 * np.pi, 4)
    wide = rng.uniform(0.3, 0.6)
    points = [(0.4 + wide * float(np.cos(t)), 0.5 + 0.5 * float(np.sin(t))) for t in angles]
    points = [(x + rng.normal(0, 0.06), y + rng.normal(0, 0.06)) for x, y in points]
    points[-1] = points[0]
    return [cornered(*points)]


def square(rng: Rng) -> Figure:
    """Or an oblong."""
    w, j = rng.uniform(0.6, 1.4), 0.04
    points = [
        (0.0, 0.0),
        (w, rng.normal(0, j)),
        (w + rng.normal(0, j), 1.0),
        (0.0, 1.0),
        (0.0, 0.0),
    ]
    return [cornered(*(points if rng.random() < 0.5 else points[::-1]))]


def diamond(rng: Rng) -> Figure:
    """A square on its corner."""
    w = rng.uniform(0.25, 0.5)
    return [cornered((0.4, 0), (0.4 + w, 0.5), (0.4, 1), (0.4 - w, 0.5), (0.4, 0))]


def polygon(rng: Rng) -> Figure:
    """Five or six corners, some of them pointing inwards."""
    return [cornered(*_irregular(rng, int(rng.integers(5, 7)), 0.4))]


def signpost(rng: Rng) -> Figure:
    """A board of four to six corners on a stick."""
    board = [(x, 0.65 * y) for x, y in _irregular(rng, int(rng.integers(4, 7)), 0.12)]
    x, y = 0.4 + rng.normal(0, 0.05), rng.uniform(0.5, 0.66)
    return [cornered(*board), [(x, y), (x + rng.normal(0, 0.03), y + rng.uniform(0.3, 0.6))]]


def shield(rng: Rng) -> Figure:
    """A level upper edge between two corners, and sides that meet in a point below."""
    wide, sag = rng.uniform(0.35, 0.6), rng.uniform(0.0, 0.06)
    hip = wide * rng.uniform(0.85, 1.1), rng.uniform(0.3, 0.55)
    right = [(0.4 + wide, 0.0), (0.4 + hip[0], hip[1]), (0.4, 1.0)]
    left = [(0.4, 1.0), (0.4 - hip[0], hip[1]), (0.4 - wide, 0.0)]
    edge = [(0.4 - wide, 0.0), (0.4, sag), (0.4 + wide, 0.0)]
    knots = [*right, *left, *edge]  # what is given twice is a corner
    return [knots if rng.random() < 0.5 else [(0.8 - x, y) for x, y in knots]]


def cloud(rng: Rng) -> Figure:
    """A closed curve with one dent, at a side or below, or with many: two would be an 8's waist."""
    knots = _irregular(rng, 12, 0.08)[:-1]
    if rng.random() < 0.5:
        dents, deep = [int(rng.integers(0, 7))], (0.1, 0.4)  # right, below or left
    else:
        first, apart = int(rng.integers(12)), int(rng.choice((3, 4)))
        dents, deep = [(first + i) % 12 for i in range(0, 12, apart)], (0.3, 0.65)
    for dent in dents:
        share, (x, y) = rng.uniform(*deep), knots[dent]
        knots[dent] = (0.4 + (x - 0.4) * share, 0.5 + (y - 0.5) * share)
    return [[*knots, knots[0]]]


def _irregular(rng: Rng, corners: int, uneven: float) -> Knots:
    """A closed way around the middle, counted from the right downwards."""
    angles = 2 * np.pi * (np.arange(corners) + rng.uniform(-0.25, 0.25, corners)) / corners
    far = np.exp(rng.normal(0, uneven, corners))
    wide = rng.uniform(0.4, 0.6)
    points = [
        (0.4 + float(wide * r * np.cos(t)), 0.5 + float(0.5 * r * np.sin(t)))
        for t, r in zip(angles, far, strict=True)
    ]
    return [*points, points[0]]


def leaf(rng: Rng) -> Figure:
    """A closed curve with corners, and perhaps a dent, but none above a point: no heart."""
    knots = _irregular(rng, 8, 0.16)[:-1]
    first = int(rng.integers(8))
    corners = {(first + step) % 8 for step in (0, *rng.choice((2, 3, 4, 5), 2))}
    for corner in corners:  # further out than its neighbours, and sharp
        (x, y), far = knots[corner], rng.uniform(1.15, 1.7)
        knots[corner] = (0.4 + (x - 0.4) * far, 0.5 + (y - 0.5) * far)
    if rng.random() < 0.5:
        dent, share = int(rng.choice([i for i in (0, 1, 2, 3, 4) if i not in corners])), 0.3
        x, y = knots[dent]
        knots[dent] = (0.4 + (x - 0.4) * share, 0.5 + (y - 0.5) * share)
    line = [knot for i, knot in enumerate(knots) for _ in range(2 if i in corners else 1)]
    return [[*line, line[0]]]


def asterisk(rng: Rng) -> Figure:
    """Three or four lines through one point."""
    turns = np.pi * np.arange(3 + rng.integers(2)) / 3 + rng.uniform(0, 1)
    return [
        [
            (0.5 - 0.5 * float(np.cos(t)), 0.5 - 0.5 * float(np.sin(t))),
            (0.5 + 0.5 * float(np.cos(t)), 0.5 + 0.5 * float(np.sin(t))),
        ]
        for t in turns
    ]


def heart(rng: Rng) -> Figure:
    """In one stroke or two."""
    dip = rng.uniform(0.12, 0.3)
    side = [(0.5, dip), (0.3, 0.0), (0.02, 0.2), (0.15, 0.6), (0.5, 1.0)]
    other = [(1 - x, y) for x, y in side]
    return [side, other] if rng.random() < 0.5 else [[*side, *side[-1:], *other[::-1][1:]]]


def cross(rng: Rng) -> Figure:
    """A plus sign, or a cross with a longer leg."""
    y = rng.uniform(0.25, 0.55)
    w = rng.uniform(0.25, 0.5)
    return [[(0.4, 0), (0.4, 1)], [(0.4 - w, y), (0.4 + w, y)]]


def tick(rng: Rng) -> Figure:
    """Short down, long up."""
    low = rng.uniform(0.15, 0.4)
    return [cornered((0, rng.uniform(0.4, 0.75)), (low, 1), (rng.uniform(0.7, 1.2), 0))]


def arrow(rng: Rng) -> Figure:
    """To any of four sides."""
    tip, size = 1.2, rng.uniform(0.15, 0.35)
    arrow = [
        [(0, 0.5), (tip, 0.5)],
        cornered((tip - size, 0.5 - size), (tip, 0.5), (tip - size, 0.5 + size)),
    ]
    turn = rng.integers(4)
    for _ in range(turn):
        arrow = [[(-y + 1, x) for x, y in stroke] for stroke in arrow]
    return arrow


def equals_sign(rng: Rng) -> Figure:
    """Two level lines."""
    gap = rng.uniform(0.15, 0.6)
    return [[(0, 0.5 - gap / 2), (0.9, 0.5 - gap / 2)], [(0, 0.5 + gap / 2), (0.9, 0.5 + gap / 2)]]


def question_mark(rng: Rng) -> Figure:
    """A hook and a dot."""
    hook = [*arc(0.3, 0.25, 0.25, 0.25, -190, 240), (0.3, 0.58), (0.28, 0.74)]
    return [hook, [(0.28, 0.97), (0.3, 0.99)]]


def arc_and_dots(rng: Rng) -> Figure:
    """Any part of a ring or a bow, and dots anywhere but below: no question mark."""
    start, sweep = rng.uniform(0, 360), rng.uniform(100, 330) * rng.choice((-1, 1))
    bow = arc(0.4, 0.5, rng.uniform(0.2, 0.45), rng.uniform(0.25, 0.5), start, sweep)
    if rng.random() < 0.3:
        x, y = bow[-1]
        bow = [*bow, (x + rng.normal(0, 0.15), y + rng.choice((-1, 1)) * rng.uniform(0.1, 0.5))]
    figure: Figure = [bow]
    for _ in range(int(rng.integers(1, 4))):
        angle, far = np.radians(rng.uniform(140, 400)), rng.uniform(0.7, 0.95)
        x, y = 0.4 + far * float(np.cos(angle)), 0.5 + far * float(np.sin(angle))
        figure.append([(x, y), (x + 0.01, y + 0.02)])
    return figure


def infinity(rng: Rng) -> Figure:
    """An 8 that lies."""
    t = np.linspace(0, 2 * np.pi, 13) + rng.uniform(0, 6)
    flat = rng.uniform(0.3, 0.45)
    return [[(0.6 + 0.6 * float(np.cos(a)), 0.5 + flat * float(np.sin(2 * a))) for a in t]]


def wave(rng: Rng) -> Figure:
    """Round or sharp."""
    count, sharp = int(rng.integers(3, 7)), rng.random() < 0.5
    x = np.linspace(0, rng.uniform(1, 1.8), count + 1)
    points = [(float(px), 0.5 + (0.35 if i % 2 else -0.35)) for i, px in enumerate(x)]
    return [cornered(*points) if sharp else points]


def spiral(rng: Rng) -> Figure:
    """From the inside, either way round."""
    turns = rng.uniform(1.8, 3.5)
    t = np.linspace(0, turns, round(turns * 9)) * 2 * np.pi * rng.choice((-1, 1))
    r = np.linspace(rng.uniform(0.0, 0.12), 0.5, len(t))
    return [
        [
            (0.5 + float(a * np.cos(b)), 0.5 + float(a * np.sin(b)))
            for a, b in zip(r, t, strict=True)
        ]
    ]


def brackets(rng: Rng) -> Figure:
    """Square or round, a pair."""
    one = cornered((0.25, 0), (0, 0), (0, 1), (0.25, 1))
    if rng.random() < 0.5:  # round ones stand apart, or they would be a 0
        one = arc(0.4, 0.5, 0.25, 0.5, -110, -140)
    width = rng.uniform(1.1, 1.5)
    return [one, [(width - x, y) for x, y in one]]


def matchsticks(rng: Rng) -> Figure:
    """Four to six straight strokes, each from somewhere on an earlier one."""
    figure: Figure = []
    for _ in range(int(rng.integers(4, 7))):
        start = np.array([0.3, 0.5])
        if figure:
            one, other = np.array(figure[int(rng.integers(len(figure)))])
            start = one + (other - one) * rng.choice((0.0, 0.5, 1.0, rng.random()))
        angle = np.pi / 4 * rng.integers(8) + rng.normal(0, 0.15)
        way = rng.uniform(0.3, 1.0) * np.array([np.cos(angle), np.sin(angle)])
        if rng.random() < 0.3:  # across it
            start = start - way / 2
        ends = start, start + way
        figure.append([(float(x), float(y)) for x, y in ends])
    return figure


def anything(rng: Rng) -> Figure:
    """A few strokes put together at random, as the signs of an unknown script."""
    figure: Figure = []
    for _ in range(int(rng.integers(3, 6))):
        x, y = rng.uniform(0, 0.8), rng.uniform(0, 1)
        size = rng.uniform(0.2, 0.7)
        if rng.random() < 0.4:
            figure.append(
                arc(
                    x,
                    y,
                    size * rng.uniform(0.2, 0.7),
                    size / 2,
                    rng.uniform(0, 360),
                    rng.uniform(120, 380) * rng.choice((-1, 1)),
                )
            )
        else:
            points = [(x, y)]
            for _ in range(int(rng.integers(1, 4))):
                angle = rng.uniform(0, 2 * np.pi)
                px, py = points[-1]
                points.append((px + size * float(np.cos(angle)), py + size * float(np.sin(angle))))
            figure.append(cornered(*points) if rng.random() < 0.6 else points)
    first = rng.uniform(-0.2, 0.2)  # a long stroke, so that the whole has a size
    return (
        [[(first, 0), (first + rng.normal(0, 0.3), 1)], *figure] if rng.random() < 0.5 else figure
    )
