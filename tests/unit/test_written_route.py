"""Sheets of digits for whoever teaches a network: bounded, cached, written while no pen moves."""

import threading

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from demo.server import priority_queue
from demo.server.priority_queue import Queues
from demo.tabs import teach
from demo.tabs.teach import written_route
from mnist_model import write_held_out, write_sheet


class Pens:
    """A batcher that is asked to let a digit be written."""

    def __init__(self) -> None:
        self.waits = 0

    def wait_until_quiet(self, seconds: float) -> None:
        self.waits += 1


@pytest.fixture
def pens():
    teach._compressed.cache_clear()
    return Pens()


@pytest.fixture
def client(pens):
    with TestClient(Starlette(routes=[written_route(Queues(pens))])) as client:
        yield client


@pytest.mark.parametrize("name", ["neat/1", "anybody-distorted/0", "held-out"])
def test_a_sheet_holds_the_digits_and_their_groups(client, name):
    answer = client.get(f"/written/{name}")
    sheets = {"neat/1": ("neat", 1), "anybody-distorted/0": ("anybody", 0, True)}
    examples, group = write_sheet(*sheets[name]) if name in sheets else write_held_out()
    images, rest = np.split(np.frombuffer(answer.content, np.uint8), [784 * len(group)])
    np.testing.assert_array_equal(images.reshape(-1, 28, 28), examples.images)
    np.testing.assert_array_equal(rest.reshape(2, -1), [examples.labels, group])
    assert answer.headers["content-encoding"] == "gzip"
    assert "max-age" in answer.headers["cache-control"]
    plain = client.get(f"/written/{name}", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == answer.content


def test_pens_go_before_each_digit_and_none_is_written_twice(client, pens):
    for _ in range(2):
        assert client.get("/written/slanted/2").status_code == 200
        assert pens.waits == 250


def test_full_queue_answers_503_and_recovers(client, monkeypatch):
    is_writing, go = threading.Event(), threading.Event()

    def write():
        is_writing.set()
        assert go.wait(10)
        return write_sheet("neat", 0)

    monkeypatch.setattr(teach, "write_held_out", write)
    first = threading.Thread(target=client.get, args=["/written/held-out"])
    first.start()
    assert is_writing.wait(10)
    with monkeypatch.context() as full:
        full.setattr(priority_queue, "MAX_QUEUED", 0)
        assert client.get("/written/neat/0").status_code == 503
    go.set()
    first.join()
    assert client.get("/written/neat/0").status_code == 200


@pytest.mark.parametrize(
    "name", ["", "royal/0", "neat/200", "neat/-1", "neat/x", "neat/00", "held-out/x"]
)
def test_an_unknown_sheet_is_not_found(client, pens, name):
    answer = client.get(f"/written/{name}")
    assert answer.status_code == 404
    assert "no such sheet" in answer.json()["error"]
    assert not pens.waits
