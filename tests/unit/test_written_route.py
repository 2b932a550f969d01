"""Digits for who teaches a network: bounded, kept, and written while no drawing is read."""

import threading

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from demo.server import priority_queue
from demo.server.priority_queue import Queues
from demo.tabs import teach_route as written_route
from demo.tabs.teach_route import asked_for, packed, written_routes
from mnist_model import GROUPS, Examples, Shown, write_shown


class Pens:
    """A batcher that is asked to let a digit be written."""

    def __init__(self) -> None:
        self.waits = 0

    def wait_until_quiet(self) -> None:
        self.waits += 1


@pytest.fixture
def pens():
    return Pens()


@pytest.fixture
def client(pens):
    with TestClient(Starlette(routes=written_routes(Queues(pens)))) as client:
        yield client


def unpacked(content: bytes) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    count = len(content) // 787
    assert len(content) == 787 * count
    whole = np.frombuffer(content, np.uint8)
    images = whole[: 784 * count].reshape(count, 28, 28)
    return images, *(whole[(784 + i) * count :][:count] for i in range(3))


def test_what_comes_is_what_the_words_say(client):
    answer = client.get("/written?digits=17&shown=5&without=crossed-7&wrong=0.5&seed=3")
    images, told, truth, group = unpacked(answer.content)
    shown = Shown(digits=(1, 7), each=5, without=("crossed-7",), wrong=0.5, seed=3)
    examples, expected = write_shown(shown)
    np.testing.assert_array_equal(images, examples.images)
    np.testing.assert_array_equal(told, examples.labels)
    np.testing.assert_array_equal(truth, expected)
    assert not group.any()
    assert answer.headers["content-encoding"] == "gzip"
    assert "max-age" in answer.headers["cache-control"]
    plain = client.get(
        "/written?digits=17&shown=5&without=crossed-7&wrong=0.5&seed=3",
        headers={"accept-encoding": "identity"},
    )
    assert "content-encoding" not in plain.headers
    assert plain.content == answer.content


def test_what_is_held_out_comes_with_its_groups(client):
    _, told, truth, group = unpacked(client.get("/written/held-out").content)
    np.testing.assert_array_equal(told, truth)
    assert set(group) == set(range(len(GROUPS)))


def test_no_digit_is_written_while_a_drawing_is_read_and_none_twice(client, pens):
    for choice in ("shown=4", "shown=20", "shown=20&anywhere=1", "shown=20&distorted=1"):
        assert client.get(f"/written?digits=7&seed=11&{choice}").status_code == 200
        assert pens.waits == 25  # a block's, before each digit


def test_too_many_are_told_to_come_again(client, monkeypatch):
    is_writing, go = threading.Event(), threading.Event()

    def write():
        is_writing.set()
        assert go.wait(10)
        return write_shown(Shown(each=1))

    monkeypatch.setattr(written_route, "write_held_out", write)
    monkeypatch.setattr(priority_queue, "MAX_QUEUED", 0)
    first = threading.Thread(target=client.get, args=["/written/held-out"])
    first.start()
    assert is_writing.wait(10)
    assert client.get("/written").status_code == 503
    go.set()
    first.join()
    assert client.get("/written?shown=1").status_code == 200


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("digits=", "at least one"),
        ("digits=0x", "one after the other"),
        ("digits=٣", "one after the other"),
        ("digits=11", "each named once"),
        ("shown=0", "from 1 to 1,000"),
        ("shown=1001", "from 1 to 1,000"),
        ("shown=99999999999999999999", "from 1 to 1,000"),
        ("shown=-1", "shown is a whole number without a sign"),
        ("shown=1000", "1,000 digits are written at once, and these are 10,000"),
        ("shown=3&skip=3", "Of 3 that are shown at most 2 can be skipped"),
        ("shown=3&skip=900", "Of 3 that are shown at most 2"),
        ("seed=-1", "seed is a whole number without a sign"),
        ("seed=1.5", "seed is a whole number without a sign, not '1.5'"),
        ("hands=own", "neat, slanted, anybody"),
        ("without=everything", "crossed-7"),
        ("wrong=nan", "from 0 to 1"),
        ("wrong=2", "from 0 to 1"),
        ("wrong=much", "from 0 to 1"),
        ("seed=4294967296", "The seed"),
        ("colour=red", "There is no colour"),
        (f"without={'a' * 300}", "at most 200 characters"),
    ],
)
def test_a_mistake_gets_a_sentence(client, pens, query, says):
    answer = client.get(f"/written?{query}")
    assert answer.status_code == 400
    assert says in answer.json()["error"]
    assert not pens.waits


def test_the_most_that_may_be_asked_for_at_once_is_allowed():
    shown, skip = asked_for(QueryParams("shown=1000&skip=900"))
    assert (shown.each, skip) == (1000, 900)


def test_packed_is_all_the_parts():
    examples = Examples(np.full((2, 28, 28), 9, np.uint8), np.array([1, 2]))
    content = packed(examples, np.array([3, 4]), np.array([5, 6]))
    assert content[-6:] == bytes([3, 4, 1, 2, 5, 6])
