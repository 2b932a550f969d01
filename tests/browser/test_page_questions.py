"""Answers that come late, never or broken: the visitor is told, and the page asks again."""

import json
import re

import pytest
from digits import DIGITS
from pad import (
    DESKTOP,
    QUESTIONS,
    HeldQuestions,
    Pad,
    expect_verdict,
    name_of,
    wait_until_read,
)
from playwright.sync_api import Page, Route, expect
from serving import ROOT

TEXTS = json.loads((ROOT / "assets/texts/en.json").read_text())
TALL = {"viewport": {**DESKTOP["viewport"], "height": 2_600}}
FOOLED = re.compile(r"^The network reads the result as 9\. \d+ pixels")


def open_fool_it(page: Page):
    page.get_by_role("tab", name=TEXTS["tab_adversarial"]).click()
    tab = page.get_by_test_id("tab-adversarial")
    expect(tab).to_be_visible()
    tab.get_by_test_id("target").select_option("9")
    return tab


def test_a_reading_that_comes_late_makes_fool_it_ask_anew(open_page, server):
    page = open_page(server.url, **TALL)
    tab = open_fool_it(page)
    *strokes, last = DIGITS[4]
    pad = Pad(page)
    pad.draw([*strokes, last[:-3]], lift=False)
    expect_verdict(page, "4")
    wait_until_read(page)
    readings, answers = HeldQuestions(page, "read"), HeldQuestions(page, "ask")
    for place in pad.places(last[-3:]):
        page.mouse.move(*place)
    page.mouse.up()
    with page.expect_request(lambda one: name_of(one) == "ask") as first:
        tab.get_by_test_id("fool").click()
    readings.let_go()
    wait_until_read(page)
    with page.expect_request(lambda one: name_of(one) == "ask") as second:
        answers.let_go()
    asked, anew = (one.value.post_data_json["data"]["pixels"] for one in (first, second))
    assert asked != anew
    expect(tab.get_by_test_id("outcome")).to_have_text(FOOLED)


def test_an_answer_that_never_comes_is_told_and_asked_for_again(open_page, server):
    page = open_page(server.url, clock=True, **TALL)
    tab = open_fool_it(page)
    Pad(page).draw(DIGITS[4])
    expect_verdict(page, "4")
    wait_until_read(page)
    held = HeldQuestions(page, "ask")
    with page.expect_request(lambda one: name_of(one) == "ask"):
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


@pytest.mark.parametrize("status", [200, 429])
def test_a_busy_server_is_told_as_busy_and_asked_again(open_page, server, status):
    page = open_page(server.url, **TALL)
    tab = open_fool_it(page)
    notice, pad = page.get_by_test_id("notice"), Pad(page)

    def busy(route: Route) -> None:
        body = '{"busy": true}' if status == 200 else "<p>Too many requests</p>"
        route.fulfill(status=status, content_type="application/json", body=body)

    page.route(QUESTIONS, busy)
    pad.draw(DIGITS[4])
    expect(notice).to_have_text(TEXTS["busy"])
    page.unroute_all(behavior="wait")
    expect_verdict(page, "4")
    expect(notice).to_be_hidden()
    page.route(QUESTIONS, busy)
    tab.get_by_test_id("fool").click()
    expect(tab.locator(".status")).to_have_text(TEXTS["tab_busy"])
    page.unroute_all(behavior="wait")
    expect(tab.get_by_test_id("outcome")).to_have_text(FOOLED)


def test_a_module_that_does_not_load_is_told_and_asked_for_again(open_page, chromium, server):
    context = chromium.new_context(**DESKTOP, locale="de-DE")
    page = context.new_page()
    page.route("**/modules/**/sketchpad.js", lambda route: route.abort())
    page.goto(server.url)
    words = json.loads((ROOT / "assets/texts/de.json").read_text())["load_failed"]
    expect(page.get_by_text(words)).to_be_visible(timeout=20_000)
    page.unroute_all(behavior="wait")  # it goes on trying
    expect(page.get_by_test_id("sketchpad")).to_be_visible(timeout=20_000)
    expect(page.get_by_text(words)).to_have_count(0)
    context.close()
