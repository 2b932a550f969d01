"""Mouse, fingers, pens, palms and keys at the pad; its tools; what becomes of its canvases."""

import time

import numpy as np
import pytest
from digits import DIGITS
from pad import (
    DARK,
    DESKTOP,
    PHONE,
    PROJECTOR,
    Pad,
    expect_some_verdict,
    expect_verdict,
    ink_on,
    inked,
    probabilities,
    probabilities_at_rest,
    settle,
    wait_until_told,
)
from playwright.sync_api import Page, expect

ONE = [(0.5, 0.2 + step) for step in np.linspace(0, 0.6, 12)]
ANOTHER_INK = """ink => {
    const pad = document.querySelector("[data-testid=sketchpad]");
    return ink !== pad.getContext("2d").getImageData(0, 0, pad.width, pad.height)
        .data.filter((value, i) => i % 4 === 3 && value > 128).length;
}"""
ACROSS = [[(0.2, 0.5), (0.35, 0.5), (0.5, 0.5), (0.65, 0.5), (0.8, 0.5)]]


def expect_nothing_to_undo(page: Page) -> None:
    expect_verdict(page, "")
    expect(page.get_by_test_id("undo")).to_have_attribute("aria-disabled", "true")


@pytest.fixture
def phone(open_page, server) -> Page:
    """A 7 is on the pad, and a 1 was taken back: both could be redone or undone."""
    page = open_page(server.url, **PHONE)
    pad = Pad(page)
    pad.write(7)
    pad.draw([ONE])
    page.get_by_test_id("undo").tap()
    return page


def expect_as_before(page: Page) -> None:
    expect_verdict(page, "7")
    expect(page.get_by_test_id("redo")).to_have_attribute("aria-disabled", "false")
    page.get_by_test_id("undo").dispatch_event("click")  # it may have been moved out of view
    expect_nothing_to_undo(page)


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


@pytest.mark.parametrize("tool", ["pen", "eraser"])
def test_cancelled_stroke_is_taken_back(phone, tool):
    pad, ink = Pad(phone), ink_on(phone)
    if tool == "eraser":
        phone.get_by_test_id("erase").tap()
    pad.draw([DIGITS[7][0] + (0.1, 0)], lift=False)
    phone.wait_for_function(ANOTHER_INK, arg=ink)
    pad.touch("touchCancel", [])
    expect_as_before(phone)


@pytest.mark.parametrize("page", [PHONE], ids=[""], indirect=True)
def test_second_finger_in_mid_stroke_is_ignored_and_a_tap_after_it_is_heard(page, pad):
    now = time.time()
    pad.touch("touchStart", ONE[:1], timestamp=now)
    pad.touch("touchStart", [ONE[0], (0.8, 0.8)], timestamp=now + 0.5)
    for i, point in enumerate(ONE[1:]):
        pad.touch("touchMove", [point, (0.8, 0.8 - i / 20)], timestamp=now + 0.6)
    pad.touch("touchEnd", [], timestamp=now + 0.7)
    expect_verdict(page, "1")
    assert page.evaluate("[visualViewport.scale, scrollY]") == [1, 0]
    page.get_by_test_id("clear").tap()
    pad.touch("touchStart", [(0.3, 0.2)], timestamp=now + 9)
    for i in range(1, 6):  # a fling, for the browser
        pad.touch("touchMove", [(0.3, 0.2 + i / 10)], timestamp=now + 9 + i / 100)
    pad.touch("touchEnd", [], timestamp=now + 9.06)
    page.get_by_test_id("undo").tap()
    expect_verdict(page, "")


@pytest.mark.parametrize("page", [{**DESKTOP, "has_touch": True}], ids=[""], indirect=True)
def test_palm_before_the_pen_and_with_it_leaves_no_ink(page, pad):
    now, palm = time.time(), (0.9, 0.9)
    pad.touch("touchStart", [palm], timestamp=now)
    pad.touch("touchMove", [(0.85, 0.9)], timestamp=now + 0.8)
    first, *others = DIGITS[7][0]
    pad.pen("mousePressed", first, timestamp=now + 1)
    for point in others:
        pad.pen("mouseMoved", point, timestamp=now + 1.1)
    pad.pen("mouseReleased", others[-1], timestamp=now + 1.2)
    pad.touch("touchEnd", [], timestamp=now + 1.3)
    pad.touch("touchStart", [palm], timestamp=now + 1.4)  # the hand has moved
    pad.touch("touchEnd", [], timestamp=now + 1.5)
    expect_verdict(page, "7")
    page.get_by_test_id("undo").click()
    expect_nothing_to_undo(page)
    pad.touch("touchStart", [palm], timestamp=now + 9)  # a finger again
    pad.touch("touchEnd", [], timestamp=now + 9.1)
    expect(page.get_by_test_id("undo")).to_have_attribute("aria-disabled", "false")


