"""The page reads what is drawn, even while answers are late or lost and parts are missing."""

import json
import re
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from digits import DIGITS
from pad import (
    DARK,
    DESKTOP,
    PHONE,
    QUESTIONS,
    STILL,
    TEXTS,
    Held,
    Pad,
    asks,
    expect_some_verdict,
    expect_verdict,
    ink_on,
    open_tab,
    probabilities,
    settle,
    tall,
    wait_until_told,
)
from playwright.sync_api import Browser, Page, Route, expect
from serving import ROOT, Server

from demo.server.modules import VERSION

FOOLED = re.compile(r"^The network reads the result as 9\. \d+ pixels")


def test_digits_drawn_with_the_mouse_are_read_and_cleared(page, pad, classifier):
    expect(page.get_by_text("Draw here")).to_be_visible()
    expect(page.locator("#skeleton")).to_be_hidden()
    expect(page.locator(".sketchpad [aria-live=polite]")).to_have_count(1)  # one, not ten
    bars = page.locator('[data-testid="bars"] > *')
    assert bars.evaluate_all("bars => bars.map(bar => bar.dataset.digit)") == list("0123456789")
    for digit, strokes in DIGITS.items():
        expect_verdict(page, "")
        settle(page)
        assert probabilities(page) == [0] * 10
        assert ink_on(page) == 0
        pad.write(digit)
        expect(page.get_by_test_id("summary")).to_contain_text(f"It reads {digit}, ")
        assert int(np.argmax(probabilities(page))) == digit
        assert sum(probabilities(page)) == pytest.approx(1, abs=1e-3)
        if digit == 4:  # white ink in 28 by 28 is shown to the network
            settle(page)
            shown = page.get_by_test_id("pixels").evaluate(
                """canvas => Array.from(canvas.getContext("2d").getImageData(0, 0, 28, 28).data
                    .filter((_, i) => i % 4 === 0))"""
            )
            expected = classifier.classify(strokes).pixels
            assert np.corrcoef(shown, expected.ravel())[0, 1] > 0.95
        page.get_by_test_id("clear").click()


@pytest.mark.parametrize(
    "page",
    [DARK, {**PHONE, "viewport": {"width": 390, "height": 500}}],
    ids=["mouse", "finger"],
    indirect=True,
)
def test_bars_move_in_mid_stroke_and_the_page_stays_where_it_is(page, pad):
    (stroke,) = DIGITS[7]
    pad.draw([stroke[:9]], lift=False)
    expect_some_verdict(page)
    halfway = probabilities(page)
    pad.move(stroke[9:])
    expect_verdict(page, "7")
    assert probabilities(page) != halfway
    pad.lift()
    expect_verdict(page, "7")
    assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize("page", [tall(DESKTOP)], ids=[""], indirect=True)
def test_bars_go_on_while_a_tab_waits_for_its_answer(page, pad):
    tab = open_tab(page, "attribution")
    held = Held(page, "ask")
    with page.expect_request(asks("ask")):
        pad.draw(DIGITS[3])
    expect(tab.locator(".status")).to_have_text(TEXTS["tab_working"])
    page.get_by_test_id("clear").click()
    pad.write(5)
    held.let_go()
    expect(tab).to_have_attribute("data-state", "done")
    expect(tab.locator(".status")).to_be_hidden()


def test_lost_server_is_reported_and_found_again(open_page, server):
    page = open_page(server.url, clock=True, **DESKTOP)
    pad = Pad(page)
    pad.draw([DIGITS[5][0]])
    expect_some_verdict(page)
    wait_until_told(page)
    page.context.set_offline(True)
    notice = page.get_by_test_id("notice")
    page.clock.fast_forward(10_000)
    expect(notice).to_be_visible()  # also while nobody draws
    pad.draw([DIGITS[5][1]])
    expect(notice).to_contain_text("Your drawing is safe")
    page.get_by_test_id("undo").click()
    pad.draw([DIGITS[5][1]])  # the pad goes on working
    page.context.set_offline(False)
    page.clock.fast_forward(5_000)
    expect(notice).to_be_hidden()
    expect_verdict(page, "5")


@pytest.mark.parametrize(
    ("status", "body", "name"),
    [
        (200, "null", "lost"),
        (200, '{"busy": true}', "busy"),
        (429, "<p>Too many requests</p>", "busy"),
    ],
    ids=["no reading", "busy", "throttled"],
)
@pytest.mark.parametrize("page", [tall(DESKTOP)], ids=[""], indirect=True)
def test_useless_answer_is_reported_and_the_question_asked_again(page, pad, status, body, name):
    def answer(route: Route) -> None:
        route.fulfill(status=status, content_type="application/json", body=body)

    tab = open_tab(page, "adversarial")
    tab.get_by_test_id("target").select_option("9")
    notice, outdated = page.get_by_test_id("notice"), re.compile("outdated")
    pad.write(1)
    page.route(QUESTIONS, answer)
    page.get_by_test_id("clear").click()
    pad.draw(DIGITS[4])
    expect(notice).to_have_text(TEXTS[name])
    expect(page.locator(".sketchpad")).to_have_class(outdated)
    page.unroute_all(behavior="wait")
    expect_verdict(page, "4")
    expect(notice).to_be_hidden()
    expect(page.locator(".sketchpad")).not_to_have_class(outdated)
    page.route(QUESTIONS, answer)
    tab.get_by_test_id("fool").click()
    expect(tab.locator(".status")).to_have_text(TEXTS[f"tab_{name}"])
    page.unroute_all(behavior="wait")
    expect(tab.get_by_test_id("outcome")).to_have_text(FOOLED)


