"""The network on the stage, and what it costs the pens: python benchmarks/stage.py

First in a real Chromium, one visitor: how many updates a second the stage shows while a digit is
being drawn, how large each is, and the time from pointer-up and from the last move to the last
bars; with the stage open, open beside a pinned drawing, and closed, in turn. Then without a
browser, a class: how long /read takes for so many pens at ten updates a second, while each of them
asks for the network as fast as it is answered, and while none does, in turn.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, Response, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
from browser import launch_browser
from serving import Server, post
from speed import OURS
from speed import draw_stroke as stroke
from visitors import READING_S as EVERY
from visitors import updates_of

from mnist_model.handwriting import write_digit

PAUSE = 0.02  # s, as in assets/tabs/network/network.js
TABS = {"open": "Network", "pinned": "Network", "closed": "Fool it"}  # asks nothing itself
TALL = {"width": 1366, "height": 1900}  # pad and stage are on the screen together


def one_visitor(url: str, strokes: int) -> None:
    """Draw on two pages in turn, and print what was seen."""
    with sync_playwright() as playwright:
        browser = launch_browser(playwright)
        pages: dict[str, Page] = {}
        sizes: dict[str, list[int]] = {name: [] for name in TABS if name != "closed"}
        rates: dict[str, list[float]] = {name: [] for name in sizes}
        for name, tab in TABS.items():
            page = pages[name] = browser.new_page(viewport=TALL)
            page.goto(url)
            page.get_by_role("tab", name=tab).click()
            page.get_by_test_id("sketchpad").wait_for()
        pin_a_drawing(pages["pinned"])
        for name in sizes:
            pages[name].locator('.network[data-state="done"]').wait_for()
            pages[name].on("response", lambda one, name=name: sizes[name].extend(_sizes(one)))
        seen: dict[str, list[dict]] = {name: [] for name in pages}
        for _ in range(strokes + 1):
            for name, page in pages.items():
                page.bring_to_front()
                pad = page.get_by_test_id("sketchpad")
                seen[name].append(stroke(page, pad, OURS))
                if name in rates:
                    rates[name].append(updates_while_drawing(page))
                page.get_by_test_id("clear").click()
        browser.close()
    for name, lengths in sizes.items():
        middle, most = statistics.median(lengths) / 1000, max(lengths) / 1000
        print(
            f"stage {name:6s}: {statistics.median(rates[name][1:]):.0f} updates a second,", end=" "
        )
        print(f"kB each: median {middle:.1f}, largest {most:.1f}")
    for name, runs in seen.items():
        for start, key in (("pointer-up", "settled"), ("last move", "moved")):
            times = statistics.median(run[key] for run in runs[1:])
            print(f"{start} to bars, ms, stage {name:7s}: median {times:.1f}")


def pin_a_drawing(page: Page) -> None:
    """The page compares with a stroke from now on."""
    page.bring_to_front()
    stroke(page, page.get_by_test_id("sketchpad"), OURS)
    page.get_by_test_id("pin").click()
    page.get_by_test_id("clear").click()
    page.locator('.network[data-view="compared"]').wait_for()


def _sizes(response: Response) -> list[int]:
    return [len(response.body())] if response.url.endswith("/network") else []


def updates_while_drawing(page: Page, seconds: float = 2) -> float:
    """Draw circles for so long, at a hand's pace."""
    box = page.get_by_test_id("sketchpad").bounding_box()
    count = "() => Number(document.querySelector('.network').dataset.updates)"
    page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 0.5 * box["height"])
    page.mouse.down()
    before, start = page.evaluate(count), time.perf_counter()
    while (now := time.perf_counter() - start) < seconds:
        x, y = 0.5 + 0.3 * np.cos(3 * now), 0.5 + 0.3 * np.sin(3 * now)
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
        page.wait_for_timeout(16)
    rate = (page.evaluate(count) - before) / (time.perf_counter() - start)
    page.mouse.up()
    return rate


class Visitor:
    """Draws, and may have the stage open."""

    def __init__(self, url: str, updates: list[list], pictures: list[str]) -> None:
        """Prepare questions about one drawing as it grows."""
        self.host, port = url.removeprefix("http://").split(":")
        self.port = int(port)
        self.read = [self._request("read", update) for update in updates]
        self.network = [self._request("network", {"pixels": pixels}) for pixels in pictures]
        self.seconds: list[float] = []
        self.updates = 0

    def _request(self, path: str, data: object) -> bytes:
        body = json.dumps(data).encode()
        return (
            f"POST /{path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body

    async def draw(self, until: float) -> None:
        """Read ten times a second."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        number = 0
        while (sent := time.perf_counter()) < until:
            writer.write(self.read[number % len(self.read)])
            await _answer(reader)
            self.seconds.append(time.perf_counter() - sent)
            number += 1
            await asyncio.sleep(max(0.0, EVERY - (time.perf_counter() - sent)))
        writer.close()

    async def watch(self, until: float) -> None:
        """Ask for the network whenever it has been answered."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        while time.perf_counter() < until:
            writer.write(self.network[self.updates % len(self.network)])
            await _answer(reader)
            self.updates += 1
            await asyncio.sleep(PAUSE)
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next(int(one.split(b":")[1]) for one in lines if one.startswith(b"content-length"))
    await reader.readexactly(length)
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head.decode())


def a_class(url: str, count: int, seconds: float) -> None:
    """All draw, with their stages closed and open, and print how long reading took."""
    rng = np.random.default_rng(0)
    drawings = [updates_of(write_digit(i % 10, rng)) for i in range(min(count, 10))]
    pictures = [[post(f"{url}/read", one)["pixels"] for one in drawing] for drawing in drawings]
    for name in ("closed", "open", "closed", "open"):
        visitors = [
            Visitor(url, drawings[i % len(drawings)], pictures[i % len(drawings)])
            for i in range(count)
        ]

        async def all_draw(visitors=visitors, name=name) -> None:
            until = time.perf_counter() + seconds
            watching = [one.watch(until) for one in visitors] if name == "open" else []
            await asyncio.gather(*(one.draw(until) for one in visitors), *watching)

        asyncio.run(all_draw())
        times = [1000 * one for visitor in visitors for one in visitor.seconds]
        p50, p95 = np.percentile(times, [50, 95])
        rate = sum(one.updates for one in visitors) / seconds / count
        print(
            f"{count:3d} pens, stages {name:7s}: /read p50 {p50:.1f} ms, p95 {p95:.1f} ms; "
            f"{len(times) / seconds / count:.1f} readings and {rate:.1f} updates a second each"
        )


def main() -> None:
    """One visitor, then a class."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--strokes", type=int, default=15)
    parser.add_argument("--pens", type=int, default=25)
    parser.add_argument("--seconds", type=float, default=8)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "log")
        try:
            server.start()
            one_visitor(server.url, arguments.strokes)
            a_class(server.url, arguments.pens, arguments.seconds)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
