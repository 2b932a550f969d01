"""What the page weighs beside a bare Gradio page, as it travels: python benchmarks/page_weight.py

Both are opened in a real Chromium with an empty cache; what arrives over the network is added up,
compressed as it came.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from browser import launch_browser  # noqa: E402
from serving import Server  # noqa: E402


def weight(browser: Browser, url: str) -> tuple[int, int]:
    """Bytes that a first visit loads, and the number of files."""
    context = browser.new_context()
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    sizes: list[int] = []
    tools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1_000)
    context.close()
    return int(sum(sizes)), len(sizes)


def main() -> None:
    """Weigh both, print the difference."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        servers = {
            "this page": Server(Path(folder) / "ours"),
            "a bare Gradio page": Server(Path(folder) / "bare", "-m", "benchmarks.bare_page"),
        }
        browser = launch_browser(playwright)
        try:
            weights = {}
            for name, server in servers.items():
                server.start()
                weights[name], files = weight(browser, server.url)
                print(f"{name:20s}{weights[name] / 1000:10.1f} kB in {files} files")
        finally:
            browser.close()
            for server in servers.values():
                if hasattr(server, "process"):
                    server.stop()
    ours, bare = weights.values()
    print(f"difference {(ours - bare) / 1000:.1f} kB")


if __name__ == "__main__":
    main()
