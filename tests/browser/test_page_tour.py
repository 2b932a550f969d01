"""The guided tour: ten steps, what to look at is lit, and the page sees when one is done."""

import re
from itertools import pairwise

import numpy as np
import pytest
from digits import DIGITS
from pad import (
    LAPTOP,
    PHONE,
    TEXTS,
    Held,
    expect_verdict,
    link_to_pad,
    open_tab,
    settle,
    wait_until_read,
    wait_until_told,
)
from playwright.sync_api import Locator, Page, expect

from demo.pad.examples import experiments

STEPS = {one["name"]: one for one in experiments()}
TALL = {"viewport": {"width": 1280, "height": 1400}}
STILL = {**TALL, "reduced_motion": "reduce"}  # the drawing of a step is there at once
SETTINGS = STILL
UNLIT = ("box-shadow", "none")
BEST = "JSON.parse(localStorage.getItem('mnist-tour')).best"


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
    if STEPS[name]["strokes"]:
        digit = {"map": "7", "crossbar": "7", "turn": "6", "middle": "5", "ink": "4", "least": "4"}
        wait_until_told(page)
        expect_verdict(page, digit[name])
    wait_until_read(page)
    return tour


def is_done(tour: Locator, name: str) -> None:
    expect(tour.get_by_test_id("tour-done")).to_contain_text(TEXTS["tour_done"])
    label = f"{list(STEPS).index(name) + 1}: {TEXTS[f'tour_{name}']}, {TEXTS['tour_done']}"
    button = tour.locator(f'[data-experiment="{name}"]')
    expect(button).to_have_accessible_name(re.compile(f"^{re.escape(label)}"))


def line(*points) -> np.ndarray:
    """Through the points, as a hand would, in a unit square."""
    places = np.array(points, float)
    return np.vstack([np.linspace(a, b, 12) for a, b in pairwise(places)])


def test_there_is_one_invitation_at_a_time(page, pad):
    tour = page.get_by_test_id("tour")
    dare, attempt = tour.get_by_test_id("tour-dare"), tour.get_by_test_id("tour-try")
    expect(tour.get_by_test_id("tour-start")).to_have_text(TEXTS["tour_start"])
    expect(tour.locator("[data-experiment]").first).to_be_hidden()
    expect(attempt).to_be_hidden()
    pad.draw(DIGITS[3])
    expect(dare).to_have_text(TEXTS["tour_ink_dare"].replace(" %", "\xa0%"))
    attempt.click()
    expect(tour.get_by_test_id("task")).to_have_text(TEXTS["tour_ink_task"])
    expect(dare).to_be_hidden()
    expect_verdict(page, "4")


def test_it_goes_forth_and_back_by_keyboard_and_ends_with_what_was_done(page):
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


def test_older_answer_is_grey_until_the_answer_of_the_step_is_there(page, pad):
    pad.write(3)
    tab = open_tab(page, "attribution")
    expect(tab).to_have_attribute("data-state", "done")
    held = Held(page, "ask")
    tour = begin(page, "crossbar")
    figure = tab.get_by_test_id("figure")
    expect(tab).to_have_class(re.compile("stale"))
    expect(figure).not_to_have_css("opacity", "1")
    held.let_go()
    expect(figure).to_have_css("opacity", "1")
    expect(tab).to_have_attribute("data-state", "done")
    expect(tour.get_by_test_id("tour-done")).to_have_text("")


def test_link_with_a_score_greets_and_invites(page, pad):
    pad.write(9)
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


@pytest.mark.parametrize("page", [LAPTOP], ids=[""], indirect=True)
def test_everything_needed_is_in_view_together(page):
    """On a projector: test_presenting_fills_the_screen_with_what_is_explained."""
    for name, step in STEPS.items():
        tour = choose(page, name)
        tab = page.get_by_test_id(f"tab-{step['tab']}")
        expect(tab).to_be_visible()
        needed = [page.get_by_test_id(part) for part in ("sketchpad", "verdict", "task")]
        needed += [tour.get_by_test_id("tour-next"), tab.get_by_test_id("figure")]
        for part in needed:
            expect(part, name).to_be_in_viewport(ratio=0.99)
        expect(tour.get_by_test_id("tour-look")).to_be_hidden()
        page.wait_for_function("document.documentElement.scrollHeight <= innerHeight")
    assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize("page", [PHONE], ids=[""], indirect=True)
