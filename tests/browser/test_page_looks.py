"""The page's looks: screens, sizes, languages, presenting, and what everybody can see and reach."""

import re
from collections.abc import Iterator

import numpy as np
import pytest
from pad import (
    DARK,
    DESKTOP,
    FOLLOWING,
    INVITATION,
    LAPTOP,
    PHONE,
    PROJECTOR,
    QUESTIONS,
    Pad,
    expect_verdict,
    ink_on,
    open_tab,
    overflow,
    settle,
    tall,
    violations,
    wait_until_loaded,
    wait_until_still,
    wait_until_told,
)
from playwright.sync_api import Page, expect

MAP = '[data-layer="0"][data-place="0"]'  # the first map of the first layer
SMALLEST_TEXT = """() => {
    const sizes = [...document.querySelectorAll("#workbench *")]
        .filter(one => one.checkVisibility({ visibilityProperty: true })
            && getComputedStyle(one).clipPath === "none"
            && [...one.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim()))
        .map(one => parseFloat(getComputedStyle(one).fontSize) * one.currentCSSZoom);
    return Math.min(...sizes);
}"""
IN_VIEW = ((390, 844), (1366, 768), (1920, 1080))  # sizes at which pad and verdict are never away
PIXELS = "pad => pad.width * pad.height"
IS_REDRAWN = """() => {
    const pad = document.querySelector('[data-testid="sketchpad"]');
    return pad.width === Math.round(pad.clientWidth * devicePixelRatio);
}"""
STAGE = "#questions"
ALL_TABS = f"{STAGE} [role=tab]"


def screens(page: Page) -> Iterator[tuple[str, str]]:
    """Opens one screen after another; its name, and the selector of what is new on it."""
    pad = Pad(page)
    yield "blank", "html"
    pad.write(4)
    page.get_by_test_id("wrong").click()
    expect(page.get_by_test_id("choices")).to_be_visible()
    yield "choices", ".sketchpad"
    page.keyboard.press("Escape")
    page.get_by_test_id("share").click()
    expect(page.get_by_test_id("share-link")).to_be_visible()
    yield "share", "html"
    page.get_by_test_id("share-close").click()
    if page.get_by_test_id("more-tabs").is_visible():
        page.get_by_test_id("more-tabs").click()
        yield "menu of tabs", STAGE
        page.keyboard.press("Escape")
    for name in page.locator(ALL_TABS).evaluate_all("all => all.map(tab => tab.dataset.tabId)"):
        tab = open_tab(page, name)
        if name == "adversarial":
            tab.get_by_test_id("fool").click()
            expect(tab.get_by_test_id("outcome")).not_to_have_text("")
        elif name in (*FOLLOWING, "network"):
            expect(tab).to_have_attribute("data-state", "done")
        yield name, STAGE
    tab = open_tab(page, "network")
    tab.locator(MAP).click()
    expect(tab.get_by_test_id("sums")).to_be_visible()
    yield "map", STAGE
    tab.get_by_test_id("back").click()
    page.get_by_test_id("pin").click()
    expect(tab).to_have_attribute("data-view", "compared")
    yield "compared", STAGE
    page.locator(INVITATION).first.click()
    page.locator('[data-experiment="crossbar"]').click()
    expect_verdict(page, "7")
    wait_until_told(page)
    expect(page.get_by_test_id("tab-attribution")).to_have_attribute("data-state", "done")
    yield "tour", "html"


@pytest.mark.parametrize(
    "page",
    [tall(DARK), tall(PHONE), tall({**DESKTOP, "locale": "fr-FR"})],
    ids=["dark", "phone", "french"],
    indirect=True,
)
def test_every_screen_fits_and_everybody_can_use_it(page, server):
    asked, failed = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: message.type == "error" and failed.append(message.text))
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.reload()
    wait_until_loaded(page)
    for screen, where in screens(page):
        wait_until_still(page)
        assert violations(page, where) == [], screen
        assert overflow(page) <= 0, screen
    foreign = [url for url in asked if not re.match(rf"{server.url}/|data:|blob:", url)]
    assert foreign == failed == []
    assert any(QUESTIONS.search(url) for url in asked)


