"""The digits, in the variants that people write; each a function that gives one figure.

Those that need no computing are in `forms`, as outlines.

Figures are about 0.6 wide and 1 high (`hand.Figure`). Whatever a variant leaves open (how long a
flag is, where the waist lies) is drawn anew each time; the hand that writes it adds the rest.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from mnist_model.penmanship.forms import FORMS, written_form
from mnist_model.penmanship.hand import Figure, Knots

Rng = np.random.Generator
Variant = Callable[[Rng], Figure]

VARIANTS: dict[int, dict[str, Variant]] = {digit: {} for digit in range(10)}
WEIGHTS: dict[int, dict[str, float]] = {digit: {} for digit in range(10)}


def variant(digit: int, name: str, weight: float) -> Callable[[Variant], Variant]:
    """Enters a function into the table; ``weight`` is how often it is written."""

    def enter(function: Variant) -> Variant:
        VARIANTS[digit][name] = function
        WEIGHTS[digit][name] = weight
        return function

    return enter


def any_digit(rng: Rng, digit: int | None = None) -> Figure:
    """The figure of a digit, or of any, in any of its variants."""
    digit = int(rng.integers(10)) if digit is None else digit
    names, weights = list(WEIGHTS[digit]), np.array(list(WEIGHTS[digit].values()))
    return VARIANTS[digit][names[rng.choice(len(names), p=weights / weights.sum())]](rng)


for _digit, _forms in FORMS.items():
    for _name, (_weight, _outlines) in _forms.items():
        variant(_digit, _name, _weight)(written_form(_outlines))


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


def _ring(rng: Rng, overlap: tuple[float, float]) -> Knots:
    width = rng.uniform(0.2, 0.46)
    way = 1 if rng.random() < 0.15 else -1
    start = rng.normal(-80, 30)
    ring = arc(0.3, 0.5, width, 0.5, start, way * (360 + rng.uniform(*overlap)))
    drift = rng.normal(0, 0.02, 2)  # where it ends, against where it began
    share = np.linspace(0, 1, len(ring))
    return [(x + drift[0] * s, y + drift[1] * s) for (x, y), s in zip(ring, share, strict=True)]


@variant(0, "plain", 5)
def _(rng: Rng) -> Figure:
    return [_ring(rng, (-10, 20))]


@variant(0, "open", 2)
def _(rng: Rng) -> Figure:
    return [_ring(rng, (-50, -8))]


@variant(0, "overlapped", 2)
def _(rng: Rng) -> Figure:
    return [_ring(rng, (20, 90))]


@variant(0, "with a curl", 2)
def _(rng: Rng) -> Figure:
    """The pen ends in a curl over the top, inwards or outwards."""
    ring = arc(0.3, 0.52, rng.uniform(0.22, 0.42), 0.46, rng.uniform(-110, -60), -360)
    x, y = ring[-1]
    out = rng.choice((-1.0, 1.0), p=(0.35, 0.65))
    length, drop = rng.uniform(0.12, 0.42), rng.uniform(-0.12, 0.12)
    return [
        [
            *ring[:-1],
            (x, y),
            (x + out * length / 2, y + rng.uniform(0, 0.09)),
            (x + out * length, y + drop),
        ]
    ]


@variant(0, "started with a tail", 1.5)
def _(rng: Rng) -> Figure:
    """A short stroke leads into the ring from the left or from above."""
    ring = arc(0.3, 0.52, rng.uniform(0.22, 0.42), 0.46, rng.uniform(-120, -50), -370)
    x, y = ring[0]
    return [[(x + rng.uniform(-0.4, 0.15), y - rng.uniform(-0.1, 0.1)), *ring]]


@variant(0, "started inside", 1.2)
def _(rng: Rng) -> Figure:
    """The pen comes down within the ring, or leaves it inwards at the end."""
    width = rng.uniform(0.22, 0.44)
    start = rng.uniform(-150, -40)
    ring = arc(0.3, 0.5, width, 0.5, start, -rng.uniform(320, 390))
    angle = np.radians(start + rng.uniform(-10, 50))
    depth = rng.uniform(0.45, 0.85)
    inside = (0.3 + depth * width * float(np.cos(angle)), 0.5 + depth * 0.5 * float(np.sin(angle)))
    knots = [inside, *ring[1:]]
    return [knots if rng.random() < 0.6 else [(0.6 - x, y) for x, y in knots[::-1]]]


@variant(0, "overhanging", 3)
def _(rng: Rng) -> Figure:
    """The ring closes a little below where it began: nearly a 6, but all ring and no stem."""
    over = rng.uniform(0.02, 0.18)
    height, width = (1 - over) / 2, rng.uniform(0.22, 0.44)
    ring = arc(0.3, over + height, width, height, rng.uniform(-140, -105), -rng.uniform(300, 345))
    x, y = ring[0]
    begin = (x + rng.uniform(0.05, 0.35), y - over * rng.uniform(0.3, 1.3))
    knots = [begin, *ring]
    return [knots if rng.random() < 0.85 else [(0.6 - x, y) for x, y in knots]]


@variant(0, "slashed", 1.6)
def _(rng: Rng) -> Figure:
    width = rng.uniform(0.24, 0.44)
    ring = arc(0.3, 0.5, width, 0.5, rng.normal(-80, 25), -rng.uniform(345, 385))
    reach = rng.uniform(0.55, 1.25)
    angle = np.radians(rng.uniform(38, 68))
    dx, dy = reach * width * np.cos(angle) / 0.8, reach * 0.5 * np.sin(angle)
    slash = [(0.3 + dx, 0.5 - dy), (0.3 - dx, 0.5 + dy)]
    if rng.random() < 0.2:  # there and back
        aside = rng.normal(0, 0.05)
        slash = [*slash, slash[1], (0.3 + dx * 0.8 + aside, 0.5 - dy * 0.8)]
    if rng.random() < 0.35:  # in one go: the ring runs on into the slash
        ring = arc(0.3, 0.5, width, 0.5, -rng.uniform(30, 60), -360)
        return [[*ring, ring[-1], slash[1]]]
    return [ring, slash if rng.random() < 0.7 else slash[::-1]]


@variant(0, "slashed far beyond", 3.3)
def _(rng: Rng) -> Figure:
    """The slash runs past the bowl at both ends; upright, slanted or nearly flat."""
    width, height = rng.uniform(0.22, 0.5), rng.uniform(0.4, 0.5)
    ring = _lapped(rng, width, height)
    angle = np.radians(rng.uniform(20, 100) if rng.random() < 0.7 else rng.normal(2, 6))
    along = np.array([np.cos(angle), -np.sin(angle)])
    edge = 1 / np.hypot(along[0] / width, along[1] / height)  # from the middle to the bowl
    middle = np.array([0.3, 0.5]) + rng.normal(0, 0.14, 2) * (width, height)
    ends = [middle + way * edge * rng.uniform(1.0, 2.1) * along for way in (1, -1)]
    slash = [(float(x), float(y)) for x, y in (ends if rng.random() < 0.6 else ends[::-1])]
    if rng.random() < 0.12:  # there and back
        x, y = slash[0]
        slash = [*slash, slash[1], (x + rng.normal(0, 0.05), y + rng.normal(0, 0.05))]
    return [ring, slash] if rng.random() < 0.92 else [slash, ring]


def _lapped(rng: Rng, width: float, height: float) -> Knots:
    """A ring that does not quite close, or runs on over its own beginning, inside or outside."""
    count = rng.uniform(310, 440)
    ring = arc(0.3, 0.5, 1, 1, rng.normal(-75, 35), -count)
    size = np.linspace(rng.normal(1, 0.08), 1, len(ring))
    if rng.random() < 0.25:  # from well within
        size[0] = rng.uniform(0.35, 0.85)
    return [
        (0.3 + width * s * (x - 0.3), 0.5 + height * s * (y - 0.5))
        for (x, y), s in zip(ring, size.tolist(), strict=True)
    ]


@variant(0, "lapped", 2.2)
def _(rng: Rng) -> Figure:
    return [_lapped(rng, rng.uniform(0.2, 0.56), rng.uniform(0.42, 0.5))]


@variant(0, "angular", 1.0)
def _(rng: Rng) -> Figure:
    """Seven to ten corners all round, as a small device and a quick hand make them."""
    corners = int(rng.integers(7, 11))
    ring = arc(0.3, 0.5, rng.uniform(0.24, 0.5), 0.5, rng.uniform(-140, -40), -360, corners + 1)
    ring = [(x + rng.normal(0, 0.03), y + rng.normal(0, 0.03)) for x, y in ring]
    return [[knot for knot in ring for _ in range(2)]]


@variant(0, "slashed from the left", 0.15)
def _(rng: Rng) -> Figure:
    width = rng.uniform(0.26, 0.44)
    reach = rng.uniform(0.5, 1.1)
    dx, dy = reach * width * 0.7, reach * 0.4
    ring = arc(0.3, 0.5, width, 0.5, rng.normal(-80, 25), -360)
    return [ring, [(0.3 - dx, 0.5 - dy), (0.3 + dx, 0.5 + dy)]]


def _stem(rng: Rng, top: float, bottom: float = 1.0) -> Knots:
    x, lean = 0.32, rng.normal(0, 0.05)
    return [(x + lean, top), (x + rng.normal(0, 0.012), (top + bottom) / 2), (x - lean, bottom)]


@variant(1, "bare", 4)
def _(rng: Rng) -> Figure:
    stem = _stem(rng, 0)
    return [stem if rng.random() < 0.9 else stem[::-1]]


@variant(1, "lying", 0.7)
def _(rng: Rng) -> Figure:
    """A slanting line far from upright, down to a level one."""
    angle = np.radians(rng.uniform(-8, 55))
    dx, dy = float(np.cos(angle)) / 2, float(np.sin(angle)) / 2
    bow = rng.normal(0, 0.03, 2)
    line = [(0.3 - dx, 0.5 + dy), (0.3 + bow[0], 0.5 + bow[1]), (0.3 + dx, 0.5 - dy)]
    if rng.random() < 0.25:
        line.append((0.3 + dx + rng.normal(0, 0.06), 0.5 - dy - rng.uniform(0.02, 0.12)))
    return [line if rng.random() < 0.6 else line[::-1]]


def _flagged(
    rng: Rng, reach: tuple[float, float], drop: tuple[float, float], sharp: float = 0.72
) -> Knots:
    """An upstroke to the top, and the stem; the corner between them sharp, round or a loop."""
    stem = _stem(rng, 0)
    x, y = stem[0]
    length, fall = rng.uniform(*reach), rng.uniform(*drop)
    bend = rng.normal(0, 0.06)
    flag = [(x - length, y + fall), (x - length / 2 + bend * 0.5, y + fall / 2 + bend)]
    kind = rng.choice(3, p=(sharp, 0.64 * (1 - sharp), 0.36 * (1 - sharp)))
    if kind == 0:
        return [*flag, stem[0], *stem]
    if kind == 1:
        return [*flag, *stem]
    return [*flag, (x + 0.05, y - 0.01), (x + 0.02, y + 0.05), *stem[1:]]


@variant(1, "with a flag", 5)
def _(rng: Rng) -> Figure:
    length = rng.uniform(0.08, 0.3)
    fall = length * rng.uniform(0.6, 1.8)  # less would be the hat of a 7
    return [_flagged(rng, (length, length), (fall, fall))]


@variant(1, "with a long flag", 5)
def _(rng: Rng) -> Figure:
    """As much of Europe writes it: an upstroke up to as long as the stem."""
    return [_flagged(rng, (0.22, 0.6), (0.25, 0.85))]


@variant(1, "with a retraced flag", 3.5)
def _(rng: Rng) -> Figure:
    """The upstroke runs close beside the stem."""
    return [_flagged(rng, (0.03, 0.22), (0.3, 0.95), sharp=0.6)]


@variant(1, "with a flat flag", 0.7)
def _(rng: Rng) -> Figure:
    """A long flag that hardly falls; below some 25 degrees it would be a 7."""
    length = rng.uniform(0.18, 0.5)
    fall = length * rng.uniform(0.65, 1.0)
    return [_flagged(rng, (length, length), (fall, fall))]


@variant(1, "with a curved flag", 1)
def _(rng: Rng) -> Figure:
    stem = _stem(rng, 0)
    x, y = stem[0]
    length, fall = rng.uniform(0.12, 0.35), rng.uniform(0.12, 0.35)
    start = [
        (x - length, y + fall + rng.uniform(-0.02, 0.06)),
        (x - length * 0.75, y + fall * rng.uniform(0.9, 1.2)),
        (x - length * 0.3, y + fall * 0.6),
    ]
    return [[*start, stem[0], *stem]]


@variant(1, "with a doubled flag", 2.5)
def _(rng: Rng) -> Figure:
    """From the top down the flag, back up it and down the stem: a narrow wedge, often filled."""
    stem = _stem(rng, 0)
    x, y = stem[0]
    length = rng.uniform(0.1, 0.32)
    tip = (x - length, y + rng.uniform(0.7 * length, 0.6))
    begin = (x + rng.normal(-0.02, 0.03), y + rng.uniform(0.0, 0.12))
    corner = [tip] if rng.random() < 0.7 else []
    return [[begin, tip, *corner, stem[0], stem[0], *stem[1:]]]


def _foot(rng: Rng, x: float, y: float) -> Knots:
    left, right = rng.uniform(0.1, 0.4), rng.uniform(0.1, 0.42)
    tilt = rng.normal(0, 0.03)
    foot = [(x - left, y + tilt), (x, y + rng.normal(0, 0.015)), (x + right, y - tilt)]
    return foot if rng.random() < 0.9 else foot[::-1]


@variant(1, "with a foot", 4)
def _(rng: Rng) -> Figure:
    body = _flagged(rng, (0.08, 0.4), (0.08, 0.42), sharp=0.85)
    return [body, _foot(rng, body[-1][0], 1 - max(0, rng.normal(0, 0.06)))]


@variant(1, "with a foot in one go", 1.2)
def _(rng: Rng) -> Figure:
    """The pen runs from the stem's end to the left, and back along the foot."""
    body = _flagged(rng, (0.08, 0.4), (0.08, 0.42), sharp=0.85)
    foot = _foot(rng, body[-1][0], 1.0)
    foot = foot if foot[0][0] < foot[-1][0] else foot[::-1]
    if rng.random() < 0.5:
        foot[0] = (foot[0][0], foot[0][1] - rng.uniform(0, 0.08))
    return [[*body, body[-1], foot[0], foot[0], *foot[1:]]]


