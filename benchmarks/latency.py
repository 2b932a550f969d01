"""From the pen to the bars: this page beside a stock gr.Sketchpad, in one run.

    python benchmarks/latency.py [--strokes 20]

Both apps run on this machine with the same model. In a real Chromium the same stroke of 20 moves
is drawn on both, in turn, and on this page also as from a server that is 80 ms away. Measured in
the page, on its own clock: the time from pointer-up until the last answer is in the page (0 where
it was there before the pen was lifted), the same from the pen's last move, how many times the
probabilities changed while the pen was down, and the tasks of over 50 ms that kept the browser
from drawing ("long tasks"). The ratio is that from the last move. (Our bars then glide to their
new place for 90 ms.)
"""

import argparse
import statistics
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from browser import launch_browser  # noqa: E402
from serving import Server  # noqa: E402

OURS, FAR, STOCK = "this page", "this page, 80 ms away", "stock gr.Sketchpad"
DELAY = 80  # ms, added to every answer of the server
MOVES = 20
MOVE_EVERY = 16  # ms, as often as a screen is drawn
QUIET = 1_500  # ms without a change: settled

# `text` is an expression for what the reader sees; a write of the attribute `mark` counts as an
# answer even where it changes nothing. `done` resolves when all has been quiet.
WATCH = """([text, mark, quiet]) => {
    const read = new Function("return " + text);
    const state = {move: 0, up: 0, last: 0, during: 0, long: 0};
    const tasks = new PerformanceObserver(list => { state.long += list.getEntries().length; });
    tasks.observe({type: "longtask"});
    window.watched = state;
    let before = read();
    const look = (records) => {
        const now = read();
        if (now !== before && !state.up) state.during += 1;
        if (now !== before || records.some(record => record.attributeName === mark)) {
            state.last = performance.now();
        }
        before = now;
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, {subtree: true, childList: true, characterData: true,
                                     attributes: true});
    addEventListener("pointermove", () => { if (!state.up) state.move = performance.now(); },
                     {capture: true});
    addEventListener("pointerup", () => { state.up = performance.now(); },
                     {capture: true, once: true});
    state.done = new Promise(resolve => {
        const timer = setInterval(() => {
            if (!state.up || performance.now() - Math.max(state.up, state.last) < quiet) return;
            clearInterval(timer);
            observer.disconnect();
            tasks.disconnect();
            resolve({settled: Math.max(0, state.last - state.up),
                     moved: Math.max(0, state.last - state.move),
                     during: state.during, long: state.long});
        }, 50);
    });
}"""

BARS = "[...document.querySelectorAll('[data-digit]')].map(bar => bar.dataset.probability).join()"
WATCHED = {  # what the reader sees, and what marks an answer
    OURS: (BARS, "data-probability"),
    FAR: (BARS, "data-probability"),
    STOCK: ("document.querySelector('#answer').innerText", ""),
}


def stroke(page: Page, canvas, name: str) -> dict:
    """Draw one 7 in 20 moves at a hand's pace and say what was seen."""
    box = canvas.bounding_box()
    corners = [(0.3, 0.25), (0.7, 0.25), (0.45, 0.8)]
    path = [corners[0]] + [
        (a[0] + (b[0] - a[0]) * step / 10, a[1] + (b[1] - a[1]) * step / 10)
        for a, b in pairwise(corners)
        for step in range(1, MOVES // 2 + 1)
    ]
    start, *places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in path]
    page.mouse.move(*start)
    page.evaluate(WATCH, [*WATCHED[name], QUIET])
    page.mouse.down()
    for place in places:
        page.wait_for_timeout(MOVE_EVERY)
        page.mouse.move(*place)
    page.mouse.up()
    return page.evaluate("() => window.watched.done")


def farther(page: Page) -> None:
    """Put the page's server `DELAY` away, as Chromium's own tools do it."""
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    conditions = {"offline": False, "downloadThroughput": -1, "uploadThroughput": -1}
    tools.send("Network.emulateNetworkConditions", {**conditions, "latency": DELAY})


def main() -> None:
    """Run both apps, draw on both in turn, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--strokes", type=int, default=20)
    strokes = parser.parse_args().strokes
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        apps = {
            OURS: Server(Path(folder) / "ours"),
            STOCK: Server(Path(folder) / "stock", "-m", "benchmarks.stock_sketchpad"),
        }
        browser = launch_browser(playwright)
        try:
            for server in apps.values():
                server.start()
            size = {"width": 1280, "height": 900}
            pages = {name: browser.new_page(viewport=size) for name in (OURS, FAR)}
            stock = browser.new_page(viewport=size)
            for page in pages.values():
                page.goto(apps[OURS].url)
                page.get_by_test_id("sketchpad").wait_for()
            farther(pages[FAR])
            seen: dict[str, list[dict]] = {name: [] for name in (*pages, STOCK)}
            for number in range(strokes + 1):
                print(f"\rstroke {number} of {strokes}", end="", file=sys.stderr, flush=True)
                for name, page in pages.items():
                    page.bring_to_front()
                    seen[name].append(stroke(page, page.get_by_test_id("sketchpad"), name))
                    page.get_by_test_id("clear").click()
                # A fresh page each time: after Clear the stock pad has no brush in its hand.
                stock.bring_to_front()
                stock.goto(apps[STOCK].url)
                stock.get_by_role("button", name="Brush").first.click()
                canvas = stock.locator(".pixi-target canvas, canvas").first
                seen[STOCK].append(stroke(stock, canvas, STOCK))
        finally:
            browser.close()
            for server in apps.values():
                server.stop()
    print(file=sys.stderr)
    report({name: runs[1:] for name, runs in seen.items()})  # the first one warms up


def report(seen: dict[str, list[dict]]) -> None:
    """Print medians and spread, and the ratio between the two."""
    print(f"{'':24s}{'until settled, ms, from':>26s}{'':13s}{'updates within':>16s}{'long':>8s}")
    print(
        f"{'':24s}{'pointer-up':>13s}{'90 % below':>13s}{'last move':>13s}"
        f"{'a stroke of 20':>16s}{'tasks':>8s}"
    )
    from_move = {}
    for name, runs in seen.items():
        settled = sorted(run["settled"] for run in runs)
        from_move[name] = statistics.median(run["moved"] for run in runs)
        print(
            f"{name:24s}{statistics.median(settled):13.1f}"
            f"{settled[int(0.9 * (len(settled) - 1))]:13.1f}{from_move[name]:13.1f}"
            f"{statistics.median(run['during'] for run in runs):16.0f}"
            f"{sum(run['long'] for run in runs):8d}"
        )
    ratio = from_move[STOCK] / from_move[OURS]
    print(f"This page is {ratio:.0f} times faster, over {len(seen[OURS])} strokes each.")


if __name__ == "__main__":
    main()
