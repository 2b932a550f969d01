"""Parts of digits, which `digits.txt` puts together, and a few whole digits.

Angles are in degrees, lengths in heights of the digit. A range is its two limits.
"""

import numpy as np

from mnist_model.handwriting.curves import Point, arc, cos, sin
from mnist_model.handwriting.hand import Figure, Knots

Rng = np.random.Generator
Range = tuple[float, float]


def ring(rng: Rng, overlap: Range) -> Figure:
    """A 0; ``overlap`` is the angle that it is closed too far, and below 0 it stays open."""
    width = rng.uniform(0.2, 0.46)
    way = 1 if rng.random() < 0.15 else -1
    start = rng.normal(-80, 30)
    ring = arc(0.3, 0.5, width, 0.5, start, way * (360 + rng.uniform(*overlap)))
    drift = rng.normal(0, 0.02, 2)  # from its start to its end
    share = np.linspace(0, 1, len(ring))
    return [[(x + drift[0] * s, y + drift[1] * s) for (x, y), s in zip(ring, share, strict=True)]]


def lapped_ring(rng: Rng, width: float, height: float) -> Knots:
    """A ring that does not quite close, or overlaps its own start, inside or outside."""
    count = rng.uniform(310, 440)
    ring = arc(0.3, 0.5, 1, 1, rng.normal(-75, 35), -count)
    size = np.linspace(rng.normal(1, 0.08), 1, len(ring))
    if rng.random() < 0.25:  # it starts well inside
        size[0] = rng.uniform(0.35, 0.85)
    return [
        (0.3 + width * s * (x - 0.3), 0.5 + height * s * (y - 0.5))
        for (x, y), s in zip(ring, size.tolist(), strict=True)
    ]


def ring_slashed_far(rng: Rng) -> Figure:
    """A 0 with a slash that is longer than the ring: upright, slanted or nearly flat."""
    width, height = rng.uniform(0.22, 0.5), rng.uniform(0.4, 0.5)
    ring = lapped_ring(rng, width, height)
    angle = rng.uniform(20, 100) if rng.random() < 0.7 else rng.normal(2, 6)
    along = np.array([cos(angle), -sin(angle)])
    edge = 1 / np.hypot(along[0] / width, along[1] / height)  # from the middle to the ring
    middle = np.array([0.3, 0.5]) + rng.normal(0, 0.14, 2) * (width, height)
    ends = [middle + way * edge * rng.uniform(1.0, 2.1) * along for way in (1, -1)]
    slash = [(float(x), float(y)) for x, y in (ends if rng.random() < 0.6 else ends[::-1])]
    if rng.random() < 0.12:  # there and back
        x, y = slash[0]
        slash = [*slash, slash[1], (x + rng.normal(0, 0.05), y + rng.normal(0, 0.05))]
    return [ring, slash] if rng.random() < 0.92 else [slash, ring]


def angular_ring(rng: Rng) -> Figure:
    """A 0 of seven to ten corners, as small devices and quick hands make it."""
    corners = int(rng.integers(7, 11))
    ring = arc(0.3, 0.5, rng.uniform(0.24, 0.5), 0.5, rng.uniform(-140, -40), -360, corners + 1)
    ring = [(x + rng.normal(0, 0.03), y + rng.normal(0, 0.03)) for x, y in ring]
    return [[knot for knot in ring for _ in range(2)]]


def stem(rng: Rng) -> Knots:
    """The stem of a 1: three knots from its top."""
    x, lean = 0.32, rng.normal(0, 0.05)
    return [(x + lean, 0.0), (x + rng.normal(0, 0.012), 0.5), (x - lean, 1.0)]


def foot(rng: Rng, x: float, y: float) -> Knots:
    """The foot of a 1, through a place near its middle."""
    left, right = rng.uniform(0.1, 0.4), rng.uniform(0.1, 0.42)
    tilt = rng.normal(0, 0.03)
    foot = [(x - left, y + tilt), (x, y + rng.normal(0, 0.015)), (x + right, y - tilt)]
    return foot if rng.random() < 0.9 else foot[::-1]