@variant(1, "with a hook and a foot", 0.8)
def _(rng: Rng) -> Figure:
    """The flag is a small hook, round or curled; the foot reaches out to both sides."""
    stem = _stem(rng, 0)
    x, y = stem[0]
    reach, fall = rng.uniform(0.06, 0.2), rng.uniform(0.08, 0.26)
    hook = [(x - reach, y + fall), (x - reach * 0.8, y + fall * 0.35), (x - reach * 0.3, y - 0.01)]
    if rng.random() < 0.4:
        hook = [(x - reach * 0.4, y + fall * 0.9), *hook]
    body = [*hook, (x + 0.02, y + 0.08), *stem[1:]]
    # Well to the left of the stem, or it would be a 2.
    return [body, _foot(rng, stem[-1][0] - 0.06, 1.0)]


@variant(1, "bare with a foot", 0.5)
def _(rng: Rng) -> Figure:
    stem = _stem(rng, 0)
    return [stem, _foot(rng, stem[-1][0], 1.0)]


def _crown(rng: Rng) -> tuple[Knots, tuple[float, float]]:
    """The round top of a 2 and the point at its lower left, where the base begins."""
    width, height = rng.uniform(0.2, 0.32), rng.uniform(0.2, 0.32)
    start = rng.uniform(-215, -150)
    end = rng.uniform(15, 50)
    crown = arc(0.3, height, width, height, start, end - start)
    left = (rng.uniform(-0.02, 0.14), rng.uniform(0.88, 1.0))
    belly = (0.3 + rng.uniform(-0.06, 0.06), 0.62 + rng.uniform(-0.05, 0.08))
    return [*crown, belly, left], left


