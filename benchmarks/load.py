"""Many pens at once, against the app and against a stub: python benchmarks/load.py [--keep]

Each simulated visitor draws without a pause and asks as the page does
(`assets/shared/question.js`): `/read` 30 times a second, and `/network` about each reading, over
connections of its own. Each has one question on the way at a time: what falls due meanwhile waits,
and a newer drawing takes its place. The stub (`stub_page.py`) takes the same questions and reads
nothing: its times are what HTTP and the simulated visitors cost, who share the machine's cores with
the server. Linux only: memory is read from /proc. With ``--fooling`` so many visitors press "Fool
it" meanwhile, again as soon as they are answered. With ``--keep`` the figures go into the model's
card."""

import argparse
import asyncio
import contextlib
import itertools
import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
from memory import resident_megabytes  # noqa: E402
from serving import Server, post  # noqa: E402

from mnist_model import first_points, load_classifier  # noqa: E402
from mnist_model.handwriting import write_digit  # noqa: E402

EVERY = 1 / 30  # s between a pen's questions (assets/pad/sketchpad.js)
PAUSE = 0.02  # s from an answer of the network to the next question (tabs/network/network.js)
MAPS = 5  # of each layer, as on a laptop
ARRIVING = 3.0  # s before it counts
DRAWINGS = 40
UPDATES = 60  # of a drawing, in two seconds


@dataclass
class Outcome:
    """What the visitors of one run saw: seconds from each question to its answer."""

    readings: list[float] = field(default_factory=list)
    networks: list[float] = field(default_factory=list)
    errors: int = 0


class Visitor:
    """Draws without a pause, and looks at the network meanwhile."""

    def __init__(self, url: str, number: int, updates: list[list]) -> None:
        """Prepare the drawings, which cost nothing while they are sent."""
        self.host, port = url.removeprefix("http://").split(":")
        self.port = int(port)
        self.cookie = f"pad={number:032x}"  # as nginx gives one to each visitor
        self.questions = [self._request("read", update) for update in updates]
        self.pixels = ""

    def _request(self, route: str, question: object) -> bytes:
        body = json.dumps(question).encode()
        return (
            f"POST /{route} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nCookie: {self.cookie}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body

    async def visit(self, seconds: float, offset: float) -> Outcome:
        """Draw and look for so long."""
        outcome = Outcome()
        self.read = asyncio.Event()
        start = time.perf_counter() + offset
        looking = asyncio.create_task(self._look(start + seconds, outcome))
        await self._draw(start, seconds, outcome)
        looking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await looking
        return outcome

    async def _draw(self, start: float, seconds: float, outcome: Outcome) -> None:
        """Ask about the newest drawing whenever it is due and the last one is answered."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        due = start
        while due < start + seconds:
            await asyncio.sleep(due - time.perf_counter())
            sent = time.perf_counter()
            newest = int((sent - start) / EVERY) % len(self.questions)
            writer.write(self.questions[newest])
            status, body = await _answer(reader)
            answered = time.perf_counter()
            outcome.readings.append(answered - sent)
            reading = json.loads(body) if status == 200 else {}
            outcome.errors += not reading.keys().isdisjoint({"error", "busy"}) or not reading
            self.pixels = reading.get("pixels", self.pixels)
            self.read.set()
            due = max(due + EVERY, answered)
        writer.close()

    async def _look(self, end: float, outcome: Outcome) -> None:
        """Ask what the network does with each reading, or the newest."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        shown: dict[str, list] = {}  # the maps that were, and stay where they may
        while time.perf_counter() < end:
            await self.read.wait()
            self.read.clear()
            sent = time.perf_counter()
            question = {"pixels": self.pixels, "digit": None, "count": MAPS} | shown
            writer.write(self._request("network", question))
            status, body = await _answer(reader)
            outcome.networks.append(time.perf_counter() - sent)
            if status != 200 or body[:1] == b"{":
                outcome.errors += 1
            elif length := int.from_bytes(body[:4], "little"):
                layers = json.loads(body[4 : 4 + length])["layers"]
                shown = {"shown": [layer["shown"] for layer in layers[:-1]] + [[]]}
            await asyncio.sleep(PAUSE)
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1])
        for line in head.lower().split(b"\r\n")
        if line.startswith(b"content-length")
    )
    return int(head.split(b" ")[1]), await reader.readexactly(length)


def updates_of(drawing: list[np.ndarray]) -> list[list]:
    """A drawing as it grows."""
    points = sum(len(stroke) for stroke in drawing)
    counts = np.linspace(2, points, UPDATES).astype(int)
    return [
        [np.round(stroke, 3).tolist() for stroke in first_points(drawing, int(count))]
        for count in counts
    ]


