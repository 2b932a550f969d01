"""What was meant: kept in the browser, downloaded, and taken by train.py."""

import base64
import io
import json

import numpy as np
import pytest
from digits import DIGITS
from pad import (
    DESKTOP,
    PHONE,
    HeldQuestions,
    Pad,
    expect_verdict,
    probabilities_at_rest,
    wait_until_loaded,
)
from PIL import Image
from playwright.sync_api import Page, expect

from mnist_model import strokes_to_mnist
from mnist_model.train.data import load_extra


def correct(page: Page, meant: int) -> None:
    page.get_by_test_id("wrong").click()
    page.locator(f'[data-meant="{meant}"]').click()


def saved(page: Page, button: str, folder) -> bytes:
    page.get_by_test_id("kept").locator("summary").click()
    with page.expect_download() as download:
        page.get_by_test_id(button).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_correction_thanks_once_and_its_file_is_in_a_menu(open_page, server):
    page = open_page(server.url, **PHONE)
    Pad(page).draw(DIGITS[4])
    expect_verdict(page, "4")
    menu, save = page.get_by_test_id("kept"), page.get_by_test_id("save-strokes")
    expect(menu).to_be_hidden()
    correct(page, 9)
    expect(page.get_by_text("Thank you")).to_have_count(1)
    expect(page.get_by_test_id("notice")).to_be_in_viewport(ratio=1)
    expect(save).to_be_hidden()
    menu.locator("summary").click()
    expect(save).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(save).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


@pytest.mark.parametrize("settings", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_corrections_can_be_taken_home(open_page, server, tmp_path, settings):
    page = open_page(server.url, **settings)
    expect(page.get_by_test_id("wrong")).to_be_disabled()
    expect(page.get_by_test_id("kept")).to_be_hidden()
    asked = []
    page.on("request", lambda request: asked.append(request.post_data or ""))
    pad = Pad(page)
    for digit, meant in ((4, 9), (7, 10)):
        pad.draw(DIGITS[digit])
        expect_verdict(page, str(digit))
        probabilities_at_rest(page)
        correct(page, meant)
        page.get_by_test_id("clear").click()
    expect(page.get_by_test_id("kept")).to_contain_text("2")
    page.reload()
    expect(page.get_by_test_id("kept")).to_contain_text("2")  # the browser kept them

    strokes = saved(page, "save-strokes", tmp_path)
    drawings = json.loads(strokes.read_text())
    assert [(one["read"], one["meant"]) for one in drawings] == [(4, 9), (7, 10)]
    assert load_extra(strokes).labels.tolist() == [9, 10]
    assert not any("meant" in data for data in asked)  # nothing of it went to the server

    page.get_by_test_id("forget").click()
    expect(page.get_by_test_id("save-strokes")).to_be_hidden()
    page.reload()
    expect(page.get_by_test_id("kept")).to_be_hidden()


def test_the_choice_can_be_left_and_is_closed_by_drawing_on(open_page, server):
    page = open_page(server.url, **DESKTOP)
    pad = Pad(page)
    pad.draw(DIGITS[4])
    expect_verdict(page, "4")
    page.get_by_test_id("wrong").click()
    expect(page.locator('[data-meant="0"]')).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("choices")).to_be_hidden()
    expect(page.get_by_test_id("wrong")).to_be_focused()
    page.get_by_test_id("wrong").click()
    pad.draw(DIGITS[1])
    expect(page.get_by_test_id("choices")).to_be_hidden()
    expect(page.get_by_test_id("kept")).to_be_hidden()


@pytest.mark.parametrize("stored", ['[1, null, {}, {"meant": 99}]', "not JSON"])
def test_a_damaged_store_is_no_trouble(open_page, server, stored):
    page = open_page(server.url, **DESKTOP)
    page.evaluate("stored => localStorage.setItem('mnist-corrections', stored)", stored)
    page.reload()
    Pad(page).draw(DIGITS[7])
    expect_verdict(page, "7")
    correct(page, 7)
    expect(page.get_by_test_id("kept")).to_contain_text("1")


def test_a_browser_that_keeps_nothing_says_so(open_page, server):
    page = open_page(server.url, **DESKTOP)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); } }")
    Pad(page).draw(DIGITS[7])
    expect_verdict(page, "7")
    correct(page, 1)
    expect(page.get_by_test_id("notice")).to_contain_text("cannot store")


def test_only_what_was_read_can_be_corrected(open_page, server):
    """The pixels of one drawing are never kept with the strokes of another."""
    page = open_page(server.url, **DESKTOP)
    pad = Pad(page)
    pad.draw([DIGITS[4][0]])
    expect(page.get_by_test_id("wrong")).to_be_enabled()

    held = HeldQuestions(page)
    pad.draw([DIGITS[4][1]])
    expect(page.get_by_test_id("wrong")).to_be_disabled()
    held.let_go()
    expect_verdict(page, "4")
    expect(page.get_by_test_id("wrong")).to_be_enabled()
    correct(page, 9)
    (kept,) = page.evaluate("JSON.parse(localStorage.getItem('mnist-corrections'))")
    pixels = np.frombuffer(base64.b64decode(kept["pixels"]), np.uint8).reshape(28, 28)
    assert (pixels == strokes_to_mnist(kept["strokes"])).all()


def test_two_tabs_keep_their_corrections_together(open_page, server):
    page = open_page(server.url, **DESKTOP)
    other = page.context.new_page()
    other.goto(server.url)
    wait_until_loaded(other)
    for one in (page, other, page):
        one.bring_to_front()
        Pad(one).draw(DIGITS[7])
        expect_verdict(one, "7")
        expect(one.get_by_test_id("wrong")).to_be_enabled()
        correct(one, 1)
        one.get_by_test_id("clear").click()
    assert page.evaluate("JSON.parse(localStorage.getItem('mnist-corrections')).length") == 3
    expect(other.get_by_test_id("kept")).to_contain_text("3")


def test_a_picture_that_shows_nothing_cannot_be_corrected(open_page, server):
    page = open_page(server.url, **DESKTOP)
    Pad(page).draw(DIGITS[7])
    expect_verdict(page, "7")
    blank = io.BytesIO()
    Image.new("L", (300, 300), 255).save(blank, "PNG")
    page.get_by_test_id("chooser").set_input_files(
        [{"name": "blank.png", "mimeType": "image/png", "buffer": blank.getvalue()}]
    )
    expect(page.get_by_test_id("summary")).to_contain_text("no ink", timeout=10_000)
    expect(page.get_by_test_id("wrong")).to_be_disabled()
