"""Examples draw themselves, also on a page that nobody has touched; the strip plays the reading."""

import contextlib
import re

import pytest
from digits import DIGITS
from pad import (
    DARK,
    DESKTOP,
    PHONE,
    STILL,
    Pad,
    expect_some_verdict,
    expect_verdict,
    ink_on,
    link_to_pad,
    name_of,
    probabilities,
    probabilities_at_rest,
    settle,
    violations,
    wait_until_read,
    wait_until_told,
)
from playwright.sync_api import Page, Request, expect


def living(page: Page):
    return page.locator(".sketchpad.living")


def is_blank(page: Page) -> bool:
    settle(page)
    return ink_on(page) == 0 and probabilities(page) == [0] * 10


def expect_disabled(page: Page, *names: str, is_disabled: bool = True) -> None:
    for name in names:
        expect(page.get_by_test_id(name)).to_have_attribute(
            "aria-disabled", str(is_disabled).lower()
        )


def test_examples_draw_themselves_and_are_nobodys_drawing(open_page, server):
    page = open_page(server.url, untouched=True, **DESKTOP)
    page.evaluate(
        """() => {
            window.seen = {verdict: [], stage: [], summary: []}; // what passes
            const part = (name) => document.querySelector(`[data-testid="${name}"]`);
            for (const name of ["verdict", "summary"]) {
                new MutationObserver(() => window.seen[name].push(part(name).textContent))
                    .observe(part(name), {childList: true, characterData: true, subtree: true});
            }
            new MutationObserver(() => window.seen.stage.push(part("tab-network").dataset.digit))
                .observe(part("tab-network"), {attributeFilter: ["data-digit"]});
        }"""
    )
    living(page).wait_for()
    for digit in ("9", "7"):
        page.wait_for_function("digit => window.seen.verdict.includes(digit)", arg=digit)
        page.wait_for_function("digit => window.seen.stage.includes(digit)", arg=digit)
        expect_disabled(page, "undo", "redo", "clear")
        expect(page.get_by_test_id("wrong")).to_be_disabled()
    assert not any("reads" in words for words in page.evaluate("window.seen.summary"))
    page.evaluate("""() => {
        Object.defineProperty(document, "visibilityState", {value: "hidden"});
        document.dispatchEvent(new Event("visibilitychange"));
    }""")
    assert page.evaluate("sessionStorage.getItem('mnist-drawing')") is None


def test_notice_of_a_broken_link_outlasts_the_first_example(open_page, server):
    page = open_page(f"{server.url}/#d=9BYAK", untouched=True, **DESKTOP)
    living(page).wait_for()
    expect(page.locator(".sketchpad.inked")).to_be_visible()  # its first example is being drawn
    assert page.get_by_test_id("notice").is_visible()


@pytest.mark.parametrize("settings", [DESKTOP, PHONE], ids=["mouse", "finger"])
def test_first_stroke_is_the_visitors_alone(open_page, server, settings):
    page = open_page(server.url, untouched=True, **settings)
    living(page).wait_for()
    expect_some_verdict(page)
    pad = Pad(page)
    pad.write(7)
    expect(living(page)).to_have_count(0)
    ink = ink_on(page)
    page.get_by_test_id("undo").click()
    expect_verdict(page, "")
    assert is_blank(page)
    expect_disabled(page, "undo")
    pad.write(7)
    assert ink_on(page) == pytest.approx(ink, rel=0.01)


def test_examples_stop_for_good_when_a_screen_reader_presses_a_button(open_page, server):
    page = open_page(server.url, clock=True, untouched=True, **DESKTOP)
    page.clock.run_for(2_000)
    expect(living(page)).to_have_count(1)
    page.get_by_test_id("erase").evaluate("one => one.click()")
    for _ in range(2):
        expect(living(page)).to_have_count(0)
        assert is_blank(page)
        page.clock.run_for(60_000)


def test_example_that_is_tapped_is_ones_own_keeps_the_drawing_and_stops_for_the_pen(
    open_page, server
):
    page = open_page(server.url, untouched=True, **PHONE)
    living(page).wait_for()
    page.locator('[data-example="slashed"]').tap()
    expect_verdict(page, "0")
    expect(living(page)).to_have_count(0)
    expect_disabled(page, "undo", is_disabled=False)
    wait_until_told(page)
    for end in ("undo", "clear"):
        page.locator('[data-example="scribble"]').tap()
        expect(page.get_by_test_id("verdict")).not_to_have_text("0")  # it has begun
        page.get_by_test_id(end).tap()
        expect_verdict(page, "0" if end == "undo" else "")
    Pad(page).write(1)