def flagged(rng: Rng, reach: Range, drop: Range, sharp: float = 0.72) -> Knots:
    """A stem with a flag: an upstroke from the left, which is ``reach`` wide and ``drop`` high.

    The corner on top is ``sharp`` in that share of the cases, else round or a loop.
    """
    (x, y), *lower = stem(rng)
    length, fall = rng.uniform(*reach), rng.uniform(*drop)
    bend = rng.normal(0, 0.06)
    flag = [(x - length, y + fall), (x - length / 2 + bend * 0.5, y + fall / 2 + bend)]
    kind = rng.choice(3, p=(sharp, 0.64 * (1 - sharp), 0.36 * (1 - sharp)))
    tops = ([(x, y), (x, y)], [(x, y)], [(x + 0.05, y - 0.01), (x + 0.02, y + 0.05)])
    return [*flag, *tops[kind], *lower]


def crown(rng: Rng) -> Knots:
    """The round top of a 2, and the way down to its lower left corner."""
    width, height = rng.uniform(0.2, 0.32), rng.uniform(0.2, 0.32)
    start = rng.uniform(-215, -150)
    end = rng.uniform(15, 50)
    crown = arc(0.3, height, width, height, start, end - start)
    left = (rng.uniform(-0.02, 0.14), rng.uniform(0.88, 1.0))
    return [*crown, (0.3 + rng.uniform(-0.06, 0.06), 0.62 + rng.uniform(-0.05, 0.08)), left]


def bowls(rng: Rng, start: float, end: float) -> tuple[Knots, Knots, Point]:
    """The upper and the lower bowl of a 3, and the knot between them."""
    waist = rng.uniform(0.36, 0.54)
    upper, lower = rng.uniform(0.18, 0.32), rng.uniform(0.22, 0.38)
    tongue = Point(rng.uniform(0.1, 0.34), waist + rng.normal(0, 0.02))
    top = arc(0.28, waist / 2, upper, waist / 2, start, 70 - start)
    half = (1 - waist) / 2
    return top, arc(0.27, waist + half, lower, half, -70, end + 70), tongue


def five_bowl(rng: Rng, x: float, y: float) -> Knots:
    """The bowl of a 5, right of (x, y), where its neck ends."""
    height, width = (1 - y) / 2, rng.uniform(0.22, 0.4)
    start = rng.uniform(-130, -85)
    middle = x + 0.12 + rng.uniform(0, 0.06)
    return arc(middle, y + height, width, height, start, rng.uniform(95, 172) - start)[1:]


def five_body(rng: Rng, left: float, top: float) -> Knots:
    """The neck of a 5, from (left, top), and its bowl."""
    neck = (left - rng.uniform(-0.02, 0.07), rng.uniform(0.36, 0.5))
    bowl = five_bowl(rng, neck[0], neck[1] - rng.uniform(0.02, 0.1))
    corner = [neck] if rng.random() < 0.6 else []
    return [(left, top), neck, *corner, *bowl]


def six(rng: Rng, height: Range, close: Range) -> Knots:
    """A 6: a stem that bends into a ring.

    Args:
        rng: a random generator.
        height: of the ring.
        close: angle of the ring; at 360 it is closed.
    """
    h = rng.uniform(*height) / 2
    w = rng.uniform(0.17, 0.32)
    ring = arc(0.3, 1 - h, w, h, -rng.uniform(165, 195), -rng.uniform(*close))
    top = (0.3 - w + rng.uniform(-0.02, 0.42), 0.0)
    x, y = ring[0]
    share = rng.uniform(0.3, 0.6)
    bend = rng.uniform(-0.01, 0.1)  # of the stem, to the left
    return [top, (top[0] + (x - top[0]) * share - bend, y * share), *ring]


