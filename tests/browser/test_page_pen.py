"""Pens, fingers and palms at the pad, and what becomes of its canvases."""

import time

import numpy as np
import pytest
from digits import DIGITS
from pad import DESKTOP, PHONE, Pad, expect_verdict, ink_on, settle, wait_until_told
from playwright.sync_api import Page, expect

ONE = [(0.5, 0.2 + step) for step in np.linspace(0, 0.6, 12)]
ANOTHER_INK = """ink => {
    const pad = document.querySelector("[data-testid=sketchpad]");
    return ink !== pad.getContext("2d").getImageData(0, 0, pad.width, pad.height)
        .data.filter((value, i) => i % 4 === 3 && value > 128).length;
}"""


@pytest.fixture
def phone(open_page, server) -> Page:
    """A 7 is on the pad, and a 1 was taken back: both could be redone or undone."""
    page = open_page(server.url, **PHONE)
    pad = Pad(page)
    pad.draw_with_finger(DIGITS[7])
    expect_verdict(page, "7")
    pad.draw_with_finger([ONE])
    page.get_by_test_id("undo").tap()
    return page


def expect_as_before(page: Page) -> None:
    expect_verdict(page, "7")
    expect(page.get_by_test_id("redo")).to_have_attribute("aria-disabled", "false")
    page.get_by_test_id("undo").dispatch_event("click")  # it may have been moved out of view
    expect_verdict(page, "")
    expect(page.get_by_test_id("undo")).to_have_attribute("aria-disabled", "true")


@pytest.mark.parametrize(
    ("way", "done"),
    [((-0.3, -0.3, 0.3, 0.3), "visualViewport.scale > 1.2"), ((0, -0.6, 0, -0.6), "scrollY > 50")],
    ids=["zoom", "scroll"],
)
def test_two_fingers_move_the_page_and_leave_no_ink(phone, way, done):
    pad, now = Pad(phone), time.time()
    steps = np.linspace(0, 1, 12)[:, None] * way + (0.4, 0.7, 0.6, 0.7)
    moves = [pad.places([(x, y), (other_x, other_y)]) for x, y, other_x, other_y in steps]
    pad.touch_at("touchStart", moves[0][:1], timestamp=now)
    pad.touch_at("touchMove", [(x + 5, y) for x, y in moves[0][:1]], timestamp=now + 0.1)
    pad.touch_at("touchStart", moves[0], timestamp=now + 0.2)
    for i, both in enumerate(moves):
        pad.touch_at("touchMove", both, timestamp=now + 0.3 + i / 50)
    pad.touch_at("touchEnd", [], timestamp=now + 0.9)
    phone.wait_for_function(done)
    expect_as_before(phone)


def test_a_second_finger_in_the_midst_of_a_stroke_is_ignored(open_page, server):
    page = open_page(server.url, **PHONE)
    pad, now = Pad(page), time.time()
    pad._touch("touchStart", ONE[:1], timestamp=now)
    pad._touch("touchStart", [ONE[0], (0.8, 0.8)], timestamp=now + 0.5)
    for i, point in enumerate(ONE[1:]):
        pad._touch("touchMove", [point, (0.8, 0.8 - i / 20)], timestamp=now + 0.6)
    pad._touch("touchEnd", [], timestamp=now + 0.7)
    expect_verdict(page, "1")
    assert page.evaluate("[visualViewport.scale, scrollY]") == [1, 0]


@pytest.mark.parametrize("tool", ["pen", "eraser"])
def test_a_cancelled_stroke_is_taken_back(phone, tool):
    pad, ink = Pad(phone), ink_on(phone)
    if tool == "eraser":
        phone.get_by_test_id("erase").tap()
    pad._touch("touchStart", DIGITS[7][0][:1])
    for point in DIGITS[7][0][1:]:
        pad._touch("touchMove", [(point[0] + 0.1, point[1])])
    phone.wait_for_function(ANOTHER_INK, arg=ink)
    pad._touch("touchCancel", [])
    expect_as_before(phone)


def test_a_palm_before_the_pen_and_beside_it_leaves_no_ink(open_page, server):
    page = open_page(server.url, **DESKTOP, has_touch=True)
    pad, now = Pad(page), time.time()
    palm = (0.9, 0.9)
    pad._touch("touchStart", [palm], timestamp=now)
    pad._touch("touchMove", [(0.85, 0.9)], timestamp=now + 0.8)
    first, *others = DIGITS[7][0]
    pad._pen("mousePressed", first, timestamp=now + 1)
    for point in others:
        pad._pen("mouseMoved", point, timestamp=now + 1.1)
    pad._pen("mouseReleased", others[-1], timestamp=now + 1.2)
    pad._touch("touchEnd", [], timestamp=now + 1.3)
    pad._touch("touchStart", [palm], timestamp=now + 1.4)  # the hand has moved
    pad._touch("touchEnd", [], timestamp=now + 1.5)
    expect_verdict(page, "7")
    page.get_by_test_id("undo").click()
    expect_verdict(page, "")
    expect(page.get_by_test_id("undo")).to_have_attribute("aria-disabled", "true")
    pad._touch("touchStart", [palm], timestamp=now + 9)  # a finger again
    pad._touch("touchEnd", [], timestamp=now + 9.1)
    expect(page.get_by_test_id("undo")).to_have_attribute("aria-disabled", "false")


def test_press_and_hold_opens_no_menu_on_the_pad(open_page, server):
    page = open_page(server.url, **DESKTOP)
    opened = page.get_by_test_id("sketchpad").evaluate(
        """pad => ["touch", "pen", "mouse"].filter(pointerType => pad.dispatchEvent(
            new PointerEvent("contextmenu", {pointerType, cancelable: true})))"""
    )
    assert opened == ["mouse"]


CANVASES = {name: f'[data-testid="{name}"]' for name in ("sketchpad", "timeline", "pixels")}
CANVASES |= {"example": "[data-example] canvas", "stage": '[data-testid="tab-network"] canvas'}
STATES = """canvases => Object.fromEntries(Object.entries(canvases).map(([name, selector]) => {
    const canvas = document.querySelector(selector);
    const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    return [name, [canvas.width, data.some(value => value)]];
}))"""


def test_canvases_are_drawn_again_for_another_density_and_when_they_were_lost(open_page, server):
    page = open_page(server.url, **DESKTOP)
    Pad(page).draw(DIGITS[7])
    expect_verdict(page, "7")
    expect(page.get_by_test_id("tab-network")).to_have_attribute("data-state", "done")
    wait_until_told(page)
    before = page.evaluate(STATES, CANVASES)
    assert all(is_drawn for _, is_drawn in before.values())

    page.evaluate(
        """canvases => Object.values(canvases).forEach(selector => {
            const canvas = document.querySelector(selector);
            canvas.getContext("2d").reset(); // as it comes back from a lost graphics card
            canvas.dispatchEvent(new Event("contextrestored"));
        })""",
        CANVASES,
    )
    settle(page)
    assert page.evaluate(STATES, CANVASES) == before

    # Chromium's emulation tells a page of another density only with another size.
    metrics = {"width": 1280, "height": 801, "deviceScaleFactor": 2, "mobile": False}
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setDeviceMetricsOverride", metrics)
    page.wait_for_function(
        f"""([canvases, before]) => Object.entries(({STATES})(canvases)).every(
            ([name, [width, isDrawn]]) => isDrawn
                && Math.round(width / before[name][0]) === (name === "pixels" ? 1 : 2))""",
        arg=[CANVASES, before],
    )
    devtools.send("Emulation.clearDeviceMetricsOverride")  # other tests use this page, too