@variant(2, "plain", 5)
def _(rng: Rng) -> Figure:
    body, left = _crown(rng)
    sag = rng.normal(0, 0.05)
    right = (rng.uniform(0.42, 0.75), left[1] + rng.normal(0.0, 0.06))
    middle = ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2 + sag)
    return [[*body, left, middle, right]]


@variant(2, "with a loop", 3)
def _(rng: Rng) -> Figure:
    body, left = _crown(rng)
    size, flat = rng.uniform(0.05, 0.14), rng.uniform(0.4, 1.0)
    loop = [
        (left[0] - size * 0.6, left[1] - size * flat * 0.5),
        (left[0], left[1] - size * flat * 1.6),
        (left[0] + size * 1.4, left[1] - size * 0.4),
    ]
    return [[*body[:-1], left, *loop, (rng.uniform(0.45, 0.75), left[1] + rng.normal(0, 0.05))]]


@variant(2, "with a wave", 2)
def _(rng: Rng) -> Figure:
    body, left = _crown(rng)
    high = rng.uniform(0.03, 0.12)
    wave = [
        (left[0] + 0.16, left[1] - high),
        (left[0] + 0.38, left[1] + rng.uniform(0, 0.06)),
        (rng.uniform(0.55, 0.78), left[1] - rng.uniform(-0.02, 0.16)),
    ]
    return [[*body, left, *wave] if rng.random() < 0.5 else [*body[:-1], left, *wave]]


@variant(2, "like a Z", 1.4)
def _(rng: Rng) -> Figure:
    left, top = rng.uniform(0, 0.12), rng.uniform(0, 0.06)
    right = (rng.uniform(0.45, 0.62), rng.uniform(0.0, 0.22))
    round_top = [(left, top + rng.uniform(0, 0.15)), (0.28, top), right]
    low = (rng.uniform(-0.02, 0.1), rng.uniform(0.9, 1.0))
    base = [low, (rng.uniform(0.45, 0.7), low[1] + rng.normal(0, 0.05))]
    corner = [right] if rng.random() < 0.45 else []
    return [[*round_top, *corner, low, *base]]


