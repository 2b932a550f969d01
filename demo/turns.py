"""Long answers, one after another, so that the pens that are moving go first."""

import asyncio
import functools
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

MOST_ASKING = 100  # who wait for their turn; an answer takes a quarter of a second or so
_turns = ThreadPoolExecutor(1, "turns")
_asking = 0


def in_turn(answer: Callable[[object], object]) -> Callable[[object], Awaitable[object]]:
    """The same answer from a thread that all long answers share; ValueError if too many wait."""

    @functools.wraps(answer)
    async def waiting(question):
        global _asking
        if _asking >= MOST_ASKING:
            raise ValueError("Many are asking just now. Ask again in a moment.")
        _asking += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(_turns, answer, question)
        finally:
            _asking -= 1

    return waiting
