"""How fast the page answers, and what it costs: python benchmarks/speed.py COMMAND --help

Every command starts and ends the servers and the Chromium that it measures. Linux only: memory is
read from /proc.
"""

import contextlib
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import typer
from playwright.sync_api import Browser, Locator, Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
from browser import launch_browser
from digits import DIGITS, as_json
from serving import Server, ask_network, post
from visitors import READING_S, draw

from mnist_model import load_classifier

app = typer.Typer(help=__doc__, pretty_exceptions_enable=False)
SEVEN = as_json(DIGITS[7])
SCREEN = {"width": 1366, "height": 2_600}  # shows the whole page
MOVES = 20  # of a stroke
MOVE_MS = 16  # between two moves, as often as a screen is drawn
FAR_MS = 80  # added to every answer of the server
QUIET_MS = 1_500  # without a change: settled
STARTS = 5
VISITORS = 3  # who open all tabs


@contextlib.contextmanager
def serving(*command: str) -> Iterator[Server]:
    """The app, or another command, on a free port until the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "log", *command)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def megabytes(server: Server) -> float:
    """Resident memory of a server's process, in MB."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def open_page(browser: Browser, url: str, tab: str = "") -> Page:
    """The page, with a tab open."""
    page = browser.new_page(viewport=SCREEN)
    page.goto(url)
    page.get_by_test_id("sketchpad").wait_for()
    if tab:
        page.get_by_role("tab", name=tab).click()
    return page


# `text` is an expression for what the reader sees; a write of the attribute `mark` counts as an
# answer even where it changes nothing. `watched` resolves when nothing has changed for `quiet` ms.
WATCH = """([text, mark, quiet]) => {
    const read = new Function("return " + text), now = () => performance.now();
    let before = read(), move = 0, up = 0, last = 0, during = 0;
    const observer = new MutationObserver(records => {
        const text = read();
        if (text !== before && !up) during += 1;
        if (text !== before || records.some(change => change.attributeName === mark)) last = now();
        before = text;
    });
    observer.observe(document.body,
        {subtree: true, childList: true, characterData: true, attributes: true});
    addEventListener("pointermove", () => { if (!up) move = now(); }, {capture: true});
    addEventListener("pointerup", () => { up = now(); }, {capture: true, once: true});
    window.watched = new Promise(resolve => {
        const timer = setInterval(() => {
            if (!up || now() - Math.max(up, last) < quiet) return;
            clearInterval(timer);
            observer.disconnect();
            resolve({settled: Math.max(0, last - up), moved: Math.max(0, last - move), during});
        }, 50);
    });
}"""
BARS = "[...document.querySelectorAll('[data-digit]')].map(bar => bar.dataset.probability).join()"
OURS = (BARS, "data-probability")
STOCK = ("document.querySelector('#answer').innerText", "")