@variant(2, "with a small hook", 2)
def _(rng: Rng) -> Figure:
    """A tight bend on top, and a straight way down: near to a 1 with a foot, but round."""
    width, height = rng.uniform(0.1, 0.2), rng.uniform(0.1, 0.2)
    start, end = rng.uniform(-200, -150), rng.uniform(10, 50)
    hook = arc(0.3, height, width, height, start, end - start)
    left = (rng.uniform(0.0, 0.26), rng.uniform(0.9, 1.0))
    right = (left[0] + rng.uniform(0.3, 0.6), left[1] + rng.normal(0, 0.05))
    if rng.random() < 0.5:
        return [[*hook, left, left, right]]
    size = rng.uniform(0.03, 0.1)
    loop = [(left[0] - size, left[1] - size * 0.4), (left[0] + size * 0.4, left[1] - size * 1.2)]
    return [[*hook, left, *loop, right]]


@variant(2, "begun with a curl", 1)
def _(rng: Rng) -> Figure:
    body, left = _crown(rng)
    curl = arc(0.12, 0.27, rng.uniform(0.04, 0.1), rng.uniform(0.04, 0.09), 40, -220)[::-1]
    right = (rng.uniform(0.45, 0.72), left[1] + rng.normal(0.0, 0.05))
    return [[*curl, *body[1:], left, right]]


def _bowls(rng: Rng, start: float, end: float) -> tuple[Knots, Knots, tuple[float, float]]:
    """The two bowls of a 3 and the waist between them."""
    waist = rng.uniform(0.36, 0.54)
    upper, lower = rng.uniform(0.18, 0.32), rng.uniform(0.22, 0.38)
    tongue = (rng.uniform(0.1, 0.34), waist + rng.normal(0, 0.02))
    top = arc(0.28, waist / 2, upper, waist / 2, start, 70 - start)
    half = (1 - waist) / 2
    bottom = arc(0.27, waist + half, lower, half, -70, end + 70)
    return top, bottom, tongue


@variant(3, "plain", 5)
def _(rng: Rng) -> Figure:
    top, bottom, tongue = _bowls(rng, rng.uniform(-190, -120), rng.uniform(110, 185))
    return [[*top, tongue, tongue, *bottom]]


@variant(3, "with a soft waist", 2)
def _(rng: Rng) -> Figure:
    top, bottom, tongue = _bowls(rng, rng.uniform(-190, -120), rng.uniform(110, 185))
    right = max(x for x, _ in top)
    tongue = (right - rng.uniform(0.1, 0.22), tongue[1])
    return [[*top[:-1], tongue, *bottom[1:]]]


@variant(3, "with a loop", 1.5)
def _(rng: Rng) -> Figure:
    top, bottom, (x, y) = _bowls(rng, rng.uniform(-190, -120), rng.uniform(110, 185))
    size = rng.uniform(0.03, 0.08)
    loop = [(x + size, y - size * 0.2), (x - size * 0.6, y + size), (x + size, y + size * 1.1)]
    return [[*top, *loop, *bottom[1:]]]


@variant(3, "with a flat top", 2)
def _(rng: Rng) -> Figure:
    _, bottom, (x, y) = _bowls(rng, 0, rng.uniform(110, 185))
    x += 0.05
    right = (rng.uniform(0.42, 0.58), rng.uniform(-0.02, 0.06))
    left = (rng.uniform(-0.02, 0.12), rng.uniform(-0.02, 0.06))
    return [[left, right, right, (x, y - 0.04), (x, y - 0.04), *bottom]]


@variant(3, "with a long tail", 1.2)
def _(rng: Rng) -> Figure:
    """The lower bowl ends in a straight run to the left, or curls up."""
    top, bottom, tongue = _bowls(rng, rng.uniform(-180, -120), rng.uniform(80, 120))
    x, y = bottom[-1]
    tail = [(x - rng.uniform(0.15, 0.35), y - rng.uniform(-0.12, 0.1))]
    if rng.random() < 0.4:
        tail.append((tail[0][0] - 0.05, tail[0][1] - rng.uniform(0.05, 0.2)))
    return [[*top, tongue, tongue, *bottom, *tail]]


@variant(3, "with hardly a waist", 2.5)
def _(rng: Rng) -> Figure:
    """Written fast: an arch, a notch, and a lower bowl that is nearly a straight tail."""
    right, waist = rng.uniform(0.42, 0.56), rng.uniform(0.26, 0.46)
    notch = (right - rng.uniform(0.13, 0.26), waist + rng.uniform(0.0, 0.06))
    start = [
        (rng.uniform(0.0, 0.14), rng.uniform(0.04, 0.2)),
        (0.28, rng.uniform(-0.02, 0.04)),
        (right, waist * rng.uniform(0.35, 0.6)),
    ]
    low = [
        (right + rng.uniform(-0.06, 0.06), rng.uniform(0.6, 0.74)),
        (rng.uniform(0.2, 0.36), rng.uniform(0.92, 1.0)),
        (rng.uniform(-0.05, 0.16), rng.uniform(0.82, 1.02)),
    ]
    sharp = [notch] if rng.random() < 0.5 else []
    return [[*start, notch, *sharp, *low]]


@variant(3, "begun with a curl", 0.4)
def _(rng: Rng) -> Figure:
    top, bottom, tongue = _bowls(rng, rng.uniform(-170, -130), rng.uniform(120, 200))
    x, y = top[0]
    curl = [
        (x + rng.uniform(0.06, 0.14), y + rng.uniform(0.04, 0.1)),
        (x + rng.uniform(-0.02, 0.06), y + rng.uniform(0.09, 0.14)),
        (x - 0.05, y + 0.05),
    ]
    return [[*curl, *top, tongue, tongue, *bottom]]


@variant(4, "open", 5)
def _(rng: Rng) -> Figure:
    """A slanting stroke and a bar in one; then a stem that need not reach the top."""
    top = (rng.uniform(0.1, 0.36), rng.uniform(0, 0.1))
    elbow = (rng.uniform(-0.06, 0.1), rng.uniform(0.5, 0.74))
    end = (rng.uniform(0.5, 0.76), elbow[1] + rng.normal(-0.01, 0.05))
    stem_x = min(rng.uniform(0.32, 0.56), end[0] - 0.02)
    stem = [
        (stem_x + rng.normal(0.02, 0.03), rng.uniform(-0.02, 0.42)),
        (stem_x + rng.normal(-0.01, 0.03), rng.uniform(0.86, 1.05)),
    ]
    corner = [elbow] if rng.random() < 0.7 else []
    return [[top, elbow, *corner, end], stem]


