"""Hundreds of bad requests: afterwards the next drawing is read as if nothing had happened."""

import base64
import contextlib
import gzip
import json
import socket
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from bad_drawings import png_file
from digits import DIGITS, as_json
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from serving import Server, shared_server

from demo.server.limits import names_file
from mnist_model import UserError, strokes_to_mnist

REQUESTS = 300  # to Gradio's routes, and half as many to ours
MAX_GROWTH = 50  # MB
LARGE_DRAWINGS = 6  # of 13 MB each, if the server kept them
ANY_SPEED = {
    "deadline": None, "suppress_health_check": list(HealthCheck), "database": None,
    "derandomize": True,
}  # fmt: skip

# Gradio refuses private addresses by itself: with this in the server's process it fetches them.
FETCH_ANYTHING = "import safehttpx\nsafehttpx.is_public_ip = lambda ip: True\n"

numbers = st.one_of(
    st.integers(), st.floats(), st.booleans(), st.text(max_size=3), st.none(), st.just(1e308)
)
points = st.one_of(st.lists(numbers, max_size=4), numbers)
anything = st.recursive(
    numbers,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=20,
)
drawings = st.one_of(anything, st.lists(st.lists(points, max_size=6), max_size=4))


@given(drawings | st.binary(max_size=8))
@settings(max_examples=100, **ANY_SPEED)
def test_any_drawing_is_rendered_or_refused_with_a_sentence(drawing):
    sentence = ""
    try:
        pixels = strokes_to_mnist(drawing)
    except UserError as error:
        sentence = str(error)
    assert sentence.endswith(".") or pixels.shape == (28, 28)


def set_up_attacked(server: Server, folder: Path) -> None:
    (folder / "sitecustomize.py").write_text(FETCH_ANYTHING)
    server.environment = {
        "PYTHONPATH": str(folder),
        "GRADIO_TEMP_DIR": str(folder / "kept"),
    }


@pytest.fixture
def attacked() -> tuple[Server, Path]:
    """A server that would fetch from private addresses, and its folder."""
    return shared_server("attacked", set_up_attacked)


def resident(server: Server) -> float:
    status = Path(f"/proc/{server.pid}/status").read_text()
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


