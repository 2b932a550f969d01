"""Many pens at once, against the app and against a stub: python benchmarks/load.py [--fooling 2]

Each simulated pen replays a drawing at ten updates a second, over a connection of its own, with
the request that the page makes. As the page does, it has one question on the way at a time: an
update that falls due meanwhile waits, and a newer one takes its place. The stub (`stub_page.py`)
answers at once and reads nothing, so that the ratio says what reading costs. Pens and server share
the machine's cores. Linux only: memory is read from /proc.
With ``--fooling`` so many visitors press "Fool it" meanwhile, again as soon as they are answered.
"""

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

from mnist_model import first_points  # noqa: E402
from mnist_model.penmanship import write_digit  # noqa: E402

EVERY = 0.1  # s between a pen's updates
ARRIVING = 3.0  # s before it counts
DRAWINGS = 40


@dataclass
class Outcome:
    """What the pens of one run saw."""

    seconds: list[float] = field(default_factory=list)  # from a question to its answer
    errors: int = 0
    due: int = 0  # updates, sent or not


class Pen:
    """One visitor who draws without a pause."""

    def __init__(self, url: str, number: int, updates: list[list]) -> None:
        """Prepare its questions; they cost nothing while it draws."""
        self.host, port = url.removeprefix("http://").split(":")
        self.port = int(port)
        self.questions = [self._request(number, update) for update in updates]
        self.outcome = Outcome()

    def _request(self, number: int, strokes: list) -> bytes:
        body = json.dumps(strokes).encode()
        return (
            f"POST /read HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n"
            f"Cookie: pad={number:032x}\r\n"  # as nginx gives one to each visitor
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body

    async def draw(self, seconds: float, offset: float) -> None:
        """Ask for the newest update whenever one is due and the last one is answered."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        start = time.perf_counter() + offset
        latest = -1
        try:
            while (now := time.perf_counter()) < start + seconds:
                due = int((now - start) / EVERY)
                if now < start or due == latest:
                    await asyncio.sleep(start + (latest + 1) * EVERY - now)
                    continue
                latest = due
                sent = time.perf_counter()
                writer.write(self.questions[due % len(self.questions)])
                status = await self._answer(reader)
                self.outcome.seconds.append(time.perf_counter() - sent)
                self.outcome.errors += status != b"200"
        finally:
            self.outcome.due = latest + 1
            writer.close()

    @staticmethod
    async def _answer(reader: asyncio.StreamReader) -> bytes:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length")
        )
        body = await reader.readexactly(length)
        return b"error" if b'"error"' in body else head.split(b" ")[1]


def updates_of(drawing: list[np.ndarray]) -> list[list]:
    """A drawing after each tenth of a second: as it grows by a twentieth of its points."""
    points = sum(len(stroke) for stroke in drawing)
    counts = np.linspace(2, points, 20).astype(int)
    return [
        [np.round(stroke, 3).tolist() for stroke in first_points(drawing, int(count))]
        for count in counts
    ]


async def draw_all(pens: list[Pen], seconds: float) -> Outcome:
    """Let all pens draw; their outcomes in one."""
    offsets = np.linspace(0, EVERY, len(pens), endpoint=False)
    await asyncio.gather(
        *(pen.draw(seconds, float(offset)) for pen, offset in zip(pens, offsets, strict=True))
    )
    return Outcome(
        [one for pen in pens for one in pen.outcome.seconds],
        sum(pen.outcome.errors for pen in pens),
        sum(pen.outcome.due for pen in pens),
    )


def run(server: Server, updates: list[list[list]], count: int, seconds: float) -> Outcome:
    """One run of so many pens against a server, which has met them before."""
    pens = [Pen(server.url, number, updates[number % len(updates)]) for number in range(count)]
    asyncio.run(draw_all(pens, ARRIVING))
    for pen in pens:
        pen.outcome = Outcome()
    return asyncio.run(draw_all(pens, seconds))


@contextlib.contextmanager
def fooling(server: Server, drawing: list, count: int) -> Iterator[list[float]]:
    """So many visitors press "Fool it" without a pause; the seconds that they waited, each."""
    seconds: list[float] = []
    if not count:
        yield seconds
        return
    call = {"component_id": server.component_with("share_done"), "fn_name": "ask"}
    question = {"pixels": server.read(drawing)["pixels"], "norm": "linf"}
    done = threading.Event()

    def press(number: int) -> None:
        for digit in itertools.cycle(range(10)):
            if done.is_set():
                return
            sent = time.perf_counter()
            data = {**question, "digit": digit, "name": str(number)}
            answer = post(
                f"{server.url}/gradio_api/component_server/",
                {**call, "session_hash": f"fooling{number}", "data": data},
            )
            assert "success" in answer, answer
            seconds.append(time.perf_counter() - sent)

    with ThreadPoolExecutor(count) as visitors:
        pressing = [visitors.submit(press, number) for number in range(count)]
        try:
            while len(seconds) < count and not any(visitor.done() for visitor in pressing):
                time.sleep(0.1)  # TensorFlow comes first, once
            seconds.clear()
            yield seconds
        finally:
            done.set()
            for visitor in pressing:
                visitor.result()


def main() -> None:
    """Run all numbers of pens against both, in turn, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pens", type=int, nargs="+", default=[1, 8, 25, 32, 128])
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--fooling", type=int, default=0, help='visitors who press "Fool it"')
    arguments = parser.parse_args()
    rng = np.random.default_rng(0)
    updates = [updates_of(write_digit(i % 10, rng)) for i in range(DRAWINGS)]
    with tempfile.TemporaryDirectory() as folder:
        app = Server(Path(folder) / "app")
        stub = Server(Path(folder) / "stub", "-m", "benchmarks.stub_page")
        servers = {"app": app, "stub": stub}
        try:
            for server in servers.values():
                server.start()
                run(server, updates, 8, 2)  # warms up
            print(
                f"{'pens':>5s} {'':5s}{'answers/s':>10s}{'of due':>8s}{'p50':>8s}{'p95':>8s}"
                f"{'p99 ms':>8s}{'errors':>8s}{'MB':>7s}"
            )
            for count in arguments.pens:
                rates = {}
                for name, server in servers.items():
                    pressing = arguments.fooling if name == "app" else 0
                    with fooling(server, updates[0][-1], pressing) as waited:
                        outcome = run(server, updates, count, arguments.seconds)
                    rates[name] = len(outcome.seconds) / arguments.seconds
                    times = 1000 * np.array(outcome.seconds)
                    p50, p95, p99 = np.percentile(times, [50, 95, 99])
                    print(
                        f"{count:5d} {name:5s}{rates[name]:10.0f}"
                        f"{len(times) / outcome.due:8.0%}{p50:8.1f}{p95:8.1f}{p99:8.1f}"
                        f"{outcome.errors:8d}{resident_megabytes(server.process.pid):7.0f}"
                    )
                    if waited:
                        median = statistics.median(waited)
                        print(f'{"":5s} "Fool it": {len(waited)} answers, median {median:.2f} s')
                print(f"{count:5d} ratio{rates['app'] / rates['stub']:10.0%}", flush=True)
        finally:
            for server in servers.values():
                if hasattr(server, "process"):
                    server.stop()


if __name__ == "__main__":
    main()