@variant(4, "narrow", 3)
def _(rng: Rng) -> Figure:
    """A steep slanting stroke, a short bar, and a stem close to it, often a short one."""
    top = (rng.uniform(0.14, 0.34), 0.0)
    elbow = (top[0] - rng.uniform(0.0, 0.18), rng.uniform(0.5, 0.82))
    end = (elbow[0] + rng.uniform(0.28, 0.48), elbow[1] + rng.normal(-0.01, 0.05))
    stem_x = elbow[0] + rng.uniform(0.17, 0.32)
    begin = elbow[1] - rng.uniform(0.12, 0.45)
    stem = [
        (stem_x + rng.normal(0.02, 0.03), begin),
        (stem_x, max(elbow[1] + 0.1, rng.uniform(0.8, 1.08))),
    ]
    corner = [elbow] if rng.random() < 0.6 else []
    return [[top, elbow, *corner, end], stem]


@variant(4, "closed", 3)
def _(rng: Rng) -> Figure:
    """The slanting stroke begins at the stem's top."""
    apex = (rng.uniform(0.36, 0.52), 0.0)
    elbow = (rng.uniform(-0.08, 0.08), rng.uniform(0.52, 0.74))
    end = (rng.uniform(0.56, 0.78), elbow[1] + rng.normal(0, 0.04))
    corner = [elbow] if rng.random() < 0.75 else []
    bottom = (apex[0] + rng.normal(0, 0.04), 1.0)
    if rng.random() < 0.5:
        return [[apex, elbow, *corner, end], [apex, bottom]]
    return [
        [*([bottom, apex] if rng.random() < 0.4 else []), apex, elbow, *corner, end],
        [apex, bottom],
    ]


@variant(4, "a flag on a pole", 2)
def _(rng: Rng) -> Figure:
    """A small triangle at the stem, its bar hardly crossing: nearly a 9, but with corners."""
    apex = (rng.uniform(0.36, 0.5), 0.0)
    elbow = (apex[0] - rng.uniform(0.16, 0.42), rng.uniform(0.34, 0.62))
    end = (apex[0] + rng.uniform(-0.01, 0.18), elbow[1] + rng.normal(0, 0.05))
    gap = rng.uniform(0.0, 0.14)  # between the triangle's top and the stem
    stem = [(apex[0] + gap, rng.uniform(-0.05, 0.2)), (apex[0] + rng.normal(-0.03, 0.05), 1.0)]
    corner = [elbow] if rng.random() < 0.6 else []
    return [[apex, elbow, *corner, end], stem]


@variant(4, "lightning", 2)
def _(rng: Rng) -> Figure:
    """In one go: down, across, up in a loop or a corner, and down the stem."""
    top = (rng.uniform(0.08, 0.32), rng.uniform(0, 0.12))
    elbow = (rng.uniform(-0.06, 0.1), rng.uniform(0.5, 0.7))
    right = (rng.uniform(0.5, 0.66), elbow[1] - rng.uniform(-0.02, 0.1))
    peak = (rng.uniform(0.4, 0.56), rng.uniform(0.08, 0.42))
    foot = (peak[0] - rng.uniform(-0.02, 0.14), 1.0)
    corner = [elbow] if rng.random() < 0.6 else []
    turn = [peak] if rng.random() < 0.5 else []
    return [[top, elbow, *corner, right, peak, *turn, foot]]


@variant(4, "without a peak", 1.2)
def _(rng: Rng) -> Figure:
    """In one go: down, across, and from the bar's end straight down."""
    top = (rng.uniform(0.1, 0.4), 0.0)
    elbow = (rng.uniform(-0.04, 0.12), rng.uniform(0.42, 0.66))
    right = (elbow[0] + rng.uniform(0.28, 0.56), elbow[1] - rng.uniform(-0.04, 0.16))
    foot = (right[0] - rng.uniform(-0.02, 0.16), 1.0)
    corners = [elbow] if rng.random() < 0.6 else [], [right] if rng.random() < 0.8 else []
    return [[top, elbow, *corners[0], right, *corners[1], foot]]


@variant(4, "round", 1.5)
def _(rng: Rng) -> Figure:
    """The left side is a cup that runs into the stem's middle."""
    depth = rng.uniform(0.42, 0.6)
    cup = [
        (rng.uniform(0.0, 0.12), rng.uniform(0, 0.1)),
        (rng.uniform(-0.02, 0.08), depth * 0.7),
        (0.18, depth),
        (rng.uniform(0.4, 0.48), depth - rng.uniform(0, 0.1)),
    ]
    stem = [(0.48, rng.uniform(-0.03, 0.12)), (0.47, 0.5), (0.45 + rng.normal(0, 0.03), 1.0)]
    if rng.random() < 0.4:
        return [[*cup, stem[0], stem[0], *stem[1:]]]
    return [cup, stem]


@variant(4, "a closed loop in one go", 1)
def _(rng: Rng) -> Figure:
    """From the apex round the triangle, and up over it into the stem."""
    apex = (rng.uniform(0.34, 0.5), rng.uniform(0, 0.08))
    elbow = (rng.uniform(-0.06, 0.08), rng.uniform(0.48, 0.68))
    right = (rng.uniform(0.46, 0.6), elbow[1] - rng.uniform(0, 0.08))
    over = (apex[0] + rng.uniform(-0.02, 0.06), apex[1] + rng.uniform(-0.04, 0.2))
    return [[apex, elbow, elbow, right, over, over, (apex[0] + rng.normal(-0.02, 0.04), 1.0)]]


def _five_bowl(rng: Rng, x: float, y: float) -> Knots:
    height, width = (1 - y) / 2, rng.uniform(0.22, 0.4)
    start = rng.uniform(-130, -85)
    bowl = arc(
        x + 0.12 + rng.uniform(0, 0.06),
        y + height,
        width,
        height,
        start,
        rng.uniform(95, 172) - start,
    )
    return bowl


def _five_body(rng: Rng, left: float, top: float) -> Knots:
    neck = (left - rng.uniform(-0.02, 0.07), rng.uniform(0.36, 0.5))
    bowl = _five_bowl(rng, neck[0], neck[1] - rng.uniform(0.02, 0.1))
    corner = [neck] if rng.random() < 0.6 else []
    return [(left, top), neck, *corner, *bowl[1:]]


