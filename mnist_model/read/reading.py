"""What is read in a drawing: a digit, or a number digit by digit."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True, eq=False)
class Reading:
    """What the network makes of one drawing.

    Attributes:
        probabilities: ``(10,)`` float32, calibrated, summing to 1; all 0.1 for a blank drawing.
        digit: the most probable digit; None for a blank drawing.
        digit_score: the higher, the more like a digit; minus infinity for a blank drawing.
        pixels: ``(28, 28)`` uint8, what the network was shown.
        digit_margin: the score less the threshold that it is judged by, in nats; below 0 the
            drawing is refused (`is_digit`). Minus infinity for a blank drawing.
    """

    probabilities: np.ndarray
    digit: int | None
    digit_score: float
    pixels: np.ndarray
    digit_margin: float

    @property
    def is_digit(self) -> bool:
        """False for what does not look like a digit, and for a blank drawing."""
        return self.digit_margin >= 0

    def refused(self) -> "Reading":
        """The same as no digit: too many strokes or digits say so, whatever the network does."""
        return replace(self, digit_margin=min(self.digit_margin, math.nextafter(0, -1)))

    def with_threshold_lower_by(self, nats: float) -> "Reading":
        """The same, judged less strictly."""
        return replace(self, digit_margin=self.digit_margin + nats)


@dataclass(frozen=True, eq=False)
class PlacedReading:
    """What is read in one part of a drawing, and which part it is.

    Attributes:
        reading: of its ink alone, as if nothing else had been drawn.
        strokes: which strokes have ink in it, in writing order; none for a picture.
        parts: ``(stroke, first, end)`` for each piece of its ink: the points of that stroke from
            ``first`` to before ``end``. Of a stroke that was not cut these are all.
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
        text: its digits, "?" for each part that is none; a line of it for each line of writing;
            empty for a blank drawing.
        digits: what each character of the text was read in, lines after one another.
        probability: that all of the text is right, calibrated as far as the network is; 0 for a
            blank drawing.
        whole: all of the drawing read as one digit, as `Classifier.classify` does.
    """

    text: str
    digits: tuple[PlacedReading, ...]
    probability: float
    whole: Reading


_FIRST = 1.0  # how much likelier a candidate is than the next, before any is read, in nats
_CLEARLY = 2.0  # how much likelier the best is than one that shows another digit


def likeliest(readings: Sequence[Reading], ways: Sequence[int]) -> Reading:
    """Which of a picture's candidates is read; refused if they disagree about the digit.

    Args:
        readings: of the candidates.
        ways: the number of each one's ink; the lower, the likelier.
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
    """How unlikely it is, in nats, that a picture is meant to show this."""
    if reading.digit is None:
        return math.inf
    margin = 0.8 * (reading.digit_margin - 8)
    unlike = max(-margin, 0.0) + math.log1p(math.exp(-abs(margin)))
    return unlike - math.log(max(float(reading.probabilities.max()), 0.1))