def message(method: str, path: str, body: bytes = b"", *headers: str) -> bytes:
    """A request as HTTP/1.1."""
    lines = [f"{method} {path} HTTP/1.1", "Host: x", *headers, f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


def status(server: Server, method: str, path: str, body: bytes = b"", *headers: str) -> int:
    answer = send_raw(server, message(method, path, body, *headers), is_whole=True)
    return int(answer[9:12] or 0)


NASTY = [
    *(b"", b"[", b"[[[0, 0], [1,", b'{"pixels": "AAA', b"\xff\xfe", b"\x00", b"nul", b"seven"),
    *(b"[[[NaN, 0]]]", b"[[[1e308, -1e308]]]", b"[[[1e400, 0]]]", b"[[[-0, 5e-324]]]"),
    *(b"[[[" + b"9" * 5_000 + b", 0]]]", b"9" * 300, b"[[[" + b"9" * 300 + b", 0]]]"),
    *(b'{"pixels": 1, "pixels": "AA"}', b'{"strokes": [], "strokes": {}, "counts": [NaN]}'),
    *(b"[" * 100_000, b'{"a":' * 100_000, b"[" * 900 + b"]" * 900),
    *(b"null", b"true", b"7", b"{}", b"[{}]", b"[[]]", b'[[{"x": 1}]]', b'[[["a", null]]]'),
    *(b'"\\ud800"', b'"../../../etc/passwd"', b'[[["\\u0000", 0]]]', "[[[0, 0]]]".encode("utf-16")),
    *(
        b'"%s"' % base64.b64encode(png_file(side, side, bytes(2_000_000)))
        for side in (1_000, 1_024, 60_000)
    ),
    gzip.compress(b" " * 10_000_000),
]
ESCAPES = ["..%2f..%2fapp.py", "%2e%2e/%2e%2e/app.py", "../app.py", "..\\app.py", "/etc/passwd"]
ESCAPES += ["%00", "page.js%00.css", "....//app.py", "%c0%ae%c0%ae/app.py", "a" * 5_000, "", "."]
pixels = base64.b64encode(bytes(range(256)) * 3 + bytes(16)).decode()
values = anything | st.integers(-1, 12) | st.just(pixels) | st.sampled_from(["l2", "turned", "-1"])
questions = st.fixed_dictionaries(
    {},
    optional={
        "pixels": st.just(pixels) | values,
        "strokes": st.just(as_json(DIGITS[7])) | drawings,
        "counts": st.lists(st.integers(-1, 40), max_size=9) | values,
        "open": st.dictionaries(st.sampled_from(["layer", "channel", "row", "column"]), values),
        **dict.fromkeys(["pinned", "count", "digit", "shown", "change", "norm", "move"], values),
        **dict.fromkeys(["written", "read", "target", "strength"], values),
    },
)


def server_functions(server: Server) -> list[tuple[int, str]]:
    components = server.components
    return [(c["id"], name) for c in components for name in c["props"].get("server_fns", [])]


def requests_to_our_routes(functions: list[tuple[int, str]]) -> st.SearchStrategy:
    """Method, path and body of requests to every route that is written here."""
    asked = st.one_of(drawings, questions, anything)
    bodies = st.one_of(asked.map(lambda data: json.dumps(data).encode()), st.binary(max_size=99))
    calls = st.tuples(st.sampled_from(functions), asked).map(lambda call: as_call(*call))
    text = st.text(st.characters(codec="ascii", exclude_categories=["C"]), max_size=20)
    escape = (st.sampled_from(ESCAPES) | text).map(lambda name: name.replace(" ", "+"))
    return st.one_of(
        st.tuples(st.just("POST"), st.sampled_from(["/read", "/network"]), bodies),
        st.tuples(st.just("POST"), st.just(CALLS), calls),
        st.tuples(
            st.sampled_from(["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS"]),
            st.sampled_from(["/read", "/network", "/written/held-out/x", "/healthz", "/modules"]),
            bodies,
        ),
        st.tuples(st.just("GET"), escape.map("/modules/0123456789abcdef/{}".format), st.just(b"")),
        st.tuples(st.just("GET"), escape.map("/written/{}".format), st.just(b"")),
    )


CALLS = "/gradio_api/component_server/"


def as_call(function: tuple[int, str], data: object) -> bytes:
    component, name = function
    call = {"component_id": component, "fn_name": name, "session_hash": "fuzz", "data": data}
    return json.dumps(call).encode()


def requests_to_gradio(sketchpad: int) -> st.SearchStrategy[tuple[bytes, bool]]:
    """HTTP that no page sends, and whether it is whole."""
    names = "read read_picture read_moments ask ask_finely __init__ postprocess ../etc/passwd"
    paths = (
        "component_server/ component_server queue/join call/classify upload run api/predict reset"
    )
    paths += " queue/data?session_hash=x file=/etc/passwd file=../app.py startup-events heartbeat/x"
    paths += " stream/x cancel %00"
    call = st.fixed_dictionaries(
        {},
        optional={
            "fn_name": st.sampled_from(names.split()) | values,
            "component_id": st.just(sketchpad) | st.integers(-1, 30) | values,
            "session_hash": st.sampled_from(["fuzz", "", "x" * 3_000]) | values,
            "data": drawings | questions | st.just(as_json(DIGITS[7]) * 400),
            "fn_index": st.integers(0, 99) | values,
        },
    )
    body = st.one_of(
        call.map(lambda data: json.dumps(data).encode()),
        st.binary(max_size=2_000) | st.just(b"[" * 50_000),
    )

    def message_of(method, path, kind, body, length, encoding):
        length = len(body) if length is None else length
        head = f"{method} /gradio_api/{path} HTTP/1.1\r\nHost: x\r\n{encoding}Content-Type: {kind}"
        head += f"\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
        return head.encode() + body, length == len(body) and not encoding

    whole = st.builds(
        message_of,
        st.sampled_from(
            ["POST"] * 9 + ["GET", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "FOO"]
        ),
        st.sampled_from(paths.split()),
        st.sampled_from(["application/json"] * 6 + ["text/plain", "multipart/form-data"]),
        body,
        st.sampled_from([None] * 9 + [-1, 10**12, "x"]),
        st.sampled_from([""] * 9 + ["Transfer-Encoding: chunked\r\n"]),
    )
    return whole | st.tuples(st.binary(min_size=1, max_size=500), st.just(False))


def attack_gradio(server: Server, count: int) -> set[bytes]:
    """The statuses that it answers with."""
    seen = set()

    functions = server_functions(server)

    @given(requests_to_gradio(next(id for id, name in functions if name == "read_picture")))
    @settings(max_examples=count, phases=[Phase.generate], **ANY_SPEED)
    def attack(request):
        seen.add(send_raw(server, *request)[9:12])

    attack()
    return seen


def attack_our_routes(server: Server, count: int) -> None:
    """Raise AssertionError if a route of ours makes a fault of its own of a bad request."""

    @given(requests_to_our_routes(server_functions(server)))
    @settings(max_examples=count, phases=[Phase.generate, Phase.shrink], **ANY_SPEED)
    def attack(request):
        assert status(server, *request) in range(200, 500)

    attack()


def send_nasty(server: Server) -> None:
    """As `attack_our_routes`, with each of the nasty bodies at each route."""
    for body in NASTY:
        for path in ("/read", "/network", "/healthz"):
            found = status(server, "POST", path, body, "Content-Encoding: gzip")
            assert found in range(200, 500), (path, body[:50])
        for function in server_functions(server):
            call = as_call(function, None)[: -len("null}")] + body + b"}"
            assert status(server, "POST", CALLS, call) in range(200, 500), (function, body[:50])
    assert status(server, "POST", CALLS, as_call((10**6, "read"), [])) == 400
    for body in (b"", b"{", b"\xff\xfe"):
        for path in ("/read", "/network", CALLS):
            assert status(server, "POST", path, body) in (400, 422), (path, body)
    for escape in ESCAPES:
        assert status(server, "GET", f"/modules/{escape}") in (400, 404, 307)


def call_with_large_drawings(server: Server, *sessions: object) -> None:
    """Each in a session of its own."""
    drawing = [[[0.5, i / 7] for i in range(19_000)]] * 4
    for session in sessions:
        call = json.dumps({"data": [drawing], "session_hash": f"large {session}"}).encode()
        kind = "Content-Type: application/json"
        assert status(server, "POST", "/gradio_api/run/classify", call, kind) == 500


@contextlib.contextmanager
def slow_bodies(server: Server, count: int) -> Iterator[None]:
    """Connections that begin a body and do not go on."""
    head = message("POST", "/read", bytes(100_000))[:-99_000]
    with contextlib.ExitStack() as connections:
        for _ in range(count):
            connection = socket.create_connection(("127.0.0.1", server.port), timeout=10)
            connections.enter_context(connection).sendall(head)
        yield


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_bad_requests_change_nothing(attacked):
    server, _ = attacked
    attack_our_routes(server, REQUESTS // 20)
    send_nasty(server)
    call_with_large_drawings(server, "before", "and again")
    attack_gradio(server, REQUESTS // 10)
    before = resident(server)
    assert {b"200", b"404", b"405"} <= attack_gradio(server, REQUESTS)  # of every kind
    attack_our_routes(server, REQUESTS // 2)
    call_with_large_drawings(server, *range(LARGE_DRAWINGS))
    assert resident(server) - before < MAX_GROWTH
    with slow_bodies(server, 100):
        for digit in DIGITS:
            reading = server.read(as_json(DIGITS[digit]))
            assert (reading["digit"], reading["is_digit"]) == (digit, True)
    with urllib.request.urlopen(f"{server.url}/healthz", timeout=10) as answer:
        assert json.load(answer)["status"] == "ok"
    assert "fault at" not in server.log.read_text()


# Files


def file_at(address: str) -> dict:
    return {"path": address, "meta": {"_type": "gradio.FileData"}}


def spellings(data: object) -> list[bytes]:
    """The same JSON with a file in it, in ways that hide the file from who looks for its name."""
    plain = json.dumps(data)
    return [
        plain.encode(),
        plain.replace("FileData", "\\u0046ile\\u0044ata").encode(),
        plain.replace('"path"', '"\\u0070ath"').replace("gradio.F", "gr\\u0061dio.F").encode(),
        plain.replace('{"_type"', '{"_type": "", "\\u005ftype"').encode(),
        plain.encode("utf-16"),
        plain.replace("FileData", "\\u0046ileData").encode("utf-32-le"),
    ]


@pytest.mark.parametrize("depth", [0, 1, 400])
def test_file_is_found_at_any_depth_and_in_any_spelling(depth):
    data: object = file_at("http://x/")
    for _ in range(depth):
        data = [{"a": data}]
    for body in spellings({"data": data}):
        assert names_file(body)


@pytest.mark.parametrize("body", [b"[[[0, 1]]]", b'"gradio.\\u0041"', b'{"\\u0061": ["FileData"]}'])
def test_body_without_a_file_is_accepted(body):
    assert not names_file(body)


@pytest.fixture
def elsewhere() -> Iterator[socket.socket]:
    """Another server, that nobody should visit."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def test_server_fetches_and_keeps_nothing(attacked, elsewhere):
    server, folder = attacked
    address = f"http://127.0.0.1:{elsewhere.getsockname()[1]}/secret"
    file = file_at(address)
    join = {"fn_index": 0, "session_hash": "fuzz", "event_data": None, "trigger_id": None}
    component, name = server_functions(server)[0]
    calls = {
        **{f"{way}/{api}": {"data": [[[file]]]}
           for way in ("call", "run", "api") for api in ("classify", "read_number/")},
        "call/v2/classify": {"strokes": {"deep": file}},
        "queue/join": {**join, "data": [file]},
        "component_server": {"component_id": component, "fn_name": name, "session_hash": "x",
                             "data": file},
        "stream/x": {"data": [file]},
    }  # fmt: skip
    for path, call in calls.items():
        for body in spellings(call):
            for header in ("Content-Type: application/json", "Content-Type: application/x+json"):
                found = status(server, "POST", f"/gradio_api/{path}", body, header)
                assert found == 403, (path, body)
    head = b'--b\r\nContent-Disposition: form-data; name="video"; filename="v"'
    form = head + b"\r\n\r\nkept\r\n--b--\r\n"
    multipart = "Content-Type: multipart/form-data; boundary=b"
    for path in ("upload", "upload/", "process_recording", "component_server", "call/classify"):
        assert status(server, "POST", f"/gradio_api/{path}", form, multipart) == 403
    for path in (f"file={address}", f"file/{address}", f"proxy={address}", "deep_link"):
        assert status(server, "GET", f"/gradio_api/{path}?session_hash=fuzz") == 403
    with pytest.raises(BlockingIOError):  # nobody came
        elsewhere.accept()
    assert [file for file in (folder / "kept").rglob("*") if file.is_file()] == []
