"""The results: a reading of one digit, or of a number digit by digit."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True, eq=False)
class Reading:
    """A drawing read as one digit.

    Attributes:
        probabilities: ``(10,)`` float32, calibrated, summing to 1; all 0.1 for a blank drawing.
        digit: the most probable digit; None for a blank drawing.
        digit_score: the higher, the more like a digit; minus infinity for a blank drawing.
        pixels: ``(28, 28)`` uint8, the network's input.
        digit_margin: the score minus the threshold, in nats; below 0 the drawing is refused
            (`is_digit`). Minus infinity for a blank drawing.
    """

    probabilities: np.ndarray
    digit: int | None
    digit_score: float
    pixels: np.ndarray
    digit_margin: float

    @property
    def is_digit(self) -> bool:
        """False for a drawing that does not look like a digit, and for a blank drawing."""
        return self.digit_margin >= 0

    def refused(self) -> "Reading":
        """The same reading, refused: for drawings with too many strokes or digits."""
        return replace(self, digit_margin=min(self.digit_margin, math.nextafter(0, -1)))

    def with_threshold_lower_by(self, nats: float) -> "Reading":
        """The same reading with a lower threshold."""
        return replace(self, digit_margin=self.digit_margin + nats)


@dataclass(frozen=True, eq=False)
class PlacedReading:
    """A reading of one part of a drawing.

    Attributes:
        reading: of its ink alone.
        strokes: indices of its strokes, in writing order; empty for a picture.
        parts: ``(stroke, first, end)`` for each piece of its ink: the stroke's points from
            ``first`` to before ``end``.
        box: (left, top, right, bottom) around the pen's path, in the drawing's unit; around the
            ink, in pixels, for a picture.
    """

    reading: Reading
    strokes: tuple[int, ...]
    parts: tuple[tuple[int, int, int], ...]
    box: tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class NumberReading:
    """A drawing read as a number: digits from left to right, line by line.

    Attributes:
        text: its digits, with "?" for each part that is not a digit, and a line break between
            lines of writing; empty for a blank drawing.
        digits: the reading of each character, line by line.
        probability: that the whole text is right, calibrated as far as the network is; 0 for a
            blank drawing.
        whole: the whole drawing read as one digit, as `Classifier.classify` does.
    """

    text: str
    digits: tuple[PlacedReading, ...]
    probability: float
    whole: Reading


_FIRST = 1.0  # nats that a candidate is likelier than the next, before they are read
_CLEARLY = 2.0  # nats that the best must be likelier than a candidate with another digit


def likeliest(readings: Sequence[Reading], ways: Sequence[int]) -> Reading:
    """The likeliest of a picture's candidates; refused if they disagree about the digit.

    Args:
        readings: of the candidates.
        ways: index of each candidate's ink in `ink_candidates`; lower ones are likelier.
    """
    costs = [_cost(reading) + _FIRST * way for reading, way in zip(readings, ways, strict=True)]
    best = min(range(len(costs)), key=costs.__getitem__)
    rivals = [
        cost
        for cost, reading, way in zip(costs, readings, ways, strict=True)
        if way != ways[best] and reading.digit != readings[best].digit
    ]
    is_clear = not rivals or min(rivals) - costs[best] >= _CLEARLY
    return readings[best] if is_clear else readings[best].refused()


def _cost(reading: Reading) -> float:
    """How unlikely it is, in nats, that this is the meaning of a picture."""
    if reading.digit is None:
        return math.inf
    margin = 0.8 * (reading.digit_margin - 8)
    unlike = max(-margin, 0.0) + math.log1p(math.exp(-abs(margin)))
    return unlike - math.log(max(float(reading.probabilities.max()), 0.1))
