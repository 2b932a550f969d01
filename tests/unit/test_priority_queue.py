"""Long answers come one after another, and the event loop stays free."""

import asyncio
import threading
from types import SimpleNamespace

import pytest
from event_loop import run

from demo.server import priority_queue
from demo.server.priority_queue import Priority, PriorityQueue
from demo.server.wire_format import errors_as_data
from mnist_model import UserError


@pytest.fixture
def queued():
    return PriorityQueue("test", SimpleNamespace(wait_until_quiet=lambda seconds: None)).queued


def test_one_answer_at_a_time(queued):
    at_work, together = [], []

    def answer(question):
        at_work.append(question)
        threading.Event().wait(0.01)
        together.append(len(at_work))
        at_work.remove(question)
        return 2 * question

    async def ask():
        return await asyncio.gather(*map(queued(answer), range(10)))

    assert run(ask()) == [2 * question for question in range(10)]
    assert set(together) == {1}


def test_too_many_are_turned_away_and_afterwards_it_goes_on(monkeypatch, queued):
    monkeypatch.setattr(priority_queue, "MAX_QUEUED", 3)
    at_work, go = threading.Event(), threading.Event()

    def ask_slowly(question):
        at_work.set()
        return go.wait(10) and question

    answer = errors_as_data(queued(ask_slowly))

    async def ask():
        first = asyncio.create_task(answer(0))
        await asyncio.to_thread(at_work.wait, 10)  # the loop is free while it waits
        others = [asyncio.create_task(answer(number)) for number in range(1, 5)]
        await others[-1]
        go.set()
        return await asyncio.gather(first, *others), await answer(7)

    answers, after = run(ask())
    assert answers[:4] == [0, 1, 2, 3]  # one at work, three waiting
    assert answers[4] == {"busy": True}  # the page asks again
    assert after == 7


def test_what_the_pad_asks_comes_before_what_takes_long(queued):
    go, order = threading.Event(), []

    def answer(question):
        go.wait(10)
        order.append(question)

    async def ask():
        first = asyncio.create_task(queued(answer)("first"))
        await asyncio.sleep(0.05)
        others = [
            asyncio.create_task(queued(answer, priority)(priority))
            for priority in (Priority.SLOW, Priority.TAB, Priority.PAD, Priority.SLOW, Priority.PAD)
        ]
        await asyncio.sleep(0.05)
        go.set()
        await asyncio.gather(first, *others)

    run(ask())
    pad, tab, slow = Priority.PAD, Priority.TAB, Priority.SLOW
    assert order == ["first", pad, pad, tab, slow, slow]


def test_who_leaves_makes_way(queued):
    go = threading.Event()
    answer = queued(lambda question: go.wait(10) and question)

    async def ask():
        tasks = [asyncio.create_task(answer(number)) for number in range(3)]
        await asyncio.sleep(0.05)
        tasks[1].cancel()
        go.set()
        return await asyncio.gather(*tasks, return_exceptions=True), await answer(7)

    (first, left, last), after = run(ask())
    assert (first, last, after) == (0, 2, 7)
    assert isinstance(left, asyncio.CancelledError)


def test_a_mistake_is_told_as_a_sentence_and_frees_the_turn(queued):
    def answer(question):
        if question == 1:
            raise UserError("One is not asked.")
        return question

    safe = errors_as_data(queued(answer))

    async def ask():
        return [await safe(question) for question in (0, 1, 2)]

    assert run(ask()) == [0, {"error": "One is not asked."}, 2]
