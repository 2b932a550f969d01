"""What is shared, what outlives a reload and the way back, and what is kept of corrections."""

import base64
import json

import numpy as np
import pytest
from digits import DIGITS
from pad import (
    DESKTOP,
    PHONE,
    Held,
    Pad,
    expect_verdict,
    ink_on,
    link_to_pad,
    probabilities_at_rest,
    settle,
    wait_until_read,
    wait_until_told,
)
from PIL import Image
from playwright.sync_api import Page, expect
from test_page_pictures import choose, picture

from mnist_model import strokes_to_mnist
from mnist_model.train.data import load_extra

TABS = "#questions [role=tab]"
CLIPBOARD = {**DESKTOP, "permissions": ["clipboard-read", "clipboard-write"]}


def link_to(page: Page, digit: int) -> str:
    """A link's fragment; the pad is blank then."""
    Pad(page).write(digit)
    link = link_to_pad(page)
    page.get_by_test_id("clear").click()
    expect_verdict(page, "")
    return link[link.index("#") :]


def follow(page: Page, fragment: str) -> None:
    page.evaluate("hash => { location.hash = hash }", fragment)


@pytest.mark.parametrize("page", [CLIPBOARD], ids=[""], indirect=True)
def test_link_opens_with_the_same_ink_and_reading(page, pad, server):
    pad.write(4)
    read, ink = probabilities_at_rest(page), ink_on(page)
    page.get_by_test_id("share").click()
    page.get_by_test_id("share-copy").click()
    expect(page.get_by_test_id("share-told")).to_contain_text("copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{server.url}/#d=")
    assert len(link) < 1_000

    asked = []
    other = page.context.new_page()
    other.on("request", lambda request: asked.append(request.url))
    other.goto(link)
    expect_verdict(other, "4")
    assert probabilities_at_rest(other) == read
    settle(other)
    assert ink_on(other) == ink
    assert not any("#" in url or "d=1" in url for url in asked)  # the drawing is not sent
    other.get_by_test_id("undo").click()
    expect_verdict(other, "")


def test_without_a_clipboard_the_link_is_offered_selected(page, pad):
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject() }")
    pad.draw([[(0.5, 0.2), (0.5, 0.8)]])
    page.get_by_test_id("share").click()
    expect(page.get_by_test_id("share-copy")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("share-told")).to_contain_text("Copy this link")
    assert "#d=1" in page.url
    address = page.url
    assert page.evaluate("getSelection().toString()") == address
    page.evaluate("document.querySelector('[data-testid=share]').click()")  # pressed twice
    page.get_by_test_id("share-copy").focus()
    for key in ("Delete", "e", "p", "ArrowRight"):
        page.keyboard.press(key)
    assert (page.url, ink_on(page) > 0) == (address, True)  # the page's shortcuts rest
    assert page.get_by_test_id("erase").get_attribute("aria-pressed") == "false"
    expect(page.locator(".share")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".share")).to_have_count(0)
    expect(page.get_by_test_id("share")).to_be_focused()
    page.get_by_test_id("clear").click()
    assert "#" not in page.url


def test_picture_and_video_are_made_in_the_browser(page, pad):
    pad.write(4)
    wait_until_told(page)
    sent = []
    page.on(
        "request",
        lambda request: request.post_data not in (None, "[]") and sent.append(request.url),
    )
    page.get_by_test_id("share").click()
    with page.expect_download() as saved:
        page.get_by_test_id("share-save").click()
    image = Image.open(saved.value.path())
    assert image.size == (1200, 630)
    assert len(image.getcolors(1 << 20)) > 50
    ink = image.crop((40, 40, 590, 590)).convert("L").point(lambda grey: 255 * (grey < 100))
    assert 0.03 < ink.histogram()[255] / 550**2 < 0.3
    with page.expect_download() as video:
        page.get_by_test_id("share-loop").click()
    begin = video.value.path().read_bytes()[:12]
    assert begin[4:8] == b"ftyp" or begin[:4] == b"\x1aE\xdf\xa3"  # MP4 or WebM
    assert video.value.path().stat().st_size > 10_000
    expect(page.get_by_test_id("share-told")).to_contain_text("saved")
    assert sent == []


