"""What "Teach one" does in a real browser: python benchmarks/teaching.py [--only PART] [--runs 3]

In headless Chromium on this machine, without a graphics card. A small convolution is taught 100
written examples of each digit: how long that takes, and how many of everybody's held-out digits it
reads then; also in seconds of the processor, which others' work on the machine does not lengthen
as much. The lesson "It never saw a crossed 7", and the same with crossed 7s: what each reads of
held-out 7s with and without a bar. And the time from pointer-up until the pad's last bars are
shown, with nobody learning and while a network learns, in turn.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]
from browser import launch_browser
from serving import Server
from speed import OURS
from speed import draw_stroke as stroke

PATIENCE = 600_000  # ms
SIZE = {"width": 1366, "height": 2_600}  # all of the page on the screen


def open_teach(page: Page, url: str) -> Locator:
    """The page, with its answer "Teach one" open."""
    page.goto(url)
    page.get_by_test_id("sketchpad").wait_for()
    page.get_by_role("tab", name="Teach one").click()
    tab = page.get_by_test_id("tab-teach")
    tab.locator(".digits button").last.wait_for()
    return tab


def teach(tab: Locator) -> float:
    """Press the button; the seconds until the network has learned, its digits written before."""
    tab.get_by_test_id("teach").click()
    tab.locator("xpath=self::*[@data-phase='training']").wait_for(timeout=PATIENCE)
    started = time.perf_counter()
    tab.locator("xpath=self::*[@data-phase='trained']").wait_for(timeout=PATIENCE)
    return time.perf_counter() - started


def right(tab: Locator, kind: str) -> float:
    """The share of a kind of held-out digits that is read right."""
    return float(tab.locator(f'[data-kind="{kind}"]').get_attribute("data-right") or 0)


def processor_seconds(browser: Browser) -> float:
    """That the browser's pages and their workers have taken."""
    tools = browser.new_browser_cdp_session()
    processes = tools.send("SystemInfo.getProcessInfo")["processInfo"]
    tools.detach()
    return sum(one["cpuTime"] for one in processes if one["type"] == "renderer")


def learning(browser: Browser, page: Page, url: str, runs: int) -> None:
    """Seconds and accuracy of a small convolution that is shown 100 of each digit."""
    for run in range(runs):
        tab = open_teach(page, url)
        started, before = time.perf_counter(), processor_seconds(browser)
        seconds = teach(tab)
        busy = processor_seconds(browser) - before
        whole = time.perf_counter() - started
        print(
            f"small, 100 of each, run {run + 1}: {100 * right(tab, 'everybody'):.1f} % of "
            f"everybody's held-out digits after {seconds:.1f} s ({whole:.1f} s with their writing "
            f"and loading), {busy:.1f} s of a processor; load {os.getloadavg()[0]:.1f}",
            flush=True,
        )


def crossed(page: Page, url: str, runs: int) -> None:
    """What the lesson reads of 7s without a bar and with one, and what crossed 7s change."""
    for is_allowed in (False, True):
        shares: list[tuple[float, float]] = []
        for _ in range(runs):
            tab = open_teach(page, url)
            tab.locator('[data-lesson="crossed"]').click()
            if is_allowed:
                tab.locator('[data-habit="crossed-7"]').check()
            teach(tab)
            shares.append((right(tab, "plain-7"), right(tab, "crossed-7")))
        plain, barred = (100 * statistics.mean(part) for part in zip(*shares, strict=True))
        what = "with crossed 7s" if is_allowed else "without crossed 7s"
        lowest = [f"{100 * a:.0f} and {100 * b:.0f}" for a, b in shares]
        print(
            f"shown neat digits {what}: reads {plain:.0f} % of plain 7s, {barred:.0f} % of "
            f"crossed ones (runs: {', '.join(lowest)})",
            flush=True,
        )


def pens(page: Page, url: str, strokes: int) -> None:
    """Pointer-up to settled bars, in turn with nobody learning and while a network learns."""
    tab = open_teach(page, url)
    tab.get_by_test_id("each").fill("11")  # 500 of each: it learns for long
    canvas = page.get_by_test_id("sketchpad")
    strokes_seen: dict[str, list[dict]] = {"at rest": [], "while it learns": []}
    for _ in range(3):
        for name, found in strokes_seen.items():
            if name != "at rest":
                tab.get_by_test_id("teach").click()
                tab.locator("xpath=self::*[@data-phase='training']").wait_for(timeout=PATIENCE)
            for _ in range(-(-strokes // 3)):
                found.append(stroke(page, canvas, OURS))
                page.get_by_test_id("clear").click()
            if name != "at rest":
                assert tab.get_attribute("data-phase") == "training", "it was done too early"
                tab.get_by_test_id("teach").click()
                tab.locator("xpath=self::*[@data-phase='trained']").wait_for(timeout=PATIENCE)
    for name, found in strokes_seen.items():
        for start, key in (("pointer-up", "settled"), ("last move", "moved")):
            times = sorted(one[key] for one in found)
            ninety = times[int(0.9 * (len(times) - 1))]
            print(
                f"{start} to bars {name}: median {statistics.median(times):.1f} ms, "
                f"90 % below {ninety:.1f}"
            )


def main() -> None:
    """Serve the page, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=("learning", "crossed", "pens"))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--strokes", type=int, default=15)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "log")
        browser = launch_browser(playwright)
        try:
            server.start()
            page = browser.new_page(viewport=SIZE)
            if arguments.only in (None, "learning"):
                learning(browser, page, server.url, arguments.runs)
            if arguments.only in (None, "crossed"):
                crossed(page, server.url, arguments.runs)
            if arguments.only in (None, "pens"):
                pens(page, server.url, arguments.strokes)
        finally:
            browser.close()
            if hasattr(server, "process"):
                server.stop()


if __name__ == "__main__":
    main()
