"""The stage's question as it travels: /network."""

import base64
import json
import struct

import numpy as np
import pytest
from digits import DIGITS
from starlette.applications import Starlette
from starlette.testclient import TestClient

from demo.server.priority_queue import Queues
from demo.tabs.network import network_route
from mnist_model import strokes_to_mnist
from mnist_model.explain import difference, flow, layer_outputs, unit

LARGEST_ANSWER = 60_000  # bytes
SEVEN = strokes_to_mnist(DIGITS[7])
FOUR = strokes_to_mnist(DIGITS[4])
PIXELS = base64.b64encode(SEVEN.tobytes()).decode()
PINNED = base64.b64encode(FOUR.tobytes()).decode()


class Pens:
    """A batcher that is asked to let an explanation pass."""

    def __init__(self) -> None:
        self.waits = 0

    def wait_until_quiet(self, seconds: float) -> None:
        self.waits += 1


@pytest.fixture
def pens():
    return Pens()


@pytest.fixture
def ask(classifier, pens):
    """Status and body that a question is answered with."""

    def ask(question: object) -> tuple[int, bytes]:
        body = question if isinstance(question, bytes) else json.dumps(question).encode()
        answer = client.post("/network", content=body)
        return answer.status_code, answer.content

    with TestClient(Starlette(routes=[network_route(classifier, Queues(pens))])) as client:
        yield ask


def unpacked(answer: bytes) -> tuple[dict, bytes]:
    (length,) = struct.unpack_from("<I", answer)
    return json.loads(answer[4 : 4 + length]), answer[4 + length :]


def test_what_is_shown_is_what_flows(ask, classifier):
    status, answer = ask({"pixels": PIXELS, "count": 8})
    assert status == 200
    assert len(answer) <= LARGEST_ANSWER
    head, maps = unpacked(answer)
    found = flow(classifier, SEVEN)
    assert head["digit"] == found.digit == 7
    assert head["logits"] == pytest.approx(found.logits, abs=1e-3)
    assert len(maps) == 784 + sum(
        one["shape"][0] ** 2 * len(one["shown"]) for one in head["layers"]
    )
    ink = np.frombuffer(maps[:784], np.uint8).reshape(28, 28)
    assert ink == pytest.approx(255 * found.drawing[..., 0], abs=1)
    at, before = 784, [0]
    for told, one in zip(head["layers"], found.layers, strict=True):
        assert told["name"] == one.layer.name
        assert told["shown"] == one.shown
        side = one.maps.shape[0]
        size = side * side * len(one.shown)
        grey = np.frombuffer(maps[at : at + size], np.uint8).reshape(-1, side, side).astype(float)
        at += size
        if told["isSigned"]:
            grey = (grey - 128) * (255 / 127)
        expected = one.maps[..., one.shown].transpose(2, 0, 1) * (255 / told["highest"])
        assert grey == pytest.approx(expected, abs=1.5)
        if "incoming" in told:
            expected = one.incoming[before]
            assert told["incoming"] == [pytest.approx(row, abs=1e-3) for row in expected]
        before = one.shown


def test_the_shown_maps_stay(ask):
    head, _ = unpacked(ask({"pixels": PIXELS, "count": 6})[1])
    shown = [one["shown"] for one in head["layers"]]
    again, _ = unpacked(ask({"pixels": PIXELS, "count": 6, "shown": shown})[1])
    assert [one["shown"] for one in again["layers"]] == shown
    turned = [one[::-1] for one in shown]
    again, _ = unpacked(ask({"pixels": PIXELS, "count": 6, "shown": turned})[1])
    assert [one["shown"] for one in again["layers"]][:-1] == turned[:-1]  # but digits are in order


def test_two_drawings_come_with_the_same_maps_equally_bright(ask, classifier):
    question = {"pixels": PIXELS, "pinned": PINNED, "count": 3}
    status, answer = ask(question)
    assert status == 200
    assert len(answer) <= LARGEST_ANSWER
    head, maps = unpacked(answer)
    _, found = difference(classifier, SEVEN, FOUR, 3)
    assert head["shown"] == [*(compared.shown for compared in found), []]
    at = 2 * 784
    for told in head["layers"]:
        one = found[told["number"]]
        assert told["shown"] == one.shown
        side = one.maps.shape[1]
        size = one.maps.size
        grey = np.frombuffer(maps[at : at + size], np.uint8).reshape(2, -1, side, side)
        at += size
        if told["isSigned"]:
            grey = (grey.astype(float) - 128) * (255 / 127)
        expected = one.maps.transpose(0, 3, 1, 2) * (255 / told["highest"])
        assert grey == pytest.approx(expected, abs=1.5)
    assert at == len(maps)


