"""Slow answers in few threads, the most urgent first: pens that move do not wait for them."""

import asyncio
import functools
import heapq
import itertools
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from enum import IntEnum
from typing import Any

from mnist_model import BusyError, MicroBatcher, wait_between_passes


class Priority(IntEnum):
    """Who goes first: the lower."""

    PAD = 0  # what the pad itself asks
    TAB = 1  # what a tab shows
    SLOW = 2  # what takes most of a second


MAX_QUEUED = 200  # questions of each priority


class PriorityQueue:
    """A thread, and the questions that wait for it."""

    def __init__(self, name: str, pens: MicroBatcher | None = None, rest: float = 0.0) -> None:
        """Start with no question.

        Args:
            name: of the thread.
            pens: while a drawing is read there, no pass through a network is begun here; None
                where nobody draws.
            rest: how long the thread rests after an answer if other questions wait, in times of
                what the answer took.
        """
        first = functools.partial(wait_between_passes, pens.wait_until_quiet) if pens else None
        self._thread = ThreadPoolExecutor(1, name, first)
        self._rest, self._rests_until = rest, 0.0
        # A heap: the urgent first, then in order of arrival.
        self._waiting: list[tuple[Priority, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()
        self._is_taken = False

    def queued(
        self, answer: Callable[[Any], object], priority: Priority = Priority.TAB
    ) -> Callable[[object], Awaitable[object]]:
        """The same answer, from the thread; BusyError if too many wait."""

        @functools.wraps(answer)
        async def waiting(question: Any):
            await self._take_turn(priority)
            try:
                await asyncio.sleep(max(0.0, self._rests_until - time.perf_counter()))
                started = time.perf_counter()
                try:
                    loop = asyncio.get_running_loop()
                    return await loop.run_in_executor(self._thread, answer, question)
                finally:
                    now = time.perf_counter()
                    self._rests_until = now + self._rest * (now - started)
            finally:
                self._pass_on()

        return waiting

    async def _take_turn(self, priority: Priority) -> None:
        if not self._is_taken:
            self._is_taken = True
            self._rests_until = 0.0  # nobody else waited
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


class Queues:
    """A queue for each kind of slow answer.

    Attributes:
        stage: the network, asked about at every movement of a pen.
        readings: milliseconds each.
        explanations: up to a second each; and digits to learn from.
    """

    def __init__(self, pens: MicroBatcher) -> None:
        """Start all of them empty; ``pens`` go first."""
        self.stage = PriorityQueue("stage", pens, rest=3.0)
        self.readings = PriorityQueue("readings", pens)
        self.explanations = PriorityQueue("explanations", pens)