def test_share_sheet_of_a_phone_gets_picture_and_link(page, pad):
    page.evaluate(
        """() => {
            navigator.canShare = ({ files }) => files.length === 1;
            navigator.share = async ({ files, text }) => { window.sent = [files[0].type, text]; };
        }"""
    )
    pad.write(4)
    page.get_by_test_id("share").click()
    page.get_by_test_id("share-send").click()
    kind, text = page.evaluate("window.sent")
    assert kind == "image/png"
    assert text.startswith("It reads 4")
    assert text.endswith(page.url)


def test_broken_links_are_reported_and_the_next_link_keeps_the_drawing_for_undo(open_page, server):
    page = open_page(f"{server.url}/#d=1CgAA", **DESKTOP)
    notice = page.get_by_test_id("notice")
    for fragment in ("d=", "d=1" + "A" * 40_000, "chapter"):
        expect(notice).to_contain_text("no drawing that the page can read")
        Pad(page).write(1)
        expect(notice).to_be_hidden()
        page.get_by_test_id("clear").click()
        expect_verdict(page, "")
        follow(page, fragment)
    expect(page).to_have_url(f"{server.url}/#chapter")
    expect(notice).to_be_hidden()  # another fragment is left alone
    link = link_to(page, 7)
    Pad(page).write(3)
    assert "#" not in page.url  # the address held what is no longer on the pad
    follow(page, link)
    expect_verdict(page, "7")
    page.get_by_test_id("undo").click()
    expect_verdict(page, "3")


def test_picture_drawing_and_cleared_pad_outlive_a_reload(page, pad):
    choose(page, "seven.png", picture(7))
    expect_verdict(page, "7")
    settle(page)
    ink = ink_on(page)
    page.reload()
    expect_verdict(page, "7")
    settle(page)
    assert ink_on(page) == ink  # the same picture is on the pad
    pad.write(1)  # and makes way, as before
    page.reload()
    expect_verdict(page, "1")
    page.get_by_test_id("clear").click()
    page.reload()
    page.locator(".sketchpad.blank").wait_for()
    assert page.evaluate("sessionStorage.getItem('mnist-drawing')") is None
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); } }")
    choose(page, "seven.png", picture(7))
    expect_verdict(page, "7")
    expect(page.get_by_test_id("notice")).to_contain_text("After a reload it is gone")
    page.reload()
    page.locator(".sketchpad.blank").wait_for()


def test_stored_picture_that_is_damaged_leaves_a_blank_pad(page, pad):
    """What else may be stored is in tests/js/kept.test.mjs."""
    damaged = '{"picture": {"png": "AAAA", "ground": null}}'
    page.evaluate(
        """damaged => {
            sessionStorage.setItem("mnist-drawing", damaged);
            Storage.prototype.setItem = Storage.prototype.removeItem = () => {}; // until the reload
        }""",
        damaged,
    )
    page.reload()
    assert page.evaluate("sessionStorage.getItem('mnist-drawing')") == damaged
    pad.write(3)
    page.get_by_test_id("undo").click()
    expect_verdict(page, "")


def test_links_and_the_ways_between_them_show_what_the_address_says(page):
    """Random histories are in tests/js/link_history.test.mjs."""
    links = {digit: link_to(page, digit) for digit in (7, 3)}
    for digit, link in links.items():
        follow(page, link)
        expect_verdict(page, str(digit))
    for turn, digit in ((page.go_back, 7), (page.reload, 7), (page.go_forward, 3)):
        turn()
        expect_verdict(page, str(digit))
        assert page.evaluate("location.hash") == links[digit]
    page.evaluate("() => history.go(-2)")
    page.wait_for_function("location.hash === ''")
    expect_verdict(page, "")  # as it was left
    page.evaluate("() => history.go(1)")
    expect_verdict(page, "7")
    page.locator(TABS).nth(1).click()
    page.get_by_test_id("clear").click()
    Pad(page).write(5)
    page.go_back()
    expect(page.locator(TABS).nth(0)).to_have_attribute("aria-selected", "true")
    expect_verdict(page, "5")  # of what was drawn since, nothing is taken
    page.wait_for_function("location.hash === ''")  # which holds no other drawing
    page.reload()
    expect_verdict(page, "5")


