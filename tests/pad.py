"""A hand at the page, for the tests in a real browser."""

import asyncio
import re
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from playwright.sync_api import Locator, Page, Request, Route, expect

AXE = next((Path(__file__).parent / "vendor").glob("axe-core-*.min.js"))
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {
    "viewport": {"width": 390, "height": 844}, "device_scale_factor": 3,
    "has_touch": True, "is_mobile": True,
}  # fmt: skip
DARK = {**DESKTOP, "color_scheme": "dark"}


POINTS_A_FRAME = 20  # a hand's, at a mouse that tells 1,000 times a second
QUESTIONS = re.compile("/read$|/component_server/")  # where the page asks its server


def answering(body: str | None, name: str | None = None) -> Callable[[Route], None]:
    """For `page.route`: the questions of one kind or of all get this answer, or none."""

    def answer(route: Route) -> None:
        if name not in (None, name_of(route.request)):
            route.fallback()
        elif body is None:
            route.abort()
        else:
            route.fulfill(status=200, content_type="application/json", body=body)

    return answer


def name_of(request: Request) -> str:
    """Of a question of the page's: "read", or a server function's."""
    if request.url.endswith("/read"):
        return "read"
    return request.post_data_json["fn_name"] if QUESTIONS.search(request.url) else ""


def in_frames(places: list, slowly: bool) -> list[list]:
    """The points of a stroke that are drawn in the same frame of the screen."""
    many = 1 if slowly else POINTS_A_FRAME
    return [places[i : i + many] for i in range(0, len(places), many)]


class Pad:
    """A hand at the sketchpad: places are in a unit square.

    It draws fast, as a hand does, several points for each frame of the screen; slowly, with a frame
    for each point, where what happens meanwhile is looked at.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.canvas = page.get_by_test_id("sketchpad")
        self.devtools = page.context.new_cdp_session(page)

    def places(self, points) -> list[tuple[float, float]]:
        """Where points of the unit square lie on the screen."""
        self.canvas.scroll_into_view_if_needed()
        box = self.canvas.bounding_box()
        return [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]

    def at(self, point) -> tuple[float, float]:
        return self.places([point])[0]

    def draw(self, strokes, lift: bool = True, slowly: bool = False) -> None:
        placed = iter(self.places([point for stroke in strokes for point in stroke]))
        for stroke in strokes:
            first, *others = islice(placed, len(stroke))
            self.page.mouse.move(*first)
            self.page.mouse.down()
            for *before, last in in_frames(others, slowly):
                pressed = {"type": "mouseMoved", "button": "left", "buttons": 1}
                self._send(
                    "Input.dispatchMouseEvent", [pressed | {"x": x, "y": y} for x, y in before]
                )
                self.page.mouse.move(*last)
            if lift:
                self.page.mouse.up()

    def _send(self, method: str, events: list[dict]) -> None:
        """All at once: Playwright itself waits for the next frame after each."""
        send = self.devtools._impl_obj.send

        async def send_all() -> None:
            await asyncio.gather(*(send(method, event, None) for event in events))

        self.devtools._sync(send_all())

    def _touch(self, kind: str, points, **more) -> None:
        self.touch_at(kind, self.places(points), **more)

    def touch_at(self, kind: str, places, **more) -> None:
        """Fingers at places on the screen."""
        touches = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(places)]
        event = {"type": kind, "touchPoints": touches, **more}
        self.devtools.send("Input.dispatchTouchEvent", event)

    def _pen(self, kind: str, point, **more) -> None:
        x, y = self.at(point)
        event = {"type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1}
        self.devtools.send("Input.dispatchMouseEvent", {**event, "pointerType": "pen", **more})

    def draw_with_finger(self, strokes, lift: bool = True, slowly: bool = False) -> None:
        for stroke in strokes:
            self._touch("touchStart", stroke[:1])
            for places in in_frames(self.places(stroke[1:]), slowly):
                moves = [
                    {"type": "touchMove", "touchPoints": [{"x": x, "y": y, "id": 0}]}
                    for x, y in places
                ]
                self._send("Input.dispatchTouchEvent", moves)
            if lift:
                self._touch("touchEnd", [])


class HeldQuestions:
    """Holds what the page asks the server, of one kind or of all, until it is let go."""

    def __init__(self, page: Page, name: str | None = None) -> None:
        self.routes: list[Route] = []
        self._name, self._is_holding = name, True
        page.route(QUESTIONS, self._take)

    def _take(self, route: Route) -> None:
        is_meant = self._name in (None, name_of(route.request))
        if self._is_holding and is_meant:
            self.routes.append(route)
        else:
            route.fallback()

    def let_go(self) -> None:
        self._is_holding = False
        for route in self.routes:
            route.continue_()


class HeldFile:
    """Holds one of the page's files, when the page asks for it first, until it is let go."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.routes: list[Route] = []
        page.route(f"**/{name}", lambda route: self.routes.append(route), times=1)

    def let_go(self) -> None:
        while not self.routes:
            self.page.wait_for_timeout(20)
        self.routes[0].continue_()


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


def violations(page: Page) -> list[str]:
    """What axe-core finds, and where, once what is open on the stage has its words."""
    expect(page.locator(".tab[lang]")).not_to_have_count(0)
    expect(page.locator(".tab:not([lang])")).to_have_count(0)
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        """axe.run(document, {
            resultTypes: ["violations"], // of all else one each, which takes a quarter of the time
            runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
        })"""
    )
    assert found["passes"]
    return [
        f"{one['impact']}: {one['help']}: {node['html']}: {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
