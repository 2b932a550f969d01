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


class PriorityQueue:
    """A thread, and who waits for it."""

    def __init__(self, name: str) -> None:
        """Nobody waits yet."""
        self._thread = ThreadPoolExecutor(1, name)
        # A heap: the urgent first, then in order of arrival.
        self._waiting: list[tuple[Priority, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()
        self._is_taken = False

    def queued(
        self, answer: Callable[[object], object], priority: Priority = Priority.TAB
    ) -> Callable[[object], Awaitable[object]]:
        """The same answer, from the thread; BusyError if too many wait."""

        @functools.wraps(answer)
        async def waiting(question: Any):
            await self._take_turn(priority)
            try:
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(self._thread, answer, question)
            finally:
                self._pass_on()

        return waiting

    async def _take_turn(self, priority: Priority) -> None:
        if not self._is_taken:
            self._is_taken = True
            return
        if sum(one == priority for one, _, _ in self._waiting) >= MAX_QUEUED:
            raise BusyError("Many are asking just now. Ask again in a moment.")
        turn = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (priority, next(self._numbers), turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        while self._waiting:
            _, _, turn = heapq.heappop(self._waiting)
            if not turn.done():
                turn.set_result(None)
                return
        self._is_taken = False


READINGS = PriorityQueue("readings")  # milliseconds each
EXPLANATIONS = PriorityQueue("explanations")  # up to seconds, in a process of their own