def test_everything_fits_every_screen_the_ink_does_too_and_the_pad_stays_in_view(page, pad):
    pad.write(7)
    settle(page)
    share = ink_on(page) / pad.canvas.evaluate(PIXELS)
    for width, height in ((320, 568), (768, 1024), (844, 390), (1024, 768), *IN_VIEW):
        size = f"{width} by {height}"
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(IS_REDRAWN)
        settle(page)
        assert overflow(page) <= 0, size
        assert ink_on(page) / pad.canvas.evaluate(PIXELS) == pytest.approx(share, rel=0.05), size
        box = pad.canvas.bounding_box()
        assert box["width"] == pytest.approx(box["height"], abs=1), size
        assert box["y"] + box["height"] <= height, size
        outside = page.evaluate(
            """[...document.querySelectorAll(".sketchpad :is(button, canvas, .sentence, .number)")]
                .filter(one => one.checkVisibility()).filter(one => !one.closest(".examples"))
                .filter(one => {
                    const {left, right} = one.getBoundingClientRect();
                    return left < 0 || right > innerWidth + 1;
                }).map(one => one.outerHTML)"""
        )
        assert outside == [], size
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        for part in ("sketchpad", "verdict") if (width, height) in IN_VIEW else ():
            expect(page.get_by_test_id(part), size).to_be_in_viewport(ratio=0.9)
        page.evaluate("scrollTo(0, 0)")


@pytest.mark.parametrize("page", [{**LAPTOP, "locale": "fr-FR"}], ids=[""], indirect=True)
def test_pad_and_answer_are_on_the_screen_of_a_laptop(page, pad):
    page.set_viewport_size({"width": 1366, "height": 650})
    pad.write(7)
    for part in ("sketchpad", "verdict", "bars", "digit-gauge"):
        expect(page.get_by_test_id(part)).to_be_in_viewport(ratio=1)
    assert pad.canvas.bounding_box()["width"] >= 320
    gauge, scale = (page.locator(f".{name}").bounding_box() for name in ("gauge", "scale"))
    beyond = gauge["x"] + gauge["width"] - scale["x"] - scale["width"]
    assert beyond > 6  # half a needle
    height = "document.documentElement.scrollHeight"
    assert page.evaluate(height) <= 650
    page.set_viewport_size(LAPTOP["viewport"])
    expect(page.get_by_test_id("examples")).to_be_in_viewport(ratio=1)
    page.get_by_test_id("tour-start").click()
    expect_verdict(page, "7")
    wait_until_told(page)
    assert page.evaluate(height) <= 768


@pytest.mark.parametrize("page", [{**PHONE, "locale": "de-DE"}], ids=[""], indirect=True)
def test_phone_shows_that_more_follows(page, pad):
    tab = page.locator('#questions [data-tab-id="network"]')
    expect(tab).to_be_in_viewport(ratio=0.7)
    pad.write(4)
    expect(page.get_by_test_id("tour-dare")).not_to_be_empty()
    expect(tab).to_be_in_viewport(ratio=0.7)


def test_notice_lies_over_the_stage(page):
    expect(page.get_by_test_id("tab-network")).to_have_attribute(
        "data-state", re.compile("done|blank")
    )
    page.get_by_test_id("share").click()  # a blank pad
    notice = page.get_by_test_id("notice")
    expect(notice).to_contain_text("Draw something first")
    assert "#" not in page.url
    covered = notice.evaluate(
        """notice => {
            notice.style.pointerEvents = "auto"; // what is pointed at is what is seen
            const { left, top, width, height } = notice.getBoundingClientRect();
            return [0.1, 0.3, 0.5, 0.7, 0.9]
                .map(x => document.elementFromPoint(left + x * width, top + height / 2))
                .filter(one => one !== notice).map(one => one.outerHTML);
        }"""
    )
    assert covered == []


