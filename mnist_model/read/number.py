"""Reads a whole number: strokes to digits in order.

Strokes are put into lines of writing (`text_lines`), and those of a line from left to right into
pieces: a stroke too wide for a digit may be several. `segmentation` decides which runs of pieces
are digits.
"""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from mnist_model.preprocess.mnist_format import blank, strokes_to_mnist
from mnist_model.preprocess.strokes import Drawing, parse, resample
from mnist_model.read.segmentation import (
    FEW,
    LONGEST_RUN,
    MAX_PIECES,
    MOST_STROKES,
    SIGN,
    TOUCHING,
    WIDEST,
    Lattice,
    Line,
    Part,
    Piece,
    fewest,
)
from mnist_model.read.text_lines import text_lines

_MOST_POINTS = 3_000  # of a drawing whose candidates are drawn with all of them
_MOST_INK = 60  # points of a stroke that are compared with another's

# Where a stroke may be cut.
WIDE = 0.95
LEAST_CUT_OFF = 0.12
_CUT_OVERLAP = 0.2


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
    everything = tuple((number, 0, len(stroke)) for number, stroke in enumerate(drawing))
    if len(drawing) > MOST_STROKES:
        box = tuple(float(x) for x in (*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)))
        sign = Piece((box[0], box[1], box[2], box[3]), everything, boxes[:0, :2])
        found = [[Line([sign], line_height(boxes))]]
    else:
        found = layouts(boxes, True, lambda members: _line(drawing, boxes, members))
    # The longest drawing is drawn once as it is; its parts with fewer points: nobody sees it.
    step = -(-sum(map(len, drawing)) // _MOST_POINTS)

    def render(parts: tuple[Part, ...]) -> np.ndarray:
        if parts == everything:
            return strokes_to_mnist(drawing)
        return strokes_to_mnist([drawing[number][first:end:step] for number, first, end in parts])

    return Lattice(found, everything, render)


def layouts(
    boxes: np.ndarray, are_in_order: bool, line: Callable[[np.ndarray], Line]
) -> list[list[Line]]:
    """Ways of dividing ink into lines of writing.

    Args:
        boxes: as for `text_lines`, and so is ``are_in_order``.
        line: makes one of the numbers of its boxes.
    """
    found = [[line(members) for members in lines] for lines in text_lines(boxes, are_in_order)]
    if len(found[0]) > 1 and any(one.is_level for one in found[0]):  # rather a sign: = or ÷
        found.append([line(np.arange(len(boxes)))])
    return found


def line_height(boxes: np.ndarray) -> float:
    """The height of the digits of a line, of its ``(n, 4)`` boxes of strokes; above 0."""
    order = boxes[np.argsort(boxes[:, 0])]
    reach = np.maximum.accumulate(order[:, 2])
    starts = np.concatenate([[0], np.flatnonzero(order[1:, 0] > reach[:-1]) + 1])
    tops = np.minimum.reduceat(order[:, 1], starts)
    heights = np.maximum.reduceat(order[:, 3], starts) - tops
    widths = np.maximum.reduceat(order[:, 2], starts) - order[starts, 0]
    if len(boxes) > 2 and (widths > WIDEST * heights).any():  # several digits that overlap
        heights = boxes[:, 3] - boxes[:, 1]
    heights = np.maximum(heights, 0.25 * widths.max() / len(boxes))
    tall = heights[heights >= heights.max() / 2]
    return float(np.median(tall)) or 1.0


def _line(drawing: Drawing, boxes: np.ndarray, members: np.ndarray) -> Line:
    height = line_height(boxes[members])
    width = boxes[members, 2].max() - boxes[members, 0].min()
    is_sign = len(members) <= FEW and width <= SIGN * height
    pieces: list[Piece] = []
    for number in members:
        stroke = drawing[number]
        is_wide = boxes[number, 2] - boxes[number, 0] > WIDE * height
        cuts = _cuts(stroke, height) if is_wide else []
        for first, end in pairwise([0, *cuts, len(stroke)]):
            points = stroke[first:end]
            low, high = points.min(axis=0), points.max(axis=0)
            box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
            ink = _sampled(points, TOUCHING * height) if is_sign else points[:0]
            pieces.append(Piece(box, ((int(number), first, end),), ink, end < len(stroke)))
    pieces = fewest(pieces, height, MAX_PIECES * len(members) // len(drawing))
    return Line(pieces, height, LONGEST_RUN if len(drawing) <= FEW else 2)


def _sampled(stroke: np.ndarray, spacing: float) -> np.ndarray:
    """Points along a stroke, close enough to tell whether it meets another; not too many."""
    points = resample(stroke, spacing) if len(stroke) < _MOST_INK else stroke
    return points[:: 1 + len(points) // _MOST_INK]


def _cuts(stroke: np.ndarray, height: float) -> list[int]:
    """Where a stroke may be cut: few points before lie right of those after.

    Returns:
        numbers of the points that the parts after the first begin with.
    """
    x = stroke[:, 0]
    before = np.maximum.accumulate(x)[:-1]
    after = np.minimum.accumulate(x[::-1])[::-1][1:]
    overlap = (before - after) / height
    margin = LEAST_CUT_OFF * height
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
