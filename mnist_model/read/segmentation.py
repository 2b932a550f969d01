"""The segmentation graph: which runs of pieces of ink are digits, and which number they make.

1. A line of writing has pieces from left to right: what certainly belongs together is one piece.
   Runs of neighbouring pieces that could be one digit are candidates: arcs of a graph whose nodes
   are the places between pieces. All candidates are read in one forward pass.
2. A way through the graph is a number. It costs what the network says of its arcs (how little they
   look like digits, how unsure it is which) and what geometry says (a gap within a digit, ink of
   two digits above one another, a size unlike the line's). The cheapest is found by dynamic
   programming; how much more likely it is than all others, by the forward algorithm.

Source: LeCun, Bottou, Bengio and Haffner, "Gradient-Based Learning Applied to Document
Recognition", Proceedings of the IEEE 86, 1998: heuristic over-segmentation, sections V and VI.

Costs are negative log-likelihoods, in nats; lengths are in heights of the line of writing.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from mnist_model.preprocess.errors import UserError
from mnist_model.read.reading import NumberReading, PlacedReading, Reading

MOST_DIGITS = 20
NO_DIGIT = "?"

Box = tuple[float, float, float, float]  # left, top, right, bottom
Part = tuple[int, int, int]  # a stroke's number, its first point, and the one after its last

# What is a candidate. More of them cost time: each is drawn and read.
WIDEST = 1.3  # a digit of several pieces
_WIDEST_CUT = 2.0  # likewise, if one of its strokes may be cut: a 2 on a long base
_WIDEST_GAP = 0.12  # within a digit; of 1,939 by pen 99.5 % are below 0.08
LONGEST_RUN = 3  # pieces of a digit, where they are not all above one another
FEW = 24  # pieces: of more, no three in a row are a candidate
MAX_PIECES = 2 * MOST_DIGITS + 4  # of a drawing: of more, those least apart are one
MOST_STROKES = 5 * MOST_DIGITS  # of a number; what has more is read as one sign
_ONE_COLUMN = 0.12  # pieces whose middles are nearer and which overlap are one

# What a way through the graph costs.
_STEEPNESS = 0.8  # of the probability to be a digit, over the digit score
_EXPECTED = 8.0  # above the threshold: a digit's usual score; two in one rarely reach it
_COMPANY = 1.5  # how much lower the threshold is for what stands beside digits
_OTHER = 4.0  # that something is no digit at all, for each usual width of a digit
_USUAL_WIDTH = 0.6
_ARC = 0.2  # each part: fewer are likelier
_GAP = 5.0  # for each height of a gap within a part
_OVERLAP = 8.0  # for each height that two parts overlap
_FREE_OVERLAP = 0.08  # but for these: touching digits do
_TOUCH = 5.0  # that their ink meets, where all of it could be one sign
SIGN = 1.15  # by its width
TOUCHING = 0.06  # when it does: nearer points
_STROKE = 3.0  # each stroke of a digit beyond two
_CUT = 3.5  # that a stroke goes on from one digit into the next
_LINE = 2.0  # each line of writing
_LEVEL = 2.5  # times as wide as high: a level line
_LEVEL_LINE = 8.0  # that it is all there is in one of several lines of writing
_SIZE = 0.6  # sd of a digit's size, as a logarithm, over the line's height


class TooManyDigitsError(UserError):
    """A drawing has more than `MOST_DIGITS` digits."""


@dataclass(eq=False)
class Piece:
    """Ink that is not divided further.

    Attributes:
        box: left, top, right, bottom.
        parts: which points of which strokes it has.
        ink: ``(m, 2)`` points along it, close together; none where nobody asks what it meets.
        cut: whether the ink goes on into the next piece.
    """

    box: Box
    parts: tuple[Part, ...]
    ink: np.ndarray
    cut: bool = False


@dataclass(eq=False)
class _Arc:
    """A run of pieces of one line that may be one digit; ``end`` is that after its last."""

    start: int
    end: int
    box: Box
    own: float  # what its geometry costs
    before: list[tuple[int, float]]  # arcs that end where it starts, and what the border costs
    parts: tuple[Part, ...] = ()
    candidate: int = 0


Render = Callable[[tuple[Part, ...]], np.ndarray]


class Lattice:
    """A drawing's candidates, to be read, and what their readings make of it.

    Attributes:
        pixels: ``(28, 28)`` uint8 images in MNIST format to be read, in one pass; the first is of
            the whole drawing.
    """

    def __init__(
        self,
        layouts: Sequence[Sequence["Line"]],
        everything: tuple[Part, ...],
        render: Render,
        scale: float | None = None,
    ) -> None:
        """Draw the candidates, each once.

        Args:
            layouts: ways of dividing the drawing into lines, from top to bottom.
            everything: all parts of it.
            render: draws parts in MNIST format.
            scale: of a picture that has no strokes, its own pixels to one of the boxes'.
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
        """The number.

        Args:
            readings: of `pixels`.

        Raises:
            TooManyDigitsError: if there are more digits than `MOST_DIGITS`.
        """
        whole = readings[0]
        if whole.digit is None:
            return NumberReading("", (), 0.0, whole)
        if len(self._everything) > MOST_STROKES:  # its one candidate is all of it
            readings = [whole := whole.refused()]
        costs = [_cost(reading) for reading in readings]
        found = [[line.best(costs) for line in lines] for lines in self._layouts]
        each = [
            sum(way.cost + _LINE for way in ways)
            + _LEVEL_LINE * (len(lines) > 1) * sum(line.is_level for line in lines)
            for ways, lines in zip(found, self._layouts, strict=True)
        ]
        ways = found[each.index(min(each))]
        probability = math.exp(_soft_minimum(each) - min(each))
        shown = [_in_company([readings[arc.candidate] for arc in way.arcs]) for way in ways]
        leaves_out = self._scale is not None and any(r.is_digit for line in shown for r in line)
        texts: list[str] = []
        digits: list[PlacedReading] = []
        for way, line in zip(ways, shown, strict=True):
            probability *= way.probability
            text = ""
            for arc, reading in zip(way.arcs, line, strict=True):
                if leaves_out and not reading.is_digit:  # rules, stains, what else a picture shows
                    probability *= math.exp(-_softplus(_STEEPNESS * reading.digit_margin))
                    continue
                text += str(reading.digit) if reading.is_digit else NO_DIGIT
                strokes = tuple(dict.fromkeys(stroke for stroke, _, _ in arc.parts))
                digits.append(PlacedReading(reading, strokes, arc.parts, arc.box))
                probability *= float(reading.probabilities.max())
            if text:
                texts.append(text)
        if len(digits) > MOST_DIGITS:
            count = sum(digit.reading.is_digit for digit in digits)
            if 2 * count > len(digits):
                raise TooManyDigitsError(
                    f"A number of at most {MOST_DIGITS} digits is read, and this one has more."
                )
            box = _around([digit.box for digit in digits])  # a scribble is one
            every = tuple(range(len(self._everything)))
            digits = [PlacedReading(whole, every, self._everything, box)]
            texts = [str(whole.digit) if whole.is_digit else NO_DIGIT]
            probability = float(whole.probabilities.max())
        if self._scale is not None:
            digits = [_of_picture(digit, self._scale) for digit in digits]
        return NumberReading("\n".join(texts), tuple(digits), probability, whole)


