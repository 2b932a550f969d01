"""What is seen of the page before Gradio has come."""

import json
import re
import urllib.request

import pytest
from digits import DIGITS
from pad import DESKTOP, PHONE, HeldModule, Pad, expect_verdict, ink_on
from playwright.sync_api import Page
from serving import ROOT

from demo.skeleton import preferred


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("ja, fr;q=0.7", "fr"),
        ("ja", "en"),
        ("\xff;;,,=*", "en"),
    ],
)
def test_the_first_language_that_the_page_has_is_chosen(accepted, language):
    assert preferred(accepted) == language


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_the_page_has_its_outlines_before_any_script(server, language):
    request = urllib.request.Request(server.url, headers={"Accept-Language": language})
    with urllib.request.urlopen(request, timeout=30) as answer:
        page = answer.read().decode()
        assert len(page.encode()) == int(answer.headers["content-length"])
    outlines = page[page.index('<div id="skeleton"') : page.index("<gradio-app")]
    outlines, pen = outlines.split("<script>")
    assert pen.rstrip().endswith("</script>")
    texts = json.loads((ROOT / f"assets/texts/{language}.json").read_text())
    assert texts["title"] in outlines
    assert not re.search(r"\{\w+\}", outlines)


def test_the_outlines_go_when_the_page_is_there(open_page, server):
    page = open_page(server.url)
    assert page.locator("#skeleton").count() == 1
    assert not page.locator("#skeleton").is_visible()


@pytest.mark.parametrize("settings", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_what_is_drawn_before_the_pad_s_module_has_come_is_kept(chromium, server, settings):
    page = chromium.new_context(**settings).new_page()
    draw_before_the_pad_is_there(page, server.url, settings is PHONE, lifted=True)
    draw_before_the_pad_is_there(page, server.url, settings is PHONE, lifted=False)
    page.context.close()


def draw_before_the_pad_is_there(page: Page, url: str, with_finger: bool, lifted: bool) -> None:
    """A whole digit, or one that is finished once the module has come."""
    module = HeldModule(page, "sketchpad.js")
    page.goto(url)
    canvas = page.get_by_test_id("sketchpad")
    canvas.wait_for()
    pad = Pad(page)
    draw = pad.draw_with_finger if with_finger else pad.draw
    (stroke,) = DIGITS[3]
    half = len(stroke) // 2
    draw([stroke if lifted else stroke[:half]], lift=lifted)
    assert ink_on(page) > 100
    module.let_go()
    page.locator('[data-testid="bars"] [data-digit="9"]').wait_for()
    if not lifted and with_finger:
        for point in stroke[half:]:
            pad._touch("touchMove", [point])
        pad._touch("touchEnd", [])
    elif not lifted:
        for place in pad.places(stroke[half:]):
            page.mouse.move(*place)
        page.mouse.up()
    expect_verdict(page, "3")
    page.get_by_test_id("undo").click()
    expect_verdict(page, "")
