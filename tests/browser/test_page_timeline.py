"""The strip that plays the reading over the drawing's own time, and the examples."""

import contextlib
import re

import pytest
from digits import DIGITS
from pad import (
    DARK,
    DESKTOP,
    PHONE,
    Pad,
    expect_verdict,
    ink_on,
    probabilities_at_rest,
    settle,
    wait_until_told,
)
from playwright.sync_api import Page, expect


def coloured(page: Page) -> int:
    """How many pixels of the strip are coloured."""
    return page.get_by_test_id("timeline").evaluate(
        """canvas => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
            .data.filter((value, i) => i % 4 === 3 && value > 0).length"""
    )


def scrub(page: Page, share: float) -> None:
    page.get_by_test_id("scrub").evaluate(
        """(slider, share) => {
            slider.value = share;
            slider.dispatchEvent(new Event("input", {bubbles: true}));
        }""",
        share,
    )


@contextlib.contextmanager
def told_again(page: Page):
    """Waits until the server has told the drawing's moments, and the strip shows them."""
    with page.expect_response(
        lambda r: "read_moments" in (r.request.post_data or ""),
        timeout=60_000,  # an example draws itself first
    ) as answer:
        yield answer
    wait_until_told(page)


@pytest.mark.parametrize("settings", [PHONE, DARK], ids=["phone", "dark"])
def test_the_strip_goes_back_in_time_and_returns(open_page, server, settings):
    page = open_page(server.url, **settings)
    assert coloured(page) == 0
    expect(page.get_by_test_id("scrub")).to_be_disabled()
    with told_again(page):
        # Evenly: after a burst of points a third of the time may be all of the ink.
        Pad(page).draw(DIGITS[4], slowly=True)
    expect_verdict(page, "4")
    settle(page)
    now, ink = probabilities_at_rest(page), ink_on(page)
    assert coloured(page) > 0
    scrub(page, 0.3)
    settle(page)
    assert probabilities_at_rest(page) != now
    assert ink_on(page) < 0.7 * ink  # what was still to come is faint
    expect(page.get_by_test_id("scrub")).to_have_attribute(
        "aria-valuetext", re.compile(r"^After [\d.]+ s: (\d|\?)$")
    )
    scrub(page, 1)
    expect_verdict(page, "4")
    settle(page)
    assert probabilities_at_rest(page) == now
    assert ink_on(page) == ink


def test_the_strip_can_be_moved_by_keyboard(open_page, server):
    page = open_page(server.url, **DESKTOP)
    with told_again(page):
        Pad(page).draw(DIGITS[4])
    settle(page)
    now = probabilities_at_rest(page)
    page.get_by_test_id("scrub").focus()
    page.keyboard.press("Home")
    assert probabilities_at_rest(page) != now
    page.keyboard.press("End")
    assert probabilities_at_rest(page) == now


def test_a_replay_ends_where_the_drawing_is(open_page, server):
    page = open_page(server.url, **DESKTOP)
    with told_again(page):
        Pad(page).draw(DIGITS[5])
    settle(page)
    now, ink = probabilities_at_rest(page), ink_on(page)
    page.get_by_test_id("replay").click()
    page.wait_for_function(
        "before => document.querySelector('[data-testid=scrub]').value < before", arg=1
    )
    page.wait_for_function("() => document.querySelector('[data-testid=scrub]').value == 1")
    expect_verdict(page, "5")
    assert probabilities_at_rest(page) == now
    settle(page)
    assert ink_on(page) == ink


def test_drawing_on_ends_a_journey_in_time(open_page, server):
    page = open_page(server.url, **DESKTOP)
    pad = Pad(page)
    with told_again(page):
        pad.draw([DIGITS[4][0]])
    settle(page)
    scrub(page, 0.2)
    pad.draw([DIGITS[4][1]])
    expect_verdict(page, "4")
    expect(page.get_by_test_id("scrub")).to_have_value("1")


def test_the_moments_are_what_the_network_reads_of_the_beginnings(open_page, server, classifier):
    page = open_page(server.url, **DESKTOP)
    with told_again(page) as answer:
        Pad(page).draw(DIGITS[8], slowly=True)
    question = answer.value.request.post_data_json["data"]
    moments = answer.value.json()
    moments = moments.get("data", moments) if isinstance(moments, dict) else moments
    assert len(moments) == len(question["counts"]) > 20
    points = question["strokes"][0]
    for count, moment in zip(question["counts"], moments, strict=True):
        reading = classifier.classify([points[:count]])
        assert moment["digit"] == reading.digit
        assert moment["probabilities"] == pytest.approx(reading.probabilities.tolist(), abs=1e-4)


def test_an_example_draws_itself_and_is_read(open_page, server):
    page = open_page(server.url, **DESKTOP)
    for example, verdict in (("flag", "1"), ("letter", "?")):
        with told_again(page):
            page.locator(f'[data-example="{example}"]').click()
        expect_verdict(page, verdict)
        page.get_by_test_id("undo").click()
        expect_verdict(page, "")


def test_one_example_is_torn_between_two_digits(open_page, server):
    page = open_page(server.url, **DESKTOP)
    page.locator('[data-example="ambiguous"]').click()
    expect(page.get_by_test_id("summary")).to_contain_text("could also be")
    wait_until_told(page)
    shown = probabilities_at_rest(page)
    assert min(shown[4], shown[9]) > 0.2


def test_an_example_waits_for_nobody_who_wants_less_motion(open_page, server):
    page = open_page(server.url, **DESKTOP, reduced_motion="reduce")
    for example, verdict in (("crossed", "7"), ("curled", "9"), ("slashed", "0")):
        page.locator(f'[data-example="{example}"]').click()
        settle(page)
        ink = ink_on(page)
        expect_verdict(page, verdict)
        assert ink_on(page) == ink > 0
        page.get_by_test_id("undo").click()
        expect_verdict(page, "")


def test_an_example_keeps_the_drawing_for_undo_and_stops_for_the_pen(open_page, server):
    page = open_page(server.url, **PHONE)
    pad = Pad(page)
    pad.draw_with_finger(DIGITS[3])
    expect_verdict(page, "3")
    page.locator('[data-example="scribble"]').tap()
    expect(page.get_by_test_id("verdict")).not_to_have_text("3")  # it has begun
    page.get_by_test_id("undo").tap()
    expect_verdict(page, "3")
    page.locator('[data-example="scribble"]').tap()
    expect(page.get_by_test_id("verdict")).not_to_have_text("3")
    page.get_by_test_id("clear").tap()
    pad.draw_with_finger(DIGITS[1])
    expect_verdict(page, "1")


def test_the_strip_ends_in_the_verdict(open_page, server):
    page = open_page(server.url, **DESKTOP, reduced_motion="reduce")
    verdict, strip = page.get_by_test_id("verdict"), page.get_by_test_id("timeline")
    for example in page.get_by_test_id("examples").get_by_role("button").all():
        with told_again(page):
            example.click()
        expect(strip).to_have_attribute("data-end", verdict.inner_text())
