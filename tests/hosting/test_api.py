"""/classify as other programs call it, and the page's own call with what it never sends."""

import json
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from digits import DIGITS, as_json
from gradio_client import Client
from gradio_client.exceptions import AppError
from serving import ask_network, post


@pytest.fixture(scope="module")
def client(server):
    return Client(server.url, verbose=False)


def test_classify_reads_a_drawing(client):
    for digit, strokes in DIGITS.items():
        answer = client.predict(as_json(strokes), api_name="/classify")
        assert answer.keys() == {"digit", "is_digit", "probabilities"}
        assert (answer["digit"], answer["is_digit"]) == (digit, True)
        assert len(answer["probabilities"]) == 10
        assert sum(answer["probabilities"]) == pytest.approx(1, abs=1e-4)


def side_by_side(text: str) -> list:
    places = enumerate(text)
    return as_json(
        [stroke + np.array([0.7 * i, 0]) for i, digit in places for stroke in DIGITS[int(digit)]]
    )


def test_read_number_reads_a_drawing(client):
    answer = client.predict(side_by_side("1984"), api_name="/read_number")
    assert answer.keys() == {"text", "probability", "digits"}
    assert answer["text"] == "1984"
    assert 0 < answer["probability"] <= 1
    assert [digit["digit"] for digit in answer["digits"]] == [1, 9, 8, 4]
    assert [digit["strokes"] for digit in answer["digits"]] == [[0], [1], [2], [3, 4]]
    for digit in answer["digits"]:
        assert digit["is_digit"]
        assert len(digit["probabilities"]) == 10
        assert [part[0] for part in digit["parts"]] == digit["strokes"]
        left, top, right, bottom = digit["box"]
        assert left <= right
        assert top < bottom
        assert "pixels" not in digit


def test_blank_drawings_are_read_as_nothing(client):
    answer = client.predict([], api_name="/read_number")
    assert answer == {"text": "", "probability": 0.0, "digits": []}
    answer = client.predict([], api_name="/classify")
    assert (answer["digit"], answer["is_digit"]) == (None, False)


@pytest.mark.parametrize("route", ["/classify", "/read_number"])
def test_call_of_the_api_is_refused_with_a_sentence(client, route):
    for drawing in ([[]], "seven", {"strokes": 1}, [[["0", "1"]]], [[[0, 1e300]]]):
        with pytest.raises(AppError, match=r"[Ss]troke.*\."):
            client.predict(drawing, api_name=route)


def test_more_than_twenty_digits_are_refused_with_a_sentence(client):
    with pytest.raises(AppError, match="at most 20 digits"):
        client.predict(side_by_side("3" * 22), api_name="/read_number")


def events_of(server, body: dict) -> str:
    """What docs/api.md's two steps with curl print."""
    url = f"{server.url}/gradio_api/call/classify"
    event = post(url, body)["event_id"]
    with urllib.request.urlopen(f"{url}/{event}", timeout=30) as stream:
        return stream.read().decode().strip()


def test_classify_with_curl_as_docs_api_shows_it(server):
    kind, data = events_of(server, {"data": [as_json(DIGITS[7])]}).splitlines()
    assert kind == "event: complete"
    assert json.loads(data.removeprefix("data: "))[0]["digit"] == 7


def test_a_call_without_its_drawing_is_refused_with_a_sentence(server):
    kind, data = events_of(server, {"data": []}).splitlines()
    assert kind == "event: error"
    assert "This call needs 1 values in its data; 0 came." in data
    assert "enough input values" not in server.log.read_text()  # what Gradio's traceback ends with


# The page's own call


def test_the_page_gets_the_pixels_too(server):
    answer = server.read(as_json(DIGITS[3]))
    assert answer["digit"] == 3
    assert len(answer["pixels"]) == 1048  # 784 bytes as base64


@pytest.mark.parametrize("path", ["component_server/", "call/classify"])
def test_a_large_body_is_refused_before_it_is_read(server, path):
    with pytest.raises(urllib.error.HTTPError) as refusal:
        post(f"{server.url}/gradio_api/{path}", {"data": [[]] * 1_000_000})
    assert refusal.value.code == 413
    assert "at most 2,000,000 bytes" in json.load(refusal.value)["error"]
    url = f"{server.url}/gradio_api/{path}"
    without_length = urllib.request.Request(url, iter([b"[" * 10_000] * 1_000), method="POST")
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(without_length, timeout=30)
    assert refusal.value.code == 413
    assert server.read(as_json(DIGITS[6]))["digit"] == 6


def test_a_body_without_a_length_is_read(server):
    body = json.dumps({"data": [as_json(DIGITS[7])]}).encode()
    url = f"{server.url}/gradio_api/call/classify"
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, iter([body[:50], body[50:]]), headers, method="POST")
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert json.load(answer)["event_id"]


def test_the_fullest_drawing_the_page_sends_is_read(server):
    stroke = [[round(500 + 499.5 * np.sin(i * 7.1), 1), round(i / 18, 1)] for i in range(18_000)]
    assert "digit" in server.read([stroke])


@pytest.mark.parametrize("count", [30, 150])
def test_more_digits_than_a_number_has_are_no_digit_on_the_page(server, count):
    sevens = [[[30 * i, 20], [30 * i + 20, 20], [30 * i + 7, 83]] for i in range(count)]
    answer = server.read(sevens)
    assert not answer["is_digit"]


def test_all_tabs_at_once_answer_without_tensorflow(server):
    """The server cannot import TensorFlow (`conftest.server`)."""
    seven = as_json(DIGITS[7])
    question = {"pixels": server.read(seven)["pixels"], "strokes": seven, "digit": 3, "against": 7}
    question |= {"change": "rotation", "written": 7, "read": 7}
    tabs = [
        (one["id"], name)
        for one in server.components
        for name in one["props"].get("server_fns", [])
        if name.startswith("ask")
    ]

    def ask(tab: tuple[int, str]) -> object:
        call = {"component_id": tab[0], "fn_name": tab[1], "session_hash": "test"}
        return post(f"{server.url}/gradio_api/component_server/", {**call, "data": question})

    with ThreadPoolExecutor(len(tabs)) as visitors:
        answers = list(visitors.map(ask, tabs))
    assert len(answers) == 7  # of six tabs, one of which asks in two ways
    assert not [one for one in answers if not one or "error" in one or "busy" in one]
    assert ask_network(server, {"pixels": question["pixels"]})[0] == 200