@pytest.mark.parametrize("page", [DESKTOP, PHONE], ids=["desktop", "phone"], indirect=True)
def test_nothing_moves_while_loading_nor_while_drawing(page, pad):
    for part in ("tour-start", "pin", "wrong"):  # their modules have come
        expect(page.get_by_test_id(part)).to_have_text(re.compile(r"\w"))
    page.evaluate(
        """() => {
            window.shifts = 0;
            new PerformanceObserver(list => {
                for (const entry of list.getEntries()) window.shifts += entry.value;
            }).observe({type: "layout-shift", buffered: true});
        }"""
    )
    settle(page)
    assert page.evaluate("window.shifts") < 0.02  # 0.1 is good (web.dev/cls)
    page.evaluate("window.shifts = 0")
    boxes = """[...document.querySelectorAll(".sketchpad > *:not(.notice)")].map(one =>
        JSON.stringify(one.getBoundingClientRect()))"""
    before = page.evaluate(boxes)
    pad.write(5)
    pad.draw([np.array([(0.1, 0.1), (0.9, 0.9)]), np.array([(0.1, 0.9), (0.9, 0.1)])])
    expect_verdict(page, "?")
    wait_until_told(page)
    wait_until_still(page)
    assert page.evaluate(boxes) == before
    # A sentence may become two lines, centred; on a phone a challenge replaces the tour's button.
    assert page.evaluate("window.shifts") < 0.02


@pytest.mark.parametrize("page", [PROJECTOR], ids=[""], indirect=True)
def test_presenting_fills_the_screen_with_what_is_explained(page, pad):
    """At 1920x1080 maps are 1.5 times as large as usual, and no text is below 18 px."""
    tour = page.get_by_test_id("tour")
    pad.write(7)
    tab = page.get_by_test_id("tab-network")
    expect(tab).to_have_attribute("data-digit", "7")
    usual = tab.locator(MAP).bounding_box()["width"]
    page.keyboard.press("p")
    expect(page.locator(".masthead")).to_be_hidden()
    for part in ("sketchpad", "verdict", "bars", "digit-gauge", "timeline", "present"):
        expect(page.get_by_test_id(part), part).to_be_in_viewport(ratio=0.99)
    expect(tab.locator(".frame")).to_be_in_viewport(ratio=0.99)
    for part in ("brush", "picture", "share", "redo", "wrong"):
        expect(page.get_by_test_id(part)).to_be_hidden()
    assert page.evaluate(SMALLEST_TEXT) >= 18
    page.wait_for_function(
        "([map, least]) => document.querySelector(map).getBoundingClientRect().width >= least",
        arg=[MAP, 1.5 * usual],
    )
    page.get_by_test_id("present").click()
    expect(page.locator(".masthead")).to_be_visible()
    tour.get_by_test_id("tour-start").click()
    page.keyboard.press("p")
    for part in (
        tour.get_by_test_id("task"),
        tour.get_by_test_id("tour-next"),
        tab.locator(".frame"),
    ):
        expect(part).to_be_in_viewport(ratio=0.99)
    sentence = tour.get_by_test_id("task").evaluate(
        "one => parseFloat(getComputedStyle(one).fontSize) * one.currentCSSZoom"
    )
    assert sentence >= 29


def test_presenter_goes_from_answer_to_answer_by_keys(page, pad):
    pad.write(7)
    tabs = page.locator("#questions [role=tab]")
    is_open = re.compile("true")
    page.keyboard.press("ArrowRight")
    expect(tabs.nth(0)).to_have_attribute("aria-selected", is_open)  # nobody presents
    page.keyboard.press("p")
    assert "→" in page.get_by_test_id("present").get_attribute("title")
    page.evaluate("document.activeElement.blur()")
    for key, place in (("ArrowRight", 1), ("PageDown", 2), ("ArrowLeft", 1), ("PageUp", 0)):
        page.keyboard.press(key)
        expect(tabs.nth(place)).to_have_attribute("aria-selected", is_open)
    page.get_by_test_id("scrub").focus()
    page.keyboard.press("ArrowRight")  # is the slider's
    pad.canvas.focus()
    page.keyboard.press("ArrowRight")  # is the pen's
    expect(tabs.nth(0)).to_have_attribute("aria-selected", is_open)
    page.keyboard.press("Escape")
    expect(page.locator(".presenting")).to_have_count(0)


def test_focus_is_seen_and_reaches_everything(page):
    reached = []
    for _ in range(30):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => {
                const one = document.activeElement;
                const style = getComputedStyle(one);
                return [one.dataset.testid ?? one.dataset.example ?? "",
                        style.outlineStyle !== "none" || Boolean(one.closest(".strip"))];
            }"""
        )
        if focused[0]:
            reached.append(focused[0])
            assert focused[1], focused
    expected = {"sketchpad", "undo", "redo", "erase", "clear", "brush", "picture", "share"}
    assert expected | {"present", "flag", "scribble"} <= set(reached)
