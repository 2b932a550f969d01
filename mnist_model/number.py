"""Reads a whole number: strokes to digits in order, by a segmentation graph.

1. Strokes are put into lines of writing, and those of a line from left to right into pieces: what
   certainly belongs together is one piece, and a stroke too wide for a digit may be several.
2. Runs of neighbouring pieces that could be one digit are candidates: arcs of a graph whose nodes
   are the places between pieces. All candidates are read in one forward pass.
3. A way through the graph is a number. It costs what the network says of its arcs (how little they
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
from itertools import pairwise

import numpy as np
from PIL import Image, ImageFilter

from mnist_model.images import components, ink_strength, ink_to_mnist
from mnist_model.mnist_format import blank, strokes_to_mnist
from mnist_model.reading import NumberReading, PlacedReading, Reading
from mnist_model.strokes import Drawing, parse, resample

MOST_DIGITS = 20
NO_DIGIT = "?"

Part = tuple[int, int, int]  # a stroke's number, its first point, and the one after its last

# What is a candidate. More of them cost time: each is drawn and read.
_WIDEST = 1.3  # a digit of several pieces
_WIDEST_CUT = 2.0  # likewise, if one of its strokes may be cut: a 2 on a long base
_WIDEST_GAP = 0.12  # within a digit; of 1,939 by pen 99.5 % are below 0.08
_LONGEST_RUN = 3  # pieces of a digit, where they are not all above one another
_FEW = 24  # pieces: of more, no three in a row are a candidate
_MOST = 2 * MOST_DIGITS + 4  # pieces: of more, those least apart are one
_MOST_POINTS = 3_000  # of a drawing whose candidates are drawn with all of them
_MOST_STROKES = 5 * MOST_DIGITS  # of a number; what has more is read as one sign
_MOST_INK = 60  # points of a stroke that are compared with another's
_ONE_COLUMN = 0.12  # pieces whose middles are nearer and which overlap are one
_SAME_LINE = 0.3  # of the lower of two strokes' heights, that both share
_NEAR_BELOW = 0.1  # of the usual height: so near above one another, strokes may be one digit
_NEAR_ALONE = 0.35  # likewise, where there is no other ink beside them: an 8 of two rings

# Where a stroke may be cut.
_WIDE = 0.95
_LEAST_CUT_OFF = 0.12
_CUT_OVERLAP = 0.2
_CUT_INK = 0.3  # in a column of a picture

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
_SIGN = 1.15  # by its width
_TOUCHING = 0.06  # when it does: nearer points
_STROKE = 3.0  # each stroke of a digit beyond two
_CUT = 3.5  # that a stroke goes on from one digit into the next
_LINE = 2.0  # each line of writing
_LEVEL = 2.5  # times as wide as high: a level line
_LEVEL_LINE = 8.0  # that it is all there is in one of several lines of writing
_SIZE = 0.6  # sd of a digit's size, as a logarithm, over the line's height


class TooManyDigitsError(ValueError):
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

    box: tuple[float, float, float, float]
    parts: tuple[Part, ...]
    ink: np.ndarray
    cut: bool = False


@dataclass(eq=False)
class _Arc:
    """A run of pieces of one line that may be one digit; ``end`` is that after its last."""

    start: int
    end: int
    box: tuple[float, float, float, float]
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
        if len(self._everything) > _MOST_STROKES:  # its one candidate is all of it
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
        texts: list[str] = []
        digits: list[PlacedReading] = []
        for way in ways:
            probability *= way.probability
            shown = _in_company([readings[arc.candidate] for arc in way.arcs])
            texts.append("".join(str(r.digit) if r.is_digit else NO_DIGIT for r in shown))
            for arc, reading in zip(way.arcs, shown, strict=True):
                strokes = tuple(dict.fromkeys(stroke for stroke, _, _ in arc.parts))
                digits.append(PlacedReading(reading, strokes, arc.parts, arc.box))
                probability *= float(reading.probabilities.max())
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

    def __init__(self, pieces: Sequence[Piece], height: float, reach: int = _LONGEST_RUN) -> None:
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
        self._may_be_sign = right - left <= _SIGN * self.height
        self.arcs: list[_Arc] = []
        self._touches: dict[tuple[int, int], bool] = {}
        self._find_arcs()

    def _find_arcs(self) -> None:
        count, boxes = len(self.pieces), [piece.box for piece in self.pieces]
        widest_gap = _WIDEST_GAP * self.height
        columns = set(self._columns())
        ending: list[list[int]] = [[] for _ in range(count + 1)]
        for start in range(count):
            box, gap, widest = boxes[start], 0.0, _WIDEST
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

    def _border(self, before: _Arc, box: tuple[float, float, float, float], end: int) -> float:
        """What it costs that one digit ends and another begins."""
        middle = before.end
        overlap = (before.box[2] - box[0]) / self.height
        if overlap < -_TOUCHING:
            return _CUT if self.pieces[middle - 1].cut else 0.0
        left = range(max(before.start, middle - _LONGEST_RUN), middle)
        right = range(middle, min(end, middle + _LONGEST_RUN))
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
            near = _TOUCHING * self.height
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


def _is_level(box: tuple[float, float, float, float]) -> bool:
    return box[2] - box[0] > _LEVEL * (box[3] - box[1])


def _size(box: tuple[float, float, float, float]) -> float:
    """How large a digit is: as high, or as a broad 0 is wide; a level line is not high."""
    wide, high = box[2] - box[0], max(box[3] - box[1], 1e-9)
    return high if _is_level(box) else max(high, 0.7 * wide)


def _soft_minimum(costs: Sequence[float]) -> float:
    least = min(costs)
    return least - math.log(sum(math.exp(least - cost) for cost in costs))


def _around(boxes: Sequence[tuple[float, float, float, float]]):
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _nearest(one: np.ndarray, two: np.ndarray) -> float:
    """The distance of the nearest two points; 0 where there are none."""
    if not (len(one) and len(two)):
        return 0.0
    away = one[:, None] - two
    return math.sqrt(float((away * away).sum(axis=2).min()))


def line_height(boxes: np.ndarray) -> float:
    """The height of the digits of a line, of its ``(n, 4)`` boxes of strokes; above 0."""
    order = boxes[np.argsort(boxes[:, 0])]
    reach = np.maximum.accumulate(order[:, 2])
    starts = np.concatenate([[0], np.flatnonzero(order[1:, 0] > reach[:-1]) + 1])
    tops = np.minimum.reduceat(order[:, 1], starts)
    heights = np.maximum.reduceat(order[:, 3], starts) - tops
    widths = np.maximum.reduceat(order[:, 2], starts) - order[starts, 0]
    if len(boxes) > 2 and (widths > _WIDEST * heights).any():  # several digits that overlap
        heights = boxes[:, 3] - boxes[:, 1]
    heights = np.maximum(heights, 0.25 * widths.max() / len(boxes))
    tall = heights[heights >= heights.max() / 2]
    return float(np.median(tall)) or 1.0


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
    if len(drawing) > _MOST_STROKES:
        box = tuple(float(x) for x in (*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)))
        sign = Piece((box[0], box[1], box[2], box[3]), everything, boxes[:0, :2])
        layouts = [[Line([sign], line_height(boxes))]]
    else:
        layouts = _layouts(boxes, lambda members: _line(drawing, boxes, members))
    # The longest drawing is drawn once as it is; its parts with fewer points: nobody sees it.
    step = -(-sum(map(len, drawing)) // _MOST_POINTS)

    def render(parts: tuple[Part, ...]) -> np.ndarray:
        if parts == everything:
            return strokes_to_mnist(drawing)
        return strokes_to_mnist([drawing[number][first:end:step] for number, first, end in parts])

    return Lattice(layouts, everything, render)


def picture_lattice(image: Image.Image) -> Lattice:
    """The candidates of a picture: its connected parts, the wide ones cut where they are thin.

    Args:
        image: as for `image_to_mnist`, and what is raised is the same.
    """
    strength = ink_strength(image)
    if strength is None:
        return Lattice([], (), lambda parts: blank())
    contrast = int(strength.max())
    masks = components(strength)
    if len(masks) > _MOST_STROKES:
        masks = [strength > contrast / 2]
    columns = [np.flatnonzero(mask.any(axis=0)) for mask in masks]
    rows = [np.flatnonzero(mask.any(axis=1)) for mask in masks]
    boxes = np.array(
        [(x[0], y[0], x[-1] + 1, y[-1] + 1) for x, y in zip(columns, rows, strict=True)], float
    )
    everything = tuple((n, int(x[0]), int(x[-1]) + 1) for n, x in enumerate(columns))
    scale = max(image.size) / max(strength.shape)

    def render(parts: tuple[Part, ...]) -> np.ndarray:
        if parts == everything:
            return ink_to_mnist(strength, contrast)
        shown = np.zeros(strength.shape, bool)
        for number, first, end in parts:
            shown[:, first:end] |= masks[number][:, first:end]
        nearby = np.asarray(Image.fromarray(shown).convert("L").filter(ImageFilter.MaxFilter(3)))
        return ink_to_mnist(np.where(nearby > 0, strength, 0).astype(np.uint8), contrast)

    def line(members: np.ndarray) -> Line:
        height = line_height(boxes[members])
        pieces: list[Piece] = []
        for number in members:
            left, right = int(boxes[number, 0]), int(boxes[number, 2])
            cuts = _columns_to_cut(masks[number][:, left:right], height)
            for first, end in pairwise([left, *(left + cut for cut in cuts), right]):
                inked = np.flatnonzero(masks[number][:, first:end].any(axis=1))
                box = (float(first), float(inked[0]), float(end), float(inked[-1] + 1))
                part = (int(number), first, end)
                pieces.append(Piece(box, (part,), np.zeros((0, 2)), end < right))
        most = max(2, _MOST * len(members) // len(masks))
        pieces = _fewer(_joined(pieces, _ONE_COLUMN * height), most)
        return Line(pieces, height, _LONGEST_RUN if len(masks) <= _FEW else 2)

    return Lattice(_layouts(boxes, line), everything, render, scale)


def _layouts(boxes: np.ndarray, line: Callable[[np.ndarray], Line]) -> list[list[Line]]:
    """Ways of dividing ink into lines of writing; ``line`` makes one of its boxes' numbers."""
    layouts = [[line(members) for members in lines] for lines in _lines(boxes)]
    if len(layouts[0]) > 1 and any(one.is_level for one in layouts[0]):  # rather a sign: = or ÷
        layouts.append([line(np.arange(len(boxes)))])
    return layouts


