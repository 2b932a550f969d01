"""Many drawings at once, in one process: each gets its own reading, in few passes."""

import asyncio
import threading

import numpy as np
import pytest
from digits import DIGITS
from event_loop import run

from mnist_model import BusyError, MicroBatcher
from mnist_model.handwriting import write_digit
from mnist_model.read import micro_batcher


class Slow:
    """A classifier that takes its time, and says with whom each drawing was read."""

    def __init__(self, classifier) -> None:
        self.classifier = classifier
        self.together: list[int] = []
        self.go = threading.Event()

    def read_pixels(self, pixels):
        self.go.wait(10)
        self.together.append(len(pixels))
        return self.classifier.read_pixels(pixels)


def test_each_visitor_gets_the_reading_of_the_own_drawing(classifier):
    rng = np.random.default_rng(0)
    drawings = [write_digit(i % 10, rng) for i in range(200)]
    many = MicroBatcher(classifier)

    async def all_at_once():
        return await asyncio.gather(*map(many.classify, drawings))

    readings = run(all_at_once())
    for drawing, reading in zip(drawings, readings, strict=True):
        alone = classifier.classify(drawing)
        assert (reading.pixels == alone.pixels).all()
        np.testing.assert_allclose(reading.probabilities, alone.probabilities, atol=1e-4)
        assert reading.digit == alone.digit
    assert many.readings == 200
    assert many.passes < 100
    assert many.waiting == 0
    assert len(many.take_seconds()) == 200
    assert many.take_seconds() == []


def test_who_comes_first_waits_for_nobody_and_who_waits_is_read_together(classifier, monkeypatch):
    monkeypatch.setattr(micro_batcher, "MAX_BATCH", 9)
    slow = Slow(classifier)
    many = MicroBatcher(slow)

    async def one_then_nine():
        first = asyncio.create_task(many.classify(DIGITS[0]))
        await asyncio.sleep(0.05)
        others = [asyncio.create_task(many.classify(DIGITS[digit])) for digit in range(1, 10)]
        await asyncio.sleep(0.05)
        assert many.waiting == 9
        slow.go.set()
        return await asyncio.gather(first, *others)

    readings = run(one_then_nine())
    assert [reading.digit for reading in readings] == list(range(10))
    assert slow.together == [1, 9]


def test_too_many_are_told_at_once_and_the_others_read_in_bounded_passes(classifier, monkeypatch):
    monkeypatch.setattr(micro_batcher, "MAX_QUEUE", 5)
    monkeypatch.setattr(micro_batcher, "MAX_BATCH", 4)
    slow = Slow(classifier)
    many = MicroBatcher(slow)

    async def ten():
        first = asyncio.create_task(many.classify(DIGITS[0]))
        await asyncio.sleep(0.05)
        tasks = [asyncio.create_task(many.classify(DIGITS[digit])) for digit in range(10)]
        await asyncio.sleep(0.05)
        slow.go.set()
        return await asyncio.gather(first, *tasks, return_exceptions=True)

    answers = run(ten())
    assert sum(isinstance(answer, BusyError) for answer in answers) == 5
    assert [one.digit for one in answers if not isinstance(one, BusyError)] == [0, 0, 1, 2, 3, 4]
    assert slow.together == [1, 4, 1]


@pytest.mark.parametrize("drawing", ["seven", [[]], [[["a", "b"]]]])
def test_what_is_no_drawing_is_told_and_stops_nobody(classifier, drawing):
    many = MicroBatcher(classifier)

    async def both():
        return await asyncio.gather(
            many.classify(drawing), many.classify(DIGITS[3]), return_exceptions=True
        )

    wrong, right = run(both())
    assert isinstance(wrong, ValueError)
    assert right.digit == 3


def test_a_network_that_fails_fails_only_those_who_waited(classifier):
    class Failing:
        def read_pixels(self, pixels):
            if len(pixels) > 1:
                raise MemoryError
            return classifier.read_pixels(pixels)

    many = MicroBatcher(Failing())

    async def ask():
        several = await asyncio.gather(
            many.classify(DIGITS[1]), many.classify(DIGITS[2]), return_exceptions=True
        )
        return several, await many.classify(DIGITS[3])

    several, after = run(ask())
    assert all(isinstance(answer, MemoryError) for answer in several)
    assert after.digit == 3


def test_who_leaves_is_not_waited_for(classifier):
    slow = Slow(classifier)
    many = MicroBatcher(slow)

    async def leave():
        leaving = asyncio.create_task(many.classify(DIGITS[1]))
        await asyncio.sleep(0.05)
        leaving.cancel()
        slow.go.set()
        return await many.classify(DIGITS[2])

    assert run(leave()).digit == 2


def test_a_long_drawing_is_rendered_aside(classifier):
    many = MicroBatcher(classifier)
    long = [np.column_stack([np.zeros(2_000), np.linspace(0, 1, 2_000)]).tolist()]
    renderers = []

    async def ask():
        reading = await many.classify(long)
        renderers.extend(t.name for t in threading.enumerate() if t.name.startswith("renderer"))
        return reading

    assert run(ask()).digit == 1
    assert renderers


def test_explanations_wait_while_a_drawing_is_read(classifier, monkeypatch):
    monkeypatch.setattr(micro_batcher, "MAX_WAIT_S", 60)
    slow = Slow(classifier)
    many = MicroBatcher(slow)

    async def both():
        many.wait_until_quiet(60)  # nobody draws
        reading = asyncio.create_task(many.classify(DIGITS[0]))
        await asyncio.sleep(0)
        waiting = asyncio.get_running_loop().run_in_executor(None, many.wait_until_quiet, 60)
        early, _ = await asyncio.wait({waiting}, timeout=0.05)
        slow.go.set()
        await asyncio.gather(reading, waiting)
        return early

    assert run(both()) == set()