def _of_picture(digit: PlacedReading, scale: float) -> PlacedReading:
    left, top, right, bottom = (scale * side for side in digit.box)
    return PlacedReading(digit.reading, (), (), (left, top, right, bottom))


def _in_company(line: list[Reading]) -> list[Reading]:
    """Beside digits something is likelier to be one, too: the threshold for it is lower."""
    if 2 * sum(reading.is_digit for reading in line) < len(line) or len(line) == 1:
        return line
    return [reading.with_threshold_lower_by(_COMPANY) for reading in line]


def _merged(pieces: Sequence[Piece]) -> tuple[Part, ...]:
    """Their parts in writing order; those of a stroke that touch are one."""
    parts: list[Part] = []
    for number, first, end in sorted(part for piece in pieces for part in piece.parts):
        if parts and parts[-1][0] == number and first <= parts[-1][2]:
            parts[-1] = (number, parts[-1][1], end)
        else:
            parts.append((number, first, end))
    return tuple(parts)


def _cost(reading: Reading) -> tuple[float, float]:
    """What the network's answer costs: as a digit, and as other ink of a digit's width."""
    sure = _STEEPNESS * (reading.digit_margin - _EXPECTED)
    unsure = -math.log(max(float(reading.probabilities.max()), 0.1))
    return _softplus(-sure) + unsure, _softplus(sure) + _OTHER


