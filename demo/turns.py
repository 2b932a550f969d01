"""Long answers, one after another, so that the pens that are moving go first."""

import asyncio
import functools
import heapq
import itertools
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

SOON, NEXT, LATER = (
    0,
    1,
    2,
)  # what the pad itself asks, what a tab shows, what takes most of a second
MOST_ASKING = 100  # who wait for a turn, of each kind

_thread = ThreadPoolExecutor(1, "turns")
_waiting: list[tuple[int, int, asyncio.Future]] = []  # a heap: the sooner and the longer, the first
_numbers = itertools.count()
_is_taken = False


def in_turn(
    answer: Callable[[object], object], when: int = NEXT
) -> Callable[[object], Awaitable[object]]:
    """The same answer from a thread that all long answers share; ValueError if too many wait."""

    @functools.wraps(answer)
    async def waiting(question):
        await _take_turn(when)
        try:
            return await asyncio.get_running_loop().run_in_executor(_thread, answer, question)
        finally:
            _pass_on()

    return waiting


async def _take_turn(when: int) -> None:
    global _is_taken
    if not _is_taken:
        _is_taken = True
        return
    if sum(one == when for one, _, _ in _waiting) >= MOST_ASKING:
        raise ValueError("Many are asking just now. Ask again in a moment.")
    turn = asyncio.get_running_loop().create_future()
    heapq.heappush(_waiting, (when, next(_numbers), turn))
    try:
        await turn
    except asyncio.CancelledError:
        if turn.done() and not turn.cancelled():
            _pass_on()
        raise


def _pass_on() -> None:
    global _is_taken
    while _waiting:
        _, _, turn = heapq.heappop(_waiting)
        if not turn.done():
            turn.set_result(None)
            return
    _is_taken = False
