"""Slow answers, one at a time, the most urgent first: pens that move do not wait for them."""

import asyncio
import functools
import heapq
import itertools
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from enum import IntEnum
from typing import Any

from mnist_model import BusyError


class Priority(IntEnum):
    """Who goes first: the lower."""

    PAD = 0  # what the pad itself asks
    TAB = 1  # what a tab shows
    SLOW = 2  # what takes most of a second


MAX_QUEUED = 100  # questions of each priority

_thread = ThreadPoolExecutor(1, "slow answers")
# A heap: the urgent first, then in order of arrival.
_waiting: list[tuple[Priority, int, asyncio.Future[None]]] = []
_numbers = itertools.count()
_is_taken = False


def queued(
    answer: Callable[[object], object], priority: Priority = Priority.TAB
) -> Callable[[object], Awaitable[object]]:
    """The same answer from a thread that all long answers share; BusyError if too many wait."""

    @functools.wraps(answer)
    async def waiting(question: Any):
        await _take_turn(priority)
        try:
            return await asyncio.get_running_loop().run_in_executor(_thread, answer, question)
        finally:
            _pass_on()

    return waiting


async def _take_turn(priority: Priority) -> None:
    global _is_taken
    if not _is_taken:
        _is_taken = True
        return
    if sum(one == priority for one, _, _ in _waiting) >= MAX_QUEUED:
        raise BusyError("Many are asking just now. Ask again in a moment.")
    turn = asyncio.get_running_loop().create_future()
    heapq.heappush(_waiting, (priority, next(_numbers), turn))
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
