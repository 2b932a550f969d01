"""What people draw that is no digit: signs, shapes, scribbles, parts of digits, pairs, dots."""

from collections.abc import Callable

import numpy as np

from mnist_model.penmanship.digits import VARIANTS, any_digit, arc
from mnist_model.penmanship.hand import Figure, Knots
from mnist_model.penmanship.signs import LETTERS, SIGNS, figure

Rng = np.random.Generator
Kind = Callable[[Rng], Figure]

KINDS: dict[str, Kind] = {}
WEIGHT: dict[str, float] = {}

#: Kinds that no network is trained on, nor on anything that looks like them: what is refused of
#: these is a fair figure.
UNSEEN = frozenset(
    [f"letter {name}" for name in "AHKMRWafkmw"]
    + ["star", "heart", "house", "hash", "arrow", "question mark", "loops", "pi", "kanji", "cup"]
    + ["tree", "infinity", "two letters"]
)

# Digits that are another sign from behind or from below. Not 0, 1 and 8: they are alike from there;
# nor 6 and 9: they are each other; nor 2 and 5: they nearly are.
ONE_SIDED = [
    *((3, name) for name in ("plain", "with a flat top", "with a loop")),
    *((4, name) for name in ("open", "closed", "wide with a short stem")),
    *((7, name) for name in ("crossed", "crossed, with a serif", "with a serif")),
]


def kind(name: str, weight: float = 1.0) -> Callable[[Kind], Kind]:
    """Enters a function into the table; ``weight`` is how often it is written."""

    def enter(function: Kind) -> Kind:
        KINDS[name], WEIGHT[name] = function, weight
        return function

    return enter


def any_kind(rng: Rng) -> str:
    """The name of a kind that may be trained on."""
    names = [name for name in KINDS if name not in UNSEEN]
    weights = np.array([WEIGHT[name] for name in names])
    return names[rng.choice(len(names), p=weights / weights.sum())]


def placed(figure: Figure, x: float, y: float, scale: float, tall: float | None = None) -> Figure:
    """A figure moved and scaled; ``tall`` is the scale of its height where it differs."""
    tall = scale if tall is None else tall
    return [[(x + scale * px, y + tall * py) for px, py in stroke] for stroke in figure]


def _corners(*points: tuple[float, float]) -> Knots:
    """A stroke with a corner at every point."""
    inner = [point for point in points[1:-1] for _ in range(2)]
    return [points[0], *inner, points[-1]]


# --- letters and signs


def _in_any_form(forms: list[str]) -> Kind:
    figures = [figure(form) for form in forms]

    def draw(rng: Rng) -> Figure:
        wide = float(np.exp(rng.normal(0, 0.18)))
        return [
            [(x * wide, y) for x, y in stroke] for stroke in figures[rng.integers(len(figures))]
        ]

    return draw


for _name, _forms in LETTERS.items():
    kind(f"letter {_name}", 0.45)(_in_any_form(_forms))
for _name, _forms in SIGNS.items():
    kind(_name, 0.35)(_in_any_form(_forms))


@kind("two letters", 0.7)
def _(rng: Rng) -> Figure:
    one, two = (figure(LETTERS[name][0]) for name in rng.choice(list(LETTERS), 2))
    return [*placed(one, 0, 0, 0.8, 1), *placed(two, rng.uniform(0.6, 0.9), 0, 0.8, 1)]


# --- shapes


def _polygon(rng: Rng, corners: int, wobble: float = 0.06) -> Figure:
    angles = np.radians(rng.uniform(0, 360)) + np.linspace(0, 2 * np.pi, corners + 1)
    wide = rng.uniform(0.3, 0.6)
    points = [(0.4 + wide * float(np.cos(t)), 0.5 + 0.5 * float(np.sin(t))) for t in angles]
    points = [(x + rng.normal(0, wobble), y + rng.normal(0, wobble)) for x, y in points]
    points[-1] = points[0]
    return [_corners(*points)]


@kind("triangle")
def _(rng: Rng) -> Figure:
    return _polygon(rng, 3)


