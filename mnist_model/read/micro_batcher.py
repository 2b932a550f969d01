"""Reads the drawings of many pens in batches.

A batch has all drawings that wait when the previous batch has ended: no drawing waits for others.
"""

import asyncio
import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from mnist_model.preprocess.mnist_format import strokes_to_mnist
from mnist_model.read.classifier import Classifier
from mnist_model.read.number import lattice
from mnist_model.read.reading import NumberReading, Reading

MAX_BATCH = 16  # drawings: the last ones wait no longer for it, the first ones less
MAX_WAIT_S = 0.1  # of a pass for an explanation, for drawings
MAX_QUEUE = 1_000  # drawings, one second of work
_SHORT = 400  # maximum points of a drawing that the event loop renders itself, in a millisecond
_SHORT_NUMBER = 100  # maximum points of a drawing that it also divides into candidates

_Prepared = TypeVar("_Prepared")


class BusyError(Exception):
    """The queue is full; the text is a sentence for the visitor."""


class MicroBatcher:
    """Reads drawings as `Classifier.classify` does, in batches, on one event loop.

    Attributes:
        readings: how many drawings, or candidates of numbers, were read since the start.
        passes: how many batches were read.
    """

    def __init__(self, classifier: Classifier) -> None:
        """Start with an empty queue."""
        self.readings = self.passes = 0
        self._classifier = classifier
        self._asked = 0  # drawings without an answer
        self._quiet = threading.Event()
        self._quiet.set()
        self._seconds: deque[float] = deque(maxlen=10_000)
        self._waiting: deque[tuple[np.ndarray, asyncio.Future[Reading]]] = deque()
        self._reader: asyncio.Task[None] | None = None
        self._network = ThreadPoolExecutor(1, "network")
        self._renderer = ThreadPoolExecutor(1, "renderer")

    @property
    def waiting(self) -> int:
        """How many drawings wait for the network."""
        return len(self._waiting)

    async def classify(self, strokes: object) -> Reading:
        """Read a drawing.

        Args:
            strokes: as for `Classifier.classify`.

        Raises:
            ValueError: if it is not a drawing, with a sentence that says why.
            BusyError: if the queue is full.
        """
        self._check_queue()
        with self._asking():
            pixels = await self._prepared(strokes_to_mnist, strokes, _SHORT)
            return await self._read(pixels)

    async def read_number(self, strokes: object) -> NumberReading:
        """Read a drawing as a whole number.

        Args:
            strokes: as for `Classifier.read_number`.

        Raises:
            ValueError: if it is not a drawing, or has too many digits, with a sentence.
            BusyError: if the queue is full.
        """
        self._check_queue()
        with self._asking():
            candidates = await self._prepared(lattice, strokes, _SHORT_NUMBER)
            readings = await asyncio.gather(*map(self._read, candidates.pixels))
            return candidates.decide(readings)

    def wait_until_quiet(self, seconds: float) -> None:
        """For other threads: block until no drawing waits, at most `MAX_WAIT_S`."""
        self._quiet.wait(min(seconds, MAX_WAIT_S))

    @contextlib.contextmanager
    def _asking(self) -> Generator[None]:
        started = time.perf_counter()
        self._asked += 1
        self._quiet.clear()
        try:
            yield
            self._seconds.append(time.perf_counter() - started)
        finally:
            self._asked -= 1
            if not self._asked:
                self._quiet.set()

    def _check_queue(self) -> None:
        if len(self._waiting) >= MAX_QUEUE:
            raise BusyError("Too many people are drawing now. Try again in a second.")

    async def _prepared(
        self, prepare: Callable[[object], _Prepared], strokes: object, short: int
    ) -> _Prepared:
        if _is_short(strokes, short):
            return prepare(strokes)
        loop = asyncio.get_running_loop()  # a thread does it, so that other pens need not wait
        return await loop.run_in_executor(self._renderer, prepare, strokes)

    def _read(self, pixels: np.ndarray) -> asyncio.Future[Reading]:
        loop = asyncio.get_running_loop()
        reading: asyncio.Future[Reading] = loop.create_future()
        self._waiting.append((pixels, reading))
        if self._reader is None or self._reader.done():
            self._reader = loop.create_task(self._read_all())
        return reading

    def take_seconds(self) -> list[float]:
        """Remove and return the times of the last drawings, from strokes to reading."""
        return [self._seconds.popleft() for _ in range(len(self._seconds))]

    async def _read_all(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            count = min(len(self._waiting), MAX_BATCH)
            together = [self._waiting.popleft() for _ in range(count)]
            images = [pixels for pixels, _ in together]
            try:
                found = await loop.run_in_executor(
                    self._network, self._classifier.read_pixels, images
                )
            except Exception as error:
                for _, reading in together:
                    if not reading.done():
                        reading.set_exception(error)
                continue
            self.readings += count
            self.passes += 1
            for (_, reading), result in zip(together, found, strict=True):
                if not reading.done():  # it may be cancelled
                    reading.set_result(result)


def _is_short(strokes: object, most: int) -> bool:
    """Whether a drawing has few points; it may be invalid."""
    if not isinstance(strokes, Sequence) or len(strokes) > most:
        return False
    lengths = (len(s) if isinstance(s, Sequence | np.ndarray) else 1 for s in strokes)
    return sum(lengths) <= most
