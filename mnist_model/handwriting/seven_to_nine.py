"""The generators of 7, 8 and 9 (`digits.txt`)."""

import numpy as np

from mnist_model.handwriting.curves import arc
from mnist_model.handwriting.hand import Figure, Knots

Rng = np.random.Generator


def _seven(
    rng: Rng, hat: str, corner: float
) -> tuple[Knots, tuple[float, float], tuple[float, float]]:
    """Hat and stem; also the stem's two ends."""
    left = (rng.uniform(-0.05, 0.12), rng.uniform(-0.02, 0.1))
    right = (rng.uniform(0.44, 0.66), rng.uniform(-0.04, 0.08))
    foot = (rng.uniform(0.08, 0.4), 1.0)
    bow = rng.normal(0.0, 0.06)
    middle = ((right[0] + foot[0]) / 2 - bow, 0.5 + rng.normal(0, 0.04))
    start = {
        "plain": [left],
        "serif": [
            (left[0] - rng.uniform(-0.03, 0.04), left[1] + rng.uniform(0.07, 0.26)),
            left,
            left,
        ],
        "hook": [
            (left[0], left[1] + rng.uniform(0.06, 0.2)),
            (left[0] + 0.08, left[1] - rng.uniform(0, 0.03)),
            ((left[0] + right[0]) / 2 + 0.04, (left[1] + right[1]) / 2 + rng.uniform(0.02, 0.09)),
        ],
        "arch": [
            (left[0], left[1] + rng.uniform(0.02, 0.2)),
            ((left[0] + right[0]) / 2 - 0.04, min(left[1], right[1]) - rng.uniform(-0.01, 0.06)),
        ],
    }[hat]
    sharp = [right] if rng.random() < corner else []
    return [*start, right, *sharp, middle, foot], right, foot


def _bar(rng: Rng, top: float, foot: float) -> Knots:
    share = rng.uniform(0.34, 0.7)
    x = top + (foot - top) * share + rng.normal(0, 0.03)
    left, right, tilt = rng.uniform(0.06, 0.34), rng.uniform(0.04, 0.34), rng.normal(0.03, 0.05)
    bar = [(x - left, share + tilt), (x + right, share - tilt)]
    if rng.random() < 0.2:
        bar.insert(1, (x, share + rng.normal(0, 0.03)))
    return bar


def seven(
    rng: Rng, hat: str = "plain", corner: float = 0.8, bar: str = "none", aside: float = 0.0
) -> Figure:
    """A 7.

    Args:
        rng: the source of chance.
        hat: "plain", "arch", "hook" or "serif"; "any" for one of the first two.
        corner: how often there is one between hat and stem.
        bar: "none", "apart", or "joined": the pen turns at the foot and comes back up to draw it.
        aside: how far the bar lies to the left.
    """
    hat = rng.choice(("plain", "arch")) if hat == "any" else hat
    body, top, foot = _seven(rng, hat, corner)
    if bar == "none":
        return [body]
    line = _bar(rng, top[0] - aside, foot[0])
    if bar == "apart":
        return [body, line]
    line = line if rng.random() < 0.6 else line[::-1]
    return [[*body, foot, line[0], line[0], line[-1]]]


def _eight(rng: Rng) -> tuple[float, float, float, float]:
    """Where the waist lies, the half widths of both rings, and how far apart the crossing runs."""
    return (
        rng.uniform(0.34, 0.54),
        rng.uniform(0.14, 0.28),
        rng.uniform(0.17, 0.33),
        rng.uniform(0.0, 0.06),
    )


def eight(rng: Rng, begun: str = "right") -> Figure:
    """An 8 from the upper right (or left) over the top, down the S, round, and back up."""
    waist, upper, lower, gap = _eight(rng)
    top, bottom = waist / 2, (1 + waist) / 2
    start = rng.uniform(-70, 20)
    down = arc(0.3, top, upper, top, start, -(190 + start))
    round_ = arc(0.3, bottom, lower, (1 - waist) / 2, -25, 235)
    end_angle = np.radians(start + rng.normal(8, 18))
    end = (0.3 + upper * np.cos(end_angle), top + top * np.sin(end_angle))
    up = [(0.3 + gap, waist + rng.normal(0, 0.02)), (0.3 + upper * 0.85, top * 1.15), end]
    knots = [*down, (0.3 - gap, waist), *round_, *up]
    return [knots if begun == "right" else [(0.6 - x, y) for x, y in knots]]


