"""Readings and errors as JSON, for the page and for the API."""

import base64
import functools
import math
from collections.abc import Awaitable, Callable
from typing import Any

from mnist_model import (
    MAX_DIGITS,
    BusyError,
    NumberReading,
    Reading,
    UserError,
)


def errors_as_data(
    answer: Callable[[object], Awaitable[object]],
) -> Callable[[object], Awaitable[object]]:
    """The same function, which returns ``{"error": sentence}`` instead of raising `UserError`.

    (Gradio drops an exception's text.) For `BusyError` it returns ``{"busy": True}``, and the page
    retries. Any other error is a fault of this program, which `ErrorAnswers` handles.
    """

    @functools.wraps(answer)
    async def safe(question: Any):
        try:
            return await answer(question)
        except UserError as error:
            return {"error": str(error)}
        except BusyError:
            return {"busy": True}

    return safe


def reading_for_api(reading: Reading) -> dict[str, Any]:
    """A reading as JSON: ``digit``, ``is_digit`` and ten ``probabilities``."""
    return {
        "digit": reading.digit,
        "is_digit": reading.is_digit,
        "probabilities": [round(float(p), 6) for p in reading.probabilities],
    }


def reading_for_page(reading: Reading) -> dict[str, Any]:
    """As `reading_for_api`, with the network's input as ``pixels``: 784 bytes in base64.

    ``digit_margin`` is the distance from being refused (`Reading`), or None for a blank drawing.
    """
    return {
        **reading_for_api(reading),
        "digit_margin": None if reading.digit is None else margin_for_page(reading.digit_margin),
        "pixels": base64.b64encode(reading.pixels.tobytes()).decode(),
    }


def margin_for_page(margin: float) -> float:
    """A digit margin, rounded down: it is below 0 only if the drawing is refused."""
    return math.floor(1000 * margin) / 1000


def drawing_for_page(number: NumberReading) -> dict[str, Any]:
    """What the pad shows of a drawing: the reading of the digit that was written last.

    If there are several digits, ``number`` has all of them, and its ``latest`` the index of that
    digit. A single stroke is a digit that is not finished, not a number.
    """
    strokes = {stroke for digit in number.digits for stroke in digit.strokes}
    if len(number.digits) < 2 or len(strokes) < 2:
        return reading_for_page(number.whole)
    latest = max(range(len(number.digits)), key=lambda i: max(number.digits[i].parts))
    return _whole_number(number, latest)


def picture_for_page(number: NumberReading) -> dict[str, Any]:
    """As `drawing_for_page`, of a picture: a number if two of its parts are digits, else one digit.

    ``latest`` is the last digit; boxes are in pixels of the picture.
    """
    if sum(digit.reading.is_digit for digit in number.digits) < 2:
        return reading_for_page(number.whole)
    return _whole_number(number, len(number.digits) - 1)


def too_many_for_page(whole: Reading) -> dict[str, Any]:
    """What the pad shows of too many digits: "?", and the maximum."""
    return {**reading_for_page(whole.refused()), "most_digits": MAX_DIGITS}


def _whole_number(number: NumberReading, latest: int) -> dict[str, Any]:
    return {
        **reading_for_page(number.digits[latest].reading),
        "number": {**number_for_api(number, reading_for_page), "latest": latest},
    }


def number_for_api(
    number: NumberReading, reading: Callable[[Reading], dict[str, Any]] = reading_for_api
) -> dict[str, Any]:
    """A number as JSON: ``text``, ``probability``, and ``digits`` with the ink of each.

    A digit has the fields of ``reading``, its ``digit_score``, its ``box`` (left, top, right,
    bottom, in the drawing's unit), the indices of its ``strokes``, and ``parts``: their points, as
    ``[stroke, first, end]``.
    """
    digits = [
        {
            **reading(placed.reading),
            "digit_score": round(placed.reading.digit_score, 4),
            "box": [round(side, 4) for side in placed.box],
            "strokes": list(placed.strokes),
            "parts": [list(part) for part in placed.parts],
        }
        for placed in number.digits
    ]
    return {"text": number.text, "probability": round(number.probability, 6), "digits": digits}
