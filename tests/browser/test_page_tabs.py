"""The tabs with the pad: each answers for the current drawing, follows it, and can be saved."""

import io
import re

import numpy as np
import pytest
from digits import DIGITS
from pad import (
    DESKTOP,
    FOLLOWING,
    PHONE,
    STILL,
    TEXTS,
    asks,
    expect_verdict,
    name_of,
    open_tab,
    settle,
    tall,
    wait_until_read,
    wait_until_told,
)
from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page, Request, expect

SETTINGS = tall(DESKTOP)
OFTEN = 100  # ms between looks at a picture


def painted(tab: Locator) -> int:
    """How many pixels of the tab's picture are painted."""
    return tab.get_by_test_id("figure").evaluate(
        """canvas => canvas.width * canvas.height === 0 ? 0 : canvas.getContext("2d")
            .getImageData(0, 0, canvas.width, canvas.height)
            .data.filter((value, i) => i % 4 === 3 && value > 0).length"""
    )


def wait_until_answered(tab: Locator) -> None:
    """It shows the answer to what is on the pad."""
    wait_until_read(tab.page)
    expect(tab).to_have_attribute("data-state", "done")


def picture_of(tab: Locator) -> str:
    return tab.get_by_test_id("figure").evaluate("canvas => canvas.toDataURL()")


def first_panel(tab: Locator) -> np.ndarray:
    """The pixels within the first of three pictures side by side, below its title."""
    with Image.open(io.BytesIO(tab.get_by_test_id("figure").screenshot())) as picture:
        seen = np.asarray(picture.convert("RGB")).astype(int)
    side = (seen.shape[1] - 2 * 14) // 3
    return seen[22 : 20 + side - 2, 2 : side - 2]


def wait_until_painted(tab: Locator, before: str = "") -> None:
    """There is a picture, and another than before."""
    tab.page.wait_for_function(
        """([canvas, before]) => canvas.width * canvas.height && canvas.getContext("2d")
            .getImageData(0, 0, canvas.width, canvas.height).data.some(value => value)
            && canvas.toDataURL() !== before""",
        arg=[tab.get_by_test_id("figure").element_handle(), before],
        polling=OFTEN,
    )


def watch_questions(page: Page) -> list[tuple[str, dict]]:
    """What the page asks from now on: the server's functions and what they are given."""
    asked: list[tuple[str, dict]] = []

    def note(request: Request) -> None:
        if name_of(request) not in ("", "read"):
            asked.append((name_of(request), request.post_data_json["data"]))

    page.on("request", note)
    return asked


