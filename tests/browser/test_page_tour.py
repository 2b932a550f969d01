"""The guided tour: ten steps, what to look at is lit, and the page sees when one is done."""

import json
import re
from itertools import pairwise

import numpy as np
import pytest
from digits import DIGITS
from pad import (
    DARK,
    DESKTOP,
    PHONE,
    HeldQuestions,
    Pad,
    expect_verdict,
    link_to_pad,
    overflow,
    settle,
    violations,
    wait_until_read,
    wait_until_still,
    wait_until_told,
)
from playwright.sync_api import Locator, Page, expect
from serving import ROOT

from demo.pad.examples import experiments

TEXTS = json.loads((ROOT / "assets/texts/en.json").read_text())
NAMES = [one["name"] for one in experiments()]
NAMES_OF_TABS = {one["name"]: one["tab"] for one in experiments()}
TALL = {"viewport": {"width": 1280, "height": 1400}}
STILL = {**TALL, "reduced_motion": "reduce"}  # a step's drawing is there at once
LAPTOP = {"viewport": {"width": 1366, "height": 768}}
PROJECTOR = {"viewport": {"width": 1920, "height": 1080}}
PATIENCE = 60_000  # ms; two cores compile each question once


def choose(page: Page, name: str) -> Locator:
    """Begin a step; the tour."""
    tour = page.get_by_test_id("tour")
    tour.locator("button:visible").first.wait_for()
    if tour.get_by_test_id("tour-start").is_visible():
        tour.get_by_test_id("tour-start").click()
    tour.locator(f'[data-experiment="{name}"]').click()
    expect(tour.get_by_test_id("task")).to_have_text(TEXTS[f"tour_{name}_task"])
    return tour


def begin(page: Page, name: str) -> Locator:
    """Begin a step, and wait until its drawing was drawn and read; the tour."""
    tour = choose(page, name)
    strokes = next(one["strokes"] for one in experiments() if one["name"] == name)
    if strokes:
        digit = {"map": "7", "crossbar": "7", "turn": "6", "middle": "5", "ink": "4", "least": "4"}
        wait_until_told(page)
        expect_verdict(page, digit[name])
    wait_until_read(page)
    return tour


def is_done(tour: Locator, name: str) -> None:
    expect(tour.get_by_test_id("tour-done")).to_contain_text(TEXTS["tour_done"], timeout=PATIENCE)
    label = f"{NAMES.index(name) + 1}: {TEXTS[f'tour_{name}']}, {TEXTS['tour_done']}"
    button = tour.locator(f'[data-experiment="{name}"]')
    expect(button).to_have_accessible_name(re.compile(f"^{re.escape(label)}"))


def is_lit(target: Locator) -> bool:
    return target.evaluate("one => getComputedStyle(one).boxShadow !== 'none'")


def line(*points) -> np.ndarray:
    """Through the points, as a hand would, in a unit square."""
    places = np.array(points, float)
    return np.vstack([np.linspace(a, b, 12) for a, b in pairwise(places)])


def test_there_is_one_invitation_at_a_time(open_page, server):
    page = open_page(server.url, **DESKTOP)
    tour = page.get_by_test_id("tour")
    dare, attempt = tour.get_by_test_id("tour-dare"), tour.get_by_test_id("tour-try")
    expect(tour.get_by_test_id("tour-start")).to_have_text(TEXTS["tour_start"])
    expect(tour.locator("[data-experiment]").first).to_be_hidden()
    expect(attempt).to_be_hidden()
    Pad(page).draw(DIGITS[3])
    expect(dare).to_have_text(TEXTS["tour_ink_dare"].replace(" %", "\xa0%"))
    attempt.click()
    expect(tour.get_by_test_id("task")).to_have_text(TEXTS["tour_ink_task"])
    expect(dare).to_be_hidden()
    expect_verdict(page, "4")


