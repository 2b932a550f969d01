"""The network on the stage: an outline at rest, lit by the pen; any map and any layer opens."""

import json
from itertools import pairwise

import pytest
from digits import DIGITS
from pad import (
    DARK,
    DESKTOP,
    PHONE,
    Pad,
    expect_verdict,
    name_of,
    overflow,
    violations,
    wait_until_read,
)
from playwright.sync_api import Locator, Page, expect
from serving import ROOT

from mnist_model import load_classifier
from mnist_model.read.forward import forward

OUTPUTS = len(forward(load_classifier()).layers) - 1  # the index of the scores
TEXTS = json.loads((ROOT / "assets/texts/en.json").read_text())
DESKTOP, DARK, PHONE = (
    {**one, "viewport": {**one["viewport"], "height": 2_600}} for one in (DESKTOP, DARK, PHONE)
)


def open_network(page: Page) -> Locator:
    page.get_by_role("tab", name=TEXTS["tab_network"]).click()
    tab = page.get_by_test_id("tab-network")
    expect(tab).to_have_attribute("data-state", "done", timeout=20_000)
    return tab


def wait_until_shown(tab: Locator) -> None:
    """Wait for the answer about the drawing on the pad."""
    wait_until_read(tab.page)
    expect(tab).to_have_attribute("data-state", "done", timeout=20_000)


def colours(tab: Locator, *selectors: str) -> int:
    """How many colours the canvas has in the middles of the buttons."""
    return tab.get_by_test_id("figure").evaluate(
        """(canvas, selector) => {
            const density = canvas.width / canvas.clientWidth;
            const from = canvas.getBoundingClientRect();
            const found = new Set();
            for (const spot of document.querySelectorAll(selector)) {
                const box = spot.getBoundingClientRect();
                const [x, y] = [box.x + box.width / 2 - from.x, box.y + box.height / 2 - from.y];
                const {data} = canvas.getContext("2d")
                    .getImageData(Math.round(x * density) - 5, Math.round(y * density) - 5, 10, 10);
                for (let i = 0; i < data.length; i += 4) found.add(data.slice(i, i + 3).join());
            }
            return found.size;
        }""",
        ", ".join(selectors),
    )


def spot(tab: Locator, layer: int, place: int) -> Locator:
    return tab.locator(f'[data-layer="{layer}"][data-place="{place}"]')


def picture(tab: Locator) -> str:
    return tab.get_by_test_id("figure").evaluate("canvas => canvas.toDataURL()")


def middle(button: Locator) -> tuple[float, float]:
    box = button.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def number(tab: Locator, selector: str, name: str) -> float:
    return float(tab.locator(selector).first.evaluate("(one, name) => one.dataset[name]", name))


@pytest.mark.parametrize("settings", [DARK, PHONE], ids=["desktop", "phone"])
def test_it_is_there_at_once_and_follows_the_pen_in_mid_stroke(
    open_page, server, tmp_path, settings
):
    page = open_page(server.url, **settings)
    tab = open_network(page)
    expect(tab.get_by_test_id("heading")).to_have_text(TEXTS["network_at_rest"])
    expect(tab).to_have_attribute("data-digit", "")
    expect(tab.get_by_test_id("told")).to_have_text(TEXTS["network_blank"])
    maps = ".spots [data-channel]"
    assert colours(tab, maps) == 1  # no map of an empty pad
    pad = Pad(page)
    pad.draw(DIGITS[7], lift=False)
    expect(tab).to_have_attribute("data-digit", "7", timeout=20_000)
    assert int(tab.get_attribute("data-updates")) > 1
    assert colours(tab, maps) > 10
    page.mouse.up()
    wait_until_shown(tab)
    for layer in range(OUTPUTS):
        assert tab.locator(f'[data-layer="{layer}"]').count() >= 4
    expect(tab.locator(f'[data-layer="{OUTPUTS}"]')).to_have_count(10)
    assert overflow(page) <= 0
    assert violations(page) == []
    with page.expect_download() as download:
        tab.get_by_role("button", name=TEXTS["save_png"]).click()
    assert download.value.suggested_filename == "network.png"
    page.get_by_test_id("clear").click()
    expect(tab).to_have_attribute("data-digit", "", timeout=20_000)


