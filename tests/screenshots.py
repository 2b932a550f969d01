"""Takes the pictures of the page that are kept in docs/images/: python tests/screenshots.py"""

import io
import tempfile
from pathlib import Path

import numpy as np
from browser import launch_browser
from digits import DIGITS
from pad import DARK, DESKTOP, PHONE, Pad, wait_until_read, wait_until_still
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from serving import ROOT, Server

IMAGES = ROOT / "docs/images"
REST = 4_500  # ms: an example draws itself, is read, and told again


PROJECTOR = {"width": 1280, "height": 720}
SIZE = {"viewport": {"width": 1180, "height": 780}}
PICTURES = {
    "page.png": {"settings": {**DESKTOP, **SIZE}, "number": "1984"},
    "page-dark.png": {"settings": {**DARK, **SIZE}, "example": "ambiguous"},
    "page-phone.png": {"settings": {**PHONE, "device_scale_factor": 2}, "example": "crossed"},
    "page-presenting.png": {"settings": {"viewport": PROJECTOR}, "example": "curled", "key": "p"},
    "page-network.png": {"settings": {**DESKTOP, **SIZE}, "example": "crossed", "tab": "Network"},
    "page-space.png": {"settings": {**DARK, **SIZE}, "example": "curled", "part": "space"},
    "page-ink.png": {"settings": {**DARK, **SIZE}, "example": "crossed", "tab": "Which ink"},
}

ANIMATION = "drawing.webp"
NUMBER = "42"
EACH, LAST = 90, 2_500  # ms that a frame is shown, and the last one
WIDTH, QUALITY = 960, 60


def strokes_of(number: str) -> list[list[tuple[float, float]]]:
    """A number's digits side by side on the pad, in its unit square."""
    scale = min(0.75, 1.6 / len(number))
    return [
        [
            (
                0.5 + scale * (x - 0.5 + 0.55 * (place - (len(number) - 1) / 2)),
                0.5 + scale * (y - 0.5),
            )
            for x, y in np.asarray(stroke).tolist()
        ]
        for place, digit in enumerate(number)
        for stroke in DIGITS[int(digit)]
    ]


def take(page: Page, path: Path, *, example="", number="", key="", tab="", part=""):
    """Draw an example or a number, press a key or a button, or open a tab, and save what is seen.

    Of a page with a tab the whole length is taken.
    """
    if example:
        page.locator(f'[data-example="{example}"]').click()
    else:
        Pad(page).draw(strokes_of(number), slowly=True)
    page.mouse.move(0, 0)
    page.wait_for_timeout(REST)
    if key:
        page.keyboard.press(key)
        page.wait_for_timeout(REST / 3)
    if part:
        page.get_by_test_id(part).click()
        page.wait_for_timeout(REST)
    if tab:
        page.get_by_role("tab", name=tab).click()
        page.wait_for_timeout(REST)
    page.screenshot(path=path, full_page=bool(tab))
    page.close()


def animate(browser: Browser, url: str, path: Path) -> None:
    """Draw a number by hand, and save what is seen after every few points."""
    page = browser.new_page(**DESKTOP | SIZE)
    page.goto(url)
    page.locator(".network[data-state]").wait_for()
    pad = Pad(page)
    frames = []
    for stroke in strokes_of(NUMBER):
        pad.press(stroke[0])
        for i in range(0, len(stroke), 3):
            pad.move(stroke[i : i + 3])
            frames.append(seen(page))
        pad.lift()
    page.mouse.move(0, 0)
    frames.append(seen(page))
    page.close()
    durations = [EACH] * (len(frames) - 1) + [LAST]
    frames[0].save(
        path,
        save_all=True,
        append_images=frames[1:],
        duration=durations,
        loop=0,
        quality=QUALITY,
        method=6,
    )


def seen(page: Page) -> Image.Image:
    """The page, when the bars and the network have followed."""
    wait_until_read(page)
    page.wait_for_timeout(250)
    wait_until_still(page)
    frame = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return frame.resize(
        (WIDTH, round(WIDTH * frame.height / frame.width)), Image.Resampling.LANCZOS
    )


def main() -> None:
    """Start the app and take each picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "log")
        server.start()
        browser = launch_browser(playwright)
        animate(browser, server.url, IMAGES / ANIMATION)
        print(f"docs/images/{ANIMATION}")
        for name, picture in PICTURES.items():
            page = browser.new_page(**picture.pop("settings"))
            page.goto(server.url)
            take(page, IMAGES / name, **picture)
            print(f"docs/images/{name}")
        browser.close()
        server.stop()


if __name__ == "__main__":
    main()