def test_it_goes_forth_and_back_by_keyboard_and_ends_with_what_was_done(open_page, server):
    page = open_page(server.url, **DESKTOP)
    page.evaluate(
        """localStorage.setItem("mnist-tour", '{"done": ["turn"], "best": {"ink": 0.041}}')"""
    )
    page.reload()
    tour = page.get_by_test_id("tour")
    expect(tour.get_by_test_id("tour-start")).to_have_text(TEXTS["tour_continue"])
    tour.get_by_test_id("tour-start").focus()
    page.keyboard.press("Enter")
    place, following = tour.get_by_test_id("tour-place"), tour.get_by_test_id("tour-next")
    expect(place).to_have_text("1 of 10")
    expect(tour.get_by_test_id("tour-back")).to_have_attribute("aria-disabled", "true")
    for i, one in enumerate(experiments()[1:], 2):
        expect(following).to_be_focused()
        page.keyboard.press("Enter")
        expect(place).to_have_text(f"{i} of 10")
        expect(tour.locator("[aria-current]")).to_have_attribute("data-experiment", one["name"])
        expect(page.get_by_test_id(f"tab-{one['tab']}")).to_be_visible()
    page.keyboard.press("Enter")
    expect(tour).to_contain_text("1 of 10 steps")
    expect(tour.locator('[data-experiment="ink"]')).to_contain_text("4.1\xa0% more ink")
    expect(tour.locator('[data-experiment="turn"]')).to_have_class("done")
    tour.get_by_test_id("tour-back").focus()
    page.keyboard.press("Enter")
    expect(place).to_have_text("10 of 10")
    following.click()
    tour.get_by_test_id("tour-again").click()
    expect(place).to_have_text("1 of 10")
    following.focus()
    page.keyboard.press("Escape")
    expect(tour.get_by_test_id("task")).to_be_hidden()
    expect(tour.get_by_test_id("tour-start")).to_be_focused()


def test_an_older_drawings_answer_is_grey_until_the_steps_own_is_there(open_page, server):
    page = open_page(server.url, **STILL)
    Pad(page).draw(DIGITS[3])
    expect_verdict(page, "3")
    page.get_by_role("tab", name=TEXTS["tab_attribution"]).click()
    tab = page.get_by_test_id("tab-attribution")
    expect(tab).to_have_attribute("data-state", "done", timeout=PATIENCE)
    held = HeldQuestions(page, "ask")
    tour = begin(page, "crossbar")
    figure = tab.get_by_test_id("figure")
    opacity = "one => Number(getComputedStyle(one).opacity)"
    page.wait_for_function(f"one => ({opacity})(one) < 0.5", arg=figure.element_handle())
    held.let_go()
    page.wait_for_function(
        f"one => ({opacity})(one) === 1", arg=figure.element_handle(), timeout=PATIENCE
    )
    expect(tab).to_have_attribute("data-state", "done")
    expect(tour.get_by_test_id("tour-done")).to_have_text("")


def test_a_link_with_a_score_greets_and_invites(open_page, server):
    page = open_page(server.url, **STILL)
    Pad(page).draw(DIGITS[9])
    expect_verdict(page, "9")
    link = link_to_pad(page)
    page.goto("about:blank")
    page.goto(f"{link}&score=ink-0.0412")
    tour = page.get_by_test_id("tour")
    expect(tour.get_by_test_id("tour-dare")).to_contain_text("with 4.1\xa0% more ink. Beat it?")
    expect_verdict(page, "9")
    tour.get_by_test_id("tour-try").click()
    expect_verdict(page, "4")
    expect(tour.get_by_test_id("tour-score")).to_contain_text("to beat: 4.1\xa0% more ink")
    tour.get_by_test_id("tour-close").click()
    expect(tour.get_by_test_id("tour-start")).to_be_visible()