@pytest.mark.parametrize("locale", ["en-US", "de-DE", "fr-FR"])
def test_every_tab_opens_from_row_or_menu_and_none_moves(open_page, server, locale):
    page = open_page(server.url, locale=locale)
    tabs = page.locator("#questions [role=tab]")
    names = tabs.evaluate_all("tabs => tabs.map(tab => tab.dataset.tabId)")
    more = page.get_by_test_id("more-tabs")
    for width in (390, 820, 1366, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        settle(page)
        in_row = [tab for tab in tabs.all() if tab.is_visible()]
        places = [tab.bounding_box()["x"] for tab in in_row]
        assert more.is_hidden() == (len(in_row) == len(names))
        for name, tab in zip(names, tabs.all(), strict=True):
            open_tab(page, name)
            expect(tab).to_have_attribute("aria-selected", "true")
            settle(page)
            assert [tab.bounding_box()["x"] for tab in in_row] == places
            if not tab.is_visible():
                expect(more).to_have_text(tab.text_content())
    assert more.is_hidden()  # all fit at 1920 pixels


@pytest.mark.parametrize("page", [PHONE], ids=[""], indirect=True)
def test_menu_of_tabs_is_reached_by_keyboard(page):
    more, tabs = page.get_by_test_id("more-tabs"), page.locator("#questions .in-menu")
    expect(tabs.first).to_be_hidden()
    more.press("Enter")
    expect(tabs.first).to_be_focused()
    expect(tabs.last).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    expect(tabs.first).to_be_hidden()
    more.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(tabs.nth(1)).to_have_attribute("aria-selected", "true")
    expect(tabs.nth(1)).to_be_hidden()
    expect(more).to_have_text(tabs.nth(1).text_content())


def test_tab_follows_the_drawing_and_can_be_saved(page, pad, tmp_path):
    for name in FOLLOWING:
        tab = open_tab(page, name)
        expect(tab.locator(".status")).to_have_text(TEXTS["tab_blank"])
        pad.draw([DIGITS[4][0]])
        wait_until_painted(tab)
        expect(tab.locator(".status")).to_be_hidden()
        wait_until_answered(tab)
        before = picture_of(tab)
        pad.draw([DIGITS[4][1]])
        wait_until_painted(tab, before)
        with page.expect_download() as download:
            tab.get_by_role("button", name=TEXTS["save_png"]).click()
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
        assert file.suffix == ".png"
        with Image.open(file) as picture:
            assert len(np.unique(np.asarray(picture.convert("L")))) > 10
        page.get_by_test_id("clear").click()
        expect(tab.locator(".status")).to_have_text(TEXTS["tab_blank"])


@pytest.mark.parametrize(
    "page", [{"viewport": {"width": 1280, "height": 500}}], ids=[""], indirect=True
)
def test_tab_below_the_edge_of_the_screen_asks_only_when_it_is_scrolled_to(page, pad):
    tab = page.get_by_test_id("tab-network")  # the first
    # The page's own observer has seen the final layout once a later one has.
    tab.evaluate("(tab) => new Promise((seen) => new IntersectionObserver(seen).observe(tab))")
    asked = []
    page.on("request", lambda request: asked.append(request.url.split("/")[-1]))
    pad.write(7)
    wait_until_told(page)  # asked for long after the tab would have asked
    assert "read" in asked
    assert "network" not in asked
    tab.scroll_into_view_if_needed()
    wait_until_painted(tab)
    assert "network" in asked


def test_only_the_open_tab_asks(page, pad):
    open_tab(page, "attribution")
    tab = open_tab(page, "preprocessing")
    asked = watch_questions(page)
    pad.write(7)
    wait_until_told(page)
    wait_until_answered(tab)
    questions = [question for name, question in asked if name == "ask"]
    assert questions
    assert all("strokes" in question for question in questions)  # the others send pixels


@pytest.mark.parametrize("page", [tall(STILL)], ids=[""], indirect=True)
def test_box_encloses_the_ink_and_a_picture_is_shown_in_steps(page, pad, tmp_path):
    tab = open_tab(page, "preprocessing")
    pad.write(7)
    wait_until_answered(tab)
    red, _, blue = first_panel(tab).transpose(2, 0, 1)
    box, ink = (
        [one.min(axis=1), one.max(axis=1)]
        for one in (
            np.stack(np.nonzero((red > 200) & (blue < 120))),
            np.stack(np.nonzero(blue > 150)),
        )
    )
    assert (box[0] <= ink[0]).all()
    assert (ink[1] <= box[1]).all()
    assert (ink[0] - box[0] < 5).all()  # pixels
    before = painted(tab)
    tab.get_by_test_id("naive").check()  # shows the naive 28x28, too
    assert painted(tab) > before

    picture = Image.new("RGB", (200, 200), "white")
    ImageDraw.Draw(picture).line([(60, 40), (140, 40), (90, 170)], "navy", 14)
    picture.save(tmp_path / "seven.png")
    page.get_by_test_id("chooser").set_input_files(tmp_path / "seven.png")
    expect(tab.get_by_test_id("naive")).to_be_disabled()
    wait_until_answered(tab)
    panel = first_panel(tab)
    side = len(panel)
    assert panel[side // 10, side // 10].tolist() == [255, 255, 255]
    assert panel[side // 5, side // 2].tolist() == [0, 0, 128]  # the middle of the first stroke


def test_motion_plays_once_the_pen_rests(page, pad):
    tab = open_tab(page, "preprocessing")
    tab.evaluate(
        """tab => {
            window.pictures = {};
            new MutationObserver(() => {
                pictures[tab.dataset.motion] = tab.querySelector("canvas").toDataURL();
            }).observe(tab, { attributeFilter: ["data-motion"] });
        }"""
    )
    pad.draw(DIGITS[7])
    expect(tab).to_have_attribute("data-motion", "ended")
    pictures = page.evaluate("pictures")
    assert pictures["playing"] != pictures["ended"] == picture_of(tab)


def test_strength_is_chosen_and_verdict_and_score_follow(page, pad):
    """The score is positive where the verdict is a digit, and negative where it is "?"."""
    tab = open_tab(page, "perturbation")
    pad.write(7)
    outcome, strength = tab.get_by_test_id("outcome"), tab.get_by_test_id("strength")
    expect(outcome).to_contain_text("At 0 pixels to the right the network reads: 7")
    expect(outcome).to_contain_text("digit score +")
    margin = page.get_by_test_id("digit-gauge").get_attribute("data-margin")
    expect(outcome).to_have_attribute("data-margin", margin)
    tab.get_by_test_id("change").select_option("rotation")
    expect(outcome).to_contain_text("At 0 degrees")
    margins, verdicts = [], []
    for step in range(0, int(strength.get_attribute("max")) + 1, 5):
        strength.fill(str(step))
        margins.append(float(outcome.get_attribute("data-margin")))
        verdicts.append("reads: ?" in outcome.inner_text())
    assert verdicts == [margin < 0 for margin in margins]
    assert len(set(verdicts)) == 2
    tab.get_by_test_id("change").select_option("cover")  # and its answer sets the strength
    expect(outcome).to_contain_text("At 0 % of the width covered")
    strength.fill("0")
    expect(outcome).to_contain_text("the network reads: ?")
    expect(outcome).to_contain_text("digit score < −10")


def test_network_is_fooled_and_the_drawing_stays(page, pad):
    tab = open_tab(page, "adversarial")
    expect(tab.get_by_test_id("fool")).to_be_disabled()
    pad.write(4)
    tab.get_by_test_id("target").select_option("9")
    asked = watch_questions(page)
    tab.get_by_test_id("fool").click()
    outcome = tab.get_by_test_id("outcome")
    expect(outcome).to_have_text(
        re.compile(r"^The network reads the result as 9\. \d+ pixels.* Do you still see a 4\?$")
    )
    searches = [question["search"] for name, question in asked if name == "ask"]
    assert [one and one["attempts"] for one in searches] == [None, *range(1, 8)]
    share = tab.get_by_test_id("blend")
    whole = picture_of(tab)
    share.fill("0")
    assert picture_of(tab) != whole
    share.fill(share.get_attribute("max"))
    assert picture_of(tab) == whole
    expect_verdict(page, "4")
    pad.draw([[(0.1, 0.1), (0.2, 0.1)]])
    expect(outcome).to_have_text("")
    expect(share).to_be_disabled()


def test_ink_is_explained_coarsely_and_once_the_pen_rests_finely(page, pad):
    asked = watch_questions(page)
    tab = open_tab(page, "attribution")
    pad.draw(DIGITS[4])
    expect(tab).to_have_attribute("data-fine", "true")
    names = [name for name, _ in asked]
    assert (names[0], names[-1]) == ("ask", "ask_finely")
    with page.expect_request(asks("ask_finely")) as last:
        tab.get_by_test_id("against").select_option("9")
    assert last.value.post_data_json["data"]["against"] == 9
    assert ("ask", 9) in [(name, question.get("against")) for name, question in asked]


def test_cells_with_drawings_open_and_others_do_not(page):
    tab = open_tab(page, "training_history")
    wait_until_painted(tab)
    outcome, figure = tab.get_by_test_id("outcome"), tab.get_by_test_id("figure")
    box = figure.bounding_box()
    left = 0.45 * box["width"] + 54
    cell = min((box["width"] - left - 12) / 11.4, (box["height"] - 82) / 10)

    def tap(written: int, read: int) -> None:
        figure.click(position={"x": left + (read + 0.5) * cell, "y": 32 + (written + 0.5) * cell})

    tap(0, 0)  # MNIST's own drawings are not there
    expect(outcome).to_have_text(TEXTS["training_history_choose"])
    tab.get_by_test_id("of").select_option("synthetic")
    expect(outcome).to_have_text(TEXTS["training_history_tap"])
    tap(0, 1)
    expect(outcome).to_have_text(TEXTS["training_history_tap"])
    tap(0, 0)
    expect(outcome).to_have_text("Written as 0, read as 0:")
    expect(tab.get_by_test_id("landed").locator("canvas")).to_have_count(8)
    tab.get_by_text(TEXTS["training_history_summary"]).click()
    expect(tab.locator("pre")).to_contain_text("Total params")


def test_ideal_digits_are_painted_without_asking_the_server(page):
    asked = []
    page.on("request", lambda request: asked.append(request) if request.method == "POST" else None)
    tab = open_tab(page, "activation_maximisation")
    wait_until_painted(tab)
    expect(tab.get_by_role("status")).to_be_hidden()
    assert not asked
