"""Takes the pictures of the page that are kept in assets/: python tests/screenshots.py"""

import tempfile
from pathlib import Path

from browser import launch_browser
from digits import DIGITS
from pad import DARK, DESKTOP, PHONE, Pad, expect_verdict
from playwright.sync_api import sync_playwright
from serving import ROOT, Server

PICTURES = {
    "page.png": ({**DESKTOP, "viewport": {"width": 1180, "height": 760}}, 3),
    "page-dark.png": ({**DARK, "viewport": {"width": 1180, "height": 760}}, 8),
    "page-phone.png": ({**PHONE, "device_scale_factor": 2}, 5),
}


def main() -> None:
    """Start the app, draw a digit for each picture, and save it."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "log")
        server.start()
        browser = launch_browser(playwright)
        for name, (settings, digit) in PICTURES.items():
            page = browser.new_page(**settings)
            page.goto(server.url)
            Pad(page).draw(DIGITS[digit])
            expect_verdict(page, str(digit))
            page.wait_for_timeout(800)  # until the sentence and the bars have come to rest
            page.screenshot(path=ROOT / "assets" / name)
            print(f"assets/{name}")
        browser.close()
        server.stop()


if __name__ == "__main__":
    main()