def seven(
    rng: Rng, hat: str = "plain", corner: float = 0.8, bar: str = "none", aside: float = 0.0
) -> Figure:
    """A 7.

    Args:
        rng: a random generator.
        hat: "plain", "arch", "hook" or "serif"; "any" for one of the first two.
        corner: share of the cases with a corner between hat and stem.
        bar: "none", "apart", or "joined", if the pen turns at the foot to draw it.
        aside: distance by which the bar is moved to the left.
    """
    hat = rng.choice(("plain", "arch")) if hat == "any" else hat
    body, top, foot = _seven_body(rng, hat, corner)
    if bar == "none":
        return [body]
    line = _bar(rng, top[0] - aside, foot[0])
    if bar == "apart":
        return [body, line]
    line = line if rng.random() < 0.6 else line[::-1]
    return [[*body, foot, line[0], line[0], line[-1]]]


def _seven_body(rng: Rng, hat: str, corner: float) -> tuple[Knots, Point, Point]:
    """Hat and stem of a 7, and the two ends of its stem."""
    left = (rng.uniform(-0.05, 0.12), rng.uniform(-0.02, 0.1))
    right = Point(rng.uniform(0.44, 0.66), rng.uniform(-0.04, 0.08))
    foot = Point(rng.uniform(0.08, 0.4), 1.0)
    bow = rng.normal(0.0, 0.06)
    middle = ((right.x + foot.x) / 2 - bow, 0.5 + rng.normal(0, 0.04))
    x, y = (left[0] + right.x) / 2, (left[1] + right.y) / 2
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
            (x + 0.04, y + rng.uniform(0.02, 0.09)),
        ],
        "arch": [
            (left[0], left[1] + rng.uniform(0.02, 0.2)),
            (x - 0.04, min(left[1], right.y) - rng.uniform(-0.01, 0.06)),
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


def eight(rng: Rng) -> Knots:
    """An 8 from its upper right: over the top, down the S, round, and back up."""
    waist, upper, lower = rng.uniform(0.34, 0.54), rng.uniform(0.14, 0.28), rng.uniform(0.17, 0.33)
    gap = rng.uniform(0.0, 0.06)
    top, bottom = waist / 2, (1 + waist) / 2
    start = rng.uniform(-70, 20)
    down = arc(0.3, top, upper, top, start, -(190 + start))
    round_ = arc(0.3, bottom, lower, (1 - waist) / 2, -25, 235)
    angle = start + rng.normal(8, 18)
    end = (0.3 + upper * cos(angle), top + top * sin(angle))
    up = [(0.3 + gap, waist + rng.normal(0, 0.02)), (0.3 + upper * 0.85, top * 1.15), end]
    return [*down, (0.3 - gap, waist), *round_, *up]


def nine_bowl(rng: Rng, close: Range, height: Range) -> tuple[Knots, float]:
    """The bowl of a 9, and the x of its stem; the bowl ends there after an angle of ``close``."""
    h, w = rng.uniform(*height) / 2, rng.uniform(0.16, 0.3)
    start = rng.uniform(-60, -10)
    return arc(0.3, h + 0.02, w, h, start, -rng.uniform(*close)), 0.3 + w


def lowest(_: Rng, knots: Knots) -> float:
    """The largest y of some knots."""
    return max(y for _, y in knots)


def any_tail(rng: Rng, *shares: float) -> str:
    """The kind of a 9's tail: "straight", "curled" or "flat", each with its share of the cases.

    Without shares one of the first two.
    """
    kinds = ("straight", "curled", "flat")
    return rng.choice(kinds[: len(shares)], p=shares) if shares else rng.choice(kinds[:2])


def tail(rng: Rng, x: float, kind: str) -> Knots:
    """The stem of a 9, from its bowl's right side: "straight", "curled", "flat" or "looped"."""
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
    if kind == "flat":  # it ends far to the left
        low = rng.uniform(0.92, 1.0)
        end = (left - rng.uniform(0, 0.2), low + rng.uniform(-0.06, 0.04))
        return [(x - lean * 0.4, 0.55), (x - lean * 0.8, 0.84), (x - 0.14, low), end]
    loop = [(x, 0.6), (x - 0.06, 0.9), (x - 0.22, 1.0), (left, 0.9), (x - 0.16, 0.76)]
    return [*loop, (x + 0.12, rng.uniform(0.62, 0.72))]
