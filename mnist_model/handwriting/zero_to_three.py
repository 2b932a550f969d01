"""The generators of 0, 1, 2 and 3 (`digits.txt`)."""

import numpy as np

from mnist_model.handwriting.curves import arc
from mnist_model.handwriting.hand import Figure, Knots

Rng = np.random.Generator


def ring(rng: Rng, overlap: tuple[float, float]) -> Figure:
    """A 0, closed by so many degrees too far; below 0 it stays open."""
    width = rng.uniform(0.2, 0.46)
    way = 1 if rng.random() < 0.15 else -1
    start = rng.normal(-80, 30)
    ring = arc(0.3, 0.5, width, 0.5, start, way * (360 + rng.uniform(*overlap)))
    drift = rng.normal(0, 0.02, 2)  # where it ends, against where it began
    share = np.linspace(0, 1, len(ring))
    return [[(x + drift[0] * s, y + drift[1] * s) for (x, y), s in zip(ring, share, strict=True)]]


def curled_ring(rng: Rng) -> Figure:
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


def ring_with_a_tail(rng: Rng) -> Figure:
    """A short stroke leads into the ring from the left or from above."""
    ring = arc(0.3, 0.52, rng.uniform(0.22, 0.42), 0.46, rng.uniform(-120, -50), -370)
    x, y = ring[0]
    return [[(x + rng.uniform(-0.4, 0.15), y - rng.uniform(-0.1, 0.1)), *ring]]


def ring_from_inside(rng: Rng) -> Figure:
    """The pen comes down within the ring, or leaves it inwards at the end."""
    width = rng.uniform(0.22, 0.44)
    start = rng.uniform(-150, -40)
    ring = arc(0.3, 0.5, width, 0.5, start, -rng.uniform(320, 390))
    angle = np.radians(start + rng.uniform(-10, 50))
    depth = rng.uniform(0.45, 0.85)
    inside = (0.3 + depth * width * float(np.cos(angle)), 0.5 + depth * 0.5 * float(np.sin(angle)))
    knots = [inside, *ring[1:]]
    return [knots if rng.random() < 0.6 else [(0.6 - x, y) for x, y in knots[::-1]]]


def overhanging_ring(rng: Rng) -> Figure:
    """The ring closes a little below where it began: nearly a 6, but all ring and no stem."""
    over = rng.uniform(0.02, 0.18)
    height, width = (1 - over) / 2, rng.uniform(0.22, 0.44)
    ring = arc(0.3, over + height, width, height, rng.uniform(-140, -105), -rng.uniform(300, 345))
    x, y = ring[0]
    begin = (x + rng.uniform(0.05, 0.35), y - over * rng.uniform(0.3, 1.3))
    knots = [begin, *ring]
    return [knots if rng.random() < 0.85 else [(0.6 - x, y) for x, y in knots]]


def slashed_ring(rng: Rng) -> Figure:
    """A 0 with a slash, from the upper right."""
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


def ring_slashed_far(rng: Rng) -> Figure:
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


def lapped_ring(rng: Rng) -> Figure:
    """A 0 that does not quite close, or runs on over its beginning."""
    return [_lapped(rng, rng.uniform(0.2, 0.56), rng.uniform(0.42, 0.5))]


def angular_ring(rng: Rng) -> Figure:
    """Seven to ten corners all round, as a small device and a quick hand make them."""
    corners = int(rng.integers(7, 11))
    ring = arc(0.3, 0.5, rng.uniform(0.24, 0.5), 0.5, rng.uniform(-140, -40), -360, corners + 1)
    ring = [(x + rng.normal(0, 0.03), y + rng.normal(0, 0.03)) for x, y in ring]
    return [[knot for knot in ring for _ in range(2)]]


def ring_slashed_from_left(rng: Rng) -> Figure:
    """A 0 with a slash, from the upper left."""
    width = rng.uniform(0.26, 0.44)
    reach = rng.uniform(0.5, 1.1)
    dx, dy = reach * width * 0.7, reach * 0.4
    ring = arc(0.3, 0.5, width, 0.5, rng.normal(-80, 25), -360)
    return [ring, [(0.3 - dx, 0.5 - dy), (0.3 + dx, 0.5 + dy)]]


def _stem(rng: Rng, top: float, bottom: float = 1.0) -> Knots:
    x, lean = 0.32, rng.normal(0, 0.05)
    return [(x + lean, top), (x + rng.normal(0, 0.012), (top + bottom) / 2), (x - lean, bottom)]


def stem(rng: Rng) -> Figure:
    """A 1, mostly from its top."""
    stem = _stem(rng, 0)
    return [stem if rng.random() < 0.9 else stem[::-1]]


def lying_stem(rng: Rng) -> Figure:
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


def flagged_stem(
    rng: Rng,
    reach: tuple[float, float],
    drop: tuple[float, float] | None = None,
    steep: tuple[float, float] | None = None,
    sharp: float = 0.72,
) -> Figure:
    """A 1 with an upstroke from the left and below: from ``drop``, or ``steep`` times its reach."""
    if steep is not None:
        length = rng.uniform(*reach)
        fall = length * rng.uniform(*steep)
        reach, drop = (length, length), (fall, fall)
    return [_flagged(rng, reach, drop or reach, sharp)]


def curved_flag(rng: Rng) -> Figure:
    """A 1 whose flag bends."""
    stem = _stem(rng, 0)
    x, y = stem[0]
    length, fall = rng.uniform(0.12, 0.35), rng.uniform(0.12, 0.35)
    start = [
        (x - length, y + fall + rng.uniform(-0.02, 0.06)),
        (x - length * 0.75, y + fall * rng.uniform(0.9, 1.2)),
        (x - length * 0.3, y + fall * 0.6),
    ]
    return [[*start, stem[0], *stem]]