def _columns_to_cut(ink: np.ndarray, height: float) -> list[int]:
    """Where the least ink of a part too wide for a digit stands above one another."""
    width = ink.shape[1]
    if width <= _WIDE * height:
        return []
    amount = ink.sum(axis=0)
    apart = max(1, round(_LEAST_CUT_OFF * height))
    cuts: list[int] = []
    for column in np.argsort(amount, kind="stable"):
        if amount[column] > _CUT_INK * height or len(cuts) > 2 * width / height:
            break
        ends = (0, width, *cuts)
        if amount[column] and min(abs(int(column) - end) for end in ends) > 2 * apart:
            cuts.append(int(column))
    return sorted(cuts)


def _line(drawing: Drawing, boxes: np.ndarray, members: np.ndarray) -> Line:
    height = line_height(boxes[members])
    width = boxes[members, 2].max() - boxes[members, 0].min()
    is_sign = len(members) <= _FEW and width <= _SIGN * height
    most = max(2, _MOST * len(members) // len(drawing))
    pieces: list[Piece] = []
    for number in members:
        stroke = drawing[number]
        is_wide = boxes[number, 2] - boxes[number, 0] > _WIDE * height
        cuts = _cuts(stroke, height) if is_wide else []
        for first, end in pairwise([0, *cuts, len(stroke)]):
            points = stroke[first:end]
            low, high = points.min(axis=0), points.max(axis=0)
            box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
            ink = _sampled(points, _TOUCHING * height) if is_sign else points[:0]
            pieces.append(Piece(box, ((int(number), first, end),), ink, end < len(stroke)))
    pieces = _fewer(_joined(pieces, _ONE_COLUMN * height), most)
    return Line(pieces, height, _LONGEST_RUN if len(drawing) <= _FEW else 2)


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


def _sampled(stroke: np.ndarray, spacing: float) -> np.ndarray:
    """Points along a stroke, close enough to tell whether it meets another; not too many."""
    points = resample(stroke, spacing) if len(stroke) < _MOST_INK else stroke
    return points[:: 1 + len(points) // _MOST_INK]


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


def _cuts(stroke: np.ndarray, height: float) -> list[int]:
    """Where a stroke may be cut: few points before lie right of those after.

    Returns:
        numbers of the points that the parts after the first begin with.
    """
    x = stroke[:, 0]
    before = np.maximum.accumulate(x)[:-1]
    after = np.minimum.accumulate(x[::-1])[::-1][1:]
    overlap = (before - after) / height
    margin = _LEAST_CUT_OFF * height
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


def _lines(boxes: np.ndarray) -> list[list[np.ndarray]]:
    """Which strokes are in which line of writing, from top to bottom; the likeliest, and others."""
    everything = [np.arange(len(boxes))]
    left, top, right, bottom = boxes.T
    height = bottom - top
    usual = float(np.median(height[height >= 0.35 * height.max()]))
    tall = np.flatnonzero(height >= usual / 2)
    side, end, roof, foot = (one[tall] for one in (left, right, top, bottom))
    share = np.minimum(foot[:, None], foot) - np.maximum(roof[:, None], roof)
    lower = np.minimum(height[tall][:, None], height[tall])
    apart = np.maximum(side[:, None], side) - np.minimum(end[:, None], end)
    beside = (share >= _SAME_LINE * lower) & (apart <= 2 * usual)
    near = _NEAR_ALONE if left.max() < right.min() else _NEAR_BELOW
    found = []
    for linked in (beside, beside | ((apart < 0) & (share > -near * usual))):
        groups = _connected(linked)
        label = np.empty(len(boxes), int)
        label[tall] = groups
        for number in np.setdiff1d(np.arange(len(boxes)), tall):
            across = np.maximum(side - right[number], left[number] - end)
            along = np.maximum(roof - bottom[number], top[number] - foot)
            away = np.hypot(np.maximum(across, 0), np.maximum(along, 0))
            label[number] = groups[int(np.argmin(away))]
        lines = [np.flatnonzero(label == one) for one in range(int(groups.max()) + 1)]
        if len(lines) > MOST_DIGITS:
            lines = everything
        if not found or len(lines) < len(found[0]):
            found.append(sorted(lines, key=lambda line: float((top[line] + bottom[line]).mean())))
    return found


def _connected(linked: np.ndarray) -> np.ndarray:
    """Numbers from 0 on of the connected components of a graph, ``(n, n)`` bool."""
    label = np.full(len(linked), -1)
    count = 0
    for seed in range(len(linked)):
        if label[seed] >= 0:
            continue
        front = np.array([seed])
        label[seed] = count
        while len(front):
            reached = linked[front].any(axis=0) & (label < 0)
            label[reached] = count
            front = np.flatnonzero(reached)
        count += 1
    return label
