"""Links that open with a drawing."""

from digits import DIGITS
from pad import DESKTOP, Pad, expect_verdict, ink_on, probabilities_at_rest, settle
from playwright.sync_api import expect


def test_a_link_opens_with_the_same_ink_and_reading(open_page, server):
    page = open_page(server.url, **DESKTOP, permissions=["clipboard-read", "clipboard-write"])
    Pad(page).draw(DIGITS[4])
    expect_verdict(page, "4")
    read, ink = probabilities_at_rest(page), ink_on(page)
    page.get_by_test_id("share").click()
    expect(page.get_by_test_id("notice")).to_contain_text("copied")
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


def test_without_a_clipboard_the_link_is_offered_selected(open_page, server):
    page = open_page(server.url, **DESKTOP)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject() }")
    Pad(page).draw(DIGITS[7])
    page.get_by_test_id("share").click()
    expect(page.get_by_test_id("notice")).to_contain_text("Copy this link")
    assert "#d=1" in page.url
    address = page.url
    assert page.evaluate("getSelection().toString()") == address
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("notice")).to_be_hidden()
    expect(page.get_by_test_id("share")).to_be_focused()
    page.get_by_test_id("clear").click()
    assert "#" not in page.url
    page.goto("about:blank")
    page.goto(address)
    expect_verdict(page, "7")


def test_an_empty_pad_is_not_shared(open_page, server):
    page = open_page(server.url, **DESKTOP)
    page.get_by_test_id("share").click()
    expect(page.get_by_test_id("notice")).to_contain_text("Draw something first")
    assert "#" not in page.url


def test_another_link_on_an_open_page_keeps_the_drawing_for_undo(open_page, server):
    page = open_page(server.url, **DESKTOP)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.resolve() }")
    pad = Pad(page)
    pad.draw(DIGITS[7])
    expect_verdict(page, "7")
    page.get_by_test_id("share").click()
    expect(page.get_by_test_id("notice")).to_contain_text("copied")
    link = page.url
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
        expect(notice).to_contain_text("no drawing that can be read")
        Pad(page).draw(DIGITS[1])
        expect_verdict(page, "1")
        expect(notice).to_be_hidden()
        page.get_by_test_id("clear").click()
        expect_verdict(page, "")
        page.evaluate("hash => { location.hash = hash }", fragment)
    expect(page).to_have_url(f"{server.url}/#chapter")
    expect(notice).to_be_hidden()  # another fragment is left alone
