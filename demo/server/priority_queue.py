"""Queues for slow answers, each with one thread; the most urgent question goes first."""

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
    """Of a question; the lowest value goes first."""

    PAD = 0  # questions of the pad
    TAB = 1  # questions of a tab
    SLOW = 2  # questions that take most of a second


MAX_QUEUED = 200  # questions of each priority


class PriorityQueue:
    """A thread, and the questions that wait for it."""

    def __init__(self, name: str, pens: MicroBatcher, rest: float = 0.0) -> None:
        """Start with no question.

        Args:
            name: of the thread.
            pens: go first: this thread starts no pass through a network while they read a drawing.
            rest: how long the thread pauses after an answer if other questions wait, as a multiple
                of the answer's time.
        """
        first = functools.partial(wait_between_passes, pens.wait_until_quiet)
        self._thread = ThreadPoolExecutor(1, name, first)
        self._rest, self._rests_until = rest, 0.0
        # A heap, by priority and then by order of arrival.
        self._waiting: list[tuple[Priority, int, asyncio.Future[None]]] = []
        self._arrivals = itertools.count()
        self._is_taken = False

    def queued(
        self, answer: Callable[[Any], object], priority: Priority = Priority.TAB
    ) -> Callable[[object], Awaitable[object]]:
        """The same function, run in the thread; it raises BusyError if too many questions wait."""

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
            self._rests_until = 0.0  # no other question waited
            return
        if sum(other == priority for other, _, _ in self._waiting) >= MAX_QUEUED:
            raise BusyError("Many people are asking now. Try again in a moment.")
        turn = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (priority, next(self._arrivals), turn))
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
        stage: the maps of the network, at every movement of a pen.
        readings: answers that take milliseconds.
        explanations: answers that take up to a second.
    """

    def __init__(self, pens: MicroBatcher) -> None:
        """Start with empty queues; ``pens`` go first."""
        self.stage = PriorityQueue("stage", pens, rest=3.0)
        self.readings = PriorityQueue("readings", pens)
        self.explanations = PriorityQueue("explanations", pens)
