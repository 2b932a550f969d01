"""A drawing is pinned, another drawn, and both are seen: inks, bars, maps and the difference."""

import json

import pytest
from digits import DIGITS
from pad import DARK, DESKTOP, PHONE, Pad, expect_verdict, overflow, violations, wait_until_read
from playwright.sync_api import Locator, Page, expect
from serving import ROOT
from test_page_network import colours

TEXTS = json.loads((ROOT / "assets/texts/en.json").read_text())
DESKTOP, DARK, PHONE = (
    {**one, "viewport": {**one["viewport"], "height": 2_600}} for one in (DESKTOP, DARK, PHONE)
)


def pin(page: Page) -> Locator:
    wait_until_read(page)  # what was read last is pinned
    page.get_by_test_id("pin").click()
    tab = page.get_by_test_id("tab-network")
    expect(tab).to_have_attribute("data-view", "compared")
    return tab


def expect_compared(tab: Locator, verdicts: str) -> None:
    expect(tab).to_have_attribute("data-verdicts", verdicts, timeout=20_000)
    expect(tab).to_have_attribute("data-state", "done", timeout=20_000)


def draw_another(page: Page, digit: int) -> None:
    page.get_by_test_id("clear").click()
    Pad(page).draw(DIGITS[digit])


@pytest.mark.parametrize("settings", [DARK, PHONE], ids=["desktop", "phone"])
def test_two_drawings_are_seen_side_by_side_until_one_is_let_go(open_page, server, settings):
    page = open_page(server.url, **settings)
    expect(page.get_by_test_id("pin")).to_have_attribute("aria-disabled", "true")
    Pad(page).draw(DIGITS[4])
    expect_verdict(page, "4")
    tab = pin(page)
    expect_compared(tab, "4 4")
    page.get_by_test_id("clear").click()
    expect_compared(tab, "4 –")
    expect(tab.get_by_test_id("told")).to_have_text(TEXTS["network_compared_draw"])
    Pad(page).draw(DIGITS[7], lift=False)
    expect(tab).to_have_attribute("data-verdicts", "4 7", timeout=20_000)  # in mid-stroke
    page.mouse.up()
    wait_until_read(page)
    expect_compared(tab, "4 7")
    expect(tab.get_by_test_id("heading")).to_have_text("Kept: 4. On the pad: 7")
    of = [tab.locator(f'[data-band="{band}"]') for band in range(3)]
    channels = [one.evaluate_all("all => all.map(one => one.dataset.channel)") for one in of]
    assert channels[0] == channels[1] == channels[2]
    assert len(channels[0]) >= 14  # at least two of each of seven convolutions
    of[2].first.hover()
    expect(tab.get_by_test_id("told")).to_contain_text("for the kept drawing, up to")
    assert overflow(page) <= 0
    assert violations(page) == []
    page.reload()
    expect_compared(tab, "4 7")
    expect_verdict(page, "7")
    page.get_by_test_id("pin").click()
    expect(tab).to_have_attribute("data-view", "network")
    expect(tab.get_by_test_id("heading")).to_contain_text("Why it says 7")
    page.reload()
    expect_verdict(page, "7")
    expect(tab).to_have_attribute("data-view", "network")


def test_a_drawing_beside_itself_differs_in_nothing(open_page, server):
    """All of the difference's maps have one colour, which is zero's."""
    page = open_page(server.url, **DESKTOP)
    Pad(page).draw(DIGITS[4])
    expect_verdict(page, "4")
    tab = pin(page)
    expect_compared(tab, "4 4")
    difference = '[data-band="2"]'
    assert colours(tab, difference) == 1
    draw_another(page, 7)
    expect_compared(tab, "4 7")
    assert colours(tab, difference) > 10


def test_what_is_refused_and_a_digit_of_a_number_can_be_pinned(open_page, server):
    page = open_page(server.url, **DESKTOP, reduced_motion="reduce")
    page.locator('[data-example="scribble"]').click()
    expect_verdict(page, "?")
    tab = pin(page)
    expect(tab).to_have_attribute("data-verdicts", "? ?", timeout=20_000)
    page.get_by_test_id("pin").click()
    page.get_by_test_id("clear").click()
    for place, digit in ((0.03, 4), (0.52, 2)):
        Pad(page).draw([stroke * (0.45, 0.6) + (place, 0.2) for stroke in DIGITS[digit]])
    expect_verdict(page, "42")
    wait_until_read(page)
    page.get_by_test_id("verdict").get_by_role("button", name="4").click()
    page.get_by_test_id("pin").click()
    expect_compared(tab, "4 4")
    page.get_by_test_id("verdict").get_by_role("button", name="2").click()
    expect_compared(tab, "4 2")


def test_a_key_pins_and_a_tap_opens_a_map_of_either(open_page, server):
    page = open_page(server.url, **DESKTOP)
    page.keyboard.press("f")  # there is nothing to pin
    Pad(page).draw(DIGITS[4])
    expect_verdict(page, "4")
    wait_until_read(page)
    page.keyboard.press("f")
    tab = page.get_by_test_id("tab-network")
    expect_compared(tab, "4 4")
    draw_another(page, 7)
    expect_compared(tab, "4 7")
    values = []
    for band in (0, 1):
        tab.locator(f'[data-band="{band}"][data-layer="8"][data-place="0"]').click()
        sums = tab.get_by_test_id("sums")
        expect(sums).to_be_visible(timeout=20_000)
        expect(tab.get_by_test_id("pin")).to_be_hidden()
        values.append(sums.locator("li").last.inner_text())
        tab.get_by_test_id("back").click()
        expect(tab).to_have_attribute("data-view", "compared")
    assert values[0] != values[1]
    page.keyboard.press("f")
    expect(tab).to_have_attribute("data-view", "network")


def test_what_was_kept_and_is_no_reading_is_not_pinned(open_page, server):
    page = open_page(server.url, **DESKTOP)
    page.evaluate("""sessionStorage.setItem("mnist-pinned", '{"pixels": "AAAA", "reading": {}}')""")
    page.reload()
    Pad(page).draw(DIGITS[4])
    expect_verdict(page, "4")
    expect(page.get_by_test_id("tab-network")).to_have_attribute("data-view", "network")