def open_eight(rng: Rng) -> Figure:
    """An 8 whose ends stand apart on top."""
    waist, upper, lower, gap = _eight(rng)
    top, bottom = waist / 2, (1 + waist) / 2
    begin = (0.3 + upper * rng.uniform(0.5, 1.5), rng.uniform(0.0, 0.14))
    down = arc(0.3, top, upper, top, -75, -115)
    round_ = arc(0.3, bottom, lower, (1 - waist) / 2, -25, 235)
    end = (0.3 + upper * rng.uniform(0.5, 1.6), begin[1] + rng.uniform(-0.06, 0.24))
    return [[begin, *down, (0.3 - gap, waist), *round_, (0.3 + gap, waist), end]]


def two_rings(rng: Rng) -> Figure:
    """An 8 of one ring above another."""
    waist, upper, lower, _gap = _eight(rng)
    shift, touch = rng.normal(0, 0.03), rng.normal(0, 0.02)
    one = arc(0.3, waist / 2, upper, waist / 2, rng.uniform(0, 360), -rng.uniform(335, 385))
    two = arc(
        0.3 + shift,
        (1 + waist) / 2 + touch,
        lower,
        (1 - waist) / 2,
        rng.normal(-90, 25),
        -rng.uniform(335, 385),
    )
    return [one, two]


def lopsided_eight(rng: Rng) -> Figure:
    """One ring much smaller than the other, and beside it."""
    small = rng.uniform(0.28, 0.38)
    waist = small if rng.random() < 0.5 else 1 - small
    upper, lower = rng.uniform(0.55, 0.9) * np.array([waist, 1 - waist]) / 1.6
    aside = rng.normal(0, 0.07)
    down = arc(0.3 + aside, waist / 2, upper, waist / 2, rng.uniform(-80, 0), -190)
    round_ = arc(0.3, (1 + waist) / 2, lower, (1 - waist) / 2, -30, 240)
    end = (0.3 + aside + upper * 0.7, waist * rng.uniform(0.1, 0.4))
    return [[*down, (0.3, waist), *round_, (0.3 + aside / 2, waist), end]]


def eight_from_waist(rng: Rng) -> Figure:
    """An 8 from its waist over the top, and round below."""
    waist, upper, lower, gap = _eight(rng)
    one = arc(0.3, waist / 2, upper, waist / 2, 110, 330)
    two = arc(0.3, (1 + waist) / 2, lower, (1 - waist) / 2, -110, -rng.uniform(310, 350))
    return [[(0.3 - gap, waist), *one[1:-1], (0.3 + gap, waist), *two[1:]]]


def half_open_eight(rng: Rng) -> Figure:
    """A ring that does not close: as a 3 with a stroke back up its left, or open on top."""
    waist, upper, lower, gap = _eight(rng)
    top, bottom = waist / 2, (1 + waist) / 2
    if rng.random() < 0.5:
        bowls = [
            *arc(0.28, top, upper, top, -150, 220),
            (0.34, waist),
            (0.34, waist),
            *arc(0.28, bottom, lower, (1 - waist) / 2, -70, 210),
        ]
        left = [(0.28 - lower * 0.7, bottom - 0.1), (0.26, waist), (0.28 - upper * 0.9, top)]
        return [[*bowls, *left, (0.28 - upper * 0.5, rng.uniform(0.02, 0.16))]]
    round_ = arc(0.3, bottom, lower, (1 - waist) / 2, -25, 225)
    start = (0.3 + rng.uniform(0.02, 0.3), rng.uniform(0.0, 0.2))
    down = [(0.3 - upper * 0.6, top * 0.5), (0.3 - upper * 0.7, top * 1.2), (0.3, waist)]
    end = (0.3 + rng.uniform(0.1, 0.4), rng.uniform(-0.02, 0.2))
    return [[start, *down, *round_, (0.3 + gap, waist), end]]


def fish(rng: Rng) -> Figure:
    """Two lines that cross above a small ring and hardly bend towards each other on top."""
    waist = rng.uniform(0.5, 0.72)
    lower, spread = rng.uniform(0.04, 0.18), rng.uniform(0.1, 0.24)
    knots = [
        (0.3 + spread, rng.uniform(0, 0.12)),
        (0.3 + spread * 0.5, waist * 0.5),
        (0.3, waist),
        (0.3 - lower, (1 + waist) / 2),
        (0.3, 1.0),
        (0.3 + lower, (1 + waist) / 2),
        (0.3, waist),
        (0.3 - spread, waist * 0.45),
        (0.3 - spread * 0.6, rng.uniform(0.0, 0.1)),
        (0.3 + spread * rng.uniform(0.2, 1.0), rng.uniform(-0.02, 0.12)),
    ]
    return [knots]