def _softplus(x: float) -> float:
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


@dataclass(eq=False)
class _Way:
    arcs: list[_Arc]
    cost: float
    probability: float


class Line:
    """A line of writing: its pieces from left to right."""

    def __init__(self, pieces: Sequence[Piece], height: float, reach: int = LONGEST_RUN) -> None:
        """Find the runs of pieces that may be one digit.

        Args:
            pieces: at least one.
            height: of the line's digits.
            reach: how many pieces a digit may have.
        """
        self.pieces = sorted(pieces, key=lambda piece: piece.box[0] + piece.box[2])
        self.height = height
        self._reach = reach
        self.is_level = all(_is_level(piece.box) for piece in pieces)
        left, _, right, _ = _around([piece.box for piece in pieces])
        self._may_be_sign = right - left <= SIGN * self.height
        self.arcs: list[_Arc] = []
        self._touches: dict[tuple[int, int], bool] = {}
        self._find_arcs()

    def _find_arcs(self) -> None:
        count, boxes = len(self.pieces), [piece.box for piece in self.pieces]
        widest_gap = _WIDEST_GAP * self.height
        columns = set(self._columns())
        ending: list[list[int]] = [[] for _ in range(count + 1)]
        for start in range(count):
            box, gap, widest = boxes[start], 0.0, WIDEST
            for end in range(start + 1, count + 1):
                if end - start > 1:
                    other = boxes[end - 1]
                    if self.pieces[end - 2].cut:  # its ink goes on: there is no gap
                        widest = _WIDEST_CUT
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
        """What it costs that one digit ends and another begins."""
        middle = before.end
        overlap = (before.box[2] - box[0]) / self.height
        if overlap < -TOUCHING:
            return _CUT if self.pieces[middle - 1].cut else 0.0
        left = range(max(before.start, middle - LONGEST_RUN), middle)
        right = range(middle, min(end, middle + LONGEST_RUN))
        cost = _OVERLAP * max(0.0, overlap - _FREE_OVERLAP)
        if self.pieces[middle - 1].cut:
            cost += _CUT
        elif self._may_be_sign and any(self._touch(i, j) for i in left for j in right):
            cost += _TOUCH
        return cost

    def _touch(self, i: int, j: int) -> bool:
        """Whether the ink of two pieces meets."""
        if (i, j) not in self._touches:
            one, two = self.pieces[i], self.pieces[j]
            near = TOUCHING * self.height
            self._touches[i, j] = (
                two.box[0] - one.box[2] <= near
                and one.box[0] - two.box[2] <= near
                and two.box[1] - one.box[3] <= near
                and one.box[1] - two.box[3] <= near
                and _nearest(one.ink, two.ink) <= near
            )
        return self._touches[i, j]

    def _columns(self) -> list[tuple[int, int]]:
        """Runs of pieces that lie above one another, as far as these reach."""
        runs, start, right = [], 0, self.pieces[0].box[2]
        for index, piece in enumerate(self.pieces[1:], start=1):
            if piece.box[0] > right:
                runs.append((start, index))
                start = index
            right = max(right, piece.box[2])
        return [*runs, (start, len(self.pieces))]

    def best(self, costs: Sequence[tuple[float, float]]) -> _Way:
        """The cheapest way from the line's beginning to its end."""
        count = len(self.pieces)
        best: list[float] = []
        every: list[float] = []
        back: list[int] = []
        for arc in self.arcs:
            digit, other = costs[arc.candidate]
            size_cost = min((math.log(_size(arc.box) / self.height) / _SIZE) ** 2 / 2, 4.0)
            other *= max(1.0, (arc.box[2] - arc.box[0]) / (_USUAL_WIDTH * self.height))
            own = arc.own + min(digit + size_cost, other)
            if arc.start == 0:
                best.append(own)
                every.append(own)
                back.append(-1)
                continue
            ways = [best[i] + border for i, border in arc.before]
            first = int(np.argmin(ways))
            best.append(own + ways[first])
            back.append(arc.before[first][0])
            every.append(own + _soft_minimum([every[i] + b for i, b in arc.before]))
        last = [i for i, arc in enumerate(self.arcs) if arc.end == count]
        index = min(last, key=lambda i: best[i])
        cost = best[index]
        probability = math.exp(_soft_minimum([every[i] for i in last]) - cost)
        arcs = []
        while index >= 0:
            arcs.append(self.arcs[index])
            index = back[index]
        return _Way(arcs[::-1], cost, probability)