@pytest.mark.parametrize(("name", "slider"), [("turn", "strength"), ("middle", "right")])
def test_on_a_phone_the_slider_comes_into_view_with_the_task(page, name, slider):
    tour = begin(page, name)
    tab = page.get_by_test_id(f"tab-{STEPS[name]['tab']}")
    for part in (tab.get_by_test_id(slider), tour.get_by_test_id("task")):
        expect(part).to_be_in_viewport(ratio=1)
    for part in (page.get_by_test_id("sketchpad"), tour.get_by_test_id("tour-next")):
        expect(part).to_be_in_viewport(ratio=0.9)
    page.evaluate("scrollTo(0, 0)")
    expect(tour.get_by_test_id("task")).to_be_in_viewport(ratio=1)
    tour.get_by_test_id("tour-look").tap()
    expect(tour.get_by_test_id("tour-look")).to_be_hidden()


def test_each_step_is_done_by_what_its_tab_shows_or_what_is_drawn(page, pad):
    """The rules are in tests/js/tour_steps.test.mjs; here one step for each tab."""

    def begin_undone(name: str) -> Locator:
        tour = begin(page, name)
        tab = page.get_by_test_id(f"tab-{STEPS[name]['tab']}")
        if STEPS[name]["strokes"]:
            expect(tab).to_have_attribute("data-state", re.compile("done|waiting"))
        expect(tour.get_by_test_id("tour-done")).to_have_text("")
        return tab

    tour = page.get_by_test_id("tour")
    pad.write(3)
    page.get_by_test_id("pin").click()
    tab = page.get_by_test_id("tab-network")
    expect(tab).to_have_attribute("data-view", "compared")
    begin_undone("map")
    expect(tab).to_have_attribute("data-view", "network")  # nothing is pinned any more
    tab.locator('[data-layer="0"][data-place="0"]').click()
    is_done(tour, "map")

    begin_undone("corner")
    pad.draw([0.1 + 0.22 * stroke for stroke in DIGITS[7]])
    is_done(tour, "corner")

    figure = begin_undone("crossbar").get_by_test_id("figure")
    expect(figure).not_to_have_css(*UNLIT)
    pad.draw([line((0.35, 0.55), (0.65, 0.5))])
    is_done(tour, "crossbar")

    begin_undone("none")
    expect(figure).to_have_css(*UNLIT)
    pad.draw(
        [line((0.1, 0.1), (0.9, 0.9)), line((0.1, 0.9), (0.9, 0.1)), line((0.1, 0.5), (0.9, 0.4))]
    )
    is_done(tour, "none")
    expect(page.get_by_test_id("digit-gauge")).not_to_have_css(*UNLIT)

    begin_undone("turn").get_by_test_id("strength").fill("0")
    is_done(tour, "turn")

    begin_undone("middle").get_by_test_id("right").fill("9")
    is_done(tour, "middle")

    tab = begin_undone("least")
    expect(tab.get_by_test_id("target")).to_have_value("9")
    tab.get_by_test_id("fool").click()
    is_done(tour, "least")
    best = page.evaluate(f"{BEST}.least")
    assert best >= 1
    expect(tour.get_by_test_id("tour-score")).to_contain_text(f"{best} of 255 grey levels")

    page.reload()
    expect(tour.locator('[data-experiment="map"]')).to_have_class("done")


def test_least_ink_from_a_4_to_a_9_is_kept(page, pad):
    tour = begin(page, "ink")
    score = tour.get_by_test_id("tour-score")
    start = STEPS["ink"]["strokes"]
    left, right = np.array(start[0][0]) / 1000, np.array(start[1][0]) / 1000
    detour = line(left, (left + right) / 2 - (0, 0.12), right)
    pad.draw([detour], lift=False)
    expect_verdict(page, "9")
    pad.move(line(right, (0.9, 0.9), (0.1, 0.9), (0.9, 0.1), (0.1, 0.1)))
    pad.lift()
    expect_verdict(page, "?")
    wait_until_read(page)
    settle(page)
    expect(score).to_be_empty()  # what passes while one draws is no score

    page.get_by_test_id("undo").click()
    pad.draw([detour])
    expect_verdict(page, "9")
    is_done(tour, "ink")
    first = page.evaluate(f"{BEST}.ink")
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
    page.wait_for_function(f"first => {BEST}.ink < first", arg=first)
    best = page.evaluate(f"{BEST}.ink")
    words = TEXTS["tour_score_ink"].replace("{value} %", f"{100 * best:.1f}".removesuffix(".0"))
    expect(score).to_contain_text(words.split()[0])
    page.reload()
    begin(page, "ink")
    expect(score).to_contain_text("best: ")
