"""How answers travel from the server to the page."""

import base64
import functools
from collections.abc import Awaitable, Callable
from typing import Any

from mnist_model import BusyError, Reading


def errors_as_data(
    answer: Callable[[object], Awaitable[object]],
) -> Callable[[object], Awaitable[object]]:
    """The same answer, or ``{"error": sentence}``: Gradio does not pass on an exception's text.

    Where the server is busy there is no answer in it, and the page asks again.
    """

    @functools.wraps(answer)
    async def safe(question: Any):
        try:
            return await answer(question)
        except ValueError as error:
            return {"error": str(error)}
        except BusyError:
            return {}

    return safe


def reading_for_api(reading: Reading) -> dict[str, Any]:
    """A reading as JSON: ``digit``, ``is_digit`` and ten ``probabilities``."""
    return {
        "digit": reading.digit,
        "is_digit": reading.is_digit,
        "probabilities": [round(float(p), 6) for p in reading.probabilities],
    }


def reading_for_page(reading: Reading) -> dict[str, Any]:
    """As `reading_for_api`, with the 784 ``pixels`` the network was shown, as base64."""
    pixels = base64.b64encode(reading.pixels.tobytes()).decode()
    return {**reading_for_api(reading), "pixels": pixels}