def test_other_buttons_draw_nothing_and_press_and_hold_opens_no_menu(page, pad):
    page.mouse.move(*pad.at((0.5, 0.5)))
    page.mouse.down(button="right")
    pad.move([(0.6, 0.6)])
    page.mouse.up(button="right")
    settle(page)
    assert ink_on(page) == 0
    opened = pad.canvas.evaluate(
        """pad => ["touch", "pen", "mouse"].filter(pointerType => pad.dispatchEvent(
            new PointerEvent("contextmenu", {pointerType, cancelable: true})))"""
    )
    assert opened == ["mouse"]
    page.mouse.click(*pad.at((0.5, 0.5)))  # a dot
    expect_some_verdict(page)
    assert ink_on(page) > 0


@pytest.mark.parametrize("page", [PROJECTOR], ids=[""], indirect=True)
def test_stroke_begins_off_the_pad_or_leaves_it_and_selects_nothing(page, pad):
    off = -12 / pad.canvas.bounding_box()["width"]
    pad.draw([[(0.5, off), (0.5, 0.2), (0.49, 0.5), (0.48, 0.8)]])
    expect_verdict(page, "1")
    at_the_edge = "pad => pad.getContext('2d').getImageData(pad.width / 2, 1, 1, 1).data[3]"
    assert pad.canvas.evaluate(at_the_edge) > 0
    ink = ink_on(page)
    pad.draw([[(1 - off, 0.1), (0.9, 0.1), (0.8, 0.12)]])  # from the right, too
    assert ink_on(page) > ink
    page.get_by_test_id("undo").click()
    pad.draw([[(0.2, off), (0.8, off)]])  # never comes to the pad
    page.get_by_test_id("undo").click()
    expect_nothing_to_undo(page)
    pad.draw([[(0.5, 0.2), (0.9, 0.2), (1.3, 0.3), (1.3, 0.6), (0.9, 0.7), (0.5, 0.7)]])
    expect_some_verdict(page)
    settle(page)
    drawn = ((0.7, 0.2), (0.985, 0.225), (0.98, 0.67), (0.7, 0.7))
    assert inked(page, *drawn, (0.98, 0.45)) == [True] * 4 + [False]
    assert page.evaluate("String(getSelection())") == ""
    page.get_by_test_id("undo").click()  # it is one stroke all the same
    expect_nothing_to_undo(page)


@pytest.mark.parametrize("page", [DARK], ids=[""], indirect=True)
def test_undo_and_redo_bring_back_ink_and_reading(page, pad):
    pad.write(4)
    drawn, ink = probabilities_at_rest(page), ink_on(page)
    page.get_by_test_id("clear").click()
    expect_verdict(page, "")
    page.get_by_test_id("undo").click()
    expect_verdict(page, "4")
    page.get_by_test_id("undo").click()
    assert probabilities_at_rest(page) != drawn
    page.get_by_test_id("redo").click()
    expect_verdict(page, "4")
    assert probabilities_at_rest(page) == drawn
    assert ink_on(page) == ink
    page.get_by_test_id("redo").click()
    expect_verdict(page, "")


def test_keyboard_has_all_the_tools_and_a_new_stroke_forgets_what_was_undone(page, pad):
    pad.write(4)
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect_verdict(page, "")
    page.keyboard.press("Control+Shift+z")
    page.keyboard.press("Control+y")
    expect_verdict(page, "4")
    page.keyboard.press("Delete")
    expect_verdict(page, "")
    for is_on in ("true", "false"):
        page.keyboard.press("e")
        expect(page.get_by_test_id("erase")).to_have_attribute("aria-pressed", is_on)
    pad.draw([ONE])
    page.get_by_test_id("undo").click()
    pad.write(7)
    redo = page.get_by_test_id("redo")
    expect(redo).to_have_attribute("aria-disabled", "true")
    redo.click(force=True)
    expect_verdict(page, "7")


def test_shortcut_in_mid_stroke_ends_the_stroke(page, pad):
    pad.draw(DIGITS[1])
    pad.draw([DIGITS[7][0]], lift=False)
    page.keyboard.press("Control+z")
    expect_verdict(page, "1")
    pad.move([(0.9, 0.9)])
    pad.lift()
    expect_verdict(page, "1")
    page.keyboard.press("Delete")
    expect_verdict(page, "")
    pad.write(3)


