"""Many pens at once: drawings that wait for the network together are read in one forward pass.

A pass of one digit costs nearly as much as one of four. No drawing waits for company, though: a
pass starts as soon as the last one has ended, with whatever has come meanwhile.
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

MAX_BATCH = 64  # drawings in a pass: more would keep the next one waiting
LONGEST_WAIT = 0.01  # s that a pass for an explanation waits for the drawings
MAX_QUEUE = 1_000  # drawings, a second's work; more are refused at once
_SHORT = 400  # points of a drawing that is rendered on the spot, in a millisecond
_SHORT_NUMBER = 100  # of one that is divided into candidates on the spot

_Prepared = TypeVar("_Prepared")


class BusyError(Exception):
    """More is asked than can be answered soon; its text is a sentence for the visitor."""


class MicroBatcher:
    """Reads drawings as `Classifier.classify` does, many at once, on one event loop.

    Attributes:
        readings: how many drawings have been read, or candidates of a number.
        passes: in how many forward passes.
    """

    def __init__(self, classifier: Classifier) -> None:
        """Share a classifier out."""
        self.readings = self.passes = 0
        self._classifier = classifier
        self._asked = 0  # drawings that are not answered yet
        self._quiet = threading.Event()
        self._quiet.set()
        self._seconds: deque[float] = deque(maxlen=10_000)
        self._waiting: deque[tuple[np.ndarray, asyncio.Future[Reading]]] = deque()
        self._reader: asyncio.Task[None] | None = None
        self._network = ThreadPoolExecutor(1, "network")
        self._renderer = ThreadPoolExecutor(1, "renderer")

    @property
    def waiting(self) -> int:
        """How many drawings wait for the network now."""
        return len(self._waiting)

    async def classify(self, strokes: object) -> Reading:
        """Read a drawing.

        Args:
            strokes: as for `Classifier.classify`.

        Raises:
            ValueError: if it is not a drawing, with a sentence that says why.
            BusyError: if too many others are waiting.
        """
        self._check_queue()
        with self._asking():
            pixels = await self._prepared(strokes_to_mnist, strokes, _SHORT)
            return await self._read(pixels)

    async def read_number(self, strokes: object) -> NumberReading:
        """Read a drawing as a whole number; its candidates wait for the network together.

        Args:
            strokes: as for `Classifier.read_number`.

        Raises:
            ValueError: if it is not a drawing, or has too many digits, with a sentence.
            BusyError: if too many others are waiting.
        """
        self._check_queue()
        with self._asking():
            candidates = await self._prepared(lattice, strokes, _SHORT_NUMBER)
            readings = await asyncio.gather(*map(self._read, candidates.pixels))
            return candidates.decide(readings)

    def wait_until_quiet(self) -> None:
        """Return when all drawings are answered, or after `LONGEST_WAIT`; for other threads."""
        self._quiet.wait(LONGEST_WAIT)

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
            raise BusyError("Too many drawings are waiting to be read. Try again in a second.")

    async def _prepared(
        self, prepare: Callable[[object], _Prepared], strokes: object, short: int
    ) -> _Prepared:
        if _is_short(strokes, short):
            return prepare(strokes)
        loop = asyncio.get_running_loop()  # the others go on drawing
        return await loop.run_in_executor(self._renderer, prepare, strokes)

    def _read(self, pixels: np.ndarray) -> asyncio.Future[Reading]:
        loop = asyncio.get_running_loop()
        reading: asyncio.Future[Reading] = loop.create_future()
        self._waiting.append((pixels, reading))
        if self._reader is None or self._reader.done():
            self._reader = loop.create_task(self._read_all())
        return reading

    def take_seconds(self) -> list[float]:
        """How long each of the last drawings took, strokes to reading; those are then forgotten."""
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
                if not reading.done():  # cancelled, for example
                    reading.set_result(result)


def _is_short(strokes: object, most: int) -> bool:
    """Whether a drawing, or what was sent as one, has few points. Nothing else is checked."""
    if not isinstance(strokes, Sequence) or len(strokes) > most:
        return False
    return sum(len(one) if isinstance(one, Sequence | np.ndarray) else 1 for one in strokes) <= most
