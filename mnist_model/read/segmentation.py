"""The segmentation graph: divides a line of writing into digits, and finds the likeliest number.

1. A line of writing has pieces of ink from left to right. Runs of neighbouring pieces that may be
   one digit are candidates: arcs of a graph whose nodes are the places between pieces. The network
   reads all candidates in one batch.
2. A path through the graph is a number. Each of its arcs has costs by the network (a low digit
   score, a low probability) and by geometry (a gap within a digit, digits above each other, an
   unusual size). Dynamic programming finds the cheapest path, and the forward algorithm how much
   likelier it is than all others.

Source: LeCun, Bottou, Bengio and Haffner, "Gradient-Based Learning Applied to Document
Recognition", Proceedings of the IEEE 86, 1998: heuristic over-segmentation, sections V and VI.

Costs are negative log-likelihoods, in nats; lengths are in heights of the line of writing.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from mnist_model.preprocess.errors import UserError
from mnist_model.read.reading import (
    EXPECTED,
    STEEPNESS,
    NumberReading,
    PlacedReading,
    Reading,
    digit_cost,
    softplus,
)

MAX_DIGITS = 20
NO_DIGIT = "?"

Box = tuple[float, float, float, float]  # left, top, right, bottom
Part = tuple[int, int, int]  # index of a stroke, its first point, and the point after its last

# Limits of candidates, each of which is drawn and read.
MAX_WIDTH = 1.3  # of a digit of several pieces
_MAX_WIDTH_CUT = 2.0  # of such a digit if one of its strokes may be cut: a 2 with a long base
_MAX_GAP = 0.12  # within a digit; of 1,939 by pen 99.5 % are below 0.08
MAX_RUN = 3  # pieces of a digit, if they are not all in one column
FEW = 24  # pieces: with more, three neighbours are not a candidate
MAX_PIECES = 2 * MAX_DIGITS + 4  # of a drawing: with more, the nearest are joined
MAX_STROKES = 5 * MAX_DIGITS  # of a number; a drawing with more is read as one sign
_ONE_COLUMN = 0.12  # distance of the middles: nearer pieces that overlap are joined

# Costs of a path through the graph.
_COMPANY = 1.5  # how much lower the threshold is in a line of digits
_OTHER = 4.0  # ink that is not a digit, for each usual width of a digit
_USUAL_WIDTH = 0.6
_ARC = 0.2  # each digit: fewer digits are likelier
_GAP = 5.0  # a gap within a digit, for each height
_OVERLAP = 8.0  # two digits that overlap, for each height
_FREE_OVERLAP = 0.08  # an overlap without costs, since touching digits overlap
_TOUCH = 5.0  # a border where ink touches, in ink that may be one sign
SIGN = 1.15  # maximum width of such a sign
TOUCHING = 0.06  # maximum distance of points that touch
_STROKE = 3.0  # each stroke of a digit after the second
_CUT = 3.5  # a stroke that is cut between two digits
_LINE = 2.0  # each line of writing
_DASH = 2.5  # minimum width of a dash, in heights of the dash
_DASH_LINE = 8.0  # a line of writing that is only a dash
_SIZE = 0.6  # standard deviation of the logarithm of a digit's size over the line's height


class TooManyDigitsError(UserError):
    """A drawing has more than `MAX_DIGITS` digits."""


@dataclass(eq=False)
class Piece:
    """Ink that is not divided further.

    Attributes:
        box: left, top, right, bottom.
        parts: its parts of strokes.
        ink: ``(m, 2)`` points along it, close together; empty if it need not be known what touches.
        cut: whether the stroke goes on in the next piece.
    """

    box: Box
    parts: tuple[Part, ...]
    ink: np.ndarray
    cut: bool = False


@dataclass(eq=False)
class _Arc:
    """A run of pieces of one line that may be one digit."""

    start: int
    end: int  # index after its last piece
    box: Box
    own: float  # cost of its geometry
    before: list[tuple[int, float]]  # arcs that end where it starts, and the cost of the border
    parts: tuple[Part, ...] = ()
    candidate: int = 0


Render = Callable[[tuple[Part, ...]], np.ndarray]


class Lattice:
    """The candidates for digits of a drawing, and the choice between them.

    Attributes:
        pixels: ``(28, 28)`` uint8 images for the network; the first shows the whole drawing.
    """

    def __init__(
        self,
        layouts: Sequence[Sequence["Line"]],
        everything: tuple[Part, ...],
        render: Render,
        scale: float | None = None,
    ) -> None:
        """Draw each candidate once.

        Args:
            layouts: ways of dividing the drawing into lines, from top to bottom.
            everything: all parts of the drawing.
            render: draws parts in MNIST format.
            scale: pixels of the picture in a unit of the boxes; None for strokes.
        """
        self._layouts = layouts
        self._everything = everything
        self._scale = scale
        candidates = {everything: 0}
        for line in (line for lines in layouts for line in lines):
            for arc in line.arcs:
                arc.parts = _merged(line.pieces[arc.start : arc.end])
                arc.candidate = candidates.setdefault(arc.parts, len(candidates))
        self.pixels = [render(parts) for parts in candidates]

    def decide(self, readings: Sequence[Reading]) -> NumberReading:
        """The likeliest number.

        Args:
            readings: of `pixels`.

        Raises:
            TooManyDigitsError: if there are more than `MAX_DIGITS` digits.
        """
        whole = readings[0]
        if whole.digit is None:
            return NumberReading("", (), 0.0, whole)
        if len(self._everything) > MAX_STROKES:  # the only candidate is the whole drawing
            readings = [whole := whole.refused()]
        costs = [_cost(reading) for reading in readings]
        found = [[line.best(costs) for line in lines] for lines in self._layouts]
        each = [
            sum(path.cost + _LINE for path in paths)
            + _DASH_LINE * (len(lines) > 1) * sum(line.is_dash for line in lines)
            for paths, lines in zip(found, self._layouts, strict=True)
        ]
        paths = found[each.index(min(each))]
        probability = math.exp(_soft_minimum(each) - min(each))
        shown = [_in_company([readings[arc.candidate] for arc in path.arcs]) for path in paths]
        leaves_out = self._scale is not None and any(r.is_digit for line in shown for r in line)
        texts: list[str] = []
        digits: list[PlacedReading] = []
        for path, line in zip(paths, shown, strict=True):
            probability *= path.probability
            text = ""
            for arc, reading in zip(path.arcs, line, strict=True):
                if leaves_out and not reading.is_digit:  # rules, stains
                    probability *= math.exp(-softplus(STEEPNESS * reading.digit_margin))
                    continue
                text += str(reading.digit) if reading.is_digit else NO_DIGIT
                digits.append(PlacedReading(reading, arc.parts, arc.box))
                probability *= float(reading.probabilities.max())
            if text:
                texts.append(text)
        if len(digits) > MAX_DIGITS:
            count = sum(digit.reading.is_digit for digit in digits)
            if 2 * count > len(digits):
                raise TooManyDigitsError(
                    f"This number has too many digits; at most {MAX_DIGITS} digits are allowed."
                )
            box = _around([digit.box for digit in digits])  # a scribble is one sign
            digits = [PlacedReading(whole, self._everything, box)]
            texts = [str(whole.digit) if whole.is_digit else NO_DIGIT]
            probability = float(whole.probabilities.max())
        if self._scale is not None:
            digits = [_of_picture(digit, self._scale) for digit in digits]
        return NumberReading("\n".join(texts), tuple(digits), probability, whole)


def _of_picture(digit: PlacedReading, scale: float) -> PlacedReading:
    left, top, right, bottom = (scale * side for side in digit.box)
    return PlacedReading(digit.reading, (), (left, top, right, bottom))


def _in_company(line: list[Reading]) -> list[Reading]:
    """Lower the threshold in a line of digits, where ink is likelier to be a digit."""
    if 2 * sum(reading.is_digit for reading in line) < len(line) or len(line) == 1:
        return line
    return [reading.with_threshold_lower_by(_COMPANY) for reading in line]


def _merged(pieces: Sequence[Piece]) -> tuple[Part, ...]:
    """Parts in writing order; adjacent parts of a stroke are joined."""
    parts: list[Part] = []
    for stroke, first, end in sorted(part for piece in pieces for part in piece.parts):
        if parts and parts[-1][0] == stroke and first <= parts[-1][2]:
            parts[-1] = (stroke, parts[-1][1], end)
        else:
            parts.append((stroke, first, end))
    return tuple(parts)


def _cost(reading: Reading) -> tuple[float, float]:
    """Costs by the network: as a digit, and as other ink of a digit's width."""
    other = softplus(STEEPNESS * (reading.digit_margin - EXPECTED)) + _OTHER
    return digit_cost(reading), other