def narrow_eight(rng: Rng) -> Figure:
    """Crossed nearly at a point, slim as a ribbon, sometimes without room in the upper ring."""
    waist = rng.uniform(0.35, 0.55)
    upper, lower = rng.uniform(0.04, 0.14), rng.uniform(0.06, 0.18)
    lean = rng.uniform(0.0, 0.25)
    knots = [
        (0.3 + upper + lean, rng.uniform(0.02, 0.12)),
        (0.3 + lean * 0.8, 0.0),
        (0.3 + lean * 0.5 - upper, waist / 2),
        (0.3, waist),
        (0.3 + lower, (1 + waist) / 2),
        (0.3, 1.0),
        (0.3 - lower, (1 + waist) / 2),
        (0.3, waist),
        (0.3 + upper + lean * 0.6, waist / 2),
        (0.3 + upper + lean, rng.uniform(0.0, 0.12)),
    ]
    return [knots]


def _nine(rng: Rng, close: tuple[float, float], height: tuple[float, float]) -> tuple[Knots, float]:
    """The bowl, ending on the right at the stem; also where the stem stands."""
    h, w = rng.uniform(*height) / 2, rng.uniform(0.16, 0.3)
    start = rng.uniform(-60, -10)
    bowl = arc(0.3, h + 0.02, w, h, start, -rng.uniform(*close))
    return bowl, 0.3 + w


def _tail(rng: Rng, x: float, kind: str) -> Knots:
    """A stem from the bowl's right down, and how it ends."""
    lean = rng.uniform(-0.02, 0.16)
    if kind == "straight":
        lean *= rng.uniform(1, 2.5)
        return [(x - lean * 0.4, 0.55), (x - lean, 1.0)]
    left = x - rng.uniform(0.2, 0.7)
    if kind == "curled":
        return [
            (x + rng.uniform(-0.04, 0.03), 0.55),
            (x - lean * 0.6, 0.82),
            ((x + left) / 2, 1.0),
            (left, rng.uniform(0.82, 0.98)),
        ]
    if kind == "flat":  # runs out to the left
        low = rng.uniform(0.92, 1.0)
        return [
            (x - lean * 0.4, 0.55),
            (x - lean * 0.8, 0.84),
            (x - 0.14, low),
            (left - rng.uniform(0, 0.2), low + rng.uniform(-0.06, 0.04)),
        ]
    return [
        (x, 0.6),
        (x - 0.06, 0.9),
        (x - 0.22, 1.0),
        (left, 0.9),
        (x - 0.16, 0.76),
        (x + 0.12, rng.uniform(0.62, 0.72)),
    ]  # looped


def nine(
    rng: Rng,
    close: tuple[float, float],
    height: tuple[float, float],
    top: tuple[float, float] | None = None,
    corner: float = 1.0,
    flat: float | None = None,
    tail: str = "",
) -> Figure:
    """A 9 in one stroke.

    Args:
        rng: the source of chance.
        close: by how many degrees the bowl closes.
        height: of the bowl.
        top: where the stem begins; None: the bowl flows into it.
        corner: how often there is one between bowl and stem.
        flat: how often the tail is flat, else curled; None: straight or curled.
        tail: the only kind that there is.
    """
    bowl, x = _nine(rng, close, height)
    if top is not None:
        knot = (x + rng.normal(0, 0.015), rng.uniform(*top))
        bowl += [knot, knot] if corner == 1 or rng.random() < corner else [knot]
    if flat is not None:
        tail = rng.choice(("curled", "flat"), p=(1 - flat, flat))
    return [[*bowl, *_tail(rng, x, tail or rng.choice(("straight", "curled")))]]


def looped_nine(rng: Rng) -> Figure:
    """A 9 whose tail is a loop."""
    bowl, x = _nine(rng, (285, 345), (0.36, 0.52))
    return [[*bowl, (x, 0.15), (x, 0.15), *_tail(rng, x, "looped")]]


