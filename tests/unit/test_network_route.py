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


def assert_maps(layers: list[dict], maps: bytes, expected: list[np.ndarray]) -> None:
    """What the page draws of each layer's maps: grey levels, as bright as their highest."""
    rest = np.frombuffer(maps, np.uint8)
    for told, values in zip(layers, expected, strict=True):
        grey, rest = np.split(rest.astype(float), [values.size])
        if told["isSigned"]:
            grey = (grey - 128) * (255 / 127)
        assert grey == pytest.approx(values.ravel() * (255 / told["highest"]), abs=1.5)
    assert not len(rest)


def test_what_is_shown_is_what_flows(ask, classifier):
    status, answer = ask({"pixels": PIXELS, "count": 8})
    assert status == 200
    assert len(answer) <= LARGEST_ANSWER
    head, maps = unpacked(answer)
    found = flow(classifier, SEVEN)
    assert head["digit"] == found.digit == 7
    assert head["logits"] == pytest.approx(found.logits, abs=1e-3)
    ink = np.frombuffer(maps[:784], np.uint8).reshape(28, 28)
    assert ink == pytest.approx(255 * found.drawing[..., 0], abs=1)
    shown = [one.maps[..., one.shown].transpose(2, 0, 1) for one in found.layers]
    assert_maps(head["layers"], maps[784:], shown)
    before = [0]
    for told, one in zip(head["layers"], found.layers, strict=True):
        assert (told["name"], told["shown"]) == (one.layer.name, one.shown)
        if "incoming" in told:
            expected = one.incoming[before]
            assert told["incoming"] == [pytest.approx(row, abs=1e-3) for row in expected]
        before = one.shown


def test_the_shown_maps_stay(ask):
    head, _ = unpacked(ask({"pixels": PIXELS, "count": 6})[1])
    shown = [one["shown"] for one in head["layers"]]
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
    layers = [found[told["number"]] for told in head["layers"]]
    assert [told["shown"] for told in head["layers"]] == [one.shown for one in layers]
    assert_maps(head["layers"], maps[2 * 784 :], [one.maps.transpose(0, 3, 1, 2) for one in layers])


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


@pytest.mark.parametrize("body", [b"{", b"\xff"])
def test_what_is_no_json_is_refused_with_a_sentence(ask, body):
    status, answer = ask(body)
    assert status == 400
    assert json.loads(answer)["error"].endswith(".")


@pytest.mark.parametrize(
    "question",
    [
        *(None, [], {}, {"pixels": "AAAA"}),
        *({"count": "8"}, {"count": 10**9}, {"digit": 11}, {"digit": [7]}),
        *({"shown": [[]]}, {"shown": {"0": 1}}, {"pinned": 7}, {"pinned": "AAAA"}),
        *({"pinned": PIXELS, "count": 99}, {"pinned": PIXELS, "shown": [[1]]}),
        *({"open": 7}, {"open": {}}, {"open": {"layer": 99}}),
        {"open": {"layer": 0, "channel": -1}},
        {"open": {"layer": 0, "channel": 0, "row": 0}},
        {"open": {"layer": 0, "channel": 0, "row": 99, "column": 0}},
        {"open": {"layer": 0, "channel": 0, "row": 1e9, "column": 0}},
    ],
)
def test_what_is_no_question_is_refused_with_a_sentence(ask, question):
    status, answer = ask({"pixels": PIXELS} | question if question else question)
    assert status == 200
    assert json.loads(answer)["error"].endswith(".")


def test_no_pass_is_begun_while_a_drawing_is_read(ask, pens):
    assert unpacked(ask({"pixels": PIXELS})[1])[0]["digit"] == 7
    assert pens.waits == 1  # before the only pass
