"""The page in a real browser: desktop, touch and dark."""

import re

import numpy as np
import pytest
from digits import DIGITS
from pad import (
    DARK,
    DESKTOP,
    PHONE,
    QUESTIONS,
    Pad,
    answering,
    expect_some_verdict,
    expect_verdict,
    ink_on,
    inked,
    probabilities,
    probabilities_at_rest,
    settle,
    wait_until_loaded,
    wait_until_told,
)
from playwright.sync_api import expect
from serving import Server


def test_digits_drawn_with_the_mouse_are_read_and_cleared(open_page, server, classifier):
    page = open_page(server.url, **DESKTOP)
    pad = Pad(page)
    for digit, strokes in DIGITS.items():
        pad.draw(strokes)
        expect_verdict(page, str(digit))
        expect(page.get_by_test_id("summary")).to_contain_text(f"It reads {digit}, ")
        assert int(np.argmax(probabilities(page))) == digit
        assert sum(probabilities(page)) == pytest.approx(1, abs=1e-3)
        if digit == 4:  # white ink in 28 by 28 is shown to the network
            probabilities_at_rest(page)
            shown = page.get_by_test_id("pixels").evaluate(
                """canvas => Array.from(canvas.getContext("2d").getImageData(0, 0, 28, 28).data
                    .filter((_, i) => i % 4 === 0))"""
            )
            expected = classifier.classify(strokes).pixels
            assert np.corrcoef(shown, expected.ravel())[0, 1] > 0.95
        page.get_by_test_id("clear").click()
    expect_verdict(page, "")
    settle(page)
    assert probabilities(page) == [0] * 10
    assert ink_on(page) == 0


def test_the_bars_move_before_the_mouse_is_lifted(open_page, server):
    page = open_page(server.url, **DARK)
    pad = Pad(page)
    pad.draw([DIGITS[7][0][:9]], lift=False)
    expect_some_verdict(page)
    halfway = probabilities(page)
    for point in DIGITS[7][0][9:]:
        page.mouse.move(*pad.at(point))
    expect_verdict(page, "7")
    assert probabilities(page) != halfway
    page.mouse.up()
    expect_verdict(page, "7")


def test_a_finger_draws_and_the_page_stays_where_it_is(open_page, server):
    page = open_page(server.url, **{**PHONE, "viewport": {"width": 390, "height": 500}})
    pad = Pad(page)
    assert page.evaluate("document.documentElement.scrollHeight > innerHeight")
    pad.draw_with_finger(DIGITS[7], lift=False)
    expect_verdict(page, "7")  # before the finger is lifted
    pad._touch("touchEnd", [])
    expect_verdict(page, "7")
    assert page.evaluate("scrollY") == 0


def test_undo_takes_back_stroke_by_stroke(open_page, server):
    page = open_page(server.url, **DESKTOP)
    pad = Pad(page)
    pad.draw(DIGITS[1])
    expect_verdict(page, "1")
    alone, ink = probabilities_at_rest(page), ink_on(page)
    pad.draw([np.array([(0.2, 0.5), (0.8, 0.5)]), np.array([(0.2, 0.6), (0.8, 0.6)])])
    assert probabilities_at_rest(page) != alone
    page.get_by_test_id("undo").click()
    page.get_by_test_id("undo").click()
    expect_verdict(page, "1")
    assert probabilities_at_rest(page) == alone
    assert ink_on(page) == pytest.approx(ink, rel=0.001)
    page.get_by_test_id("undo").click()
    expect_verdict(page, "")


def test_ink_outlives_another_size_and_the_dark(open_page, server):
    page = open_page(server.url, viewport={"width": 1280, "height": 801})
    Pad(page).draw(DIGITS[2])
    expect_verdict(page, "2")
    settle(page)
    share = ink_on(page) / page.get_by_test_id("sketchpad").evaluate("c => c.width * c.height")
    width = page.get_by_test_id("sketchpad").evaluate("canvas => canvas.width")
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("document.body.classList.add('dark')")
    page.wait_for_function(
        "width => document.querySelector('[data-testid=sketchpad]').width < width", arg=width
    )
    settle(page)
    small = ink_on(page) / page.get_by_test_id("sketchpad").evaluate("c => c.width * c.height")
    assert small == pytest.approx(share, rel=0.05)
    expect_verdict(page, "2")


def test_a_stroke_that_leaves_the_pad_goes_on_when_it_returns(open_page, server):
    page = open_page(server.url, **DESKTOP)
    pad = Pad(page)
    pad.draw([np.array([(0.5, 0.2), (0.9, 0.2), (1.3, 0.3), (1.3, 0.6), (0.9, 0.7), (0.5, 0.7)])])
    expect_some_verdict(page)
    settle(page)
    drawn = ((0.7, 0.2), (0.985, 0.225), (0.98, 0.67), (0.7, 0.7))
    assert inked(page, *drawn, (0.98, 0.45)) == [True] * 4 + [False]
    page.get_by_test_id("undo").click()  # it is one stroke all the same
    expect_verdict(page, "")


def test_other_buttons_and_a_tap_do_no_harm(open_page, server):
    page = open_page(server.url, **DESKTOP)
    pad = Pad(page)
    page.mouse.move(*pad.at((0.5, 0.5)))
    page.mouse.down(button="right")
    page.mouse.move(*pad.at((0.6, 0.6)))
    page.mouse.up(button="right")
    settle(page)
    assert ink_on(page) == 0
    page.mouse.click(*pad.at((0.5, 0.5)))
    expect_some_verdict(page)
    assert ink_on(page) > 0


