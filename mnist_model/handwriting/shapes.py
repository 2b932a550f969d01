"""Shapes, signs, scribbles and dots: generators of drawings that are not digits (`others.txt`)."""

import numpy as np

from mnist_model.handwriting.curves import arc, cornered, path, placed
from mnist_model.handwriting.hand import Figure, Knots
from mnist_model.handwriting.table import figure, rows

Rng = np.random.Generator

_LETTERS = [row.outlines[0] for row in rows("others.txt") if row.name.startswith("letter ")]


def two_letters(rng: Rng) -> Figure:
    """Two letters side by side, as a word."""
    left, right = (figure(str(letter)) for letter in rng.choice(_LETTERS, 2))
    return [*placed(left, 0, 0, 0.8, 1), *placed(right, rng.uniform(0.6, 0.9), 0, 0.8, 1)]


def triangle(rng: Rng) -> Figure:
    """A triangle, turned by any angle."""
    angles = np.radians(rng.uniform(0, 360)) + np.linspace(0, 2 * np.pi, 4)
    wide = rng.uniform(0.3, 0.6)
    points = path(0.4 + wide * np.cos(angles), 0.5 + 0.5 * np.sin(angles))
    points = [(x + rng.normal(0, 0.06), y + rng.normal(0, 0.06)) for x, y in points]
    return [cornered([*points[:-1], points[0]])]


def polygon(rng: Rng) -> Figure:
    """Five or six corners, some of them pointing inwards."""
    return [cornered(_irregular(rng, int(rng.integers(5, 7)), 0.4))]


def signpost(rng: Rng) -> Figure:
    """A board of four to six corners on a stick."""
    board = [(x, 0.65 * y) for x, y in _irregular(rng, int(rng.integers(4, 7)), 0.12)]
    x, y = 0.4 + rng.normal(0, 0.05), rng.uniform(0.5, 0.66)
    return [cornered(board), [(x, y), (x + rng.normal(0, 0.03), y + rng.uniform(0.3, 0.6))]]


def cloud(rng: Rng) -> Figure:
    """A closed curve with one dent at a side or below, or with many dents.

    Two dents would be the waist of an 8.
    """
    knots = _irregular(rng, 12, 0.08)[:-1]
    if rng.random() < 0.5:
        dents, deep = [int(rng.integers(0, 7))], (0.1, 0.4)  # right, below or left
    else:
        first, apart = int(rng.integers(12)), int(rng.choice((3, 4)))
        dents, deep = [(first + i) % 12 for i in range(0, 12, apart)], (0.3, 0.65)
    for dent in dents:
        knots[dent] = _from_middle(knots[dent], rng.uniform(*deep))
    return [[*knots, knots[0]]]


def leaf(rng: Rng) -> Figure:
    """A closed curve with corners, and perhaps a dent, but not on top: a heart has one there."""
    knots = _irregular(rng, 8, 0.16)[:-1]
    first = int(rng.integers(8))
    corners = {(first + step) % 8 for step in (0, *rng.choice((2, 3, 4, 5), 2))}
    for corner in corners:  # outside their neighbours
        knots[corner] = _from_middle(knots[corner], rng.uniform(1.15, 1.7))
    if rng.random() < 0.5:
        dent = int(rng.choice([i for i in (0, 1, 2, 3, 4) if i not in corners]))
        knots[dent] = _from_middle(knots[dent], 0.3)
    line = [knot for i, knot in enumerate(knots) for _ in range(2 if i in corners else 1)]
    return [[*line, line[0]]]


def _irregular(rng: Rng, corners: int, uneven: float) -> Knots:
    """Knots of a closed path around the middle, clockwise from the right."""
    angles = 2 * np.pi * (np.arange(corners) + rng.uniform(-0.25, 0.25, corners)) / corners
    far = np.exp(rng.normal(0, uneven, corners))
    wide = rng.uniform(0.4, 0.6)
    points = path(0.4 + wide * far * np.cos(angles), 0.5 + 0.5 * far * np.sin(angles))
    return [*points, points[0]]