@kind("square", 1.5)
def _(rng: Rng) -> Figure:
    w, j = rng.uniform(0.6, 1.4), 0.04
    points = [
        (0.0, 0.0),
        (w, rng.normal(0, j)),
        (w + rng.normal(0, j), 1.0),
        (0.0, 1.0),
        (0.0, 0.0),
    ]
    return [_corners(*(points if rng.random() < 0.5 else points[::-1]))]


@kind("diamond", 0.7)
def _(rng: Rng) -> Figure:
    w = rng.uniform(0.25, 0.5)
    return [_corners((0.4, 0), (0.4 + w, 0.5), (0.4, 1), (0.4 - w, 0.5), (0.4, 0))]


@kind("polygon", 0.6)
def _(rng: Rng) -> Figure:
    """Five or six corners, some of them pointing inwards."""
    return [_corners(*_irregular(rng, int(rng.integers(5, 7)), 0.4))]


@kind("signpost", 0.7)
def _(rng: Rng) -> Figure:
    """A board of four to six corners on a stick."""
    board = [(x, 0.65 * y) for x, y in _irregular(rng, int(rng.integers(4, 7)), 0.12)]
    x, y = 0.4 + rng.normal(0, 0.05), rng.uniform(0.5, 0.66)
    return [_corners(*board), [(x, y), (x + rng.normal(0, 0.03), y + rng.uniform(0.3, 0.6))]]


@kind("shield", 0.8)
def _(rng: Rng) -> Figure:
    """A level upper edge between two corners, and sides that meet in a point below."""
    wide, sag = rng.uniform(0.35, 0.6), rng.uniform(0.0, 0.06)
    hip = wide * rng.uniform(0.85, 1.1), rng.uniform(0.3, 0.55)
    right = [(0.4 + wide, 0.0), (0.4 + hip[0], hip[1]), (0.4, 1.0)]
    left = [(0.4, 1.0), (0.4 - hip[0], hip[1]), (0.4 - wide, 0.0)]
    edge = [(0.4 - wide, 0.0), (0.4, sag), (0.4 + wide, 0.0)]
    knots = [*right, *left, *edge]  # what is given twice is a corner
    return [knots if rng.random() < 0.5 else [(0.8 - x, y) for x, y in knots]]


@kind("cloud", 1.2)
def _(rng: Rng) -> Figure:
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


@kind("leaf", 2)
def _(rng: Rng) -> Figure:
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


@kind("asterisk", 0.7)
def _(rng: Rng) -> Figure:
    turns = np.pi * np.arange(3 + rng.integers(2)) / 3 + rng.uniform(0, 1)
    return [
        [
            (0.5 - 0.5 * float(np.cos(t)), 0.5 - 0.5 * float(np.sin(t))),
            (0.5 + 0.5 * float(np.cos(t)), 0.5 + 0.5 * float(np.sin(t))),
        ]
        for t in turns
    ]


@kind("heart")
def _(rng: Rng) -> Figure:
    dip = rng.uniform(0.12, 0.3)
    side = [(0.5, dip), (0.3, 0.0), (0.02, 0.2), (0.15, 0.6), (0.5, 1.0)]
    other = [(1 - x, y) for x, y in side]
    return [side, other] if rng.random() < 0.5 else [[*side, *side[-1:], *other[::-1][1:]]]


@kind("cross", 1.5)
def _(rng: Rng) -> Figure:
    """A plus sign, or a cross with a longer leg."""
    y = rng.uniform(0.25, 0.55)
    w = rng.uniform(0.25, 0.5)
    return [[(0.4, 0), (0.4, 1)], [(0.4 - w, y), (0.4 + w, y)]]


@kind("tick")
def _(rng: Rng) -> Figure:
    low = rng.uniform(0.15, 0.4)
    return [_corners((0, rng.uniform(0.4, 0.75)), (low, 1), (rng.uniform(0.7, 1.2), 0))]


