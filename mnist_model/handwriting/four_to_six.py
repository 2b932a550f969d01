"""The generators of 4, 5 and 6 (`digits.txt`)."""

import numpy as np

from mnist_model.handwriting.curves import arc
from mnist_model.handwriting.hand import Figure, Knots

Rng = np.random.Generator


def open_four(rng: Rng) -> Figure:
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


def narrow_four(rng: Rng) -> Figure:
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


def closed_four(rng: Rng) -> Figure:
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


def flag_on_a_pole(rng: Rng) -> Figure:
    """A small triangle at the stem, its bar hardly crossing: nearly a 9, but with corners."""
    apex = (rng.uniform(0.36, 0.5), 0.0)
    elbow = (apex[0] - rng.uniform(0.16, 0.42), rng.uniform(0.34, 0.62))
    end = (apex[0] + rng.uniform(-0.01, 0.18), elbow[1] + rng.normal(0, 0.05))
    gap = rng.uniform(0.0, 0.14)  # between the triangle's top and the stem
    stem = [(apex[0] + gap, rng.uniform(-0.05, 0.2)), (apex[0] + rng.normal(-0.03, 0.05), 1.0)]
    corner = [elbow] if rng.random() < 0.6 else []
    return [[apex, elbow, *corner, end], stem]


def lightning(rng: Rng) -> Figure:
    """In one go: down, across, up in a loop or a corner, and down the stem."""
    top = (rng.uniform(0.08, 0.32), rng.uniform(0, 0.12))
    elbow = (rng.uniform(-0.06, 0.1), rng.uniform(0.5, 0.7))
    right = (rng.uniform(0.5, 0.66), elbow[1] - rng.uniform(-0.02, 0.1))
    peak = (rng.uniform(0.4, 0.56), rng.uniform(0.08, 0.42))
    foot = (peak[0] - rng.uniform(-0.02, 0.14), 1.0)
    corner = [elbow] if rng.random() < 0.6 else []
    turn = [peak] if rng.random() < 0.5 else []
    return [[top, elbow, *corner, right, peak, *turn, foot]]


def four_without_peak(rng: Rng) -> Figure:
    """In one go: down, across, and from the bar's end straight down."""
    top = (rng.uniform(0.1, 0.4), 0.0)
    elbow = (rng.uniform(-0.04, 0.12), rng.uniform(0.42, 0.66))
    right = (elbow[0] + rng.uniform(0.28, 0.56), elbow[1] - rng.uniform(-0.04, 0.16))
    foot = (right[0] - rng.uniform(-0.02, 0.16), 1.0)
    corners = [elbow] if rng.random() < 0.6 else [], [right] if rng.random() < 0.8 else []
    return [[top, elbow, *corners[0], right, *corners[1], foot]]


def round_four(rng: Rng) -> Figure:
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


def looped_four(rng: Rng) -> Figure:
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


def five_in_two_strokes(rng: Rng) -> Figure:
    """A 5: neck and bowl, then the hat."""
    left, top = rng.uniform(0.06, 0.16), rng.uniform(-0.02, 0.06)
    body = _five_body(rng, left, top)
    hat_y = top + rng.normal(-0.02, 0.04)
    hat = [
        (left + rng.uniform(-0.08, 0.14), hat_y),
        (left + rng.uniform(0.34, 0.7), hat_y + rng.normal(-0.02, 0.05)),
    ]
    return [body, hat if rng.random() < 0.9 else hat[::-1]]


def five_in_one_stroke(rng: Rng) -> Figure:
    """A 5 from the right end of its hat."""
    left, top = rng.uniform(0.06, 0.18), rng.uniform(-0.02, 0.06)
    body = _five_body(rng, left, top)
    right = (left + rng.uniform(0.28, 0.6), top + rng.normal(-0.01, 0.05))
    corner = [body[0]] if rng.random() < 0.7 else []
    return [[right, *corner, *body]]


def hasty_five(rng: Rng) -> Figure:
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


def angular_five(rng: Rng) -> Figure:
    """A 5 all of corners."""
    left, width = rng.uniform(0.05, 0.15), rng.uniform(0.34, 0.5)
    a, b = (left + width, rng.uniform(0, 0.04)), (left, 0.0)
    c = (left - rng.uniform(-0.03, 0.06), rng.uniform(0.38, 0.5))
    d = (left + width, c[1] + rng.uniform(0.02, 0.16))
    e = (left + width - rng.uniform(0.0, 0.12), 0.95)
    f = (left - rng.uniform(-0.1, 0.1), 1.0)
    return [[a, b, b, c, c, d, e, f]]


def five_with_hat_apart(rng: Rng) -> Figure:
    """The hat floats to the right of the neck, above or below its top."""
    left, top = rng.uniform(0.04, 0.2), rng.uniform(0.0, 0.14)
    body = _five_body(rng, left, top)
    hat_x = left + rng.uniform(0.06, 0.24)
    hat_y = top + rng.normal(-0.03, 0.05)
    return [
        body,
        [(hat_x, hat_y), (hat_x + rng.uniform(0.2, 0.5), hat_y + rng.normal(-0.03, 0.05))],
    ]


def slanting_five(rng: Rng) -> Figure:
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


def six(
    rng: Rng,
    height: tuple[float, float] = (0.42, 0.62),
    close: tuple[float, float] = (320, 385),
    end: str = "plain",
) -> Figure:
    """A 6 with a ring so high that closes by so many degrees.

    ``end``: "plain"; "curled", the ring ends inside itself; "hooked", on top; "first", written from
    the ring.
    """
    knots = _six(rng, close, height)
    if end == "curled":
        x, y = knots[-1]
        knots.append((x - rng.uniform(0.1, 0.2), y + rng.uniform(0.0, 0.1)))
        knots.append((x - rng.uniform(0.12, 0.26), y + rng.uniform(0.1, 0.2)))
    if end == "hooked":
        x, y = knots[0]
        knots.insert(0, (x + rng.uniform(0.05, 0.16), y + rng.uniform(0.02, 0.14)))
    return [knots[::-1] if end == "first" else knots]


def stem_and_knot(rng: Rng) -> Figure:
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
