"""Digits for who teaches a network: bounded, kept, and written beside the server."""

import asyncio
import gzip
import urllib.error
import urllib.request

import numpy as np
import pytest
from event_loop import run
from starlette.applications import Starlette
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from demo import written_route
from demo.written_route import Writer, asked_for, packed, written_routes
from mnist_model import GROUPS, BusyError, Examples, Shown, write_shown


@pytest.fixture
def writer():
    """One whose digits are written in this process, and counted."""
    writer = Writer()
    writer.calls = []

    def write(work, *arguments):
        writer.calls.append(arguments)
        return work(*arguments)

    writer._in_process = write
    return writer


@pytest.fixture
def client(writer, monkeypatch):
    monkeypatch.setattr(written_route, "Writer", lambda: writer)
    with TestClient(Starlette(routes=written_routes())) as client:
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


def test_a_class_that_asks_the_same_is_written_for_once(writer):
    async def ask():
        return await asyncio.gather(*[writer.shown(Shown(each=2), 0) for _ in range(30)])

    answers = run(ask())
    assert len(set(answers)) == 1
    assert len(writer.calls) == 1


def test_no_more_is_kept_than_allowed(writer, monkeypatch):
    monkeypatch.setattr(written_route, "MOST_KEPT", 5_000)

    async def ask():
        for seed in range(20):
            await writer.shown(Shown(each=2, seed=seed), 0)

    run(ask())
    assert 0 < sum(map(len, writer._kept.values())) <= 5_000
    assert len(writer.calls) == 20


def test_too_many_are_told_to_come_again(client, writer, monkeypatch):
    async def refuse(*_):
        raise BusyError("Many are asking just now.")

    monkeypatch.setattr(writer, "shown", refuse)
    assert client.get("/written").status_code == 503


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
        ("shown=1000", "2,500 digits are written at once, and these are 10,000"),
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
def test_a_mistake_gets_a_sentence(client, writer, query, says):
    answer = client.get(f"/written?{query}")
    assert answer.status_code == 400
    assert says in answer.json()["error"]
    assert not writer.calls


def test_the_most_that_may_be_asked_for_at_once_is_allowed():
    shown, skip = asked_for(QueryParams("shown=1000&skip=750"))
    assert (shown.each, skip) == (1000, 750)


def test_packed_is_gzip_of_all_the_parts():
    examples = Examples(np.full((2, 28, 28), 9, np.uint8), np.array([1, 2]))
    content = gzip.decompress(packed(examples, np.array([3, 4]), np.array([5, 6])))
    assert content[-6:] == bytes([3, 4, 1, 2, 5, 6])


def test_the_server_writes_and_goes_on_after_nonsense(server):
    with urllib.request.urlopen(f"{server.url}/written?digits=7&shown=3", timeout=60) as answer:
        assert len(answer.read()) == 3 * 787
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(f"{server.url}/written?shown=a", timeout=60)