def test_answer_that_never_comes_is_reported_and_asked_for_again(open_page, server):
    page = open_page(server.url, clock=True, **tall(DESKTOP))
    tab = open_tab(page, "adversarial")
    tab.get_by_test_id("target").select_option("9")
    Pad(page).write(4)
    held = Held(page, "ask")
    with page.expect_request(asks("ask")):
        tab.get_by_test_id("fool").click()
    status = tab.locator(".status")
    page.clock.fast_forward(6_000)
    expect(status).to_have_text(TEXTS["tab_slow"])
    page.clock.fast_forward(120_000)
    expect(status).to_have_text(TEXTS["tab_lost"])
    held.let_go()
    page.clock.fast_forward(1_000)
    expect(tab.get_by_test_id("outcome")).to_have_text(FOOLED)
    expect(status).to_be_hidden()


def test_module_that_does_not_load_is_reported_and_asked_for_again(chromium, server):
    context = chromium.new_context(**DESKTOP, locale="de-DE")
    page = context.new_page()
    page.route("**/modules/**/sketchpad.js", lambda route: route.abort())
    page.goto(server.url)
    texts = json.loads((ROOT / "assets/texts/de.json").read_text())
    expect(page.get_by_text(texts["load_failed"])).to_be_visible()
    page.unroute_all(behavior="wait")  # it goes on trying
    expect(page.get_by_role("heading", level=1)).to_have_text(texts["title"])
    expect(page.get_by_text(texts["invitation"])).to_be_visible()
    expect(page.get_by_role("button", name=texts["undo"])).to_be_visible()
    expect(page.get_by_text(texts["load_failed"])).to_have_count(0)
    Pad(page).write(3)
    expect(page.get_by_test_id("summary")).to_contain_text(texts["reads"].split("{")[0] + "3")
    context.close()


def test_full_pad_says_so_and_undo_makes_room(page, pad):
    pad.draw([[(1.05, 0.5) if i % 2 else (0.95, 0.5) for i in range(2001)]])
    expect(page.get_by_test_id("notice")).to_contain_text("The pad is full")
    page.get_by_test_id("undo").click()
    expect(page.get_by_test_id("notice")).to_be_hidden()
    pad.write(3)


def test_more_digits_than_it_reads_are_refused_with_a_sentence(page, pad):
    ones = [np.array([(x, 0.4), (x, 0.6)]) for x in np.linspace(0.04, 0.96, 21)]
    pad.draw(ones)
    expect(page.locator(".sentence")).to_contain_text("at most 20")
    expect_verdict(page, "?")
    for _ in ones[18:]:
        page.get_by_test_id("undo").click()
    expect_verdict(page, "1" * 18)


@pytest.fixture
def open_slowly(chromium: Browser, server: Server) -> Iterator[Callable[..., tuple[Page, Held]]]:
    """Opens the page without one of its modules, which comes when it is let go."""
    opened: list[Page] = []

    def open_slowly(module: str, **settings) -> tuple[Page, Held]:
        page = chromium.new_context(**settings).new_page()
        opened.append(page)
        held = Held(page, url=f"**/{module}")
        with page.expect_request(f"**/{module}"):
            page.goto(server.url)
        page.get_by_test_id("sketchpad").wait_for()
        return page, held

    yield open_slowly
    for page in opened:
        page.context.close()


def test_pad_is_drawn_on_and_a_pressed_tab_stays_before_the_stage_has_come(open_slowly):
    page, stage = open_slowly("stage/tour.js", **DESKTOP)
    Pad(page).write(3)
    tab = page.get_by_role("tab", name=TEXTS["tab_attribution"])
    tab.click()
    expect(tab).to_have_attribute("aria-selected", "true")
    stage.let_go()
    page.wait_for_url("**/?answer=attribution")
    expect(tab).to_have_attribute("aria-selected", "true")
    expect_verdict(page, "3")


def test_answer_in_the_address_is_opened_once_the_tabs_have_come(page, server):
    tab = page.get_by_test_id("tab-comparison")
    page.evaluate(
        """async ([module, name]) => {
            const list = document.querySelector("#questions [role=tablist]");
            const names = [...list.children].map((tab) => tab.dataset.tabId);
            const parent = list.parentElement;
            list.remove();
            const { keepAnswer, openAnswer } = await import(module);
            keepAnswer(names);
            openAnswer(name);
            parent.prepend(list);
        }""",
        [f"{server.url}/modules/{VERSION}/stage/stage.js?late", "comparison"],
    )
    expect(tab).to_be_visible()
    page.get_by_role("tab", name=TEXTS["tab_attribution"]).click()
    page.wait_for_url("**/?answer=attribution")
    page.go_back()
    expect(tab).to_be_visible()
    page.reload()
    expect(tab).to_be_visible()


def test_experiment_is_set_up_even_if_the_pad_comes_last(open_slowly):
    page, held = open_slowly("pad/sketchpad.js", **STILL)
    page.get_by_test_id("tour-start").click()
    page.locator('[data-experiment="crossbar"]').click()
    expect(page.get_by_test_id("task")).to_have_text(TEXTS["tour_crossbar_task"])
    held.let_go()
    expect_verdict(page, "7")
    wait_until_told(page)
    expect(page.get_by_test_id("tab-attribution")).to_be_visible()


def test_answer_is_not_read_out_before_it_has_its_words(open_slowly):
    page, module = open_slowly("tabs/network/network.js", **DESKTOP)
    tab = page.get_by_test_id("tab-network")
    expect(tab).to_be_attached()
    expect(tab).to_be_hidden()
    module.let_go()
    expect(tab.get_by_role("img", name=TEXTS["network_label"])).to_be_visible()
