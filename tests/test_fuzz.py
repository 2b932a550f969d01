"""Thousands of bad requests: afterwards the next drawing is read as if nothing had been."""

import json
import random
import socket
import statistics
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from digits import DIGITS, as_json
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from serving import Server

from mnist_model import strokes_to_mnist

REQUESTS = 2_000
GROWTH = 60  # MB; a leak of a request's size would be hundreds

numbers = st.one_of(st.integers(), st.floats(), st.booleans(), st.text(max_size=3), st.none())
points = st.one_of(st.lists(numbers, max_size=4), numbers)
anything = st.recursive(
    numbers | st.binary(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=20,
)
drawings = st.one_of(anything, st.lists(st.lists(points, max_size=6), max_size=4))


@given(drawings)
@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_drawn_is_rendered_or_told(drawing):
    told = ""
    try:
        pixels = strokes_to_mnist(drawing)
    except ValueError as error:
        told = str(error)
    assert told.endswith(".") or pixels.shape == (28, 28)


def resident(server: Server) -> float:
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def send_raw(server: Server, data: bytes, is_whole: bool) -> bytes:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        try:
            connection.sendall(data)
            if not is_whole:
                connection.shutdown(socket.SHUT_WR)  # or both would wait
            return connection.recv(65536)
        except TimeoutError:
            raise
        except OSError:
            return b""  # it may hang up on what makes no sense


def bad_requests(server: Server, rng: random.Random):
    """Endless: raw bytes of HTTP that no page sends."""
    seven = as_json(DIGITS[7])
    numbers = [0, -1, 1e308, -1e308, 10**400, "7", None, True, [], {}, "\ud800", float("nan")]
    calls = "read read_picture read_moments ask share_done __init__ postprocess ../etc/passwd"
    paths = ["component_server/", "component_server", "queue/join", "call/classify", "upload"]
    paths += ["run", "api/predict", "reset", "queue/data?session_hash=x", "file=/etc/passwd"]
    paths += ["file=../app.py", "startup-events", "heartbeat/x", "stream/x", "cancel", "%00"]
    methods = ["POST"] * 40 + ["GET", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "FOO"]

    def nested(depth: int) -> object:
        if depth == 0 or rng.random() < 0.2:
            return rng.choice(numbers)
        return [nested(depth - 1) for _ in range(rng.randrange(4))]

    while True:
        data = rng.choice(
            [
                lambda: nested(4),
                lambda: [[[x, rng.choice(numbers)] for x, _ in stroke] for stroke in seven],
                lambda: seven * rng.randrange(1, 400),
                lambda: {"strokes": nested(3), "counts": nested(2), "pixels": nested(1)},
                lambda: "A" * rng.randrange(5_000),
            ]
        )()
        call = {
            "fn_name": rng.choice([*calls.split(), "", 7, None]),
            "component_id": rng.choice(
                [*range(30), *[server.sketchpad_id] * 20, -1, 10**9, "x", None, {}]
            ),
            "session_hash": rng.choice([*["fuzz"] * 9, "", None, 7, "x" * 3_000]),
            "data": data,
            "fn_index": rng.choice([0, 1, 99, None, "x"]),
        }
        if rng.random() < 0.2:
            del call[rng.choice(sorted(call))]
        body = json.dumps(call).encode()
        kind = rng.randrange(20)
        if kind == 0:
            body = body[: rng.randrange(len(body))]
        elif kind == 1:
            body = rng.randbytes(rng.randrange(2_000))
        elif kind == 2:
            body = b"[" * rng.randrange(50_000)
        if rng.random() < 0.03:
            yield rng.randbytes(rng.randrange(1, 500)), False
            continue
        length = len(body) if rng.random() < 0.9 else rng.choice([-1, 10**12, "x", len(body) + 9])
        encoding = "" if rng.random() < 0.9 else "Transfer-Encoding: chunked\r\n"
        path = rng.choice(paths[:2]) if rng.random() < 0.7 else rng.choice(paths)
        kind_of_body = rng.choice(["application/json"] * 6 + ["text/plain", "multipart/form-data"])
        head = (
            f"{rng.choice(methods)} /gradio_api/{path} HTTP/1.1\r\nHost: x\r\n{encoding}"
            f"Content-Type: {kind_of_body}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
        )
        yield head.encode() + body, length == len(body) and not encoding


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_bad_requests_change_nothing(tmp_path):
    server = Server(tmp_path / "log")
    server.start()
    try:
        rng = random.Random(0)
        attack = bad_requests(server, rng)
        for digit in DIGITS:
            assert server.read(as_json(DIGITS[digit]))["digit"] == digit
        for _ in range(REQUESTS // 10):
            send_raw(server, *next(attack))
        before = resident(server)
        seen = {send_raw(server, *next(attack))[9:12] for _ in range(REQUESTS)}
        assert {b"200", b"404", b"405"} <= seen  # it was of every kind, and answered
        times = []
        for digit in DIGITS:
            started = time.perf_counter()
            reading = server.read(as_json(DIGITS[digit]))
            times.append(time.perf_counter() - started)
            assert (reading["digit"], reading["is_digit"]) == (digit, True)
        assert resident(server) - before < GROWTH
        print(f"next drawing read within {1000 * statistics.median(times):.0f} ms")
        with urllib.request.urlopen(f"{server.url}/healthz", timeout=10) as answer:
            assert json.load(answer)["status"] == "ok"
    finally:
        server.stop()