@variant(5, "in two strokes", 5)
def _(rng: Rng) -> Figure:
    left, top = rng.uniform(0.06, 0.16), rng.uniform(-0.02, 0.06)
    body = _five_body(rng, left, top)
    hat_y = top + rng.normal(-0.02, 0.04)
    hat = [
        (left + rng.uniform(-0.08, 0.14), hat_y),
        (left + rng.uniform(0.34, 0.7), hat_y + rng.normal(-0.02, 0.05)),
    ]
    return [body, hat if rng.random() < 0.9 else hat[::-1]]


@variant(5, "in one stroke", 4)
def _(rng: Rng) -> Figure:
    left, top = rng.uniform(0.06, 0.18), rng.uniform(-0.02, 0.06)
    body = _five_body(rng, left, top)
    right = (left + rng.uniform(0.28, 0.6), top + rng.normal(-0.01, 0.05))
    corner = [body[0]] if rng.random() < 0.7 else []
    return [[right, *corner, *body]]


@variant(5, "like an S", 1.6)
def _(rng: Rng) -> Figure:
    """Rounded: hat, neck and bowl in one curve."""
    right = (rng.uniform(0.42, 0.62), rng.uniform(0, 0.1))
    curve = [
        right,
        (0.3, rng.uniform(-0.01, 0.03)),
        (rng.uniform(0.06, 0.14), rng.uniform(0.2, 0.3)),
        (0.26, rng.uniform(0.4, 0.48)),
        (rng.uniform(0.46, 0.56), rng.uniform(0.62, 0.72)),
        (0.32, 1.0),
        (rng.uniform(-0.02, 0.1), rng.uniform(0.84, 0.98)),
    ]
    if rng.random() < 0.5:
        curve.insert(1, curve[1])
    return [curve]


@variant(5, "with hardly a bowl", 1.6)
def _(rng: Rng) -> Figure:
    """Written fast: the neck bends to the right just enough to part from the tail."""
    left, top = rng.uniform(0.1, 0.24), rng.uniform(-0.02, 0.06)
    neck = (left + rng.uniform(-0.08, 0.02), rng.uniform(0.28, 0.44))
    right = neck[0] + rng.uniform(0.08, 0.26)
    body = [
        (left, top),
        neck,
        (right, rng.uniform(0.56, 0.72)),
        (right - rng.uniform(0.04, 0.14), rng.uniform(0.86, 0.96)),
        (neck[0] - rng.uniform(-0.04, 0.26), rng.uniform(0.9, 1.02)),
    ]
    hat = (left + rng.uniform(0.28, 0.6), top + rng.normal(-0.01, 0.05))
    if rng.random() < 0.5:
        return [[hat, body[0], body[0], *body[1:]]]
    return [body, [(left + rng.uniform(-0.1, 0.06), top + rng.normal(0, 0.03)), hat]]


@variant(5, "angular", 1)
def _(rng: Rng) -> Figure:
    left, width = rng.uniform(0.05, 0.15), rng.uniform(0.34, 0.5)
    a, b = (left + width, rng.uniform(0, 0.04)), (left, 0.0)
    c = (left - rng.uniform(-0.03, 0.06), rng.uniform(0.38, 0.5))
    d = (left + width, c[1] + rng.uniform(0.02, 0.16))
    e = (left + width - rng.uniform(0.0, 0.12), 0.95)
    f = (left - rng.uniform(-0.1, 0.1), 1.0)
    return [[a, b, b, c, c, d, e, f]]


@variant(5, "with its hat apart", 1.6)
def _(rng: Rng) -> Figure:
    """The hat floats to the right of the neck, above or below its top."""
    left, top = rng.uniform(0.04, 0.2), rng.uniform(0.0, 0.14)
    body = _five_body(rng, left, top)
    hat_x = left + rng.uniform(0.06, 0.24)
    hat_y = top + rng.normal(-0.03, 0.05)
    return [
        body,
        [(hat_x, hat_y), (hat_x + rng.uniform(0.2, 0.5), hat_y + rng.normal(-0.03, 0.05))],
    ]


@variant(5, "with a slanting neck", 3)
def _(rng: Rng) -> Figure:
    """The neck leans far back, the bowl is shallow: near to a 3 with a flat top."""
    top, left = rng.uniform(-0.02, 0.06), rng.uniform(0.16, 0.3)
    neck = (left - rng.uniform(0.1, 0.22), rng.uniform(0.36, 0.52))
    bowl = _five_bowl(rng, neck[0] + 0.04, neck[1] - rng.uniform(0, 0.06))
    hat = [
        (left - rng.uniform(0, 0.1), top),
        (left + rng.uniform(0.3, 0.55), top + rng.normal(0, 0.04)),
    ]
    if rng.random() < 0.5:
        return [[hat[1], (left, top), (left, top), neck, neck, *bowl[1:]]]
    return [[(left, top), neck, neck, *bowl[1:]], hat]


def _six(rng: Rng, close: tuple[float, float], height: tuple[float, float]) -> Knots:
    """A stem bending into a ring that closes by ``close`` degrees past its left side."""
    h = rng.uniform(*height) / 2
    w = rng.uniform(0.17, 0.32)
    cx, cy = 0.3, 1 - h
    ring = arc(cx, cy, w, h, -rng.uniform(165, 195), -rng.uniform(*close))
    lean = rng.uniform(-0.02, 0.42)
    top = (cx - w + lean, 0.0)
    x, y = ring[0]
    share = rng.uniform(0.3, 0.6)
    bend = rng.uniform(-0.01, 0.1)  # of the stem, to the left
    middle = (top[0] + (x - top[0]) * share - bend, y * share)
    return [top, middle, *ring]


@variant(6, "plain", 5)
def _(rng: Rng) -> Figure:
    return [_six(rng, (320, 385), (0.42, 0.62))]


@variant(6, "with a small ring", 2)
def _(rng: Rng) -> Figure:
    return [_six(rng, (320, 400), (0.28, 0.42))]


@variant(6, "with a large ring", 2)
def _(rng: Rng) -> Figure:
    return [_six(rng, (315, 380), (0.56, 0.64))]


