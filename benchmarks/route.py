"""What a question costs on its way: python benchmarks/route.py

The stub (`stub_page.py`) answers at once and reads nothing: by a plain route, as the pad asks, and
by a server function of Gradio's, as the tabs do. In turn, over one connection each.
"""

import argparse
import http.client
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from digits import DIGITS, as_json  # noqa: E402
from serving import Server  # noqa: E402


def main() -> None:
    """Ask by both, in turn, and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=int, default=1000)
    questions = parser.parse_args().questions
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "log", "-m", "benchmarks.stub_page")
        server.start()
        try:
            drawing = as_json(DIGITS[7])
            call = {"fn_name": "read", "component_id": server.component_with("read")}
            ways = {
                "a plain route": ("/read", drawing),
                "a server function": (
                    "/gradio_api/component_server/",
                    {**call, "session_hash": "route", "data": drawing},
                ),
            }
            connections = {
                name: http.client.HTTPConnection("127.0.0.1", server.port) for name in ways
            }
            times: dict[str, list[float]] = {name: [] for name in ways}
            for _ in range(questions):
                for name, (path, question) in ways.items():
                    times[name].append(milliseconds(connections[name], path, question))
            for name, taken in times.items():
                print(f"{name}: median {statistics.median(taken):.2f} ms")
        finally:
            server.stop()


def milliseconds(connection: http.client.HTTPConnection, path: str, question: object) -> float:
    """How long one question takes to be answered."""
    body = json.dumps(question)
    started = time.perf_counter()
    connection.request("POST", path, body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200
    return 1000 * (time.perf_counter() - started)


if __name__ == "__main__":
    main()
