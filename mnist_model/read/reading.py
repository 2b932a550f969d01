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
        digit_score: higher for drawings that are more like digits; minus infinity for a blank one.
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
        parts: ``(stroke, first, end)`` for each piece of its ink: the stroke's points from
            ``first`` to before ``end``. Empty for a picture.
        box: (left, top, right, bottom) around the pen's path, in the drawing's unit; for a picture
            around the ink, in pixels.
    """

    reading: Reading
    parts: tuple[tuple[int, int, int], ...]
    box: tuple[float, float, float, float]

    @property
    def strokes(self) -> tuple[int, ...]:
        """Indices of its strokes, in writing order; empty for a picture."""
        return tuple(dict.fromkeys(stroke for stroke, _, _ in self.parts))


@dataclass(frozen=True, eq=False)
class NumberReading:
    """A drawing read as a number: digits from left to right, line by line.

    Attributes:
        text: its digits, "?" for each part that is not a digit, and a line break between two lines
            of writing; empty for a blank drawing.
        digits: the reading of each character, line by line.
        probability: that the whole text is right, as well calibrated as the network is; 0 for a
            blank drawing.
        whole: the whole drawing read as one digit, as by `Classifier.classify`.
    """

    text: str
    digits: tuple[PlacedReading, ...]
    probability: float
    whole: Reading


STEEPNESS = 0.8  # of the probability to be a digit, over the digit score
EXPECTED = 8.0  # above the threshold: usual score of a digit; two digits as one rarely reach it
_FIRST = 1.0  # nats: how much likelier a candidate is than the next, before they are read
_CLEARLY = 2.0  # nats: how much likelier the best must be than a candidate with another digit


def digit_cost(reading: Reading) -> float:
    """The cost of ink read as its most probable digit: a negative log-likelihood, in nats."""
    unsure = -math.log(max(float(reading.probabilities.max()), 0.1))
    return softplus(-STEEPNESS * (reading.digit_margin - EXPECTED)) + unsure


def softplus(x: float) -> float:
    """The logarithm of 1 + exp(x)."""
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


def likeliest(readings: Sequence[Reading], ways: Sequence[int]) -> Reading:
    """The likeliest of a picture's candidates; refused if they disagree about the digit.

    Args:
        readings: of the candidates.
        ways: index of each candidate's ink in `ink_candidates`; lower indices are likelier.
    """
    costs = [
        math.inf if reading.digit is None else digit_cost(reading) + _FIRST * way
        for reading, way in zip(readings, ways, strict=True)
    ]
    best = min(range(len(costs)), key=costs.__getitem__)
    rivals = [
        cost
        for cost, reading, way in zip(costs, readings, ways, strict=True)
        if way != ways[best] and reading.digit != readings[best].digit
    ]
    is_clear = not rivals or min(rivals) - costs[best] >= _CLEARLY
    return readings[best] if is_clear else readings[best].refused()