def _from_middle(knot: tuple[float, float], share: float) -> tuple[float, float]:
    """Multiply the knot's distance from the middle of an irregular shape."""
    return 0.4 + (knot[0] - 0.4) * share, 0.5 + (knot[1] - 0.5) * share


def asterisk(rng: Rng) -> Figure:
    """Three or four lines through one point."""
    turns = np.pi * np.arange(3 + rng.integers(2)) / 3 + rng.uniform(0, 1)
    ends = path(0.5 * np.cos(turns), 0.5 * np.sin(turns))
    return [[(0.5 - x, 0.5 - y), (0.5 + x, 0.5 + y)] for x, y in ends]


def arrow(rng: Rng) -> Figure:
    """An arrow to the right, up, left or down."""
    tip, size = 1.2, rng.uniform(0.15, 0.35)
    head = [(tip - size, 0.5 - size), (tip, 0.5), (tip - size, 0.5 + size)]
    arrow = [[(0.0, 0.5), (tip, 0.5)], cornered(head)]
    for _ in range(rng.integers(4)):
        arrow = [[(-y + 1, x) for x, y in stroke] for stroke in arrow]
    return arrow


def arc_and_dots(rng: Rng) -> Figure:
    """Any part of a ring or a bow, and dots, but not below: that would be a question mark."""
    start, sweep = rng.uniform(0, 360), rng.uniform(100, 330) * rng.choice((-1, 1))
    bow = arc(0.4, 0.5, rng.uniform(0.2, 0.45), rng.uniform(0.25, 0.5), start, sweep)
    if rng.random() < 0.3:
        x, y = bow[-1]
        bow.append((x + rng.normal(0, 0.15), y + rng.choice((-1, 1)) * rng.uniform(0.1, 0.5)))
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
    return [path(0.6 + 0.6 * np.cos(t), 0.5 + flat * np.sin(2 * t))]


def wave(rng: Rng) -> Figure:
    """Three to six half waves, round or sharp."""
    count, is_sharp = int(rng.integers(3, 7)), rng.random() < 0.5
    x = np.linspace(0, rng.uniform(1, 1.8), count + 1)
    points = path(x, 0.5 + np.where(np.arange(count + 1) % 2, 0.35, -0.35))
    return [cornered(points) if is_sharp else points]


def spiral(rng: Rng) -> Figure:
    """A spiral from the inside, in either direction."""
    turns = rng.uniform(1.8, 3.5)
    t = np.linspace(0, turns, round(turns * 9)) * 2 * np.pi * rng.choice((-1, 1))
    r = np.linspace(rng.uniform(0.0, 0.12), 0.5, len(t))
    return [path(0.5 + r * np.cos(t), 0.5 + r * np.sin(t))]


def matchsticks(rng: Rng) -> Figure:
    """Four to six straight strokes, each from somewhere on an earlier stroke."""
    figure: Figure = []
    for _ in range(int(rng.integers(4, 7))):
        start = np.array([0.3, 0.5])
        if figure:
            begin, end = np.array(figure[int(rng.integers(len(figure)))])
            start = begin + (end - begin) * rng.choice((0.0, 0.5, 1.0, rng.random()))
        angle = np.pi / 4 * rng.integers(8) + rng.normal(0, 0.15)
        way = rng.uniform(0.3, 1.0) * np.array([np.cos(angle), np.sin(angle)])
        if rng.random() < 0.3:  # across the earlier stroke
            start = start - way / 2
        figure.append(path(*np.column_stack([start, start + way])))
    return figure


def anything(rng: Rng) -> Figure:
    """A few strokes put together at random, like signs of an unknown script."""
    figure: Figure = []
    for _ in range(int(rng.integers(3, 6))):
        x, y = rng.uniform(0, 0.8), rng.uniform(0, 1)
        size = rng.uniform(0.2, 0.7)
        if rng.random() < 0.4:
            wide, start = size * rng.uniform(0.2, 0.7), rng.uniform(0, 360)
            sweep = rng.uniform(120, 380) * rng.choice((-1, 1))
            figure.append(arc(x, y, wide, size / 2, start, sweep))
            continue
        points = [(x, y)]
        for _ in range(int(rng.integers(1, 4))):
            angle = rng.uniform(0, 2 * np.pi)
            x, y = x + size * float(np.cos(angle)), y + size * float(np.sin(angle))
            points.append((x, y))
        figure.append(cornered(points) if rng.random() < 0.6 else points)
    first = rng.uniform(-0.2, 0.2)
    if rng.random() < 0.5:  # a long stroke, so that the whole has a size
        figure.insert(0, [(first, 0), (first + rng.normal(0, 0.3), 1)])
    return figure


