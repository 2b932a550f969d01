"""The page's looks: sizes, languages, presenter's mode, and what everybody can see and reach."""

import json
import re

import numpy as np
import pytest
from digits import DIGITS
from pad import (
    DARK,
    DESKTOP,
    PHONE,
    Pad,
    expect_verdict,
    overflow,
    probabilities,
    settle,
    violations,
    wait_until_still,
    wait_until_told,
)
from playwright.sync_api import expect
from serving import ROOT

MAP = '[data-layer="0"][data-place="0"]'  # the first map of the first layer
SMALLEST_TEXT = """() => {
    const sizes = [...document.querySelectorAll("#workbench *")]
        .filter(one => one.checkVisibility({ visibilityProperty: true })
            && getComputedStyle(one).clipPath === "none"
            && [...one.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim()))
        .map(one => parseFloat(getComputedStyle(one).fontSize) * one.currentCSSZoom);
    return Math.min(...sizes);
}"""
TEXTS = {file.stem: json.loads(file.read_text()) for file in (ROOT / "assets/texts").glob("*.json")}


@pytest.mark.parametrize("settings", [DESKTOP, PHONE, DARK], ids=["desktop", "phone", "dark"])
def test_blank_page_invites_guesses_nothing_and_everybody_can_use_it(open_page, server, settings):
    page = open_page(server.url, **settings)
    expect(page.get_by_text("Draw here")).to_be_visible()
    expect(page.locator("#skeleton")).to_be_hidden()
    expect_verdict(page, "")
    assert probabilities(page) == [0] * 10
    bars = page.locator('[data-testid="bars"] > *')
    assert bars.evaluate_all("bars => bars.map(bar => bar.dataset.digit)") == list("0123456789")
    assert violations(page) == []
    Pad(page).draw(DIGITS[4])
    expect_verdict(page, "4")
    page.get_by_test_id("wrong").click()
    expect(page.get_by_test_id("choices")).to_be_visible()
    wait_until_still(page)
    assert violations(page) == []


def test_everything_fits_every_screen(open_page, server):
    page = open_page(server.url, **DESKTOP)
    Pad(page).draw(DIGITS[7])
    expect_verdict(page, "7")
    for size in ((320, 568), (360, 740), (768, 1024), (844, 390), (1024, 768), (1920, 1080)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        settle(page)
        assert overflow(page) <= 0, size
        pad = page.get_by_test_id("sketchpad").bounding_box()
        assert pad["width"] == pytest.approx(pad["height"], abs=1), size
        assert pad["y"] + pad["height"] <= size[1], size
        outside = page.evaluate(
            """[...document.querySelectorAll(".sketchpad :is(button, canvas, .sentence, .number)")]
                .filter(one => one.checkVisibility()).filter(one => !one.closest(".row"))
                .filter(one => {
                    const {left, right} = one.getBoundingClientRect();
                    return left < 0 || right > innerWidth + 1;
                }).map(one => one.outerHTML)"""
        )
        assert outside == [], size


def test_pad_and_answer_are_on_a_laptops_screen(open_page, server):
    page = open_page(server.url, viewport={"width": 1366, "height": 650}, locale="fr-FR")
    Pad(page).draw(DIGITS[7])
    expect_verdict(page, "7")
    pad = page.get_by_test_id("sketchpad")
    for part in (pad, *(page.get_by_test_id(name) for name in ("verdict", "bars", "digit-gauge"))):
        expect(part).to_be_in_viewport(ratio=1)
    assert pad.bounding_box()["width"] >= 320
    page.set_viewport_size({"width": 1366, "height": 768})
    expect(page.get_by_test_id("examples")).to_be_in_viewport(ratio=1)


def test_a_notice_lies_over_the_stage(open_page, server):
    page = open_page(server.url, viewport={"width": 1280, "height": 800})
    expect(page.get_by_test_id("tab-network")).to_have_attribute(
        "data-state", re.compile("done|blank")
    )
    page.get_by_test_id("share").click()  # a blank pad
    notice = page.get_by_test_id("notice")
    expect(notice).to_be_visible()
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


@pytest.mark.parametrize("settings", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_moves_while_loading_nor_while_drawing(open_page, server, settings):
    page = open_page(server.url, **settings)
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
    assert page.evaluate("window.shifts") < 0.01  # 0.1 is good (web.dev/cls)
    page.evaluate("window.shifts = 0")
    boxes = """[...document.querySelectorAll(".sketchpad > *:not(.notice)")].map(one =>
        JSON.stringify(one.getBoundingClientRect()))"""
    before = page.evaluate(boxes)
    pad = Pad(page)
    pad.draw(DIGITS[5])
    expect_verdict(page, "5")
    pad.draw([np.array([(0.1, 0.1), (0.9, 0.9)]), np.array([(0.1, 0.9), (0.9, 0.1)])])
    expect_verdict(page, "?")
    wait_until_told(page)
    wait_until_still(page)
    assert page.evaluate(boxes) == before
    assert page.evaluate("window.shifts") < 0.005  # a sentence may become two lines, centred


def test_presenting_fills_the_screen_with_what_is_explained(open_page, server):
    """At 1920x1080 maps are 1.5 times as large as usual, and no text is below 18 px."""
    page = open_page(server.url, viewport={"width": 1920, "height": 1080})
    tour = page.get_by_test_id("tour")
    Pad(page).draw(DIGITS[7])
    expect_verdict(page, "7")
    tab = page.get_by_test_id("tab-network")
    expect(tab).to_have_attribute("data-digit", "7", timeout=20_000)
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


def test_a_presenter_goes_from_answer_to_answer_by_keys(open_page, server):
    page = open_page(server.url, viewport={"width": 1920, "height": 1080})
    Pad(page).draw(DIGITS[7])
    expect_verdict(page, "7")
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
    page.get_by_test_id("sketchpad").focus()
    page.keyboard.press("ArrowRight")  # is the pen's
    expect(tabs.nth(0)).to_have_attribute("aria-selected", is_open)
    page.keyboard.press("Escape")
    expect(page.locator(".presenting")).to_have_count(0)


@pytest.mark.parametrize(
    ("locale", "language"), [("de-AT", "de"), ("fr-FR", "fr"), ("ja-JP", "en")]
)
def test_the_page_speaks_the_visitors_language(open_page, server, locale, language):
    page = open_page(server.url, **DESKTOP, locale=locale)
    texts = TEXTS[language]
    expect(page.get_by_role("heading", level=1)).to_have_text(texts["title"])
    expect(page.get_by_text(texts["invitation"])).to_be_visible()
    expect(page.get_by_role("button", name=texts["undo"])).to_be_visible()
    Pad(page).draw(DIGITS[3])
    expect_verdict(page, "3")
    start = texts["reads"].split("{")[0]
    expect(page.get_by_test_id("summary")).to_contain_text(start + "3")
    assert violations(page) == []


def test_no_text_is_left_over():
    files = [file for file in (ROOT / "assets").rglob("*.*") if file.suffix in (".js", ".html")]
    source = "".join(file.read_text() for file in [*files, *(ROOT / "demo").rglob("*.py")])
    generated = (
        "example_",
        "tour_",
        "tab_",
        "network_term_",
        "attribution_",
        "comparison_",
        "perturbation_",
        "training_history_",
    )
    unused = {name for name in TEXTS["en"] if f'"{name}"' not in source}
    assert {name for name in unused if not name.startswith(generated)} == set()


def test_the_focus_is_seen_and_reaches_everything(open_page, server):
    page = open_page(server.url, **DESKTOP)
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