@pytest.mark.parametrize("settings", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_tap_opens_a_map_and_its_arithmetic_adds_up(open_page, server, settings):
    page = open_page(server.url, **settings)
    tab = open_network(page)
    Pad(page).draw(DIGITS[4])
    expect_verdict(page, "4")
    wait_until_shown(tab)
    spot(tab, 4, 1).click()
    sums = tab.get_by_test_id("sums")
    expect(sums).to_be_visible(timeout=20_000)
    inputs = tab.locator("[data-input]")
    products = sum(float(one) for one in inputs.evaluate_all("all => all.map(i => i.dataset.sum)"))
    assert products == pytest.approx(number(tab, ".sums", "products"), abs=1e-3)
    total = products + number(tab, ".sums", "bias")
    assert total == pytest.approx(number(tab, ".sums [data-sum]", "sum"), abs=1e-3)
    normalised = number(tab, ".sums [data-normalised]", "normalised")
    assert max(0, normalised) == pytest.approx(number(tab, ".sums [data-value]", "value"), abs=1e-3)
    assert violations(page) == []
    deeper = tab.locator("[data-deeper]")
    before = tab.get_by_test_id("heading").inner_text()
    deeper.click()
    expect(tab.get_by_test_id("heading")).not_to_have_text(before)
    expect(tab.locator("[data-input]").first).to_be_visible(timeout=20_000)
    tab.get_by_test_id("back").click()
    expect(tab.get_by_test_id("heading")).to_contain_text("4")
    expect(sums).to_be_hidden()


def test_the_kernel_lies_under_the_pointer_slides_and_obeys_the_keys(open_page, server):
    page = open_page(server.url, **DESKTOP)
    tab = open_network(page)
    Pad(page).draw(DIGITS[2])
    wait_until_shown(tab)
    spot(tab, 1, 0).click()
    pixels = tab.locator(".pixels")
    pixels.hover(position={"x": 3, "y": 3})
    expect(pixels).to_have_attribute("data-row", "0", timeout=20_000)
    expect(pixels).to_have_attribute("data-column", "0")
    pixels.focus()
    page.keyboard.press("ArrowRight")
    expect(pixels).to_have_attribute("data-column", "1", timeout=20_000)
    tab.get_by_test_id("slide").click()
    page.wait_for_function(
        "() => { const {row, column} = document.querySelector('.pixels').dataset;"
        " return 28 * row + Number(column) > 3; }"
    )
    tab.get_by_test_id("slide").click()
    expect(tab.get_by_test_id("slide")).to_have_attribute("aria-pressed", "false")
    pixels.focus()
    page.keyboard.press("Escape")
    expect(tab.get_by_test_id("back")).to_be_hidden()


def test_by_keys_every_map_is_reached_told_and_opened(open_page, server):
    page = open_page(server.url, **DESKTOP)
    tab = open_network(page)
    Pad(page).draw(DIGITS[7])
    expect_verdict(page, "7")
    wait_until_shown(tab)
    assert tab.locator('.spots [tabindex="0"]').count() == 1
    tab.locator('.spots [tabindex="0"]').focus()
    told = tab.get_by_test_id("told")
    for word in ("Convolution 1", "Convolution 2", "Pooling 1", "Convolution 3"):
        page.keyboard.press("ArrowRight")
        expect(told).to_contain_text(f"{word}, map")
    expect(told).to_contain_text("the score of 7")
    expect(told).to_contain_text("The strongest lines into it come from map ")
    page.keyboard.press("Enter")
    expect(tab.get_by_test_id("heading")).to_contain_text("Convolution 3, map")
    page.keyboard.press("Escape")
    expect(tab.get_by_test_id("heading")).to_contain_text("Why it says 7")


def test_all_maps_of_a_layer_are_a_tap_away_and_another_digit_can_be_asked_about(
    open_page, server, classifier
):
    page = open_page(server.url, **DESKTOP)
    tab = open_network(page)
    Pad(page).draw(DIGITS[7])
    expect_verdict(page, "7")
    wait_until_shown(tab)
    channels = max(layer.shape[-1] for layer in forward(classifier).layers[:-1])
    name = tab.locator('[data-all="8"]')
    name.hover()
    expect(tab.get_by_test_id("told")).to_contain_text(f"{channels} maps of 7 × 7 pixels")
    name.click()
    expect(tab.locator("[data-channel]")).to_have_count(channels, timeout=20_000)
    tab.locator('[data-channel="5"]').click()
    expect(tab.get_by_test_id("heading")).to_have_text("Convolution 7, map 5")
    expect(tab.locator("[data-input]")).to_have_count(channels, timeout=20_000)
    tab.get_by_test_id("back").click()
    spot(tab, OUTPUTS, 1).click()
    expect(tab).to_have_attribute("data-digit", "1", timeout=20_000)
    expect(tab.get_by_test_id("heading")).to_contain_text("Why not 1")
    spot(tab, OUTPUTS, 1).click()
    expect(tab).to_have_attribute("data-digit", "7", timeout=20_000)


def test_maps_stay_in_their_places_while_a_digit_grows(open_page, server):
    page = open_page(server.url, **DESKTOP)
    tab = open_network(page)
    asked = []
    page.on("request", lambda one: asked.append(one) if one.url.endswith("/network") else None)
    pad = Pad(page)
    pad.draw([DIGITS[7][0]])
    expect_verdict(page, "7")
    wait_until_shown(tab)
    shown = [one.post_data_json["shown"] for one in asked if one.post_data_json.get("shown")]
    assert len(shown) > 1
    kept = changed = 0
    for before, after in pairwise(shown):
        for one, other in zip(before, after, strict=True):
            same = set(one) & set(other)
            kept += sum(one.index(c) == other.index(c) for c in same)
            changed += sum(one.index(c) != other.index(c) for c in same)
    assert kept > 0
    assert changed == 0
    assert not any(name_of(one) == "ask" for one in asked)


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_beads_run_unless_motion_is_reduced(open_page, server, motion):
    page = open_page(server.url, **DESKTOP, reduced_motion=motion)
    tab = open_network(page)
    page.evaluate(
        """() => {
            window.beads = 0;
            const arc = CanvasRenderingContext2D.prototype.arc;
            CanvasRenderingContext2D.prototype.arc = function (...place) {
                if (this.canvas.className === "wave") window.beads += 1;
                return arc.apply(this, place);
            };
        }"""
    )
    Pad(page).draw(DIGITS[1])
    expect_verdict(page, "1")
    if motion == "reduce":
        wait_until_shown(tab)
        assert page.evaluate("window.beads") == 0
    else:
        page.wait_for_function("window.beads > 20")


def test_what_is_no_digit_is_not_called_one(open_page, server):
    page = open_page(server.url, **DESKTOP, reduced_motion="reduce")
    tab = open_network(page)
    page.locator('[data-example="scribble"]').click()
    expect_verdict(page, "?")
    wait_until_shown(tab)
    expect(tab.get_by_test_id("heading")).to_contain_text("Not a digit. Closest: ")


@pytest.mark.parametrize("settings", [DESKTOP, PHONE], ids=["mouse", "finger"])
def test_a_dotted_word_is_explained_by_pointing_and_by_tapping(open_page, server, settings):
    page = open_page(server.url, **settings)
    tab = open_network(page)
    Pad(page).draw(DIGITS[7])
    wait_until_shown(tab)
    word = tab.get_by_test_id("heading").locator(".explained")
    shown = "one => getComputedStyle(one, '::after').content"
    assert word.evaluate(shown) == "none"
    word.tap() if settings is PHONE else word.hover()
    assert TEXTS["network_term_score"] in word.evaluate(shown)


def test_the_network_in_space_follows_the_pen_and_is_turned_by_dragging(open_page, server):
    page = open_page(server.url, **DARK, reduced_motion="reduce")
    loaded = []
    page.on("request", lambda request: loaded.append(request.url))
    tab = open_network(page)
    assert not any("space.js" in url for url in loaded)
    button = tab.get_by_test_id("space")
    button.click()
    expect(button).to_have_text("Flat view")
    blank = picture(tab)
    Pad(page).draw(DIGITS[4])
    expect_verdict(page, "4")
    wait_until_shown(tab)
    drawn = picture(tab)
    assert drawn != blank
    x, y = middle(spot(tab, 0, 0))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 40, y, steps=4)
    page.mouse.up()
    page.mouse.move(5, 5)
    expect(tab).to_have_attribute("data-view", "network")  # a drag opens no map
    assert picture(tab) != drawn
    spot(tab, 0, 0).click()
    expect(tab).to_have_attribute("data-view", "map")
    tab.get_by_test_id("back").click()
    button.click()
    expect(button).to_have_text("3D view")
    expect(tab.locator(".spots [data-layer]").first).to_be_visible()
