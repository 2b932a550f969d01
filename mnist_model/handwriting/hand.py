"""A hand: a person's way of writing figures.

A figure is a list of strokes, each a list of knots ``(x, y)``, x right and y down, about one unit
high. The pen follows a smooth curve through the knots; a knot that is repeated is a corner.
"""

from bisect import bisect
from dataclasses import dataclass, field

import numpy as np

from mnist_model.handwriting.devices import Device, any_device, even, recorded
from mnist_model.preprocess.strokes import Drawing

Knots = list[tuple[float, float]]
Figure = list[Knots]

_DENSE = 10  # points of the curve between two knots
_HOOKS = (0.0, 0.05, 0.3, 0.7)  # probabilities of a tick
_HOOKS_BELOW = (0.55, 0.8, 0.93)  # cumulative shares of hands that have them, but for the last
_NEAR = 0.65  # maximum length of a ligature: a longer one would close a 5's bowl
_EVEN = 0.02  # spacing of points, in units of the figure's height


@dataclass(frozen=True)
class Hand:
    """A way of writing. Lengths are in units of the figure's height.

    Attributes:
        slant: horizontal shift of the top relative to the bottom; above 0 to the right.
        stretch: width, as a multiple of the usual width.
        turn: rotation in radians.
        bulge: four coefficients of a quadratic warp, which make one half larger and wider.
        carelessness: standard deviation of the places of knots.
        haste: length over which corners are rounded.
        wobble: standard deviation of slow waves in the line.
        tremor: standard deviation of quick waves in the line.
        apart: standard deviation of the places of strokes.
        overshoot: standard deviation of the length by which a stroke starts early or ends late.
        hooks: probability of a tick at each end of a stroke.
        ligatures: probability that the pen is not lifted between two strokes that are near.
        twice: probability that a stroke is drawn a second time.
        device: records the path of the pen.
    """

    slant: float = 0.0
    stretch: float = 1.0
    turn: float = 0.0
    bulge: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    carelessness: float = 0.01
    haste: float = 0.02
    wobble: float = 0.004
    tremor: float = 0.0
    apart: float = 0.0
    overshoot: float = 0.0
    hooks: float = 0.0
    ligatures: float = 0.0
    twice: float = 0.0
    device: Device = field(default_factory=Device)


NEAT = Hand()


def any_hand(rng: np.random.Generator) -> Hand:
    """A random hand, with a mouse, a stylus or a finger."""
    device, shaky = any_device(rng)
    wide = 0.22 if rng.random() < 0.8 else 0.45
    return Hand(
        slant=rng.normal(0.08, 0.2),
        stretch=float(np.clip(np.exp(rng.normal(0, wide)), 0.4, 1.9)),
        turn=rng.normal(0, 0.09),
        bulge=tuple(rng.normal(0, (0.12, 0.14, 0.10, 0.08))),
        carelessness=0.035 * rng.beta(2, 2.5),
        haste=0.14 * rng.beta(1.2, 3),
        wobble=shaky * 0.018 * rng.beta(1.2, 3),
        tremor=shaky * 0.008 * rng.beta(1, 4),
        apart=0.05 * rng.beta(1.2, 2.5),
        overshoot=0.06 * rng.beta(1.2, 2.5),
        hooks=_HOOKS[bisect(_HOOKS_BELOW, rng.random())],
        ligatures=0.3 if rng.random() < 0.1 else 0.0,
        twice=0.25 if rng.random() < 0.04 else 0.0,
        device=device,
    )


def write(figure: Figure, hand: Hand, rng: np.random.Generator) -> Drawing:
    """Write a figure.

    Args:
        figure: the knots of its strokes.
        hand: the way of writing.
        rng: a random generator.

    Returns:
        Strokes of ``(n, 2)`` points, x right and y down, about one unit high.
    """
    lines = [_line(knots, hand, rng) for knots in figure]
    for i in range(len(lines) - 1, 0, -1):
        gap = np.hypot(*(lines[i][0] - lines[i - 1][-1]))
        if gap < _NEAR and rng.random() < hand.ligatures:
            lines[i - 1 : i + 1] = [np.concatenate(lines[i - 1 : i + 1])]
    if hand.twice:
        lines = [again for line in lines for again in _twice(line, hand, rng)]
    return [recorded(_warped(line, hand), hand.device, rng) for line in lines]


def _line(knots: Knots, hand: Hand, rng: np.random.Generator) -> np.ndarray:
    """Evenly spaced points of the pen's path through the knots of a stroke."""
    points = np.array(knots, float)
    is_repeated = np.append(False, (points[1:] == points[:-1]).all(axis=1))
    is_corner = np.append(is_repeated[1:], False)[~is_repeated]
    points = points[~is_repeated]
    points = points + rng.normal(0, hand.carelessness, points.shape)
    line = even(_curve(points, is_corner), _EVEN)
    if len(line) > 2:
        line = _with_ends(line, hand, rng)
        line = _smoothed(line, round(hand.haste / _EVEN))
        line = _swayed(line, hand, rng)
    return line + rng.normal(0, hand.apart, 2)


