"""The tools on the page: undo and redo, eraser, brush, and drawing by keyboard."""

import numpy as np
import pytest
from digits import DIGITS
from pad import (
    DARK,
    DESKTOP,
    PHONE,
    Pad,
    expect_some_verdict,
    expect_verdict,
    ink_on,
    inked,
    probabilities,
    probabilities_at_rest,
    settle,
)
from playwright.sync_api import expect

THROUGH_THE_MIDDLE = [np.array([(0.2, 0.5), (0.35, 0.5), (0.5, 0.5), (0.65, 0.5), (0.8, 0.5)])]


def test_what_is_undone_can_be_redone_and_a_cleared_pad_brought_back(open_page, server):
    page = open_page(server.url, **DARK)
    Pad(page).draw(DIGITS[4])
    expect_verdict(page, "4")
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


def test_a_tap_right_after_a_fast_stroke_is_heard(open_page, server):
    page = open_page(server.url, **PHONE)
    Pad(page).draw_with_finger(DIGITS[3])
    page.get_by_test_id("undo").tap()
    expect_verdict(page, "")


def test_the_keyboard_has_all_the_tools_and_a_new_stroke_forgets_what_was_undone(open_page, server):
    page = open_page(server.url, **DESKTOP)
    pad = Pad(page)
    pad.draw(DIGITS[4])
    expect_verdict(page, "4")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect_verdict(page, "")
    page.keyboard.press("Control+Shift+z")
    page.keyboard.press("Control+y")
    expect_verdict(page, "4")
    page.keyboard.press("Delete")
    expect_verdict(page, "")
    erase = page.get_by_test_id("erase")
    for is_on in ("true", "false"):
        page.keyboard.press("e")
        expect(erase).to_have_attribute("aria-pressed", is_on)
    pad.draw(DIGITS[1])
    page.get_by_test_id("undo").click()
    pad.draw(DIGITS[7])
    expect_verdict(page, "7")
    expect(page.get_by_test_id("redo")).to_have_attribute("aria-disabled", "true")
    page.get_by_test_id("redo").click(force=True)
    expect_verdict(page, "7")


@pytest.mark.parametrize("is_touch", [False, True], ids=["mouse", "touch"])
def test_the_eraser_cuts_the_strokes_it_touches(open_page, server, is_touch):
    page = open_page(server.url, **(PHONE if is_touch else DESKTOP))
    pad = Pad(page)
    draw = pad.draw_with_finger if is_touch else pad.draw
    draw([np.array([(0.5, 0.2), (0.5, 0.8)]), np.array([(0.8, 0.1), (0.9, 0.1)])])
    expect_some_verdict(page)
    settle(page)
    before = ink_on(page)
    page.get_by_test_id("erase").click()
    draw(THROUGH_THE_MIDDLE)
    page.mouse.move(0, 0)
    settle(page)
    places = ((0.5, 0.3), (0.5, 0.5), (0.5, 0.7), (0.85, 0.1))
    assert inked(page, *places) == [True, False, True, True]
    assert ink_on(page) < before
    page.get_by_test_id("undo").click()  # one rub, however far, is one step
    settle(page)
    assert ink_on(page) == pytest.approx(before, rel=0.001)
    page.get_by_test_id("erase").click()
    draw(DIGITS[1])
    settle(page)
    assert ink_on(page) > before


def test_erasing_nothing_is_nothing_to_undo(open_page, server):
    page = open_page(server.url, **DESKTOP)
    pad = Pad(page)
    pad.draw(DIGITS[1])
    expect_verdict(page, "1")
    page.get_by_test_id("erase").click()
    pad.draw([np.array([(0.9, 0.9), (0.95, 0.95)])])
    page.get_by_test_id("undo").click()
    expect_verdict(page, "")


def test_erasing_all_of_it_leaves_a_blank_pad(open_page, server):
    page = open_page(server.url, **DESKTOP)
    pad = Pad(page)
    pad.draw([np.array([(0.4, 0.5), (0.6, 0.5)])])
    expect_some_verdict(page)
    page.get_by_test_id("erase").click()
    pad.draw(THROUGH_THE_MIDDLE)
    expect_verdict(page, "")
    assert probabilities(page) == [0] * 10


def test_another_brush_is_seen_on_the_pad_but_not_by_the_network(open_page, server):
    page = open_page(server.url, **DESKTOP)
    Pad(page).draw(DIGITS[8])
    expect_verdict(page, "8")
    settle(page)
    thin, read = ink_on(page), probabilities_at_rest(page)
    page.get_by_test_id("brush").fill("120")
    settle(page)
    assert ink_on(page) > 1.2 * thin
    assert probabilities_at_rest(page) == read
    page.reload()
    expect(page.get_by_test_id("brush")).to_have_value("120")  # the browser remembers


