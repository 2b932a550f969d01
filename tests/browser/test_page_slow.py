"""The page while a part of it is on its way: what is there works, and nothing done is lost."""

import json
import re
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from digits import DIGITS
from pad import DESKTOP, PHONE, HeldFile, Pad, expect_verdict, ink_on, wait_until_told
from playwright.sync_api import Browser, Page, expect
from serving import ROOT, Server

TEXTS = json.loads((ROOT / "assets/texts/en.json").read_text())
STILL = {**DESKTOP, "reduced_motion": "reduce"}


def gradio_file(holding: str) -> str:
    """The name of the one of Gradio's own components that has this in it."""
    (gradio,) = find_spec("gradio").submodule_search_locations  # to import it takes seconds
    files = (Path(gradio) / "templates/frontend/assets").glob("Index-*.js")
    (name,) = (file.name for file in files if holding in file.read_text())
    return name


TAB_LIST, TAB = gradio_file("tablist"), gradio_file("tabpanel")


@pytest.fixture
def open_slowly(chromium: Browser, server: Server) -> Iterator[Callable[..., HeldFile]]:
    """Opens the page without one of its files, which comes when it is let go."""
    opened: list[Page] = []

    def open_slowly(name: str, query: str = "", **settings) -> HeldFile:
        page = chromium.new_context(**settings).new_page()
        opened.append(page)
        held = HeldFile(page, name)
        page.goto(server.url + query)
        page.get_by_test_id("sketchpad").wait_for()
        return held

    yield open_slowly
    for page in opened:
        page.context.close()


@pytest.mark.parametrize(
    ("settings", "lifted"),
    [(DESKTOP, True), (DESKTOP, False), (PHONE, False)],
    ids=["lifted", "drawing", "finger"],
)
def test_what_is_drawn_before_the_pads_module_has_come_is_kept(open_slowly, settings, lifted):
    module = open_slowly("pad/sketchpad.js", **settings)
    page = module.page
    with_finger = settings is PHONE
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


def test_the_pad_is_drawn_on_before_the_stage_has_come(open_slowly):
    stage = open_slowly(TAB_LIST, **PHONE)
    Pad(stage.page).draw_with_finger(DIGITS[3])
    expect_verdict(stage.page, "3")
    stage.page.get_by_test_id("clear").click()
    expect_verdict(stage.page, "")
    stage.let_go()
    expect(stage.page.get_by_test_id("tab-network")).to_be_visible()


@pytest.mark.parametrize("part", [TAB_LIST, TAB], ids=["list", "tab"])
def test_the_address_names_the_answer_even_if_the_stage_comes_last(open_slowly, part):
    stage = open_slowly(part, "/?answer=comparison", **STILL)
    page = stage.page
    page.get_by_test_id("tour-start").wait_for()
    stage.let_go()
    expect(page.get_by_test_id("tab-comparison")).to_be_visible()
    page.get_by_role("tab", name=TEXTS["tab_attribution"]).click()
    expect(page).to_have_url(re.compile(r"\?answer=attribution$"))
    page.go_back()
    expect(page.get_by_test_id("tab-comparison")).to_be_visible()


@pytest.mark.parametrize("part", ["pad/sketchpad.js", TAB], ids=["pad", "tab"])
def test_an_experiment_is_set_up_even_if_what_it_needs_comes_last(open_slowly, part):
    held = open_slowly(part, **STILL)
    page = held.page
    page.get_by_test_id("tour-start").click()
    page.locator('[data-experiment="crossbar"]').click()
    expect(page.get_by_test_id("task")).to_have_text(TEXTS["tour_crossbar_task"])
    held.let_go()
    expect_verdict(page, "7")
    wait_until_told(page)
    expect(page.get_by_test_id("tab-attribution")).to_be_visible()


def test_an_answer_is_not_read_out_before_it_has_its_words(open_slowly):
    module = open_slowly("tabs/network/network.js", **DESKTOP)
    tab = module.page.get_by_test_id("tab-network")
    expect(tab).to_be_attached()
    expect(tab).to_be_hidden()
    module.let_go()
    expect(tab.get_by_role("img", name=TEXTS["network_label"])).to_be_visible()