@dataclass(eq=False)
class _Path:
    arcs: list[_Arc]
    cost: float
    probability: float


class Line:
    """A line of writing: its pieces from left to right, and the arcs of its graph."""

    def __init__(self, pieces: Sequence[Piece], height: float, reach: int = MAX_RUN) -> None:
        """Find the runs of pieces that may be one digit.

        Args:
            pieces: at least one.
            height: of the line's digits.
            reach: maximum of pieces of a digit.
        """
        self.pieces = sorted(pieces, key=lambda piece: piece.box[0] + piece.box[2])
        self.height = height
        self._reach = reach
        self.is_dash = all(_is_dash(piece.box) for piece in pieces)
        left, _, right, _ = _around([piece.box for piece in pieces])
        self._may_be_sign = right - left <= SIGN * self.height
        self.arcs: list[_Arc] = []
        self._touches: dict[tuple[int, int], bool] = {}
        self._find_arcs()

    def _find_arcs(self) -> None:
        count, boxes = len(self.pieces), [piece.box for piece in self.pieces]
        widest_gap = _MAX_GAP * self.height
        columns = set(self._columns())
        ending: list[list[int]] = [[] for _ in range(count + 1)]
        for start in range(count):
            box, gap, widest = boxes[start], 0.0, MAX_WIDTH
            for end in range(start + 1, count + 1):
                if end - start > 1:
                    other = boxes[end - 1]
                    if self.pieces[end - 2].cut:  # the stroke goes on, without a gap
                        widest = _MAX_WIDTH_CUT
                    else:
                        gap = max(gap, other[0] - box[2])
                    box = _around([box, other])
                is_all = start == 0 and end == count
                is_narrow = box[2] - box[0] <= widest * self.height
                is_near = end - start <= self._reach and is_narrow and gap <= widest_gap
                if not (end - start == 1 or is_all or is_near or (start, end) in columns):
                    continue
                before = [(i, self._border(self.arcs[i], box, end)) for i in ending[start]]
                ending[end].append(len(self.arcs))
                strokes = len({part[0] for piece in self.pieces[start:end] for part in piece.parts})
                own = _GAP * max(0.0, gap / self.height) + _ARC + _STROKE * max(0, strokes - 2)
                self.arcs.append(_Arc(start, end, box, own, before))

    def _border(self, before: _Arc, box: Box, end: int) -> float:
        """The cost of a border between two digits."""
        middle = before.end
        overlap = (before.box[2] - box[0]) / self.height
        if overlap < -TOUCHING:
            return _CUT if self.pieces[middle - 1].cut else 0.0
        left = range(max(before.start, middle - MAX_RUN), middle)
        right = range(middle, min(end, middle + MAX_RUN))
        cost = _OVERLAP * max(0.0, overlap - _FREE_OVERLAP)
        if self.pieces[middle - 1].cut:
            cost += _CUT
        elif self._may_be_sign and any(self._touch(i, j) for i in left for j in right):
            cost += _TOUCH
        return cost

    def _touch(self, i: int, j: int) -> bool:
        """Whether the ink of two pieces touches."""
        if (i, j) not in self._touches:
            first, second = self.pieces[i], self.pieces[j]
            a, b, near = first.box, second.box, TOUCHING * self.height
            gap = max(b[0] - a[2], a[0] - b[2], b[1] - a[3], a[1] - b[3])  # between the boxes
            self._touches[i, j] = gap <= near and _nearest(first.ink, second.ink) <= near
        return self._touches[i, j]

    def _columns(self) -> list[tuple[int, int]]:
        """The longest runs of pieces that overlap from left to right."""
        runs, start, right = [], 0, self.pieces[0].box[2]
        for index, piece in enumerate(self.pieces[1:], start=1):
            if piece.box[0] > right:
                runs.append((start, index))
                start = index
            right = max(right, piece.box[2])
        return [*runs, (start, len(self.pieces))]

    def best(self, costs: Sequence[tuple[float, float]]) -> _Path:
        """The cheapest path from the line's start to its end."""
        best: list[float] = []  # cost of the cheapest path that ends in each arc
        every: list[float] = []  # soft minimum of the costs of all such paths
        back: list[int] = []  # the arc before, on the cheapest path
        for arc in self.arcs:
            digit, other = costs[arc.candidate]
            size_cost = min((math.log(_size(arc.box) / self.height) / _SIZE) ** 2 / 2, 4.0)
            other *= max(1.0, (arc.box[2] - arc.box[0]) / (_USUAL_WIDTH * self.height))
            own = arc.own + min(digit + size_cost, other)
            ways = [(best[i] + border, i) for i, border in arc.before] or [(0.0, -1)]
            cost, before = min(ways)
            best.append(own + cost)
            back.append(before)
            every.append(own + _soft_minimum([every[i] + b for i, b in arc.before] or [0.0]))
        last = [i for i, arc in enumerate(self.arcs) if arc.end == len(self.pieces)]
        index = min(last, key=lambda i: best[i])
        cost = best[index]
        probability = math.exp(_soft_minimum([every[i] for i in last]) - cost)
        arcs: list[_Arc] = []
        while index >= 0:
            arcs.append(self.arcs[index])
            index = back[index]
        return _Path(arcs[::-1], cost, probability)


