"""Queues for slow answers, each with one thread; the most urgent question goes first."""

import asyncio
import functools
import itertools
import queue
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from enum import IntEnum
from typing import Any

from mnist_model import BusyError, MicroBatcher, wait_between_passes


class Priority(IntEnum):
    """Of a question; the lowest value goes first."""

    PAD = 0  # questions of the pad
    TAB = 1  # questions of a tab
    SLOW = 2  # questions that take most of a second


MAX_QUEUED = 200  # questions of each priority
_Job = tuple[Priority, int, Future[object], Callable[[], object]]  # the second counts arrivals


class PriorityQueue:
    """A thread, and the questions that wait for it."""

    def __init__(self, name: str, pens: MicroBatcher) -> None:
        """Start with no question.

        Args:
            name: of the thread.
            pens: go first: the thread rests between passes through a network while drawings wait.
        """
        self._waiting: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._arrivals = itertools.count()
        threading.Thread(target=self._answer_all, args=[pens], name=name, daemon=True).start()

    def queued(
        self, answer: Callable[[Any], object], priority: Priority = Priority.TAB
    ) -> Callable[[object], Awaitable[object]]:
        """The same function, run in the thread; it raises BusyError if too many questions wait."""

        @functools.wraps(answer)
        async def waiting(question: Any):
            jobs = self._waiting.queue
            if sum(job[0] == priority and not job[2].done() for job in jobs) >= MAX_QUEUED:
                raise BusyError("Many people are asking now. Try again in a moment.")
            result: Future[object] = Future()
            ask = functools.partial(answer, question)
            self._waiting.put((priority, next(self._arrivals), result, ask))
            return await asyncio.wrap_future(result)

        return waiting

    def _answer_all(self, pens: MicroBatcher) -> None:
        wait_between_passes(pens.wait_until_quiet)
        while True:
            _, _, result, ask = self._waiting.get()
            if not result.set_running_or_notify_cancel():
                continue
            try:
                result.set_result(ask())
            except BaseException as error:
                result.set_exception(error)


class Queues:
    """A queue for each kind of slow answer.

    Attributes:
        stage: the maps of the network, at every movement of a pen.
        readings: answers that take milliseconds.
        explanations: answers that take up to a second.
    """

    def __init__(self, pens: MicroBatcher) -> None:
        """Start with empty queues; ``pens`` go first."""
        self.stage = PriorityQueue("stage", pens)
        self.readings = PriorityQueue("readings", pens)
        self.explanations = PriorityQueue("explanations", pens)