def _curve(points: np.ndarray, is_corner: np.ndarray) -> np.ndarray:
    """A Catmull-Rom curve over chord length, through ``(k, 2)`` points; ``(k,)`` are corners."""
    if len(points) < 2:
        return points
    steps = np.diff(points, axis=0)
    lengths = np.maximum(np.hypot(*steps.T), 1e-6)[:, None]
    speeds = steps / lengths
    inner = (speeds[:-1] * lengths[1:] + speeds[1:] * lengths[:-1]) / (lengths[:-1] + lengths[1:])
    sharp = is_corner[1:-1, None]
    leaving = np.vstack([speeds[:1], np.where(sharp, speeds[1:], inner)])
    arriving = np.vstack([np.where(sharp, speeds[:-1], inner), speeds[-1:]])
    t = np.arange(_DENSE)[:, None, None] / _DENSE
    pieces = (
        (1 + 2 * t) * (1 - t) ** 2 * points[:-1]
        + t * (1 - t) ** 2 * lengths * leaving
        + t**2 * (3 - 2 * t) * points[1:]
        + t**2 * (t - 1) * lengths * arriving
    )
    return np.vstack([pieces.transpose(1, 0, 2).reshape(-1, 2), points[-1:]])


def _with_ends(line: np.ndarray, hand: Hand, rng: np.random.Generator) -> np.ndarray:
    """Make both ends longer or shorter, sometimes with a tick."""
    for _ in range(2):  # the last end, then the first
        extra = round(rng.normal(0, hand.overshoot) / _EVEN)
        if extra > 0:
            reach = min(3, len(line) - 1)
            step = (line[-1] - line[-1 - reach]) / reach
            line = np.vstack([line, line[-1] + step * np.arange(1, extra + 1)[:, None]])
        elif extra < 0 and len(line) > 4 - 4 * extra:
            line = line[:extra]
        if rng.random() < hand.hooks:
            angle, length = rng.uniform(0, 2 * np.pi), rng.uniform(0.03, 0.11)
            tick = line[-1] + length * np.array([np.cos(angle), np.sin(angle)])
            steps = np.linspace(0, 1, max(2, round(length / _EVEN)))[1:, None]
            line = np.vstack([line, line[-1] + steps * (tick - line[-1])])
        line = line[::-1]
    return line


def _twice(line: np.ndarray, hand: Hand, rng: np.random.Generator) -> list[np.ndarray]:
    """A stroke, sometimes with most of it drawn a second time."""
    if rng.random() >= hand.twice or len(line) < 8:
        return [line]
    again = line[round(rng.uniform(0, 0.3) * len(line)) :]
    shift, drift = rng.normal(0, 0.03, 2), rng.normal(0, 0.03, 2)
    return [line, again + shift + np.linspace(0, 1, len(again))[:, None] * drift]


def _smoothed(line: np.ndarray, window: int) -> np.ndarray:
    """A moving average that keeps the ends."""
    if window < 2 or len(line) < 4:
        return line
    window = min(window, len(line) // 2)
    padded = np.vstack([np.repeat(line[:1], window, 0), line, np.repeat(line[-1:], window, 0)])
    total = np.vstack([np.zeros((1, 2)), np.cumsum(padded, axis=0)])
    mean = (total[window:] - total[:-window]) / window
    start = (len(mean) - len(line)) // 2
    mean = mean[start : start + len(line)]
    return np.vstack([line[:1], mean[1:-1], line[-1:]])


def _swayed(line: np.ndarray, hand: Hand, rng: np.random.Generator) -> np.ndarray:
    """Add slow and quick waves: noise at distant and at near points, interpolated."""
    at = np.arange(len(line)) * _EVEN
    for size, period in ((hand.wobble, 0.25), (hand.tremor, 0.06)):
        if size > 0:
            count = int(at[-1] / period) + 2
            noise = rng.normal(0, size, (2, count))
            grid = np.arange(count) * period
            line = line + np.column_stack([np.interp(at, grid, axis) for axis in noise])
    return line


def _warped(line: np.ndarray, hand: Hand) -> np.ndarray:
    """Apply the width, the bulge, the slant and the rotation."""
    x, y = line[:, 0] - 0.3, line[:, 1] - 0.5
    top, side, bow, across = hand.bulge
    wide = hand.stretch * x * (1 + 2 * side * y) + 2 * bow * (y * y - 0.1)
    high = y + 2 * top * (0.25 - y * y) + across * x
    wide = wide - hand.slant * high
    cos, sin = np.cos(hand.turn), np.sin(hand.turn)
    return np.column_stack([0.5 + wide * cos - high * sin, 0.5 + wide * sin + high * cos])
