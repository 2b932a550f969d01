"""A hand at the page, for the tests in a real browser."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
from digits import DIGITS
from playwright.sync_api import Locator, Page, Request, Route, expect
from serving import ROOT

AXE = next((Path(__file__).parent / "vendor").glob("axe-core-*.min.js"))
TEXTS: dict[str, str] = {}
for file in (ROOT / "assets").rglob("texts/en.json"):
    TEXTS |= json.loads(file.read_text())
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
LAPTOP = {"viewport": {"width": 1366, "height": 768}}
PROJECTOR = {"viewport": {"width": 1920, "height": 1080}}
PHONE = {
    "viewport": {"width": 390, "height": 844}, "device_scale_factor": 3,
    "has_touch": True, "is_mobile": True,
}  # fmt: skip
DARK = {**DESKTOP, "color_scheme": "dark"}
STILL = {**DESKTOP, "reduced_motion": "reduce"}

FOLLOWING = ("preprocessing", "attribution", "perturbation", "comparison")  # tabs
# To the tour: its button, or on a phone the challenge that has taken the place of the button.
INVITATION = '[data-testid="tour-start"]:visible, [data-testid="tour-try"]:visible'
QUESTIONS = re.compile("/read$|/component_server/")  # where the page asks its server
NOTE_PRESS = """() => addEventListener("pointerdown", ({pointerId, pointerType}) => {
    window.pressed = {pointerId, pointerType, isPrimary: true, buttons: 1, bubbles: true};
}, {capture: true, once: true})"""
MOVE_AT_ONCE = """(canvas, points) => {
    const {left, top, width, height} = canvas.getBoundingClientRect();
    for (const [x, y] of points) canvas.dispatchEvent(new PointerEvent("pointermove",
        {...window.pressed, clientX: left + x * width, clientY: top + y * height}));
}"""


def tall(settings: dict) -> dict:
    """All of the page is on the screen: a tab asks nothing while it is below the edge."""
    return {**settings, "viewport": {**settings["viewport"], "height": 2_600}}


def name_of(request: Request) -> str:
    """Of a question of the page's: "read", or a server function's."""
    if request.url.endswith("/read"):
        return "read"
    return request.post_data_json["fn_name"] if QUESTIONS.search(request.url) else ""


def asks(name: str) -> Callable[[Request], bool]:
    """For `page.expect_request`: a question of that name."""
    return lambda request: name_of(request) == name


class Pad:
    """A hand at the sketchpad, with a finger where the screen takes one, else with the mouse.

    Places are in a unit square. It draws fast, as a hand does, several points for each frame of the
    screen; slowly, with a frame for each point, where what happens meanwhile is looked at.
    """

    def __init__(self, page: Page, canvas: Locator | None = None) -> None:
        self.page = page
        self.canvas = canvas or page.get_by_test_id("sketchpad")
        self.devtools = page.context.new_cdp_session(page)
        self.has_finger = page.evaluate("navigator.maxTouchPoints > 0")

    def places(self, points) -> list[tuple[float, float]]:
        """Where points of the unit square lie on the screen."""
        self.canvas.scroll_into_view_if_needed()
        box = self.canvas.bounding_box()
        return [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]

    def at(self, point) -> tuple[float, float]:
        return self.places([point])[0]

    def write(self, digit: int) -> None:
        """Draw a digit, and wait until it is read."""
        self.draw(DIGITS[digit])
        expect_verdict(self.page, str(digit))
        wait_until_read(self.page)

    def draw(self, strokes, lift: bool = True, slowly: bool = False) -> None:
        for first, *others in strokes:
            self.canvas.evaluate(NOTE_PRESS)
            self.press(first)
            if not slowly:
                self.canvas.evaluate(MOVE_AT_ONCE, np.asarray(others[:-1]).tolist())
            self.move(others if slowly else others[-1:])
            if lift:
                self.lift()

    def press(self, point) -> None:
        if self.has_finger:
            self.touch("touchStart", [point])
        else:
            self.page.mouse.move(*self.at(point))
            self.page.mouse.down()

    def move(self, points) -> None:
        """Move on, with a frame of the screen for each point."""
        for place in self.places(points):
            if self.has_finger:
                self.touch_at("touchMove", [place])
            else:
                self.page.mouse.move(*place)

    def lift(self) -> None:
        if self.has_finger:
            self.touch("touchEnd", [])
        else:
            self.page.mouse.up()

    def touch(self, kind: str, points, **more) -> None:
        self.touch_at(kind, self.places(points), **more)

    def touch_at(self, kind: str, places, **more) -> None:
        """Fingers at places on the screen."""
        touches = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(places)]
        event = {"type": kind, "touchPoints": touches, **more}
        self.devtools.send("Input.dispatchTouchEvent", event)

    def pen(self, kind: str, point, **more) -> None:
        x, y = self.at(point)
        event = {"type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1}
        self.devtools.send("Input.dispatchMouseEvent", {**event, "pointerType": "pen", **more})


class Held:
    """Holds requests of the page until they are let go: its questions of a name, or a file."""

    def __init__(self, page: Page, name: str | None = None, url=QUESTIONS) -> None:
        self.routes: list[Route] = []
        self._name, self._is_holding = name, True
        page.route(url, self._take)

    def _take(self, route: Route) -> None:
        if self._is_holding and self._name in (None, name_of(route.request)):
            self.routes.append(route)
        else:
            route.fallback()

    def let_go(self) -> None:
        self._is_holding = False
        for route in self.routes:
            route.continue_()


def wait_until_loaded(page: Page) -> None:
    """Its three modules have come: the pad's, the tour's, and that of the answer on the stage."""
    for part in ('[data-testid="bars"] [data-digit="9"]', "[data-experiment]", ".tab[lang]"):
        page.locator(part).first.wait_for(state="attached")


def open_tab(page: Page, name: str) -> Locator:
    """Open a tab, from the menu where it does not fit into the row."""
    tab = page.locator(f'#questions [data-tab-id="{name}"]')
    tab.wait_for(state="attached")
    if not tab.is_visible():
        page.get_by_test_id("more-tabs").click()
    tab.click()
    panel = page.get_by_test_id(f"tab-{name}")
    expect(panel).to_be_visible()
    return panel


def probabilities(page: Page) -> list[float]:
    bars = page.locator('[data-testid="bars"] > [data-digit]')
    return bars.evaluate_all("bars => bars.map(bar => Number(bar.dataset.probability))")


def wait_until_read(page: Page) -> None:
    """What is on the pad has been read, or there is nothing."""
    page.locator('.sketchpad:is([data-state="done"], [data-state="blank"])').wait_for()


def wait_until_told(page: Page) -> None:
    """The strip tells what was read in what is on the pad; so whoever draws it has ended."""
    page.locator('[data-testid="timeline"][data-state="done"]').wait_for()


def wait_until_still(page: Page) -> None:
    """Nothing glides or fades any more."""
    page.wait_for_function(
        "() => document.getAnimations().every(({playState}) => playState !== 'running')"
    )
    settle(page)


def probabilities_at_rest(page: Page) -> list[float]:
    """The probabilities of what is on the pad."""
    wait_until_read(page)
    settle(page)
    return probabilities(page)


def expect_verdict(page: Page, text: str) -> None:
    expect(page.get_by_test_id("verdict")).to_have_text(text)


def expect_some_verdict(page: Page) -> None:
    expect(page.get_by_test_id("verdict")).not_to_have_text("")


def link_to_pad(page: Page) -> str:
    """The link that Share gives; the pad is free again then."""
    page.get_by_test_id("share").click()
    link = page.get_by_test_id("share-link").input_value()
    page.get_by_test_id("share-close").click()
    return link


def ink_on(page: Page) -> int:
    """How many pixels of the pad are inked."""
    return page.get_by_test_id("sketchpad").evaluate(
        """canvas => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
            .data.filter((value, i) => i % 4 === 3 && value > 128).length"""
    )


def inked(page: Page, *places: tuple[float, float]) -> list[bool]:
    """Whether there is ink at places in the pad's unit square."""
    return page.get_by_test_id("sketchpad").evaluate(
        """(canvas, places) => places.map(([x, y]) => canvas.getContext("2d").getImageData(
            Math.round(x * canvas.width), Math.round(y * canvas.height), 1, 1).data[3] > 128)""",
        places,
    )


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the screen."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def settle(page: Page) -> None:
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )


def violations(page: Page, within: str = "html") -> list[str]:
    """What axe-core finds, and where, once what is open on the stage has its words."""
    expect(page.locator(".tab[lang]")).not_to_have_count(0)
    expect(page.locator(".tab:not([lang])")).to_have_count(0)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found = page.evaluate(
        """within => axe.run(within, {
            resultTypes: ["violations"], // of all else one each, which takes a quarter of the time
            runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
        })""",
        within,
    )
    assert found["passes"]
    return [
        f"{one['impact']}: {one['help']}: {node['html']}: {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