@variant(6, "a stem and a knot", 1.5)
def _(rng: Rng) -> Figure:
    """A long, nearly straight stem, and a small ring hung on its lower end."""
    lean = rng.uniform(0.05, 0.45)
    size, flat = rng.uniform(0.1, 0.22), rng.uniform(0.5, 1.0)
    foot = (0.2, rng.uniform(0.86, 0.98))
    top = (foot[0] + lean, 0.0)
    ring = [
        (foot[0] + size * 0.8, 1.0),
        (foot[0] + 2 * size, 1.0 - size * flat),
        (foot[0] + size, 1 - 2 * size * flat - rng.uniform(0, 0.08)),
        (foot[0] + rng.uniform(-0.12, 0.08), 1 - size * rng.uniform(0.6, 1.6)),
    ]
    bend = rng.uniform(0.0, 0.06)
    return [[top, (foot[0] + lean * 0.45 - bend, 0.5), foot, *ring]]


@variant(6, "open", 1.6)
def _(rng: Rng) -> Figure:
    return [_six(rng, (255, 320), (0.36, 0.56))]


@variant(6, "curled in", 1.2)
def _(rng: Rng) -> Figure:
    """The ring ends inside itself."""
    knots = _six(rng, (270, 300), (0.45, 0.7))
    x, y = knots[-1]
    return [
        [
            *knots,
            (x - rng.uniform(0.1, 0.2), y + rng.uniform(0.0, 0.1)),
            (x - rng.uniform(0.12, 0.26), y + rng.uniform(0.1, 0.2)),
        ]
    ]


@variant(6, "with a hooked top", 1)
def _(rng: Rng) -> Figure:
    knots = _six(rng, (320, 385), (0.42, 0.62))
    x, y = knots[0]
    return [[(x + rng.uniform(0.05, 0.16), y + rng.uniform(0.02, 0.14)), *knots]]


@variant(6, "from the ring", 0.4)
def _(rng: Rng) -> Figure:
    return [_six(rng, (320, 385), (0.42, 0.62))[::-1]]


def _seven(
    rng: Rng, hat: str, corner: float = 0.8
) -> tuple[Knots, tuple[Any, ...], tuple[Any, ...]]:
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


def _bar(rng: Rng, top: tuple[Any, ...], foot: tuple[Any, ...]) -> Knots:
    share = rng.uniform(0.34, 0.7)
    x = top[0] + (foot[0] - top[0]) * share + rng.normal(0, 0.03)
    left, right, tilt = rng.uniform(0.06, 0.34), rng.uniform(0.04, 0.34), rng.normal(0.03, 0.05)
    bar = [(x - left, share + tilt), (x + right, share - tilt)]
    if rng.random() < 0.2:
        bar.insert(1, (x, share + rng.normal(0, 0.03)))
    return bar


@variant(7, "plain", 4)
def _(rng: Rng) -> Figure:
    return [_seven(rng, "plain")[0]]


@variant(7, "crossed", 4)
def _(rng: Rng) -> Figure:
    body, top, foot = _seven(rng, rng.choice(("plain", "arch")))
    return [body, _bar(rng, top, foot)]


@variant(7, "with a serif", 1.5)
def _(rng: Rng) -> Figure:
    return [_seven(rng, "serif")[0]]


@variant(7, "crossed, with a serif", 1.5)
def _(rng: Rng) -> Figure:
    body, top, foot = _seven(rng, "serif")
    return [body, _bar(rng, top, foot)]


@variant(7, "hooked", 1.5)
def _(rng: Rng) -> Figure:
    return [_seven(rng, "hook", 0.6)[0]]


@variant(7, "crossed, hooked", 2)
def _(rng: Rng) -> Figure:
    body, top, foot = _seven(rng, "hook", 0.5)
    return [body, _bar(rng, top, foot)]


@variant(7, "round", 1.5)
def _(rng: Rng) -> Figure:
    """No corner between hat and stem."""
    return [_seven(rng, "arch", 0.0)[0]]


@variant(7, "round, crossed", 1)
def _(rng: Rng) -> Figure:
    body, top, foot = _seven(rng, "arch", 0.0)
    return [body, _bar(rng, (top[0] - 0.02, 0), foot)]


@variant(7, "crossed in one go", 0.8)
def _(rng: Rng) -> Figure:
    """The pen turns at the foot and comes back up to draw the bar."""
    body, top, foot = _seven(rng, "plain")
    bar = _bar(rng, top, foot)
    bar = bar if rng.random() < 0.6 else bar[::-1]
    return [[*body, foot, bar[0], bar[0], bar[-1]]]


def _eight(rng: Rng) -> tuple[float, float, float, float]:
    """Where the waist lies, the half widths of both rings, and how far apart the crossing runs."""
    return (
        rng.uniform(0.34, 0.54),
        rng.uniform(0.14, 0.28),
        rng.uniform(0.17, 0.33),
        rng.uniform(0.0, 0.06),
    )


@variant(8, "plain", 5)
def _(rng: Rng) -> Figure:
    """From the upper right over the top, down the S, round, and back up."""
    waist, upper, lower, gap = _eight(rng)
    top, bottom = waist / 2, (1 + waist) / 2
    start = rng.uniform(-70, 20)
    down = arc(0.3, top, upper, top, start, -(190 + start))
    round_ = arc(0.3, bottom, lower, (1 - waist) / 2, -25, 235)
    end_angle = np.radians(start + rng.normal(8, 18))
    end = (0.3 + upper * np.cos(end_angle), top + top * np.sin(end_angle))
    up = [(0.3 + gap, waist + rng.normal(0, 0.02)), (0.3 + upper * 0.85, top * 1.15), end]
    return [[*down, (0.3 - gap, waist), *round_, *up]]


@variant(8, "from the left", 2)
def _(rng: Rng) -> Figure:
    """The mirror image of the plain one's way."""
    (knots,) = VARIANTS[8]["plain"](rng)
    return [[(0.6 - x, y) for x, y in knots]]


