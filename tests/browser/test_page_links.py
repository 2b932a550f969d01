"""Sharing: a link that opens with the drawing, a picture and a video."""

from digits import DIGITS
from pad import (
    DESKTOP,
    Pad,
    expect_verdict,
    ink_on,
    link_to_pad,
    probabilities_at_rest,
    settle,
    violations,
    wait_until_told,
)
from PIL import Image
from playwright.sync_api import expect


def test_a_link_opens_with_the_same_ink_and_reading(open_page, server):
    page = open_page(server.url, **DESKTOP, permissions=["clipboard-read", "clipboard-write"])
    Pad(page).draw(DIGITS[4])
    expect_verdict(page, "4")
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


def test_a_tab_pressed_before_the_stage_has_come_stays_open(chromium, server):
    page = chromium.new_page(**DESKTOP)
    stage = []
    page.route("**/stage/tour.js", lambda route: stage.append(route))
    page.goto(server.url)
    tab = page.get_by_role("tab", name="Which ink")
    tab.click()
    expect(tab).to_have_attribute("aria-selected", "true")
    stage[0].continue_()
    page.wait_for_url("**/?answer=attribution")
    expect(tab).to_have_attribute("aria-selected", "true")
    page.close()


def test_without_a_clipboard_the_link_is_offered_selected(open_page, server):
    page = open_page(server.url, **DESKTOP)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject() }")
    Pad(page).draw(DIGITS[7])
    page.get_by_test_id("share").click()
    page.get_by_test_id("share-copy").click()
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
    page.goto("about:blank")
    page.goto(address)
    expect_verdict(page, "7")


def test_a_picture_and_a_video_are_made_in_the_browser(open_page, server, tmp_path):
    page = open_page(server.url, **DESKTOP)
    Pad(page).draw(DIGITS[4])
    wait_until_told(page)
    sent = []
    page.on("request", lambda request: request.method != "GET" and sent.append(request.url))
    page.get_by_test_id("share").click()
    with page.expect_download() as picture:
        page.get_by_test_id("share-save").click()
    image = Image.open(picture.value.path())
    assert image.size == (1200, 630)
    assert len(image.getcolors(1 << 20)) > 50
    ink = image.crop((40, 40, 590, 590)).convert("L").point(lambda grey: 255 * (grey < 100))
    assert 0.03 < ink.histogram()[255] / 550**2 < 0.3
    assert violations(page) == []
    with page.expect_download() as video:
        page.get_by_test_id("share-loop").click()
    begin = video.value.path().read_bytes()[:12]
    assert begin[4:8] == b"ftyp" or begin[:4] == b"\x1aE\xdf\xa3"  # MP4 or WebM
    assert video.value.path().stat().st_size > 10_000
    expect(page.get_by_test_id("share-told")).to_contain_text("saved")
    assert sent == []


def test_the_phones_own_share_sheet_gets_picture_and_link(open_page, server):
    page = open_page(server.url, **DESKTOP)
    page.evaluate(
        """() => {
            navigator.canShare = ({ files }) => files.length === 1;
            navigator.share = async ({ files, text }) => { window.sent = [files[0].type, text]; };
        }"""
    )
    Pad(page).draw(DIGITS[4])
    expect_verdict(page, "4")
    page.get_by_test_id("share").click()
    page.get_by_test_id("share-send").click()
    kind, text = page.evaluate("window.sent")
    assert kind == "image/png"
    assert text.startswith("It reads 4")
    assert text.endswith(page.url)


def test_an_empty_pad_is_not_shared(open_page, server):
    page = open_page(server.url, **DESKTOP)
    page.get_by_test_id("share").click()
    expect(page.get_by_test_id("notice")).to_contain_text("Draw something first")
    assert "#" not in page.url


def test_another_link_on_an_open_page_keeps_the_drawing_for_undo(open_page, server):
    page = open_page(server.url, **DESKTOP)
    pad = Pad(page)
    pad.draw(DIGITS[7])
    expect_verdict(page, "7")
    link = link_to_pad(page)
    page.get_by_test_id("clear").click()
    pad.draw(DIGITS[3])
    expect_verdict(page, "3")
    assert "#" not in page.url  # the address held what is no longer on the pad
    page.evaluate("hash => { location.hash = hash }", link.split("#")[1])
    expect_verdict(page, "7")
    page.get_by_test_id("undo").click()
    expect_verdict(page, "3")


def test_broken_links_are_told_and_the_pad_works(open_page, server):
    page = open_page(f"{server.url}/#d=1CgAA", **DESKTOP)
    notice = page.get_by_test_id("notice")
    for fragment in ("d=", "d=2AAAA", "d=1%%%", "d=1" + "A" * 40_000, "d=1_____w", "chapter"):
        expect(notice).to_contain_text("no drawing that the page can read")
        Pad(page).draw(DIGITS[1])
        expect_verdict(page, "1")
        expect(notice).to_be_hidden()
        page.get_by_test_id("clear").click()
        expect_verdict(page, "")
        page.evaluate("hash => { location.hash = hash }", fragment)
    expect(page).to_have_url(f"{server.url}/#chapter")
    expect(notice).to_be_hidden()  # another fragment is left alone