CORRECT_IN_ANOTHER_TAB = """isKnown => {
    const key = "mnist-corrections";
    const kept = JSON.parse(localStorage.getItem(key));
    localStorage.setItem(key, JSON.stringify([...kept, kept[0]]));
    if (isKnown) dispatchEvent(new StorageEvent("storage", {key}));
}"""


def correct(page: Page, meant: int) -> None:
    page.get_by_test_id("wrong").click()
    page.locator(f'[data-meant="{meant}"]').click()


@pytest.mark.parametrize("page", [PHONE], ids=[""], indirect=True)
def test_corrections_are_kept_saved_from_a_menu_and_deleted(page, pad, tmp_path):
    kept, save = page.get_by_test_id("kept"), page.get_by_test_id("save-strokes")
    expect(page.get_by_test_id("wrong")).to_be_disabled()
    expect(kept).to_be_hidden()
    asked = []
    page.on("request", lambda request: asked.append(request.post_data or ""))
    for digit, meant, count in ((4, 9, 1), (7, 10, 4)):
        pad.write(digit)
        correct(page, meant)
        expect(page.get_by_text("Thank you")).to_have_count(1)
        expect(page.get_by_test_id("notice")).to_be_in_viewport(ratio=1)
        expect(kept).to_contain_text(str(count))
        page.get_by_test_id("clear").click()
        if count == 1:
            page.evaluate(CORRECT_IN_ANOTHER_TAB, True)
            expect(kept).to_contain_text("2")
            page.evaluate(CORRECT_IN_ANOTHER_TAB, False)  # the event is still to come
    page.reload()
    expect(kept).to_contain_text("4")  # the browser kept them
    expect(save).to_be_hidden()
    kept.locator("summary").click()
    expect(save).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(save).to_be_hidden()
    expect(kept.locator("summary")).to_be_focused()
    kept.locator("summary").click()
    with page.expect_download() as download:
        save.click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    drawings = json.loads(path.read_text())
    assert [(one["read"], one["meant"]) for one in drawings] == [(4, 9)] * 3 + [(7, 10)]
    assert load_extra(path).labels.tolist() == [9, 9, 9, 10]
    assert not any("meant" in data for data in asked)  # nothing of it went to the server

    page.get_by_test_id("forget").click()
    expect(save).to_be_hidden()
    page.reload()
    expect(kept).to_be_hidden()


def test_choice_can_be_left_and_is_closed_by_drawing_on(page, pad):
    pad.write(4)
    page.get_by_test_id("wrong").click()
    expect(page.locator('[data-meant="0"]')).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("choices")).to_be_hidden()
    expect(page.get_by_test_id("wrong")).to_be_focused()
    page.get_by_test_id("wrong").click()
    pad.draw(DIGITS[1])
    expect(page.get_by_test_id("choices")).to_be_hidden()
    expect(page.get_by_test_id("kept")).to_be_hidden()


def test_browser_that_keeps_nothing_says_so(page, pad):
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); } }")
    pad.write(7)
    correct(page, 1)
    expect(page.get_by_test_id("notice")).to_contain_text("cannot store")


def test_only_what_was_read_can_be_corrected(page, pad):
    """The pixels of one drawing are never kept with the strokes of another."""
    pad.draw([DIGITS[4][0]])
    expect(page.get_by_test_id("wrong")).to_be_enabled()

    held = Held(page)
    pad.draw([DIGITS[4][1]])
    expect(page.get_by_test_id("wrong")).to_be_disabled()
    held.let_go()
    expect_verdict(page, "4")
    wait_until_read(page)
    correct(page, 9)
    (kept,) = page.evaluate("JSON.parse(localStorage.getItem('mnist-corrections'))")
    pixels = np.frombuffer(base64.b64decode(kept["pixels"]), np.uint8).reshape(28, 28)
    assert (pixels == strokes_to_mnist(kept["strokes"])).all()
