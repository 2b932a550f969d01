"""A bad request is a 400, a fault of this program a 500 with a traceback in the log."""

import logging
from types import SimpleNamespace

import gradio as gr
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.testclient import TestClient

from demo.server.activity_log import limit_tracebacks
from demo.server.errors import FAULT, ErrorAnswers, errors_for_api
from demo.server.health import health
from demo.server.priority_queue import Queues
from demo.server.read_route import read_route
from demo.server.wire_format import errors_as_data
from demo.tabs.network import network_route
from mnist_model import BusyError, MicroBatcher, UserError

QUIET = SimpleNamespace(wait_until_quiet=lambda seconds: None)  # nobody draws
FAULTS = [KeyError, ValueError, TypeError, OSError]


class Broken:
    """Reads drawings, and fails each time."""

    waiting = 0

    def __init__(self, error: type[Exception]) -> None:
        self.error = error

    async def classify(self, _):
        raise self.error("A sentence.")

    read_number = classify

    def __getattr__(self, name: str):
        raise self.error(name)


def client(*routes: Route) -> TestClient:
    return TestClient(Starlette(routes=routes, middleware=[Middleware(ErrorAnswers)]))


def server_function(broken: Broken) -> Route:
    """As Gradio's route does, that calls a function of ours."""
    answer = errors_as_data(broken.classify)

    async def serve(request):
        return await answer(await request.json())

    return Route("/gradio_api/component_server", serve, methods=["POST"])


@pytest.mark.parametrize("error", FAULTS, ids=lambda error: error.__name__)
@pytest.mark.parametrize(
    ("route", "question"),
    [
        (lambda broken: read_route(broken), [[[0, 0], [1, 1]]]),
        (lambda broken: read_route(broken), [[[0, 0]], [[1, 1]]]),
        (lambda broken: network_route(broken, Queues(QUIET)), {"pixels": "A" * 1044 + "AA=="}),
        (server_function, [[[0, 0]]]),
    ],
)
def test_fault_of_ours_is_a_500_with_a_traceback(route, question, error, caplog):
    found = client(opened := route(Broken(error))).post(opened.path, json=question)
    assert (found.status_code, found.json()) == (500, {"error": FAULT})
    (record,) = [one for one in caplog.records if one.name == "demo"]
    assert record.exc_info[0] is error


@pytest.mark.parametrize("error", FAULTS[:3], ids=lambda error: error.__name__)
def test_error_of_gradio_alone_is_a_400_without_a_traceback(error, caplog, capsys):
    async def route_of_gradio(_):
        raise error

    found = client(Route("/gradio_api/call/x", route_of_gradio)).get("/gradio_api/call/x")
    assert (found.status_code, found.json()["error"]) == (400, "This request is malformed.")
    assert not caplog.records
    assert capsys.readouterr().err.startswith("refused GET /gradio_api/call/x: ")


@pytest.mark.parametrize("error", [UserError, BusyError], ids=lambda error: error.__name__)
def test_sentence_for_the_user_is_no_fault(error, caplog):
    found = client(read_route(Broken(error))).post("/read", json=[[[0, 0]]])
    said = {"error": "A sentence."} if error is UserError else {"busy": True}
    assert (found.status_code, found.json()) == (200, said)
    with pytest.raises(gr.Error, match=r"A sentence\."), errors_for_api():
        raise error("A sentence.")
    assert not caplog.records


@pytest.mark.parametrize("error", FAULTS, ids=lambda error: error.__name__)
def test_fault_in_a_call_of_the_api_is_a_sentence_and_a_traceback(error, caplog):
    with pytest.raises(gr.Error) as raised, errors_for_api():
        raise error
    assert (raised.value.message, raised.value.print_exception) == (FAULT, False)
    assert caplog.records[0].exc_info[0] is error


def test_tracebacks_are_throttled():
    log = logging.getLogger("demo")
    before = list(log.filters)
    limit_tracebacks()
    (limit,) = (one for one in log.filters if one not in before)
    log.removeFilter(limit)

    def record(exc_info):
        return logging.LogRecord("x", logging.ERROR, "", 0, "words", (), exc_info)

    assert [limit.filter(record((ValueError, None, None))) for _ in range(3)] == [True, 0, 0]
    assert all(limit.filter(record(None)) for _ in range(3))


def test_health_probe_fails_when_nothing_can_be_read():
    class NoNetwork:
        def read_pixels(self, pixels):
            raise RuntimeError("no network")

    with client(health(MicroBatcher(NoNetwork()))) as opened:
        answer = opened.get("/healthz")
    assert answer.status_code == 503
    assert "no network" in answer.json()["why"]