def doubled_flag(rng: Rng) -> Figure:
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


def flagged_stem_with_foot(rng: Rng, pen: str = "lifted") -> Figure:
    """A 1 with a flag and a foot; with the pen down it runs to the foot's left end, and back."""
    body = _flagged(rng, (0.08, 0.4), (0.08, 0.42), sharp=0.85)
    if pen == "lifted":
        return [body, _foot(rng, body[-1][0], 1 - max(0, rng.normal(0, 0.06)))]
    foot = _foot(rng, body[-1][0], 1.0)
    foot = foot if foot[0][0] < foot[-1][0] else foot[::-1]
    if rng.random() < 0.5:
        foot[0] = (foot[0][0], foot[0][1] - rng.uniform(0, 0.08))
    return [[*body, body[-1], foot[0], foot[0], *foot[1:]]]


def hook_and_foot(rng: Rng) -> Figure:
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


def stem_with_foot(rng: Rng) -> Figure:
    """A 1 without a flag."""
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


def two(rng: Rng) -> Figure:
    """A 2 with a corner below."""
    body, left = _crown(rng)
    sag = rng.normal(0, 0.05)
    right = (rng.uniform(0.42, 0.75), left[1] + rng.normal(0.0, 0.06))
    middle = ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2 + sag)
    return [[*body, left, middle, right]]


def looped_two(rng: Rng) -> Figure:
    """A 2 with a loop below."""
    body, left = _crown(rng)
    size, flat = rng.uniform(0.05, 0.14), rng.uniform(0.4, 1.0)
    loop = [
        (left[0] - size * 0.6, left[1] - size * flat * 0.5),
        (left[0], left[1] - size * flat * 1.6),
        (left[0] + size * 1.4, left[1] - size * 0.4),
    ]
    return [[*body[:-1], left, *loop, (rng.uniform(0.45, 0.75), left[1] + rng.normal(0, 0.05))]]


def waved_two(rng: Rng) -> Figure:
    """A 2 with a wave for its base."""
    body, left = _crown(rng)
    high = rng.uniform(0.03, 0.12)
    wave = [
        (left[0] + 0.16, left[1] - high),
        (left[0] + 0.38, left[1] + rng.uniform(0, 0.06)),
        (rng.uniform(0.55, 0.78), left[1] - rng.uniform(-0.02, 0.16)),
    ]
    return [[*body, left, *wave] if rng.random() < 0.5 else [*body[:-1], left, *wave]]


def zigzag_two(rng: Rng) -> Figure:
    """A 2 with a nearly flat top."""
    left, top = rng.uniform(0, 0.12), rng.uniform(0, 0.06)
    right = (rng.uniform(0.45, 0.62), rng.uniform(0.0, 0.22))
    round_top = [(left, top + rng.uniform(0, 0.15)), (0.28, top), right]
    low = (rng.uniform(-0.02, 0.1), rng.uniform(0.9, 1.0))
    base = [low, (rng.uniform(0.45, 0.7), low[1] + rng.normal(0, 0.05))]
    corner = [right] if rng.random() < 0.45 else []
    return [[*round_top, *corner, low, *base]]


def hooked_two(rng: Rng) -> Figure:
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


def curled_two(rng: Rng) -> Figure:
    """A 2 begun within its top."""
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


def three(rng: Rng, waist: str = "sharp") -> Figure:
    """A 3 of two bowls whose waist is sharp, soft or a loop."""
    top, bottom, (x, y) = _bowls(rng, rng.uniform(-190, -120), rng.uniform(110, 185))
    if waist == "sharp":
        return [[*top, (x, y), (x, y), *bottom]]
    if waist == "soft":
        return [[*top[:-1], (max(x for x, _ in top) - rng.uniform(0.1, 0.22), y), *bottom[1:]]]
    size = rng.uniform(0.03, 0.08)
    loop = [(x + size, y - size * 0.2), (x - size * 0.6, y + size), (x + size, y + size * 1.1)]
    return [[*top, *loop, *bottom[1:]]]


def flat_three(rng: Rng) -> Figure:
    """A 3 with a level top and a corner."""
    _, bottom, (x, y) = _bowls(rng, 0, rng.uniform(110, 185))
    x += 0.05
    right = (rng.uniform(0.42, 0.58), rng.uniform(-0.02, 0.06))
    left = (rng.uniform(-0.02, 0.12), rng.uniform(-0.02, 0.06))
    return [[left, right, right, (x, y - 0.04), (x, y - 0.04), *bottom]]


def tailed_three(rng: Rng) -> Figure:
    """The lower bowl ends in a straight run to the left, or curls up."""
    top, bottom, tongue = _bowls(rng, rng.uniform(-180, -120), rng.uniform(80, 120))
    x, y = bottom[-1]
    tail = [(x - rng.uniform(0.15, 0.35), y - rng.uniform(-0.12, 0.1))]
    if rng.random() < 0.4:
        tail.append((tail[0][0] - 0.05, tail[0][1] - rng.uniform(0.05, 0.2)))
    return [[*top, tongue, tongue, *bottom, *tail]]


def hasty_three(rng: Rng) -> Figure:
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


def curled_three(rng: Rng) -> Figure:
    """A 3 begun within its upper bowl."""
    top, bottom, tongue = _bowls(rng, rng.uniform(-170, -130), rng.uniform(120, 200))
    x, y = top[0]
    curl = [
        (x + rng.uniform(0.06, 0.14), y + rng.uniform(0.04, 0.1)),
        (x + rng.uniform(-0.02, 0.06), y + rng.uniform(0.09, 0.14)),
        (x - 0.05, y + 0.05),
    ]
    return [[*curl, *top, tongue, tongue, *bottom]]
