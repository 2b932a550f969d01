"""Simulated visitors, who ask a server as the page does."""

import asyncio
import itertools
import json
import random
import time

import numpy as np
from serving import Server

from mnist_model import first_points
from mnist_model.handwriting import write_digit

READING_S = 1 / 30  # between two questions of a pen, more or less (assets/pad/reader.js)
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
        self.fooled: list[float] = []
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

    async def draw(self, seconds: float, offset: float) -> None:
        """Ask about the newest drawing when it is due and the last question is answered."""
        self.read = asyncio.Event()
        looking = asyncio.create_task(self._look())
        connection = await asyncio.open_connection(self.host, self.port)
        due = start = time.perf_counter() + offset
        while due < start + seconds:
            await asyncio.sleep(due - time.perf_counter())
            newest = int((time.perf_counter() - start) / READING_S) % len(self.questions)
            answer = await self._ask(connection, self.questions[newest], self.readings)
            self.pixels = json.loads(answer or "{}").get("pixels", self.pixels)
            self.read.set()
            due = max(due + READING_S * random.uniform(0.9, 1.1), time.perf_counter())
        looking.cancel()

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

    async def fool(self, call: dict) -> None:
        """Press "Fool it" again and again: attempt by attempt, as the page does."""
        connection = await asyncio.open_connection(self.host, self.port)
        route, call = "gradio_api/component_server/", {**call, "session_hash": self.cookie}
        pixels = json.loads(await self._ask(connection, self.questions[-1], []))["pixels"]
        for digit in itertools.cycle(range(10)):
            started, search = time.perf_counter(), {}
            while search is not None:
                data = {"pixels": pixels, "digit": digit, "search": search or None}
                answer = await self._ask(
                    connection, self._request(route, {**call, "data": data}), []
                )
                search = json.loads(answer)["search"]
            self.fooled.append(1000 * (time.perf_counter() - started))


def updates_of(drawing: list[np.ndarray]) -> list[list]:
    """A drawing as it travels while it is drawn."""
    counts = np.linspace(2, sum(map(len, drawing)), UPDATES).astype(int)
    return [
        [np.round(stroke, 3).tolist() for stroke in first_points(drawing, int(count))]
        for count in counts
    ]


def draw(server: Server, pens: int, seconds: float, foolers: int = 0) -> dict[str, float]:
    """Let so many pens draw at once: answers a second, and their times in ms.

    ``foolers`` press "Fool it" meanwhile, without a pause; "fooled" is the median of their ms. And
    "cores": the share of a core that the visitors themselves take.
    """
    rng = np.random.default_rng(0)
    drawings = [updates_of(write_digit(i % 10, rng)) for i in range(DRAWINGS)]
    call = {"component_id": server.component_of("adversarial"), "fn_name": "ask"} if foolers else {}

    async def all_draw(seconds: float) -> list[Visitor]:
        visitors = [Visitor(server.url, i, drawings[i % DRAWINGS]) for i in range(pens + foolers)]
        pressing = [asyncio.create_task(v.fool(call)) for v in visitors[pens:]]
        await asyncio.gather(
            *(v.draw(seconds, i * READING_S / pens) for i, v in enumerate(visitors[:pens]))
        )
        for task in pressing:
            if not task.cancel():
                task.result()  # raises its error
        return visitors

    asyncio.run(all_draw(ARRIVING_S))
    started = time.process_time()
    visitors = asyncio.run(all_draw(seconds))
    found: dict[str, float] = {"cores": round((time.process_time() - started) / seconds, 2)}
    found["errors"] = sum(visitor.errors for visitor in visitors)
    for name, prefix in (("readings", ""), ("networks", "network_")):
        times = [ms for visitor in visitors for ms in getattr(visitor, name)]
        found[f"{name}_per_second"] = round(len(times) / seconds)
        for percentile in (50, 95, 99):
            found[f"{prefix}p{percentile}"] = round(float(np.percentile(times, percentile)), 1)
    found["fooled"] = float(np.median([ms for visitor in visitors for ms in visitor.fooled] or [0]))
    return found
