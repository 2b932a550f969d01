"""Reads a whole number in strokes: digits in order.

Strokes are sorted into lines of writing (`text_lines`), and the strokes of a line into pieces from
left to right; strokes that are too wide for a digit are cut. `segmentation` decides which runs of
pieces are digits.
"""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from mnist_model.preprocess.mnist_format import blank, strokes_to_mnist
from mnist_model.preprocess.strokes import Drawing, parse, resample
from mnist_model.read.segmentation import (
    FEW,
    MAX_PIECES,
    MAX_RUN,
    MAX_STROKES,
    MAX_WIDTH,
    SIGN,
    TOUCHING,
    Lattice,
    Line,
    Part,
    Piece,
    fewest,
)
from mnist_model.read.text_lines import text_lines

_MAX_POINTS = 3_000  # of a drawing: with more, candidates are drawn with fewer points
_MAX_INK = 60  # points of a stroke, to see whether it touches another

# Cuts of strokes, in heights of the line.
WIDE = 0.95  # minimum width of the stroke
MIN_CUT_OFF = 0.12  # minimum width of each part
_CUT_OVERLAP = 0.2  # maximum overlap of the parts


def lattice(strokes: object) -> Lattice:
    """The candidates of a drawing.

    Args:
        strokes: sequence of ``(n, 2)`` points, x right and y down, in any unit.

    Raises:
        ValueError: if it is not a drawing.
    """
    drawing = parse(strokes)
    if not drawing:
        return Lattice([], (), lambda parts: blank())
    boxes = np.array([(*stroke.min(axis=0), *stroke.max(axis=0)) for stroke in drawing])
    everything = tuple((index, 0, len(stroke)) for index, stroke in enumerate(drawing))
    if len(drawing) > MAX_STROKES:
        box = tuple(float(x) for x in (*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)))
        sign = Piece((box[0], box[1], box[2], box[3]), everything, boxes[:0, :2])
        found = [[Line([sign], line_height(boxes))]]
    else:
        found = layouts(boxes, True, lambda members: _line(drawing, boxes, members))
    # The parts of a long drawing are drawn with fewer points, which makes no visible difference.
    step = -(-sum(map(len, drawing)) // _MAX_POINTS)

    def render(parts: tuple[Part, ...]) -> np.ndarray:
        if parts == everything:
            return strokes_to_mnist(drawing)
        return strokes_to_mnist([drawing[index][first:end:step] for index, first, end in parts])

    return Lattice(found, everything, render)


def layouts(
    boxes: np.ndarray, are_in_order: bool, line: Callable[[np.ndarray], Line]
) -> list[list[Line]]:
    """Ways of dividing ink into lines of writing.

    Args:
        boxes: as for `text_lines`.
        are_in_order: as for `text_lines`.
        line: makes a line from the indices of its boxes.
    """
    found = [[line(members) for members in lines] for lines in text_lines(boxes, are_in_order)]
    if len(found[0]) > 1 and any(part.is_dash for part in found[0]):  # = and ÷ are one sign
        found.append([line(np.arange(len(boxes)))])
    return found


def line_height(boxes: np.ndarray) -> float:
    """Height of a line's digits, above 0, from the ``(n, 4)`` boxes of its strokes."""
    order = boxes[np.argsort(boxes[:, 0])]
    reach = np.maximum.accumulate(order[:, 2])
    starts = np.concatenate([[0], np.flatnonzero(order[1:, 0] > reach[:-1]) + 1])
    tops = np.minimum.reduceat(order[:, 1], starts)
    heights = np.maximum.reduceat(order[:, 3], starts) - tops
    widths = np.maximum.reduceat(order[:, 2], starts) - order[starts, 0]
    if len(boxes) > 2 and (widths > MAX_WIDTH * heights).any():  # several digits that overlap
        heights = boxes[:, 3] - boxes[:, 1]
    heights = np.maximum(heights, 0.25 * widths.max() / len(boxes))
    tall = heights[heights >= heights.max() / 2]
    return float(np.median(tall)) or 1.0


def _line(drawing: Drawing, boxes: np.ndarray, members: np.ndarray) -> Line:
    height = line_height(boxes[members])
    width = boxes[members, 2].max() - boxes[members, 0].min()
    is_sign = len(members) <= FEW and width <= SIGN * height
    pieces: list[Piece] = []
    for index in members:
        stroke = drawing[index]
        is_wide = boxes[index, 2] - boxes[index, 0] > WIDE * height
        cuts = _cuts(stroke, height) if is_wide else []
        for first, end in pairwise([0, *cuts, len(stroke)]):
            points = stroke[first:end]
            low, high = points.min(axis=0), points.max(axis=0)
            box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
            ink = _sampled(points, TOUCHING * height) if is_sign else points[:0]
            pieces.append(Piece(box, ((int(index), first, end),), ink, end < len(stroke)))
    pieces = fewest(pieces, height, MAX_PIECES * len(members) // len(drawing))
    return Line(pieces, height, MAX_RUN if len(drawing) <= FEW else 2)


def _sampled(stroke: np.ndarray, spacing: float) -> np.ndarray:
    """Points along a stroke, dense enough to see whether it touches another."""
    points = resample(stroke, spacing) if len(stroke) < _MAX_INK else stroke
    return points[:: 1 + len(points) // _MAX_INK]


def _cuts(stroke: np.ndarray, height: float) -> list[int]:
    """Indices of the points where a stroke may be cut: all before lies left of all after."""
    x = stroke[:, 0]
    before = np.maximum.accumulate(x)[:-1]
    after = np.minimum.accumulate(x[::-1])[::-1][1:]
    overlap = (before - after) / height
    margin = MIN_CUT_OFF * height
    inner = (before - x.min() > margin) & (x.max() - after > margin)
    free = np.flatnonzero(inner & (overlap <= _CUT_OVERLAP))
    cuts: list[int] = []
    for group in np.split(free, np.flatnonzero(np.diff(free) > 1) + 1):
        if len(group):
            lowest = group[overlap[group] <= overlap[group].min() + 0.01]
            middles = (x[lowest] + x[lowest + 1]) / 2
            away = np.abs(middles - (middles.min() + middles.max()) / 2)
            cuts.append(int(lowest[np.argmin(away)]) + 1)
    return cuts