def draw_stroke(page: Page, canvas: Locator | None = None, watched=OURS) -> dict[str, float]:
    """Draw a 7 in 20 moves at a hand's pace, and say what was seen; times in ms.

    "settled" is from pointer-up to the last answer (0 where it came before), "moved" from the last
    move; "during" counts changes while the pen was down.
    """
    box = (canvas or page.get_by_test_id("sketchpad")).bounding_box()
    corners, share = [(0.3, 0.25), (0.7, 0.25), (0.45, 0.8)], np.arange(1, MOVES // 2 + 1)[:, None]
    sides = [a + (b - a) * share / share[-1] for a, b in pairwise(map(np.array, corners))]
    path = np.concatenate([[corners[0]], *sides]) * [box["width"], box["height"]]
    start, *places = (path + np.array([box["x"], box["y"]])).tolist()
    page.mouse.move(*start)
    page.evaluate(WATCH, [*watched, QUIET_MS])
    page.mouse.down()
    for place in places:
        page.wait_for_timeout(MOVE_MS)
        page.mouse.move(*place)
    page.mouse.up()
    return page.evaluate("() => window.watched")


def draw_and_clear(page: Page) -> dict[str, float]:
    """`draw_stroke` on the page's pad, which is blank again afterwards."""
    page.bring_to_front()
    seen = draw_stroke(page)
    page.get_by_test_id("clear").click()
    return seen


def tell(title: str, runs: list[dict[str, float]]) -> None:
    """Print what several strokes saw."""
    settled, moved, during = (
        statistics.median(run[key] for run in runs) for key in ("settled", "moved", "during")
    )
    ninety = np.percentile([run["settled"] for run in runs], 90)
    print(
        f"{title:24s} pointer-up to the last answer: median {settled:.1f} ms, 90 % below "
        f"{ninety:.1f}; from the last move {moved:.1f} ms; {during:.0f} updates in {MOVES} moves",
        flush=True,
    )


@app.command()
def latency(strokes: int = 20) -> None:
    """Time from the pen to the bars: this page, from 80 ms away, and a stock gr.Sketchpad.

    The same stroke is drawn on each in turn, with the same model behind it, and timed by the page's
    own clock. Our bars then glide to their new place for 90 ms.
    """
    with (
        serving() as app,
        serving("-m", "benchmarks.other_pages", "sketchpad") as other,
        sync_playwright() as playwright,
        launch_browser(playwright) as browser,
    ):
        near, far = open_page(browser, app.url), open_page(browser, app.url)
        tools = far.context.new_cdp_session(far)
        tools.send("Network.enable")
        limits = {"offline": False, "downloadThroughput": -1, "uploadThroughput": -1}
        tools.send("Network.emulateNetworkConditions", {**limits, "latency": FAR_MS})
        stock = browser.new_page(viewport=SCREEN)

        def draw_on_stock(_: Page) -> dict[str, float]:
            stock.bring_to_front()
            stock.goto(other.url)  # a fresh page: after Clear no brush is chosen
            stock.get_by_role("button", name="Brush").first.click()
            return draw_stroke(stock, stock.locator(".pixi-target canvas, canvas").first, STOCK)

        pages = {"this page": near, f"from {FAR_MS} ms away": far, "stock gr.Sketchpad": stock}
        hands = [draw_and_clear, draw_and_clear, draw_on_stock]
        runs = [
            [hand(page) for hand, page in zip(hands, pages.values(), strict=True)]
            for _ in range(strokes + 1)
        ][1:]  # the first one warms up
    for name, seen in zip(pages, zip(*runs, strict=True), strict=True):
        tell(name, list(seen))


@app.command()
def load(
    pens: list[int] = [1, 8, 30, 128], seconds: float = 10, foolers: int = 0, keep: bool = False
) -> None:
    """Many pens at once, on the app and on a stub that answers without reading.

    Each simulated visitor draws without a pause and asks as the page does: /read 30 times a second,
    and /network about each reading, one question at a time on a connection of its own; a newer
    drawing replaces one that waits. The stub's times are those of HTTP and of the visitors, who
    share the cores with the server: "cores" is what these visitors take. --foolers visitors press
    "Fool it" meanwhile, without a pause. --keep writes the figures into the model's card.
    """
    rows = []
    columns = ("readings_per_second", "p50", "p95", "p99", "networks_per_second", "network_p50",
               "network_p95", "errors", "cores")  # fmt: skip
    print("pens", *columns, "MB", sep=", ")
    with serving() as app, serving("-m", "benchmarks.other_pages", "stub") as stub:
        for server in (app, stub):
            draw(server, 8, 2)  # warms up
        for count in pens:
            row: dict[str, float] = {"pens": count, "asked_per_second": round(count / READING_S)}
            for name, server in (("app", app), ("stub", stub)):
                seen = draw(server, count, seconds, foolers if server is app else 0)
                row |= {key if server is app else f"stub_{key}": seen[key] for key in columns}
                figures = "".join(f"{seen[key]:9g}" for key in columns)
                print(f"{count:5d} {name:5s}{figures}{megabytes(server):6.0f}", flush=True)
                if seen["fooled"]:
                    print(f'"Fool it": median {seen["fooled"] / 1000:.2f} s')
            rows.append(row)
    if keep:
        classifier = load_classifier()
        classifier.card["load"] = rows
        classifier.save_card()


def ask(server: Server, tab: str, question: object, function: str = "ask") -> dict:
    """What a tab's server function answers."""
    call = {"component_id": server.component_of(tab), "fn_name": function, "session_hash": tab}
    answer = post(f"{server.url}/gradio_api/component_server/", {**call, "data": question})
    assert not {"error", "busy"} & set(map(str, answer)), (tab, answer)
    return answer


def fool(server: Server, question: dict) -> None:
    """Press "Fool it": attempt by attempt, as the page does."""
    search: dict | None = {}
    while search is not None:
        search = ask(server, "adversarial", {**question, "search": search or None})["search"]


TABS: dict[str, Callable[[Server, dict], object]] = {
    "the network": lambda server, asked: ask_network(server, {"pixels": asked["pixels"]}),
    "what it sees": lambda server, asked: ask(server, "preprocessing", asked),
    "which ink": lambda server, asked: ask(server, "attribution", asked),
    "which ink, finely": lambda server, asked: ask(server, "attribution", asked, "ask_finely"),
    "stress it": lambda server, asked: ask(server, "perturbation", asked),
    "fool it": fool,
    "compare networks": lambda server, asked: ask(server, "comparison", asked),
    "how it learned": lambda server, asked: ask(server, "training_history", asked),
}


@app.command()
def tabs() -> None:
    """Each tab's first answer after the server's start, and the memory once all tabs were used.

    For each tab a server is started and asked as soon as it reads drawings; on the last server
    three visitors then ask all tabs at once.
    """
    for name, first in TABS.items():
        with serving() as server:
            asked = {"pixels": server.read(SEVEN)["pixels"], "strokes": SEVEN, "digit": 3}
            asked |= {"change": "rotation", "written": 7}
            server.component_of("teach")  # the page's parts are known
            started = time.perf_counter()
            first(server, asked)
            print(f"{name:20s}{time.perf_counter() - started:9.2f} s", flush=True)
            if name == list(TABS)[-1]:
                with ThreadPoolExecutor(VISITORS) as visitors:
                    for tab in TABS.values():
                        list(visitors.map(tab, [server] * VISITORS, [asked] * VISITORS))
                print(f"{f'{VISITORS} visitors, all tabs':20s}{megabytes(server):9.0f} MB")


@app.command()
def startup() -> None:
    """Seconds from the app's start to its first reading over HTTP, and its memory then.

    The first start is told apart: caches may be cold.
    """
    starts: list[tuple[float, float]] = []
    for _ in range(STARTS):
        started = time.perf_counter()
        with serving() as server:
            assert server.read(SEVEN)["digit"] == 7
            starts.append((time.perf_counter() - started, megabytes(server)))
    (first, *seconds), memory = zip(*starts, strict=True)
    later, size = statistics.median(seconds), statistics.median(memory)
    print(f"first {first:.1f} s, then {later:.1f} s (median), {size:.0f} MB")


@app.command()
def teaching(runs: int = 3, strokes: int = 15) -> None:
    """ "Teach one" in the browser: how fast and how well it learns, and the pad's delay meanwhile.

    A small CNN learns from 100 digits of each, as they come and in the lesson without crossed 7s,
    and reads held-out digits of other people; then strokes are timed while a network learns from
    500 of each.
    """
    with serving() as server, sync_playwright() as playwright:
        browser = launch_browser(playwright)
        for lesson in ("", "crossed"):
            for _ in range(runs):
                page = open_page(browser, server.url, "Teach one")
                tab = page.get_by_test_id("tab-teach")
                if lesson:
                    tab.locator(f'[data-lesson="{lesson}"]').click()
                started = time.perf_counter()
                teach(tab, "trained")
                print(
                    f"{lesson or '100 of each':12s}{time.perf_counter() - started:6.1f} s", end=""
                )
                for kind in ("everybody", "plain-7", "crossed-7"):
                    right = tab.locator(f'[data-kind="{kind}"]').get_attribute("data-right")
                    print(f", {kind} {100 * float(right or 0):.1f} %", end="", flush=True)
                print()
                page.close()
        page = open_page(browser, server.url, "Teach one")
        tab = page.get_by_test_id("tab-teach")
        tab.get_by_test_id("change").click()
        tab.get_by_test_id("each").fill("11")  # 500 of each: it learns for long
        tell("no network learns", [draw_and_clear(page) for _ in range(strokes)])
        teach(tab, "training")
        tell("a network learns", [draw_and_clear(page) for _ in range(strokes)])
        if tab.get_attribute("data-phase") != "training":
            raise ValueError("The network had learned before the last stroke: draw fewer strokes.")


def teach(tab: Locator, phase: str) -> None:
    """Press "Teach" and wait for a phase of the training."""
    tab.get_by_test_id("teach").click()
    tab.locator(f"xpath=self::*[@data-phase='{phase}']").wait_for(timeout=0)


if __name__ == "__main__":
    app()