def scribble(rng: Rng) -> Figure:
    """A wandering line."""
    steps = rng.normal(0, 0.35, (int(rng.integers(6, 25)), 2))
    low, high = rng.uniform(-0.3, 0), rng.uniform(1, 1.3)
    knots = path(*np.clip(np.cumsum(steps, axis=0) * 0.5 + 0.5, low, high).T)
    return [cornered(knots) if rng.random() < 0.3 else knots]


def random_points(rng: Rng) -> Figure:
    """A line through points anywhere on the pad."""
    knots = path(*rng.uniform(0, 1, (int(rng.integers(4, 14)), 2)).T)
    return [cornered(knots) if rng.random() < 0.5 else knots]


def zigzag(rng: Rng) -> Figure:
    """Back and forth while the pen moves on: a usual scribble to fill or test a pad."""
    count = int(rng.integers(5, 18))
    along = np.linspace(0, rng.uniform(0.4, 1.4), count) + rng.normal(0, 0.03, count)
    across = np.arange(count) % 2 + rng.normal(0, 0.12, count)
    angle = rng.uniform(0, np.pi)
    cos, sin = np.cos(angle), np.sin(angle)
    knots = path(along * cos - across * sin, along * sin + across * cos)
    return [cornered(knots) if rng.random() < 0.5 else knots]


def loops(rng: Rng) -> Figure:
    """Coils, as people draw to try a pen."""
    turns = int(rng.integers(3, 7))
    t = np.linspace(0, turns, turns * 8)
    speed, size = rng.uniform(0.05, 0.35), rng.uniform(0.35, 0.5)
    angle = 2 * np.pi * t
    return [path(t * speed + 0.4 * size * np.cos(angle), 0.5 + size * np.sin(angle))]


def tangle(rng: Rng) -> Figure:
    """Turns of different sizes around a moving middle, without a hole: that would be a 0."""
    count = int(rng.integers(14, 36))
    angle = np.cumsum(rng.uniform(0.6, 1.4, count)) * rng.choice((-1, 1))
    size = rng.uniform(0.04, 0.55, count)
    x, y = (0.5 + np.cumsum(rng.normal(0, 0.03, (count, 2)), axis=0)).T
    return [path(x + size * np.cos(angle), y + size * np.sin(angle))]


def hatching(rng: Rng) -> Figure:
    """Parallel strokes."""
    count = int(rng.integers(4, 9))
    lean = rng.normal(0, 0.2)
    return [
        [(x + lean, rng.normal(0, 0.05)), (x - lean, 1 + rng.normal(0, 0.05))]
        for x in np.linspace(0, rng.uniform(0.5, 1.2), count).tolist()
    ]


def blacked_out(rng: Rng) -> Figure:
    """An area filled by a dense zigzag."""
    count = int(rng.integers(20, 44))
    along = np.linspace(0, rng.uniform(0.7, 1.2), count)
    across = np.arange(count) % 2 + rng.normal(0, 0.08, count)
    knots = path(along, across) if rng.random() < 0.5 else path(across, along)
    return [cornered(knots)]


def several_strokes(rng: Rng) -> Figure:
    """Three to seven lines at random places."""
    return [
        path(*rng.uniform(0, 1, (int(rng.integers(2, 4)), 2)).T)
        for _ in range(int(rng.integers(3, 8)))
    ]


def blot(rng: Rng) -> Figure:
    """A filled spot."""
    return [path(*rng.normal(0.5, 0.14, (int(rng.integers(10, 30)), 2)).T)]


def dots(rng: Rng) -> Figure:
    """Three to eight dots at random places."""
    return [[(x, y), (x + 0.01, y)] for x, y in rng.uniform(0, 1, (rng.integers(3, 9), 2)).tolist()]