def _is_dash(box: Box) -> bool:
    return box[2] - box[0] > _DASH * (box[3] - box[1])


def _size(box: Box) -> float:
    """The height of a digit, or a share of its width if that is more, but not of a dash."""
    wide, high = box[2] - box[0], max(box[3] - box[1], 1e-9)
    return high if _is_dash(box) else max(high, 0.7 * wide)


def _soft_minimum(costs: Sequence[float]) -> float:
    least = min(costs)
    return least - math.log(sum(math.exp(least - cost) for cost in costs))


def _around(boxes: Sequence[Box]):
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _nearest(points: np.ndarray, others: np.ndarray) -> float:
    """Distance between the nearest points; 0 if there are none."""
    if not (len(points) and len(others)):
        return 0.0
    away = points[:, None] - others
    return math.sqrt(float((away * away).sum(axis=2).min()))


def fewest(pieces: list[Piece], height: float, most: int) -> list[Piece]:
    """The pieces of a line from left to right; those in one column are joined.

    Args:
        pieces: of the line.
        height: of the line's digits.
        most: maximum of pieces, at least 2: with more, the nearest are joined.
    """
    pieces = _joined(pieces, _ONE_COLUMN * height)
    most = max(2, most)
    if len(pieces) <= most:
        return pieces
    ends = np.maximum.accumulate([piece.box[2] for piece in pieces[:-1]])
    apart = np.array([piece.box[0] for piece in pieces[1:]]) - ends
    starts = np.sort(np.argsort(-apart, kind="stable")[: most - 1] + 1)
    groups = np.split(np.arange(len(pieces)), starts)
    return [_as_one([pieces[i] for i in group]) for group in groups]


def _joined(pieces: list[Piece], near: float) -> list[Piece]:
    """Join pieces that lie in one column."""
    joined: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.box[0] + piece.box[2]):
        if joined:
            last = joined[-1]
            apart = (piece.box[0] + piece.box[2] - last.box[0] - last.box[2]) / 2
            if apart < near and piece.box[0] <= last.box[2] and not (last.cut or piece.cut):
                joined[-1] = _as_one([last, piece])
                continue
        joined.append(piece)
    return joined


def _as_one(pieces: Sequence[Piece]) -> Piece:
    return Piece(
        _around([piece.box for piece in pieces]),
        tuple(part for piece in pieces for part in piece.parts),
        np.concatenate([piece.ink for piece in pieces]),
        pieces[-1].cut,
    )