def test_drawing_or_link_is_there_instead_of_an_example(open_page, server):
    page = open_page(server.url, **STILL)
    Pad(page).write(1)
    link = link_to_pad(page)
    linked = open_page(link, untouched=True, **STILL)
    expect_verdict(linked, "1")
    expect(living(linked)).to_have_count(0)
    linked.goto(server.url)  # what was on the pad is kept
    linked.get_by_test_id("sketchpad").wait_for()
    expect_verdict(linked, "1")
    expect(living(linked)).to_have_count(0)


def test_still_example_is_accessible_and_is_neither_pinned_nor_drawn_when_a_drawing_is(
    open_page, server
):
    page = open_page(server.url, untouched=True, **{**DARK, **STILL})
    living(page).wait_for()
    expect_verdict(page, "9")
    assert max(probabilities(page)) > 0.5
    expect(page.get_by_test_id("tab-network")).to_have_attribute("data-digit", "9")
    assert violations(page) == []
    expect_disabled(page, "pin")
    Pad(page).write(4)
    expect_disabled(page, "pin", is_disabled=False)
    page.get_by_test_id("pin").click()
    page.get_by_test_id("clear").click()
    page.reload()
    expect(page.get_by_test_id("tab-network")).to_have_attribute("data-verdicts", "4 –")
    expect(living(page)).to_have_count(0)
    assert is_blank(page)


def test_examples_ask_the_server_little_and_then_nothing(open_page, server):
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


def coloured(page: Page) -> int:
    """How many pixels of the strip are coloured."""
    return page.get_by_test_id("timeline").evaluate(
        """canvas => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
            .data.filter((value, i) => i % 4 === 3 && value > 0).length"""
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


@pytest.mark.parametrize("page", [PHONE, DARK], ids=["phone", "dark"], indirect=True)
def test_strip_goes_back_in_time_and_returns(page, pad):
    scrub = page.get_by_test_id("scrub")
    assert coloured(page) == 0
    expect(scrub).to_be_disabled()
    with told_again(page) as answer:
        # Slowly: after a burst of points any moment may have all of the ink.
        pad.draw(DIGITS[4], slowly=True)
    assert len(answer.value.request.post_data_json["data"]["counts"]) > 3  # moments
    expect_verdict(page, "4")
    settle(page)
    now, ink = probabilities_at_rest(page), ink_on(page)
    assert coloured(page) > 0

    def expect_present() -> None:
        expect(scrub).to_have_value("1")
        expect_verdict(page, "4")
        assert probabilities_at_rest(page) == now
        assert ink_on(page) == ink

    scrub.evaluate(
        """slider => {
            slider.value = 0.05;
            slider.dispatchEvent(new Event("input", {bubbles: true}));
        }"""
    )
    assert probabilities_at_rest(page) != now
    assert ink_on(page) < 0.7 * ink  # what was still to come is faint
    expect(scrub).to_have_attribute("aria-valuetext", re.compile(r"^After [\d.]+ s: (\d|\?)$"))
    scrub.press("End")
    expect_present()
    scrub.press("Home")
    assert probabilities_at_rest(page) != now
    page.get_by_test_id("replay").click()
    page.wait_for_function("() => document.querySelector('[data-testid=scrub]').value > 0")
    expect_present()
    scrub.press("Home")
    pad.draw([[(0.1, 0.9), (0.15, 0.9)]])  # drawing on ends the journey
    expect(scrub).to_have_value("1")
    page.get_by_test_id("undo").click()
    expect_present()


@pytest.mark.parametrize("page", [STILL], ids=[""], indirect=True)
def test_without_motion_an_example_is_drawn_at_once_and_the_strip_ends_in_its_verdict(page):
    for example, verdict in (("flag", "1"), ("letter", "?")):
        with told_again(page):
            page.locator(f'[data-example="{example}"]').click()
            settle(page)
            ink = ink_on(page)
        expect_verdict(page, verdict)
        assert ink_on(page) == ink > 0
        expect(page.get_by_test_id("timeline")).to_have_attribute("data-end", verdict)
        page.get_by_test_id("undo").click()
        expect_verdict(page, "")