def _is_level(box: Box) -> bool:
    return box[2] - box[0] > _LEVEL * (box[3] - box[1])


def _size(box: Box) -> float:
    """How large a digit is: as high, or as a broad 0 is wide; a level line is not high."""
    wide, high = box[2] - box[0], max(box[3] - box[1], 1e-9)
    return high if _is_level(box) else max(high, 0.7 * wide)


def _soft_minimum(costs: Sequence[float]) -> float:
    least = min(costs)
    return least - math.log(sum(math.exp(least - cost) for cost in costs))


def _around(boxes: Sequence[Box]):
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _nearest(one: np.ndarray, two: np.ndarray) -> float:
    """The distance of the nearest two points; 0 where there are none."""
    if not (len(one) and len(two)):
        return 0.0
    away = one[:, None] - two
    return math.sqrt(float((away * away).sum(axis=2).min()))


def fewest(pieces: list[Piece], height: float, most: int) -> list[Piece]:
    """The same from left to right, with one for all that lie in one column; at most so many.

    Args:
        pieces: of a line.
        height: of the line's digits.
        most: how many pieces.
    """
    return _fewer(_joined(pieces, _ONE_COLUMN * height), max(2, most))


def _fewer(pieces: list[Piece], most: int) -> list[Piece]:
    """At most so many: those least apart are joined."""
    if len(pieces) <= most:
        return pieces
    ends = np.maximum.accumulate([piece.box[2] for piece in pieces[:-1]])
    apart = np.array([piece.box[0] for piece in pieces[1:]]) - ends
    starts = np.sort(np.argsort(-apart, kind="stable")[: most - 1] + 1)
    groups = np.split(np.arange(len(pieces)), starts)
    return [_as_one([pieces[i] for i in group]) for group in groups]


def _as_one(pieces: Sequence[Piece]) -> Piece:
    return Piece(
        _around([piece.box for piece in pieces]),
        tuple(part for piece in pieces for part in piece.parts),
        np.concatenate([piece.ink for piece in pieces]),
        pieces[-1].cut,
    )


def _joined(pieces: list[Piece], near: float) -> list[Piece]:
    """The same, with one piece for all that lie in one column."""
    pieces.sort(key=lambda piece: piece.box[0] + piece.box[2])
    joined: list[Piece] = []
    for piece in pieces:
        if joined:
            last = joined[-1]
            apart = (piece.box[0] + piece.box[2] - last.box[0] - last.box[2]) / 2
            if apart < near and piece.box[0] <= last.box[2] and not (last.cut or piece.cut):
                joined[-1] = _as_one([last, piece])
                continue
        joined.append(piece)
    return joined