def test_eraser_cuts_the_strokes_it_touches_in_one_step(page, pad):
    pad.draw([[(0.5, 0.2), (0.5, 0.8)], [(0.8, 0.1), (0.9, 0.1)]])
    expect_some_verdict(page)
    settle(page)
    before = ink_on(page)
    page.get_by_test_id("erase").click()
    pad.draw(ACROSS)
    pad.draw([[(0.9, 0.9), (0.95, 0.95)]])  # erases nothing: no step
    page.mouse.move(0, 0)
    settle(page)
    places = ((0.5, 0.3), (0.5, 0.5), (0.5, 0.7), (0.85, 0.1))
    assert inked(page, *places) == [True, False, True, True]
    page.get_by_test_id("undo").click()
    settle(page)
    assert ink_on(page) == pytest.approx(before, rel=0.001)
    pad.draw([[(0.5, 0.1), (0.5, 0.9)], [(0.7, 0.1), (0.95, 0.1)]])  # all of it
    expect_verdict(page, "")
    assert probabilities(page) == [0] * 10
    page.get_by_test_id("erase").click()
    pad.write(1)


def test_brush_changes_the_ink_on_the_pad_but_not_the_reading(page, pad):
    pad.write(8)
    settle(page)
    thin, read = ink_on(page), probabilities_at_rest(page)
    page.get_by_test_id("brush").fill("120")
    settle(page)
    assert ink_on(page) > 1.2 * thin
    assert probabilities_at_rest(page) == read
    page.reload()
    expect(page.get_by_test_id("brush")).to_have_value("120")  # the browser remembers


def press(page: Page, *keys: str) -> None:
    """Press keys; "8 ArrowUp" is eight times that one."""
    for key in keys:
        *times, name = key.split()
        for _ in range(int(*times or "1")):
            page.keyboard.press(name)


def test_digit_drawn_by_keyboard_alone_is_read(page, pad):
    pad.canvas.focus()
    press(page, "10 ArrowUp", "Space")
    expect(page.get_by_test_id("summary")).to_have_text("Pen down.")
    press(page, "20 ArrowDown")
    expect_verdict(page, "1")
    press(page, "Space")
    expect(page.get_by_test_id("summary")).to_contain_text("It reads 1")  # told after "Pen up."
    one, ink = probabilities_at_rest(page), ink_on(page)
    press(page, "6 ArrowRight")  # the pen is lifted
    assert probabilities_at_rest(page) == one
    assert ink_on(page) == pytest.approx(ink, rel=0.2)  # but for the pen itself
    press(page, "Control+z")
    expect_verdict(page, "")


def test_two_arrows_at_once_draw_aslant_and_the_mouse_takes_over(page, pad):
    pad.canvas.focus()
    press(page, "Space")
    page.keyboard.down("ArrowRight")
    press(page, "8 ArrowDown")
    page.keyboard.up("ArrowRight")
    settle(page)
    assert inked(page, (0.62, 0.6)) == [True]
    pad.draw([[(0.1, 0.1), (0.1, 0.3)]], lift=False)
    press(page, "ArrowRight")
    pad.move([(0.1, 0.5)])
    pad.lift()
    settle(page)
    assert inked(page, (0.1, 0.4), (0.3, 0.4)) == [True, False]


def test_eraser_is_moved_by_keyboard_too(page, pad):
    pad.draw([[(0.5, 0.2), (0.5, 0.8)]])
    expect_verdict(page, "1")
    pad.canvas.focus()
    press(page, "e", "Space", "4 ArrowDown", "Space")
    page.get_by_test_id("clear").focus()
    settle(page)
    places = [(0.5, y) for y in (0.3, 0.5, 0.58, 0.75)]
    assert inked(page, *places) == [True, False, False, True]
    press(page, "Control+z")
    expect_verdict(page, "1")


CANVASES = {name: f'[data-testid="{name}"]' for name in ("sketchpad", "timeline", "pixels")}
CANVASES |= {"example": "[data-example] canvas", "stage": '[data-testid="tab-network"] canvas'}
STATES = """canvases => Object.fromEntries(Object.entries(canvases).map(([name, selector]) => {
    const canvas = document.querySelector(selector);
    const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    return [name, [canvas.width, data.some(value => value)]];
}))"""


def test_canvases_are_drawn_again_for_another_density_and_when_they_were_lost(page, pad):
    pad.write(7)
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
