"""Two processes behind nginx, one of which is killed: python benchmarks/replicas.py

nginx (Debian: nginx-light) runs with `deploy/nginx.conf`, its ports exchanged for free ones. First
pens draw through it, on one replica alone and on both. Then a page in a real Chromium draws one
stroke after another, and the replica that reads it is killed between two moves of the pen. Measured
is how long until it reads again, and whether a stroke was lost.
"""

import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
from browser import launch_browser  # noqa: E402
from digits import DIGITS  # noqa: E402
from load import DRAWINGS, run, updates_of  # noqa: E402
from pad import Pad, expect_verdict  # noqa: E402
from serving import Nginx, Server, find_nginx  # noqa: E402

from mnist_model.handwriting import write_digit  # noqa: E402

PENS, SECONDS = 25, 6


def rate(server: Server, updates: list[list[list]]) -> str:
    """Throughput and latency of some pens."""
    outcome = run(server, updates, PENS, SECONDS)
    p50, p95 = np.percentile(1000 * np.array(outcome.seconds), [50, 95])
    answers = len(outcome.seconds) / SECONDS
    return f"{answers:4.0f}/s, p50 {p50:.1f}, p95 {p95:.1f} ms, {outcome.errors} errors"


def reader_of(page: Page, replicas: list[Server]) -> Server:
    """The replica that reads this page: the one with a connection that grows as it draws."""
    before = [server.log.read_text().count('"readings"') for server in replicas]
    Pad(page).draw(DIGITS[1])
    expect_verdict(page, "1")
    page.wait_for_timeout(2_500)
    after = [server.log.read_text().count('"readings"') for server in replicas]
    return replicas[int(np.argmax(np.subtract(after, before)))]


def draw_while_one_dies(page: Page, victim: Server) -> tuple[float, int, int]:
    """Draw a 4, kill its reader in mid-stroke; seconds until it is read, strokes left, drawn."""
    page.get_by_test_id("clear").click()
    pad = Pad(page)
    first, second = DIGITS[4]
    middle = len(first) // 2
    start = pad.at(first[0])
    page.mouse.move(*start)
    page.mouse.down()
    for number, point in enumerate(first[1:]):
        if number == middle:
            victim.process.kill()
            killed = time.perf_counter()
        page.mouse.move(*pad.at(point), steps=4)
    page.mouse.up()
    pad.draw([second])
    expect_verdict(page, "4")
    seconds = time.perf_counter() - killed
    strokes = page.evaluate(
        """async () => {
            const {name} = performance.getEntriesByType("resource")
                .find(({name}) => name.endsWith("/current_drawing.js"));
            return (await import(name)).currentDrawing().strokes.length;
        }"""
    )
    return seconds, strokes, len(DIGITS[4])


def main() -> None:
    """Measure, kill, and say what was seen."""
    if not find_nginx():
        sys.exit("replicas.py needs nginx. Debian: apt install nginx-light")
    rng = np.random.default_rng(0)
    updates = [updates_of(write_digit(i % 10, rng)) for i in range(DRAWINGS)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        replicas = [Server(folder / f"replica{i}", "app.py", "--log") for i in (1, 2)]
        nginx = Nginx(folder, replicas)
        try:
            for server in [*replicas, nginx]:
                server.start()
            print(f"{PENS} pens, a replica itself:     {rate(replicas[0], updates)}")
            print(f"{PENS} pens, nginx, two replicas:  {rate(nginx, updates)}")
            with sync_playwright() as playwright:
                browser = launch_browser(playwright)
                page = browser.new_page()
                page.goto(nginx.url)
                page.get_by_test_id("sketchpad").wait_for()
                seconds, strokes, expected = draw_while_one_dies(page, reader_of(page, replicas))
                browser.close()
            print(f"One killed within a stroke: what was drawn is read {seconds:.1f} s later,")
            print(f"  and {strokes} of {expected} strokes are on the pad.")
            with urllib.request.urlopen(f"{nginx.url}/healthz", timeout=10) as answer:
                print(f"  /healthz through nginx: {answer.status}")
        finally:
            for server in [*replicas, nginx]:
                if hasattr(server, "process"):
                    server.process.terminate()
                    server.process.wait()


if __name__ == "__main__":
    main()