@pytest.mark.parametrize("settings", [LAPTOP, PROJECTOR], ids=["laptop", "projector"])
def test_everything_needed_is_in_view_together(open_page, server, settings):
    page = open_page(server.url, **settings)
    for one in experiments():
        tour = choose(page, one["name"])
        tab = page.get_by_test_id(f"tab-{one['tab']}")
        expect(tab).to_be_visible()
        needed = [page.get_by_test_id(name) for name in ("sketchpad", "verdict", "task")]
        needed += [tour.get_by_test_id("tour-next"), tab.get_by_test_id("figure")]
        for part in needed:
            expect(part, one["name"]).to_be_in_viewport(ratio=0.99)
        expect(tour.get_by_test_id("tour-look")).to_be_hidden()
        page.wait_for_function("document.documentElement.scrollHeight <= innerHeight")
    assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize(
    "settings",
    [DESKTOP, {**PHONE, "reduced_motion": "reduce"}, {**DARK, "reduced_motion": "reduce"}],
    ids=["desktop", "phone", "dark"],
)
def test_what_to_look_at_is_lit_and_everybody_can_use_it(open_page, server, settings):
    page = open_page(server.url, **settings)
    tour = begin(page, "crossbar")
    figure = page.get_by_test_id("tab-attribution").get_by_test_id("figure")
    assert is_lit(figure)
    figure.scroll_into_view_if_needed()  # out of sight a tab asks nothing, and stays grey
    page.wait_for_function(
        "one => getComputedStyle(one).opacity === '1'", arg=figure.element_handle()
    )
    wait_until_still(page)
    assert violations(page) == []
    assert overflow(page) <= 0
    tour.get_by_test_id("tour-close").click()
    assert not is_lit(figure)


@pytest.mark.parametrize(("name", "slider"), [("turn", "strength"), ("middle", "right")])
def test_on_a_phone_the_slider_comes_into_view_beside_the_task(open_page, server, name, slider):
    page = open_page(server.url, **PHONE)
    tour = begin(page, name)
    tab = page.get_by_test_id(f"tab-{NAMES_OF_TABS[name]}")
    for part in (tab.get_by_test_id(slider), tour.get_by_test_id("task")):
        expect(part).to_be_in_viewport(ratio=1, timeout=PATIENCE)
    for part in (page.get_by_test_id("sketchpad"), tour.get_by_test_id("tour-next")):
        expect(part).to_be_in_viewport(ratio=0.9)
    page.evaluate("scrollTo(0, 0)")
    expect(tour.get_by_test_id("task")).to_be_in_viewport(ratio=1)
    tour.get_by_test_id("tour-look").tap()
    expect(tour.get_by_test_id("tour-look")).to_be_hidden()


def test_a_step_about_the_network_lets_go_of_what_is_pinned(open_page, server):
    page = open_page(server.url, **DESKTOP)
    Pad(page).draw(DIGITS[3])
    expect_verdict(page, "3")
    page.get_by_test_id("pin").click()
    stage = page.get_by_test_id("tab-network")
    expect(stage).to_have_attribute("data-view", "compared")
    begin(page, "map")
    expect(stage).to_have_attribute("data-view", "network")


def test_a_map_that_is_opened_is_a_step_done_and_stays_so(open_page, server):
    page = open_page(server.url, **TALL)
    tour = begin(page, "map")
    tab = page.get_by_test_id("tab-network")
    expect(tab).to_have_attribute("data-digit", "7")
    expect(tour.get_by_test_id("tour-done")).to_have_text("")
    tab.locator('[data-layer="0"][data-place="0"]').click()
    is_done(tour, "map")
    page.reload()
    button = page.get_by_test_id("tour").locator('[data-experiment="map"]')
    expect(button).to_have_class("done")


def test_drawings_are_steps_done(open_page, server):
    page = open_page(server.url, **STILL)
    pad = Pad(page)
    tour = begin(page, "corner")
    pad.draw([0.1 + 0.22 * stroke for stroke in DIGITS[7]])
    is_done(tour, "corner")
    tour = begin(page, "none")
    pad.draw(
        [line((0.1, 0.1), (0.9, 0.9)), line((0.1, 0.9), (0.9, 0.1)), line((0.1, 0.5), (0.9, 0.4))]
    )
    expect_verdict(page, "?")
    is_done(tour, "none")
    assert is_lit(page.get_by_test_id("digit-gauge"))
    tour = begin(page, "crossbar")
    expect(tour.get_by_test_id("tour-done")).to_have_text("")
    pad.draw([line((0.35, 0.55), (0.65, 0.5))])
    is_done(tour, "crossbar")


