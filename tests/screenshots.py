"""Takes the pictures of the page that are kept in assets/: python tests/screenshots.py"""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from browser import launch_browser
from pad import DARK, DESKTOP, PHONE
from playwright.sync_api import Browser, sync_playwright
from serving import ROOT, Server

REST = 4_500  # ms: an example draws itself, is read, and told again


@dataclass(frozen=True)
class Picture:
    """One picture: the browser, the example that is drawn in it, then a key or a tab.

    Of a page with a tab the whole length is taken.
    """

    settings: dict
    example: str
    key: str = ""
    tab: str = ""


SIZE = {"viewport": {"width": 1180, "height": 780}}
PICTURES = {
    "page.png": Picture({**DESKTOP, **SIZE}, "ambiguous"),
    "page-dark.png": Picture({**DARK, **SIZE}, "slashed"),
    "page-phone.png": Picture({**PHONE, "device_scale_factor": 2}, "crossed"),
    "page-presenting.png": Picture({"viewport": {"width": 1280, "height": 720}}, "curled", "p"),
    "page-network.png": Picture({**DARK, **SIZE}, "crossed", tab="The network"),
    "page-ink.png": Picture({**DARK, **SIZE}, "crossed", tab="Which ink"),
}


def take(browser: Browser, url: str, picture: Picture, path: Path) -> None:
    """Open the page, let the example be drawn, and save what is seen."""
    page = browser.new_page(**picture.settings)
    page.goto(url)
    page.locator(f'[data-example="{picture.example}"]').click()
    page.mouse.move(0, 0)
    page.wait_for_timeout(REST)
    if picture.key:
        page.keyboard.press(picture.key)
        page.wait_for_timeout(REST / 3)
    if picture.tab:
        page.get_by_role("tab", name=picture.tab).click()
        page.wait_for_timeout(REST)
    page.screenshot(path=path, full_page=bool(picture.tab))
    page.close()


def main() -> None:
    """Start the app and take each picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "log")
        server.start()
        browser = launch_browser(playwright)
        for name, picture in PICTURES.items():
            take(browser, server.url, picture, ROOT / "assets" / name)
            print(f"assets/{name}")
        browser.close()
        server.stop()


if __name__ == "__main__":
    main()