@kind("arrow")
def _(rng: Rng) -> Figure:
    tip, size = 1.2, rng.uniform(0.15, 0.35)
    arrow = [
        [(0, 0.5), (tip, 0.5)],
        _corners((tip - size, 0.5 - size), (tip, 0.5), (tip - size, 0.5 + size)),
    ]
    turn = rng.integers(4)
    for _ in range(turn):
        arrow = [[(-y + 1, x) for x, y in stroke] for stroke in arrow]
    return arrow


@kind("equals sign")
def _(rng: Rng) -> Figure:
    gap = rng.uniform(0.15, 0.6)
    return [[(0, 0.5 - gap / 2), (0.9, 0.5 - gap / 2)], [(0, 0.5 + gap / 2), (0.9, 0.5 + gap / 2)]]


@kind("question mark")
def _(rng: Rng) -> Figure:
    hook = [*arc(0.3, 0.25, 0.25, 0.25, -190, 240), (0.3, 0.58), (0.28, 0.74)]
    return [hook, [(0.28, 0.97), (0.3, 0.99)]]


@kind("arc and dots", 2)
def _(rng: Rng) -> Figure:
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


@kind("exclamation mark", 0.6)
def _(rng: Rng) -> Figure:
    return [[(0.3, 0), (0.28, rng.uniform(0.6, 0.75))], [(0.28, 0.97), (0.29, 0.99)]]


@kind("infinity", 0.7)
def _(rng: Rng) -> Figure:
    t = np.linspace(0, 2 * np.pi, 13) + rng.uniform(0, 6)
    flat = rng.uniform(0.3, 0.45)
    return [[(0.6 + 0.6 * float(np.cos(a)), 0.5 + flat * float(np.sin(2 * a))) for a in t]]


@kind("wave")
def _(rng: Rng) -> Figure:
    count, sharp = int(rng.integers(3, 7)), rng.random() < 0.5
    x = np.linspace(0, rng.uniform(1, 1.8), count + 1)
    points = [(float(px), 0.5 + (0.35 if i % 2 else -0.35)) for i, px in enumerate(x)]
    return [_corners(*points) if sharp else points]


@kind("spiral")
def _(rng: Rng) -> Figure:
    turns = rng.uniform(1.8, 3.5)
    t = np.linspace(0, turns, round(turns * 9)) * 2 * np.pi * rng.choice((-1, 1))
    r = np.linspace(rng.uniform(0.0, 0.12), 0.5, len(t))
    return [
        [
            (0.5 + float(a * np.cos(b)), 0.5 + float(a * np.sin(b)))
            for a, b in zip(r, t, strict=True)
        ]
    ]


@kind("brackets", 0.6)
def _(rng: Rng) -> Figure:
    one = _corners((0.25, 0), (0, 0), (0, 1), (0.25, 1))
    if rng.random() < 0.5:  # round ones stand apart, or they would be a 0
        one = arc(0.4, 0.5, 0.25, 0.5, -110, -140)
    width = rng.uniform(1.1, 1.5)
    return [one, [(width - x, y) for x, y in one]]


@kind("matchsticks", 5)
def _(rng: Rng) -> Figure:
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


@kind("anything", 8)
def _(rng: Rng) -> Figure:
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
            figure.append(_corners(*points) if rng.random() < 0.6 else points)
    first = rng.uniform(-0.2, 0.2)  # a long stroke, so that the whole has a size
    return (
        [[(first, 0), (first + rng.normal(0, 0.3), 1)], *figure] if rng.random() < 0.5 else figure
    )


# --- scribbles


@kind("scribble", 4)
def _(rng: Rng) -> Figure:
    """A wandering line."""
    count = int(rng.integers(6, 25))
    steps = rng.normal(0, 0.35, (count, 2))
    points = np.clip(
        np.cumsum(steps, axis=0) * 0.5 + 0.5, rng.uniform(-0.3, 0), rng.uniform(1, 1.3)
    )
    knots = [(float(x), float(y)) for x, y in points]
    return [_corners(*knots) if rng.random() < 0.3 else knots]


@kind("random points", 3)
def _(rng: Rng) -> Figure:
    """A line through points anywhere on the pad."""
    points = rng.uniform(0, 1, (int(rng.integers(4, 14)), 2))
    knots = [(float(x), float(y)) for x, y in points]
    return [_corners(*knots) if rng.random() < 0.5 else knots]