def small_nine(rng: Rng) -> Figure:
    """A 9 whose bowl is small."""
    cornered = rng.random() < 0.6
    bowl, x = _nine(rng, (270 if cornered else 310, 350), (0.2, 0.36))
    kind = rng.choice(("straight", "curled", "flat"), p=(0.35, 0.4, 0.25))
    top = (x + rng.normal(0, 0.015), rng.uniform(0.02, 0.14))
    return [[*bowl, *([top, top] if cornered else []), *_tail(rng, x, kind)]]


def half_closed_nine(rng: Rng) -> Figure:
    """The bowl stops short of the stem, or curls up inside."""
    bowl, x = _nine(rng, (185, 270), (0.34, 0.56))
    if rng.random() < 0.5:  # in two strokes, the bowl's end in the air
        stem = [
            (x + rng.normal(0.0, 0.03), rng.uniform(-0.02, 0.12)),
            *_tail(rng, x, rng.choice(("straight", "curled"))),
        ]
        return [bowl, stem]
    # In one go, from the bowl's end over the top and down.
    height = max(y for _, y in bowl)
    inner = (x - rng.uniform(0.02, 0.14), rng.uniform(0.5, 0.85) * height)
    over = [
        (x - 0.25, height * 0.85),
        (x - 0.4 + rng.uniform(0, 0.1), height / 2),
        (x - 0.2, 0.0),
        (x, height * 0.4),
    ]
    kind = rng.choice(("straight", "curled", "flat"), p=(0.4, 0.35, 0.25))
    return [[inner, *over, *_tail(rng, x, kind)]]


def knot_and_tail(rng: Rng) -> Figure:
    """A bowl so small that it is a curl or a spot, and a large tail: nearly a 3."""
    size = rng.uniform(0.1, 0.2)
    x = rng.uniform(0.36, 0.5)
    middle = (x - size, size + rng.uniform(0.0, 0.06))
    begin = rng.uniform(-70, 60)
    curl = arc(*middle, size * rng.uniform(0.8, 1.3), size, begin, -rng.uniform(240, 400))
    if rng.random() < 0.4:  # from within
        curl = [
            (middle[0] + rng.uniform(0.0, size), middle[1] + rng.uniform(-0.3, 0.6) * size),
            (middle[0], middle[1] + size),
            (middle[0] - size, middle[1]),
            (middle[0], 0.0),
        ]
    shoulder = (x + rng.uniform(0.0, 0.06), rng.uniform(0.3, 0.45))
    kind = rng.choice(("straight", "curled", "flat"), p=(0.4, 0.4, 0.2))
    return [[*curl, shoulder, *_tail(rng, x + rng.uniform(0, 0.06), kind)]]


def nine_over_the_top(rng: Rng) -> Figure:
    """From where bowl and stem meet, round clockwise, over the top and down."""
    h, w = rng.uniform(0.34, 0.56) / 2, rng.uniform(0.16, 0.3)
    bowl = arc(0.3, h, w, h, rng.uniform(0, 50), rng.uniform(300, 345))
    kind = rng.choice(("straight", "curled", "flat"), p=(0.5, 0.3, 0.2))
    return [[*bowl, *_tail(rng, 0.3 + w, kind)]]


def ring_and_stem(rng: Rng) -> Figure:
    """A 9 in two strokes."""
    bowl, x = _nine(rng, (330, 370), (0.34, 0.54))
    kind = rng.choice(("straight", "curled"), p=(0.7, 0.3))
    return [bowl, [(x + rng.normal(0, 0.03), rng.uniform(-0.02, 0.28)), *_tail(rng, x, kind)]]


def crossing_nine(rng: Rng) -> Figure:
    """A round bowl whose end runs on through the stem, as a 4's bar would."""
    bowl, x = _nine(rng, (270, 310), (0.34, 0.54))
    end = (x + rng.uniform(0.03, 0.16), bowl[-1][1] - rng.uniform(-0.02, 0.1))
    stem = [(x + rng.normal(0, 0.03), rng.uniform(-0.02, 0.12)), *_tail(rng, x, "straight")]
    return [[*bowl, end], stem]


def angular_nine(rng: Rng) -> Figure:
    """The bowl as a triangle or a box."""
    x = rng.uniform(0.44, 0.54)
    top = (x, rng.uniform(0.0, 0.08))
    low = rng.uniform(0.32, 0.5)
    left = (rng.uniform(0.0, 0.1), rng.uniform(0.1, low - 0.08))
    bowl = [top, left, left, (rng.uniform(0.08, 0.22), low), (x, low * rng.uniform(0.5, 0.9))]
    return [[*bowl, top, top, *_tail(rng, x, rng.choice(("straight", "curled")))]]
