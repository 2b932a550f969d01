"""The first screen lives until it is touched: an example draws itself, and is nobody's drawing."""

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
    link_to_pad,
    name_of,
    probabilities,
    settle,
    violations,
    wait_until_read,
)
from playwright.sync_api import Page, Request, expect

STILL = {"reduced_motion": "reduce"}
PATIENCE = 20_000  # ms


def living(page: Page):
    return page.locator(".sketchpad.living")


def is_blank(page: Page) -> bool:
    settle(page)
    return ink_on(page) == 0 and probabilities(page) == [0] * 10


@pytest.mark.parametrize("settings", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_examples_draw_themselves_and_are_read(open_page, server, settings):
    page = open_page(server.url, untouched=True, **settings)
    page.evaluate(
        """() => {
            window.seen = {verdict: [], stage: []}; // what is read and shown, as it passes
            const verdict = document.querySelector('[data-testid="verdict"]');
            const stage = document.querySelector('[data-testid="tab-network"]');
            new MutationObserver(() => window.seen.verdict.push(verdict.textContent))
                .observe(verdict, {childList: true, characterData: true, subtree: true});
            new MutationObserver(() => window.seen.stage.push(stage.dataset.digit))
                .observe(stage, {attributeFilter: ["data-digit"]});
        }"""
    )
    living(page).wait_for()
    for digit in ("9", "7") if settings is DESKTOP else ("9",):
        page.wait_for_function("digit => window.seen.verdict.includes(digit)", arg=digit)
        if settings is not PHONE:  # there the stage is below the edge, and asks nothing
            page.wait_for_function("digit => window.seen.stage.includes(digit)", arg=digit)


def test_what_is_said_of_a_broken_link_outlasts_it(open_page, server):
    page = open_page(f"{server.url}/#d=9BYAK", untouched=True, **DESKTOP)
    living(page).wait_for()
    expect(page.locator(".sketchpad.inked")).to_be_visible()  # its first example is being drawn
    assert page.get_by_test_id("notice").is_visible()


@pytest.mark.parametrize("settings", [PHONE, DARK], ids=["phone", "dark"])
def test_motion_reduced_it_is_a_picture_that_stands_and_everybody_can_use(
    open_page, server, settings
):
    page = open_page(server.url, untouched=True, **settings, **STILL)
    living(page).wait_for()
    expect_verdict(page, "9")
    assert max(probabilities(page)) > 0.5
    if settings is DARK:
        network = page.get_by_test_id("tab-network")
        expect(network).to_have_attribute("data-digit", "9", timeout=PATIENCE)
    assert violations(page) == []


def test_it_is_nobodys_drawing(open_page, server):
    page = open_page(server.url, untouched=True, **DESKTOP)
    page.evaluate(
        """() => {
            window.told = [];
            const summary = document.querySelector('[data-testid="summary"]');
            new MutationObserver(() => window.told.push(summary.textContent))
                .observe(summary, {childList: true, characterData: true, subtree: true});
        }"""
    )
    expect_verdict(page, "9")
    wait_until_read(page)
    for name in ("undo", "redo", "clear"):
        expect(page.get_by_test_id(name)).to_have_attribute("aria-disabled", "true")
    expect(page.get_by_test_id("wrong")).to_be_disabled()
    expect_verdict(page, "7")
    assert {words for words in page.evaluate("window.told") if "reads" in words} == set()
    page.evaluate("""() => {
        Object.defineProperty(document, "visibilityState", {value: "hidden"});
        document.dispatchEvent(new Event("visibilitychange"));
    }""")
    assert page.evaluate("sessionStorage.getItem('mnist-drawing')") is None


def test_the_first_stroke_is_the_visitors_alone(open_page, server):
    page = open_page(server.url, untouched=True, **DESKTOP)
    living(page).wait_for()
    expect_some_verdict(page)
    pad = Pad(page)
    pad.draw(DIGITS[1])
    expect_verdict(page, "1")
    expect(living(page)).to_have_count(0)
    wait_until_read(page)
    ink = ink_on(page)
    page.get_by_test_id("undo").click()
    expect_verdict(page, "")
    assert is_blank(page)
    expect(page.get_by_test_id("undo")).to_have_attribute("aria-disabled", "true")
    pad.draw(DIGITS[1])
    expect_verdict(page, "1")
    settle(page)
    assert ink_on(page) == pytest.approx(ink, rel=0.01)


def test_a_fingers_first_stroke_is_its_own(open_page, server):
    page = open_page(server.url, untouched=True, **PHONE)
    expect_some_verdict(page)
    Pad(page).draw_with_finger(DIGITS[7])
    expect_verdict(page, "7")
    page.get_by_test_id("undo").tap()
    assert is_blank(page)


def test_it_stops_for_good_when_a_screen_reader_presses_a_button(open_page, server):
    page = open_page(server.url, clock=True, untouched=True, **DESKTOP)
    page.clock.run_for(2_000)
    expect(living(page)).to_have_count(1)
    page.get_by_test_id("erase").evaluate("one => one.click()")
    expect(living(page)).to_have_count(0)
    assert is_blank(page)
    page.clock.run_for(60_000)
    expect(living(page)).to_have_count(0)
    assert is_blank(page)


def test_an_example_that_is_tapped_is_drawn_as_ones_own(open_page, server):
    page = open_page(server.url, untouched=True, **DESKTOP)
    living(page).wait_for()
    page.locator('[data-example="slashed"]').click()
    expect_verdict(page, "0")
    expect(living(page)).to_have_count(0)
    expect(page.get_by_test_id("undo")).to_have_attribute("aria-disabled", "false")


def test_what_was_drawn_or_linked_is_there_instead(open_page, server):
    page = open_page(server.url, **DESKTOP, **STILL)
    Pad(page).draw([np.array([(0.5, 0.2), (0.5, 0.8)])])
    expect_verdict(page, "1")
    link = link_to_pad(page)
    linked = open_page(link, untouched=True, **DESKTOP, **STILL)
    expect_verdict(linked, "1")
    expect(living(linked)).to_have_count(0)
    linked.goto(server.url)  # what was on the pad is kept
    linked.get_by_test_id("sketchpad").wait_for()
    expect_verdict(linked, "1")
    expect(living(linked)).to_have_count(0)


def test_an_example_is_not_pinned_nor_drawn_beside_what_is(open_page, server):
    page = open_page(server.url, untouched=True, **DESKTOP, **STILL)
    expect_verdict(page, "9")
    pin = page.get_by_test_id("pin")
    expect(pin).to_have_attribute("aria-disabled", "true")
    Pad(page).draw(DIGITS[4])
    expect_verdict(page, "4")
    expect(pin).to_have_attribute("aria-disabled", "false")
    pin.click()
    page.get_by_test_id("clear").click()
    page.reload()
    expect(page.get_by_test_id("tab-network")).to_have_attribute(
        "data-verdicts", "4 –", timeout=PATIENCE
    )
    expect(living(page)).to_have_count(0)
    assert is_blank(page)


def test_it_costs_the_server_little_and_then_nothing(open_page, server):
    page = open_page(server.url, clock=True, untouched=True, **DESKTOP)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(name_of(request)))
    unanswered: set[Request] = set()
    page.on("request", lambda request: unanswered.add(request))
    for end in ("requestfinished", "requestfailed"):
        page.on(end, lambda request: unanswered.discard(request))
    for _ in range(45):
        page.clock.run_for(1_000)
        while unanswered:  # the server's clock goes slower: it would seem to be slow
            page.wait_for_timeout(20)
    expect(living(page)).to_have_count(1)
    wait_until_read(page)
    assert asked.count("read") < 300
    assert "read_moments" not in asked
    asked.clear()
    page.clock.run_for(45_000)
    assert asked.count("read") <= 5  # whether the server is there, every ten seconds