@kind("zigzag", 3)
def _(rng: Rng) -> Figure:
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
    return [_corners(*knots) if rng.random() < 0.5 else knots]


@kind("loops", 1.5)
def _(rng: Rng) -> Figure:
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


@kind("tangle", 2)
def _(rng: Rng) -> Figure:
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


@kind("hatching")
def _(rng: Rng) -> Figure:
    count = int(rng.integers(4, 9))
    lean = rng.normal(0, 0.2)
    return [
        [(x + lean, rng.normal(0, 0.05)), (x - lean, 1 + rng.normal(0, 0.05))]
        for x in np.linspace(0, rng.uniform(0.5, 1.2), count).tolist()
    ]


@kind("blacked out", 1)
def _(rng: Rng) -> Figure:
    """A patch filled by a dense zigzag."""
    count = int(rng.integers(20, 44))
    along = np.linspace(0, rng.uniform(0.7, 1.2), count)
    across = np.where(np.arange(count) % 2, 1.0, 0.0) + rng.normal(0, 0.08, count)
    turn = rng.random() < 0.5
    knots = [
        (float(a), float(b)) if turn else (float(b), float(a))
        for a, b in zip(along, across, strict=True)
    ]
    return [_corners(*knots)]


@kind("several strokes", 2)
def _(rng: Rng) -> Figure:
    """Lines thrown about."""
    return [
        [
            (float(rng.uniform(0, 1)), float(rng.uniform(0, 1)))
            for _ in range(int(rng.integers(2, 4)))
        ]
        for _ in range(int(rng.integers(3, 8)))
    ]


# --- digits that are none any more


@kind("crossed out by a line", 1.5)
def _(rng: Rng) -> Figure:
    """Any digit but those that a line turns into their own variants (0, 1, 7)."""
    digit = int(rng.choice((2, 3, 4, 5, 6, 8, 9)))
    lines: Figure = [[(-0.15, rng.uniform(0.7, 1.1)), (0.8, rng.uniform(-0.1, 0.3))]]
    if digit in (2, 4) or rng.random() < 0.6:  # whose own strokes one line may hide in
        lines.append([(-0.15, rng.uniform(-0.1, 0.3)), (0.8, rng.uniform(0.7, 1.1))])
    return [*any_digit(rng, digit), *lines]


@kind("crossed out by a zigzag", 1.5)
def _(rng: Rng) -> Figure:
    count = int(rng.integers(5, 14))
    x = np.linspace(-0.1, 0.7, count)
    y = np.where(np.arange(count) % 2, rng.uniform(0.0, 0.3), rng.uniform(0.7, 1.0))
    knots = [(float(a), float(b + rng.normal(0, 0.05))) for a, b in zip(x, y, strict=True)]
    return [*any_digit(rng), _corners(*knots)]


@kind("struck through", 1.5)
def _(rng: Rng) -> Figure:
    """Two or three level lines through a digit that has no level line of its own to hide them."""
    places = (0.32, 0.68) if rng.random() < 0.5 else (0.22, 0.5, 0.78)
    lines: Figure = [
        [(-0.2, y + rng.normal(0, 0.04)), (0.85, y + rng.normal(0, 0.04))] for y in places
    ]
    return [*any_digit(rng, int(rng.choice((2, 3, 5, 6, 8, 9)))), *lines]


@kind("two digits", 5)
def _(rng: Rng) -> Figure:
    apart = rng.uniform(0.6, 1.1)
    return [*any_digit(rng), *placed(any_digit(rng), apart, rng.normal(0, 0.05), 1)]


@kind("two digits, overlapping", 1.5)
def _(rng: Rng) -> Figure:
    """One written over another; never 1s, which may pass for the other's own stroke."""
    choices = (0, 2, 3, 4, 5, 6, 8, 9)
    one, two = rng.choice(choices, 2, replace=False).tolist()
    return [
        *any_digit(rng, one),
        *placed(any_digit(rng, two), rng.uniform(0.15, 0.4), rng.normal(0, 0.1), 1),
    ]