async def visit_all(visitors: list[Visitor], seconds: float) -> Outcome:
    """Let all visitors draw; their outcomes in one."""
    offsets = np.linspace(0, EVERY, len(visitors), endpoint=False)
    outcomes = await asyncio.gather(
        *(one.visit(seconds, float(offset)) for one, offset in zip(visitors, offsets, strict=True))
    )
    return Outcome(
        [second for one in outcomes for second in one.readings],
        [second for one in outcomes for second in one.networks],
        sum(one.errors for one in outcomes),
    )


def run(server: Server, updates: list[list[list]], count: int, seconds: float) -> Outcome:
    """One run of so many visitors against a server, which has met them before."""
    visitors = [Visitor(server.url, number, updates[number % DRAWINGS]) for number in range(count)]
    asyncio.run(visit_all(visitors, ARRIVING))
    return asyncio.run(visit_all(visitors, seconds))


@contextlib.contextmanager
def fooling(server: Server, drawing: list, count: int) -> Iterator[list[float]]:
    """So many visitors press "Fool it" without a pause; the seconds that each search took."""
    seconds: list[float] = []
    if not count:
        yield seconds
        return
    call = {"component_id": server.component_of("adversarial"), "fn_name": "ask"}
    question = {"pixels": server.read(drawing)["pixels"], "norm": "linf"}
    done = threading.Event()

    def press(number: int) -> None:
        for digit in itertools.cycle(range(10)):
            sent, search = time.perf_counter(), {}
            while search is not None:  # attempt by attempt, as the page does
                if done.is_set():
                    return
                data = {**question, "digit": digit, "search": search or None}
                answer = post(
                    f"{server.url}/gradio_api/component_server/",
                    {**call, "session_hash": f"fooling{number}", "data": data},
                )
                assert "success" in answer, answer
                search = answer["search"]
            seconds.append(time.perf_counter() - sent)

    with ThreadPoolExecutor(count) as visitors:
        pressing = [visitors.submit(press, number) for number in range(count)]
        try:
            yield seconds
        finally:
            done.set()
            for visitor in pressing:
                visitor.result()


def main() -> None:
    """Run all numbers of pens against both, in turn, and print what they saw."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pens", type=int, nargs="+", default=[1, 8, 30, 128])
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--fooling", type=int, default=0, help='visitors who press "Fool it"')
    parser.add_argument("--keep", action="store_true", help="the figures go into the model's card")
    arguments = parser.parse_args()
    rng = np.random.default_rng(0)
    updates = [updates_of(write_digit(i % 10, rng)) for i in range(DRAWINGS)]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        app = Server(Path(folder) / "app")
        stub = Server(Path(folder) / "stub", "-m", "benchmarks.stub_page")
        servers = {"app": app, "stub": stub}
        try:
            for server in servers.values():
                server.start()
                run(server, updates, 8, 2)  # warms up
            print(
                f"{'pens':>5s} {'':5s}{'readings/s':>11s}{'p50':>7s}{'p95':>7s}{'p99 ms':>8s}"
                f"{'networks/s':>11s}{'p50':>7s}{'p95 ms':>8s}{'errors':>8s}{'MB':>6s}"
            )
            for count in arguments.pens:
                row: dict[str, float] = {"pens": count, "asked_per_second": round(count / EVERY)}
                for name, server in servers.items():
                    pressing = arguments.fooling if name == "app" else 0
                    with fooling(server, updates[0][-1], pressing) as waited:
                        outcome = run(server, updates, count, arguments.seconds)
                    seen = figures(outcome, arguments.seconds)
                    row |= seen if name == "app" else {f"stub_{key}": seen[key] for key in seen}
                    print(
                        f"{count:5d} {name:5s}"
                        "{readings_per_second:11d}{p50:7.1f}{p95:7.1f}{p99:8.1f}"
                        "{networks_per_second:11d}{network_p50:7.1f}{network_p95:8.1f}"
                        "{errors:8d}".format(**seen)
                        + f"{resident_megabytes(server.process.pid):6.0f}",
                        flush=True,
                    )
                    if waited:
                        median = statistics.median(waited)
                        print(f'{"":5s} "Fool it": {len(waited)} answers, median {median:.2f} s')
                rows.append(row)
        finally:
            for server in servers.values():
                if hasattr(server, "process"):
                    server.stop()
    if arguments.keep:
        classifier = load_classifier()
        classifier.card["load"] = rows
        classifier.save_card()


def figures(outcome: Outcome, seconds: float) -> dict[str, float]:
    """Answers a second, and percentiles of how long they took, in ms."""
    p50, p95, p99 = np.round(1000 * np.percentile(outcome.readings, [50, 95, 99]), 1)
    network_p50, network_p95 = np.round(1000 * np.percentile(outcome.networks, [50, 95]), 1)
    return {
        "readings_per_second": round(len(outcome.readings) / seconds),
        "p50": float(p50),
        "p95": float(p95),
        "p99": float(p99),
        "networks_per_second": round(len(outcome.networks) / seconds),
        "network_p50": float(network_p50),
        "network_p95": float(network_p95),
        "errors": outcome.errors,
    }


if __name__ == "__main__":
    main()
