"""Simulated visitors, who ask a server as the page does."""

import asyncio
import contextlib
import itertools
import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from serving import Server, post

from mnist_model import first_points
from mnist_model.handwriting import write_digit

READING_S = 1 / 30  # between two questions of a pen (assets/pad/sketchpad.js)
NETWORK_S = 0.02  # between an answer about the network and the next question (assets/tabs/network)
MAPS = 5  # of each layer, as a laptop's screen shows
ARRIVING_S = 3.0  # not measured
DRAWINGS, UPDATES = 40, 60  # of a drawing, in two seconds


class Visitor:
    """Draws without a pause, and looks at the network meanwhile; times in ms."""

    def __init__(self, url: str, index: int, updates: list[list]) -> None:
        """Prepare the questions before the run, so that they cost nothing in it."""
        self.host, self.port = url.removeprefix("http://").split(":")
        self.cookie = f"pad={index:032x}"  # as nginx gives one to each visitor
        self.questions = [self._request("read", update) for update in updates]
        self.pixels = ""
        self.readings: list[float] = []
        self.networks: list[float] = []
        self.errors = 0

    def _request(self, route: str, question: object) -> bytes:
        body = json.dumps(question).encode()
        return (
            f"POST /{route} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nCookie: {self.cookie}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body

    async def _ask(self, connection, request: bytes, times: list[float]) -> bytes:
        """The body of the answer, empty where it is an error."""
        reader, writer = connection
        sent = time.perf_counter()
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        body = await reader.readexactly(length)
        times.append(1000 * (time.perf_counter() - sent))
        if head.split(b" ")[1] == b"200" and not body.startswith((b'{"error"', b'{"busy"')):
            return body
        self.errors += 1
        return b""

    async def visit(self, seconds: float, offset: float) -> None:
        """Draw and look for so long."""
        self.read = asyncio.Event()
        looking = asyncio.create_task(self._look())
        await self._draw(time.perf_counter() + offset, seconds)
        looking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await looking

    async def _draw(self, start: float, seconds: float) -> None:
        """Ask about the newest drawing when it is due and the last question is answered."""
        connection = await asyncio.open_connection(self.host, self.port)
        due = start
        while due < start + seconds:
            await asyncio.sleep(due - time.perf_counter())
            newest = int((time.perf_counter() - start) / READING_S) % len(self.questions)
            answer = await self._ask(connection, self.questions[newest], self.readings)
            self.pixels = json.loads(answer or "{}").get("pixels", self.pixels)
            self.read.set()
            due = max(due + READING_S, time.perf_counter())
        connection[1].close()

    async def _look(self) -> None:
        """Ask what the network does with the newest reading."""
        connection = await asyncio.open_connection(self.host, self.port)
        shown: dict[str, list] = {}  # maps of the last answer, which stay where they may
        while True:
            await self.read.wait()
            self.read.clear()
            question = {"pixels": self.pixels, "digit": None, "count": MAPS} | shown
            body = await self._ask(connection, self._request("network", question), self.networks)
            if length := int.from_bytes(body[:4], "little"):
                layers = json.loads(body[4 : 4 + length])["layers"]
                shown = {"shown": [layer["shown"] for layer in layers[:-1]] + [[]]}
            await asyncio.sleep(NETWORK_S)


def updates_of(drawing: list[np.ndarray]) -> list[list]:
    """A drawing as it travels while it is drawn."""
    counts = np.linspace(2, sum(map(len, drawing)), UPDATES).astype(int)
    return [
        [np.round(stroke, 3).tolist() for stroke in first_points(drawing, int(count))]
        for count in counts
    ]


def draw(url: str, pens: int, seconds: float) -> dict[str, float]:
    """Let so many pens draw at once: answers a second, and their times in ms."""
    rng = np.random.default_rng(0)
    drawings = [updates_of(write_digit(i % 10, rng)) for i in range(min(pens, DRAWINGS))]

    async def all_draw(seconds: float) -> list[Visitor]:
        visitors = [Visitor(url, i, drawings[i % DRAWINGS]) for i in range(pens)]
        await asyncio.gather(
            *(v.visit(seconds, i * READING_S / pens) for i, v in enumerate(visitors))
        )
        return visitors

    asyncio.run(all_draw(ARRIVING_S))
    visitors = asyncio.run(all_draw(seconds))
    found: dict[str, float] = {"errors": sum(visitor.errors for visitor in visitors)}
    for name, prefix in (("readings", ""), ("networks", "network_")):
        times = [ms for visitor in visitors for ms in getattr(visitor, name)]
        found[f"{name}_per_second"] = round(len(times) / seconds)
        for percentile in (50, 95, 99):
            value = np.percentile(times or [np.nan], percentile)
            found[f"{prefix}p{percentile}"] = round(float(value), 1)
    return found


def ask(server: Server, tab: str, question: object, function: str = "ask") -> dict:
    """What a tab's server function answers."""
    call = {"component_id": server.component_of(tab), "fn_name": function, "session_hash": tab}
    answer = post(f"{server.url}/gradio_api/component_server/", {**call, "data": question})
    assert not {"error", "busy"} & set(map(str, answer)), (tab, answer)
    return answer


def fool(server: Server, question: dict, ended: threading.Event | None = None) -> None:
    """Press "Fool it": attempt by attempt, as the page does, until it is found or ``ended``."""
    search: dict | None = {}
    while search is not None and not (ended and ended.is_set()):
        search = ask(server, "adversarial", {**question, "search": search or None})["search"]


@contextlib.contextmanager
def fooling(server: Server, drawing: list, count: int) -> Iterator[list[float]]:
    """So many visitors press "Fool it" without a pause; the seconds that each search took."""
    seconds: list[float] = []
    pixels, ended = server.read(drawing)["pixels"], threading.Event()

    def press() -> None:
        for digit in itertools.cycle(range(10)):
            started = time.perf_counter()
            fool(server, {"pixels": pixels, "digit": digit}, ended)
            if ended.is_set():
                return
            seconds.append(time.perf_counter() - started)

    with ThreadPoolExecutor(count or 1) as visitors:
        pressing = [visitors.submit(press) for _ in range(count)]
        try:
            yield seconds
        finally:
            ended.set()
            for visitor in pressing:
                visitor.result()