def test_a_digit_drawn_by_keyboard_alone_is_read(open_page, server):
    page = open_page(server.url, **DESKTOP)
    page.get_by_test_id("sketchpad").focus()
    for _ in range(10):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    expect(page.get_by_test_id("summary")).to_have_text("Pen down.")
    for _ in range(20):
        page.keyboard.press("ArrowDown")
    expect_verdict(page, "1")
    page.keyboard.press("Space")
    expect(page.get_by_test_id("summary")).to_contain_text("It reads 1")  # told after "Pen up."
    one, ink = probabilities_at_rest(page), ink_on(page)
    for _ in range(6):
        page.keyboard.press("ArrowRight")  # the pen is lifted
    assert probabilities_at_rest(page) == one
    assert ink_on(page) == pytest.approx(ink, rel=0.2)  # but for the pen itself
    page.keyboard.press("Control+z")
    expect_verdict(page, "")


def test_two_arrows_at_once_draw_aslant(open_page, server):
    page = open_page(server.url, **DESKTOP)
    canvas = page.get_by_test_id("sketchpad")
    canvas.focus()
    page.keyboard.press("Space")
    page.keyboard.down("ArrowRight")
    for _ in range(8):
        page.keyboard.press("ArrowDown")
    page.keyboard.up("ArrowRight")
    page.keyboard.press("Space")
    settle(page)
    assert inked(page, (0.62, 0.6)) == [True]


def test_a_shortcut_in_mid_stroke_does_no_harm(open_page, server):
    page = open_page(server.url, **DESKTOP)
    pad = Pad(page)
    pad.draw(DIGITS[1])
    pad.draw([DIGITS[7][0]], lift=False)
    page.keyboard.press("Control+z")
    expect_verdict(page, "1")
    page.mouse.move(*pad.at((0.9, 0.9)))
    page.mouse.up()
    expect_verdict(page, "1")
    page.keyboard.press("Delete")
    expect_verdict(page, "")
    pad.draw(DIGITS[3])
    expect_verdict(page, "3")


def test_the_eraser_is_moved_by_keyboard_too(open_page, server):
    page = open_page(server.url, **DESKTOP)
    pad = Pad(page)
    pad.draw([np.array([(0.5, 0.2), (0.5, 0.8)])])
    expect_verdict(page, "1")
    page.get_by_test_id("sketchpad").focus()
    page.keyboard.press("e")
    page.keyboard.press("Space")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.get_by_test_id("clear").focus()
    settle(page)
    places = [(0.5, y) for y in (0.3, 0.5, 0.58, 0.75)]
    assert inked(page, *places) == [True, False, False, True]
    page.keyboard.press("Control+z")
    expect_verdict(page, "1")


def test_the_mouse_takes_over_from_the_keyboards_pen(open_page, server):
    page = open_page(server.url, **DESKTOP)
    pad = Pad(page)
    pad.canvas.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    pad.draw([np.array([(0.1, 0.1), (0.1, 0.3)])], lift=False)
    page.keyboard.press("ArrowRight")
    page.mouse.move(*pad.at((0.1, 0.5)))
    page.mouse.up()
    settle(page)
    assert inked(page, (0.3, 0.4)) == [False]


def test_a_stroke_that_begins_beside_the_pad_draws_and_selects_nothing(open_page, server):
    page = open_page(server.url, viewport={"width": 1920, "height": 1080})
    pad = Pad(page)
    box = pad.canvas.bounding_box()
    beside = -12 / box["width"]
    pad.draw([np.array([(0.5, beside), (0.5, 0.2), (0.49, 0.5), (0.48, 0.8)])])
    expect_verdict(page, "1")
    assert page.evaluate("String(getSelection())") == ""
    at_the_edge = (
        """canvas => canvas.getContext("2d").getImageData(canvas.width / 2, 1, 1, 1).data[3]"""
    )
    assert pad.canvas.evaluate(at_the_edge) > 0
    ink = ink_on(page)
    pad.draw([np.array([(1 - beside, 0.1), (0.9, 0.1), (0.8, 0.12)])])  # from the right, too
    assert ink_on(page) > ink
    assert page.evaluate("String(getSelection())") == ""
    page.get_by_test_id("undo").click()
    pad.draw([np.array([(0.2, beside), (0.8, beside)])])  # that never comes to the pad is none
    page.get_by_test_id("undo").click()
    expect_verdict(page, "")