@variant(8, "open at the top", 2.5)
def _(rng: Rng) -> Figure:
    waist, upper, lower, gap = _eight(rng)
    top, bottom = waist / 2, (1 + waist) / 2
    begin = (0.3 + upper * rng.uniform(0.5, 1.5), rng.uniform(0.0, 0.14))
    down = arc(0.3, top, upper, top, -75, -115)
    round_ = arc(0.3, bottom, lower, (1 - waist) / 2, -25, 235)
    end = (0.3 + upper * rng.uniform(0.5, 1.6), begin[1] + rng.uniform(-0.06, 0.24))
    return [[begin, *down, (0.3 - gap, waist), *round_, (0.3 + gap, waist), end]]


@variant(8, "two rings", 2)
def _(rng: Rng) -> Figure:
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


@variant(8, "lopsided", 2.5)
def _(rng: Rng) -> Figure:
    """One ring much smaller than the other, and beside it."""
    small = rng.uniform(0.28, 0.38)
    waist = small if rng.random() < 0.5 else 1 - small
    upper, lower = rng.uniform(0.55, 0.9) * np.array([waist, 1 - waist]) / 1.6
    aside = rng.normal(0, 0.07)
    down = arc(0.3 + aside, waist / 2, upper, waist / 2, rng.uniform(-80, 0), -190)
    round_ = arc(0.3, (1 + waist) / 2, lower, (1 - waist) / 2, -30, 240)
    end = (0.3 + aside + upper * 0.7, waist * rng.uniform(0.1, 0.4))
    return [[*down, (0.3, waist), *round_, (0.3 + aside / 2, waist), end]]


@variant(8, "from the waist", 1)
def _(rng: Rng) -> Figure:
    waist, upper, lower, gap = _eight(rng)
    one = arc(0.3, waist / 2, upper, waist / 2, 110, 330)
    two = arc(0.3, (1 + waist) / 2, lower, (1 - waist) / 2, -110, -rng.uniform(310, 350))
    return [[(0.3 - gap, waist), *one[1:-1], (0.3 + gap, waist), *two[1:]]]


@variant(8, "open on one side", 3)
def _(rng: Rng) -> Figure:
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


@variant(8, "like a fish", 2)
def _(rng: Rng) -> Figure:
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


@variant(8, "narrow", 2)
def _(rng: Rng) -> Figure:
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


@variant(9, "straight", 4)
def _(rng: Rng) -> Figure:
    bowl, x = _nine(rng, (290, 345), (0.38, 0.58))
    top = (x + rng.normal(0, 0.015), rng.uniform(0.0, 0.16))
    return [[*bowl, top, top, *_tail(rng, x, "straight")]]


@variant(9, "flowing", 2.5)
def _(rng: Rng) -> Figure:
    """No corner: the bowl closes into the stem."""
    bowl, x = _nine(rng, (300, 360), (0.36, 0.56))
    return [[*bowl, *_tail(rng, x, rng.choice(("straight", "curled")))]]


@variant(9, "curled", 3.5)
def _(rng: Rng) -> Figure:
    bowl, x = _nine(rng, (285, 345), (0.36, 0.58))
    top = (x + rng.normal(0, 0.015), rng.uniform(0.02, 0.2))
    corner = [top] if rng.random() < 0.6 else []
    return [[*bowl, top, *corner, *_tail(rng, x, rng.choice(("curled", "flat"), p=(0.65, 0.35)))]]


@variant(9, "looped", 0.5)
def _(rng: Rng) -> Figure:
    bowl, x = _nine(rng, (285, 345), (0.36, 0.52))
    return [[*bowl, (x, 0.15), (x, 0.15), *_tail(rng, x, "looped")]]


@variant(9, "with a small bowl", 2.5)
def _(rng: Rng) -> Figure:
    cornered = rng.random() < 0.6
    bowl, x = _nine(rng, (270 if cornered else 310, 350), (0.2, 0.36))
    kind = rng.choice(("straight", "curled", "flat"), p=(0.35, 0.4, 0.25))
    top = (x + rng.normal(0, 0.015), rng.uniform(0.02, 0.14))
    return [[*bowl, *([top, top] if cornered else []), *_tail(rng, x, kind)]]


@variant(9, "half closed", 2.5)
def _(rng: Rng) -> Figure:
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


@variant(9, "a knot and a tail", 5.5)
def _(rng: Rng) -> Figure:
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


@variant(9, "over the top", 2)
def _(rng: Rng) -> Figure:
    """From where bowl and stem meet, round clockwise, over the top and down."""
    h, w = rng.uniform(0.34, 0.56) / 2, rng.uniform(0.16, 0.3)
    bowl = arc(0.3, h, w, h, rng.uniform(0, 50), rng.uniform(300, 345))
    kind = rng.choice(("straight", "curled", "flat"), p=(0.5, 0.3, 0.2))
    return [[*bowl, *_tail(rng, 0.3 + w, kind)]]


@variant(9, "ring and stem", 1.5)
def _(rng: Rng) -> Figure:
    bowl, x = _nine(rng, (330, 370), (0.34, 0.54))
    kind = rng.choice(("straight", "curled"), p=(0.7, 0.3))
    return [bowl, [(x + rng.normal(0, 0.03), rng.uniform(-0.02, 0.28)), *_tail(rng, x, kind)]]


@variant(9, "crossing its stem", 1.2)
def _(rng: Rng) -> Figure:
    """A round bowl whose end runs on through the stem, as a 4's bar would."""
    bowl, x = _nine(rng, (270, 310), (0.34, 0.54))
    end = (x + rng.uniform(0.03, 0.16), bowl[-1][1] - rng.uniform(-0.02, 0.1))
    stem = [(x + rng.normal(0, 0.03), rng.uniform(-0.02, 0.12)), *_tail(rng, x, "straight")]
    return [[*bowl, end], stem]


@variant(9, "angular", 0.8)
def _(rng: Rng) -> Figure:
    """The bowl as a triangle or a box."""
    x = rng.uniform(0.44, 0.54)
    top = (x, rng.uniform(0.0, 0.08))
    low = rng.uniform(0.32, 0.5)
    left = (rng.uniform(0.0, 0.1), rng.uniform(0.1, low - 0.08))
    bowl = [top, left, left, (rng.uniform(0.08, 0.22), low), (x, low * rng.uniform(0.5, 0.9))]
    return [[*bowl, top, top, *_tail(rng, x, rng.choice(("straight", "curled")))]]