def test_what_the_stage_shows_is_a_step_done(open_page, server):
    page = open_page(server.url, **STILL)
    tour = begin(page, "turn")
    strength = page.get_by_test_id("tab-perturbation").get_by_test_id("strength")
    expect(page.get_by_test_id("tab-perturbation").get_by_test_id("outcome")).to_contain_text(
        "the network reads: 6", timeout=PATIENCE
    )
    expect(tour.get_by_test_id("tour-done")).to_have_text("")
    strength.fill("0")
    is_done(tour, "turn")
    tour = begin(page, "middle")
    tab = page.get_by_test_id("tab-comparison")
    expect(tab).to_have_attribute("data-state", "done", timeout=PATIENCE)
    expect(tour.get_by_test_id("tour-done")).to_have_text("")
    tab.get_by_test_id("right").fill("9")
    is_done(tour, "middle")


def test_the_least_ink_from_a_4_to_a_9_is_kept(open_page, server):
    page = open_page(server.url, **STILL)
    tour = begin(page, "ink")
    score = tour.get_by_test_id("tour-score")
    start = next(one["strokes"] for one in experiments() if one["name"] == "ink")
    left, right = np.array(start[0][0]) / 1000, np.array(start[1][0]) / 1000
    top = (left + right) / 2 - (0, 0.12)
    pad = Pad(page)
    pad.draw([line(left, top, right)])
    expect_verdict(page, "9")
    is_done(tour, "ink")
    first = page.evaluate("JSON.parse(localStorage.getItem('mnist-tour')).best.ink")
    assert 0.1 < first < 0.5
    tour.get_by_test_id("tour-share").click()
    expect(page.get_by_test_id("share-link")).to_have_value(
        re.compile(r"#d=1[\w-]+&score=ink-0\.\d+$")
    )
    page.get_by_test_id("share-close").click()
    tour.get_by_test_id("tour-again").click()
    expect_verdict(page, "4")
    wait_until_told(page)
    pad.draw([line(left, right)])
    expect_verdict(page, "9")
    page.wait_for_function(
        "first => JSON.parse(localStorage.getItem('mnist-tour')).best.ink < first", arg=first
    )
    best = page.evaluate("JSON.parse(localStorage.getItem('mnist-tour')).best.ink")
    words = TEXTS["tour_score_ink"].replace("{value} %", f"{100 * best:.1f}".removesuffix(".0"))
    expect(score).to_contain_text(words.split()[0])
    page.reload()
    again = begin(page, "ink")
    expect(again.get_by_test_id("tour-score")).to_contain_text("best: ")


def test_what_passes_while_one_draws_is_no_score(open_page, server):
    page = open_page(server.url, **STILL)
    tour = begin(page, "ink")
    start = next(one["strokes"] for one in experiments() if one["name"] == "ink")
    left, right = np.array(start[0][0]) / 1000, np.array(start[1][0]) / 1000
    pad = Pad(page)
    pad.draw([line(left, (left + right) / 2 - (0, 0.12), right)], lift=False)
    expect_verdict(page, "9")
    for place in pad.places(line(right, (0.9, 0.9), (0.1, 0.9), (0.9, 0.1), (0.1, 0.1))):
        page.mouse.move(*place)
    page.mouse.up()
    expect_verdict(page, "?")
    wait_until_read(page)
    settle(page)
    expect(tour.get_by_test_id("tour-score")).to_be_empty()


def test_the_smallest_change_that_fools_it_is_kept(open_page, server):
    page = open_page(server.url, **TALL)
    tour = begin(page, "least")
    tab = page.get_by_test_id("tab-adversarial")
    expect(tab.get_by_test_id("target")).to_have_value("9")
    tab.get_by_test_id("fool").click()
    is_done(tour, "least")
    best = page.evaluate("JSON.parse(localStorage.getItem('mnist-tour')).best.least")
    assert best >= 1
    expect(tour.get_by_test_id("tour-score")).to_contain_text(f"{best} of 255 grey levels")


def test_a_digit_that_the_networks_read_differently_counts(open_page, server):
    page = open_page(server.url, **STILL)
    tour = begin(page, "seven")
    page.locator('[data-example="flag"]').click()
    expect_verdict(page, "1")
    is_done(tour, "seven")
    expect(tour.get_by_test_id("tour-score")).to_contain_text(
        "different readings", timeout=PATIENCE
    )
    assert page.evaluate("JSON.parse(localStorage.getItem('mnist-tour')).best.seven") >= 2
