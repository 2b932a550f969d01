"""What is on the pad outlives a reload, and the ways back and forward."""

from digits import DIGITS
from pad import DESKTOP, Pad, expect_verdict, ink_on, link_to_pad, settle, wait_until_loaded
from playwright.sync_api import Page, expect
from test_page_pictures import choose, picture

TABS = "#questions [role=tab]"


def link_to(page: Page, digit: int) -> str:
    """A link's fragment; the pad is blank then."""
    Pad(page).draw(DIGITS[digit])
    expect_verdict(page, str(digit))
    link = link_to_pad(page)
    page.get_by_test_id("clear").click()
    expect_verdict(page, "")
    return link[link.index("#") :]


def test_a_drawing_is_kept_and_so_is_a_cleared_pad(open_page, server):
    page = open_page(server.url, **DESKTOP)
    Pad(page).draw(DIGITS[3])
    expect_verdict(page, "3")
    page.reload()
    expect_verdict(page, "3")
    page.get_by_test_id("clear").click()
    page.reload()
    page.locator(".sketchpad.blank").wait_for()
    assert page.evaluate("sessionStorage.getItem('mnist-drawing')") is None


def test_a_picture_is_kept(open_page, server):
    page = open_page(server.url, **DESKTOP)
    choose(page, "seven.png", picture(7))
    expect_verdict(page, "7")
    settle(page)
    ink = ink_on(page)
    page.reload()
    expect_verdict(page, "7")
    settle(page)
    assert ink_on(page) == ink  # the same picture is on the pad
    Pad(page).draw(DIGITS[1])
    expect_verdict(page, "1")  # and makes way, as before
    page.reload()
    expect_verdict(page, "1")


def test_a_picture_that_cannot_be_kept_is_read_and_that_is_told(open_page, server):
    page = open_page(server.url, **DESKTOP)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); } }")
    choose(page, "seven.png", picture(7))
    expect_verdict(page, "7")
    expect(page.get_by_test_id("notice")).to_contain_text("After a reload it is gone")
    page.reload()
    page.locator(".sketchpad.blank").wait_for()


def test_what_was_kept_and_is_none_leaves_a_blank_pad(chromium, server):
    page = chromium.new_context(**DESKTOP).new_page()
    page.add_init_script("window.name && sessionStorage.setItem('mnist-drawing', window.name)")
    page.goto(server.url)
    page.get_by_test_id("sketchpad").wait_for()
    for kept in ('{"picture": {"png": "AAAA", "ground": null}}', "[1]", "{", "7"):
        page.evaluate("kept => { window.name = kept }", kept)
        page.reload()
        wait_until_loaded(page)
        assert page.evaluate("sessionStorage.getItem('mnist-drawing')") == kept
        Pad(page).draw(DIGITS[3])
        expect_verdict(page, "3")
        page.get_by_test_id("undo").click()
        expect_verdict(page, "")
    page.context.close()


def test_back_and_forward_open_the_answers_and_keep_the_drawing(open_page, server):
    page = open_page(server.url, **DESKTOP)
    Pad(page).draw(DIGITS[3])
    tabs = page.locator(TABS)
    for place in (1, 2):
        tabs.nth(place).click()
    for turn, place in ((page.go_back, 1), (page.go_back, 0), (page.go_forward, 1)):
        turn()
        expect(tabs.nth(place)).to_have_attribute("aria-selected", "true")
        expect_verdict(page, "3")


def test_links_and_the_ways_between_them_show_what_the_address_says(open_page, server):
    """Random histories are in tests/js/link_history.test.mjs."""
    page = open_page(server.url, **DESKTOP)
    links = {digit: link_to(page, digit) for digit in (7, 3)}
    for digit, link in links.items():
        page.evaluate("hash => { location.hash = hash }", link)
        expect_verdict(page, str(digit))
    for turn, digit in ((page.go_back, 7), (page.reload, 7), (page.go_forward, 3)):
        turn()
        expect_verdict(page, str(digit))
        assert page.evaluate("location.hash") == links[digit]
    page.evaluate("() => history.go(-2)")
    page.wait_for_function("location.hash === ''")
    expect_verdict(page, "")  # as it was left


def test_the_way_back_to_a_link_takes_nothing_that_was_drawn_since(open_page, server):
    page = open_page(server.url, **DESKTOP)
    link = link_to(page, 7)
    page.evaluate("hash => { location.hash = hash }", link)
    expect_verdict(page, "7")
    tabs = page.locator(TABS)
    tabs.nth(1).click()
    page.get_by_test_id("clear").click()
    Pad(page).draw(DIGITS[3])
    expect_verdict(page, "3")
    page.go_back()
    expect(tabs.nth(0)).to_have_attribute("aria-selected", "true")
    expect_verdict(page, "3")
    page.wait_for_function("location.hash === ''")  # which holds no other drawing
    page.reload()
    expect_verdict(page, "3")