def test_a_lost_server_is_told_and_found_again(open_page, tmp_path):
    server = Server(tmp_path / "log")
    server.start()
    try:
        page = open_page(server.url, clock=True, **DESKTOP)
        pad = Pad(page)
        pad.draw([DIGITS[5][0]])
        expect_some_verdict(page)
        wait_until_told(page)
        server.stop()
        notice = page.get_by_test_id("notice")
        page.clock.fast_forward(10_000)
        expect(notice).to_be_visible(timeout=20_000)  # also while nobody draws
        pad.draw([DIGITS[5][1]])
        expect(notice).to_contain_text("Your drawing is safe")
        page.get_by_test_id("undo").click()
        pad.draw([DIGITS[5][1]])  # the pad goes on working
        server.start()
        page.clock.fast_forward(5_000)
        expect(notice).to_be_hidden(timeout=20_000)
        expect_verdict(page, "5")
    finally:
        server.stop()


NO_ANSWERS = ("null", '{"digit": 3, "is_digit": true}', "<p>log in</p>", None)


def test_an_answer_that_is_none_is_told_and_the_next_one_read(open_page, server):
    page = open_page(server.url, **DESKTOP)
    pad = Pad(page)
    sketchpad, notice = page.locator(".sketchpad"), page.get_by_test_id("notice")
    outdated = re.compile("outdated")
    for answer in NO_ANSWERS:
        pad.draw(DIGITS[1])
        expect_verdict(page, "1")
        page.route(QUESTIONS, answering(answer))
        page.get_by_test_id("clear").click()
        pad.draw(DIGITS[7])
        expect(notice, answer).to_be_visible(timeout=10_000)
        expect(sketchpad, answer).to_have_class(outdated)
        page.unroute(QUESTIONS)
        expect_verdict(page, "7")
        expect(notice, answer).to_be_hidden()
        expect(sketchpad, answer).not_to_have_class(outdated)
        page.get_by_test_id("clear").click()


def test_a_full_pad_says_so_and_undo_makes_room(open_page, server):
    page = open_page(server.url, **DESKTOP)
    pad = Pad(page)
    left, right = pad.places([(0.95, 0.5), (1.05, 0.5)])
    page.mouse.move(*left)
    page.mouse.down()
    page.evaluate(
        """([left, right]) => {
            const canvas = document.querySelector('[data-testid=sketchpad]');
            for (let i = 0; i < 2000; i++) {
                const [clientX, clientY] = i % 2 ? left : right;
                canvas.dispatchEvent(new PointerEvent("pointermove", {
                    pointerId: 1, pointerType: "mouse", buttons: 1, clientX, clientY}));
            }
        }""",
        [left, right],
    )
    page.mouse.up()
    expect(page.get_by_test_id("notice")).to_contain_text("The pad is full")
    page.get_by_test_id("undo").click()
    expect(page.get_by_test_id("notice")).to_be_hidden()
    pad.draw(DIGITS[3])
    expect_verdict(page, "3")


def test_no_other_host_is_asked_for_anything(chromium, server):
    context = chromium.new_context(**DESKTOP)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    failed = []
    page.on("console", lambda message: message.type == "error" and failed.append(message.text))
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto(server.url)
    wait_until_loaded(page)
    Pad(page).draw(DIGITS[9])
    expect_verdict(page, "9")
    for tab in page.get_by_role("tab").all():
        tab.click()
        shown = page.locator('[data-testid^="tab-"]:visible')
        expect(shown).to_have_count(1)
        expect(shown).to_contain_text(re.compile(r"\w"), timeout=60_000)  # its module has come
    context.close()
    assert any(QUESTIONS.search(url) for url in asked)
    foreign = [url for url in asked if not re.match(rf"{server.url}/|data:|blob:", url)]
    assert foreign == []
    assert failed == []


def test_more_digits_than_it_reads_are_told(open_page, server):
    page = open_page(server.url, **DESKTOP)
    ones = [np.array([(x, 0.4), (x, 0.6)]) for x in np.linspace(0.04, 0.96, 21)]
    Pad(page).draw(ones)
    expect(page.locator(".sentence")).to_contain_text("at most 20", timeout=10_000)
    expect_verdict(page, "?")
    for _ in ones[18:]:
        page.get_by_test_id("undo").click()
    expect_verdict(page, "1" * 18)


def test_a_long_scribble_and_a_hundred_clears_later(open_page, server):
    page = open_page(server.url, **DESKTOP)
    pad = Pad(page)
    angle = np.linspace(0, 60, 500)
    spiral = 0.5 + np.column_stack([np.cos(angle), np.sin(angle)]) * (angle / 150)[:, None]
    page.mouse.move(*pad.at(spiral[0]))
    page.mouse.down()
    page.evaluate(
        """places => {
            const canvas = document.querySelector('[data-testid=sketchpad]');
            for (const [clientX, clientY] of places) {
                canvas.dispatchEvent(new PointerEvent("pointermove", {
                    pointerId: 1, pointerType: "mouse", buttons: 1, clientX, clientY}));
            }
        }""",
        pad.places(spiral[1:]),
    )
    page.mouse.up()
    expect_some_verdict(page)
    page.evaluate(
        "for (let i = 0; i < 100; i++) document.querySelector('[data-testid=clear]').click()"
    )
    pad.draw(DIGITS[0])
    expect_verdict(page, "0")