@kind("three digits", 1.5)
def _(rng: Rng) -> Figure:
    figure = any_digit(rng)
    for place in (1, 2):
        figure = [*figure, *placed(any_digit(rng), place * rng.uniform(0.65, 1.0), 0, 1)]
    return figure


@kind("lying digit", 1.5)
def _(rng: Rng) -> Figure:
    """Turned by a right angle; only 3 and 5, for of the others some can still be read."""
    figure = any_digit(rng, int(rng.choice((3, 5))))
    way = rng.choice((-1, 1))
    return [
        [(0.5 + way * (y - 0.5), 0.5 - way * (x - 0.3)) for x, y in stroke] for stroke in figure
    ]


@kind("mirrored digit", 1.5)
def _(rng: Rng) -> Figure:
    """Only 3, 4 and 7: of the others some mirror images are digits, too."""
    return [[(0.6 - x, y) for x, y in stroke] for stroke in _one_sided(rng)]


@kind("digit upside down", 1)
def _(rng: Rng) -> Figure:
    return [[(0.6 - x, 1 - y) for x, y in stroke] for stroke in _one_sided(rng)]


def _one_sided(rng: Rng) -> Figure:
    """A 3, a 4 or a 7, in a form that is another sign from behind or below."""
    digit, name = ONE_SIDED[int(rng.integers(len(ONE_SIDED)))]
    return VARIANTS[digit][name](rng)


@kind("upper half of a 0", 0.7)
def _(rng: Rng) -> Figure:
    return [arc(0.3, 0.5, rng.uniform(0.35, 0.6), 0.5, 180, 180)]


@kind("lower half of a 0", 0.7)
def _(rng: Rng) -> Figure:
    return [arc(0.3, 0.5, rng.uniform(0.35, 0.6), 0.5, 0, 180)]


@kind("beginning of a 4", 1)
def _(rng: Rng) -> Figure:
    """All but the stem."""
    top, elbow = (rng.uniform(0.1, 0.4), 0.0), (rng.uniform(-0.05, 0.1), 0.8)
    return [_corners(top, elbow, (rng.uniform(0.5, 0.8), 0.82))]


@kind("beginning of a 5", 1)
def _(rng: Rng) -> Figure:
    """Hat and neck."""
    return [
        _corners(
            (rng.uniform(0.5, 0.8), rng.normal(0, 0.04)),
            (0.08, 0.0),
            (rng.uniform(-0.05, 0.1), 0.9),
        )
    ]


@kind("end of a 2", 1)
def _(rng: Rng) -> Figure:
    """The slanting stroke and the base."""
    return [
        _corners(
            (rng.uniform(0.4, 0.8), 0),
            (0.0, 0.8),
            (rng.uniform(0.6, 1.0), 0.8 + rng.normal(0, 0.05)),
        )
    ]


@kind("half of a 3", 0.7)
def _(rng: Rng) -> Figure:
    """One bowl alone, open to the left, its lower end turned up: level, it would be a round 7."""
    start = rng.uniform(-130, -95)
    return [arc(0.1, 0.5, rng.uniform(0.4, 0.8), 0.5, start, rng.uniform(120, 155) - start)]


# --- dots


@kind("dot", 1.5)
def _(rng: Rng) -> Figure:
    return [[(0.5, 0.5)]]


@kind("blot", 0.8)
def _(rng: Rng) -> Figure:
    """A dot rubbed in: a filled spot."""
    points = rng.normal(0.5, 0.14, (int(rng.integers(10, 30)), 2))
    return [[(float(x), float(y)) for x, y in points]]


@kind("two dots", 0.8)
def _(rng: Rng) -> Figure:
    x = rng.uniform(-1, 1)
    return [[(0.5, 0.0), (0.51, 0.01)], [(0.5 + x, 1.0), (0.51 + x, 1.01)]]


@kind("dots", 1.2)
def _(rng: Rng) -> Figure:
    places = rng.uniform(0, 1, (int(rng.integers(3, 9)), 2))
    return [[(float(x), float(y)), (float(x) + 0.01, float(y))] for x, y in places]