def test_an_opened_layer_has_all_its_maps(ask, classifier):
    for number, one in enumerate(layer_outputs(classifier, SEVEN)):
        _, answer = ask({"pixels": PIXELS, "open": {"layer": number}})
        head, maps = unpacked(answer)
        assert len(answer) <= LARGEST_ANSWER
        assert len(maps) == one.maps.size
        assert head["highest"] == pytest.approx(np.abs(one.maps).max(), abs=1e-3)


def test_an_opened_map_has_the_arithmetic_of_its_pixel(ask, classifier):
    outputs = layer_outputs(classifier, SEVEN)
    for number, one in enumerate(outputs):
        place = {"row": one.maps.shape[0] // 2, "column": 0}
        question = {"layer": number, "channel": 3, **place}
        _, answer = ask({"pixels": PIXELS, "open": question})
        assert len(answer) <= LARGEST_ANSWER
        head, rest = unpacked(answer)
        expected = unit(outputs, number, 3, tuple(place.values()))
        told = head["unit"]
        inputs, cells = len(told["channels"]), told["size"] ** 2
        kernels = inputs * cells if told["hasKernels"] else 0
        numbers = np.frombuffer(rest[: 4 * (kernels + inputs * cells + inputs)], "<f4")
        sums = numbers[-inputs:]
        assert sums.sum() + told["bias"] == pytest.approx(told["sum"], abs=1e-3)
        assert sums == pytest.approx(expected.sums, abs=1e-5)
        if told["hasKernels"]:
            products = (numbers[:kernels] * numbers[kernels:-inputs]).reshape(inputs, -1)
            assert products.sum(axis=1) == pytest.approx(sums, abs=1e-3)
        assert told["value"] == pytest.approx(expected.value)
        pictures = len(rest) - 4 * len(numbers)
        assert pictures == one.maps.shape[0] ** 2 + inputs * head["input"]["side"] ** 2


@pytest.mark.parametrize(
    ("question", "status"),
    [
        (b"{", 400),
        (b"\xff", 400),
        (None, 200),
        ([], 200),
        ({}, 200),
        ({"pixels": "AAAA"}, 200),
        ({"pixels": PIXELS, "count": "8"}, 200),
        ({"pixels": PIXELS, "count": 10**9}, 200),
        ({"pixels": PIXELS, "digit": 11}, 200),
        ({"pixels": PIXELS, "digit": [7]}, 200),
        ({"pixels": PIXELS, "shown": [[]]}, 200),
        ({"pixels": PIXELS, "shown": {"0": 1}}, 200),
        ({"pixels": PIXELS, "pinned": 7}, 200),
        ({"pixels": PIXELS, "pinned": "AAAA"}, 200),
        ({"pixels": PIXELS, "pinned": PIXELS, "count": 99}, 200),
        ({"pixels": PIXELS, "pinned": PIXELS, "shown": [[1]]}, 200),
        ({"pixels": PIXELS, "open": 7}, 200),
        ({"pixels": PIXELS, "open": {}}, 200),
        ({"pixels": PIXELS, "open": {"layer": 99}}, 200),
        ({"pixels": PIXELS, "open": {"layer": 0, "channel": -1}}, 200),
        ({"pixels": PIXELS, "open": {"layer": 0, "channel": 0, "row": 0}}, 200),
        ({"pixels": PIXELS, "open": {"layer": 0, "channel": 0, "row": 99, "column": 0}}, 200),
        ({"pixels": PIXELS, "open": {"layer": 0, "channel": 0, "row": 1e9, "column": 0}}, 200),
    ],
)
def test_what_is_no_question_is_refused_with_a_sentence(ask, question, status):
    found, answer = ask(question)
    assert found == status
    assert json.loads(answer)["error"].endswith(".")


def test_no_pass_is_begun_while_a_drawing_is_read(ask, pens):
    assert unpacked(ask({"pixels": PIXELS})[1])[0]["digit"] == 7
    assert pens.waits == 1  # before the only pass
