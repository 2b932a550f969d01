"""The network on the stage: lit by the pen, opened map by map, or compared for two drawings."""

from itertools import pairwise

import pytest
from digits import DIGITS
from pad import (
    DARK,
    DESKTOP,
    PHONE,
    STILL,
    TEXTS,
    expect_verdict,
    name_of,
    tall,
    violations,
    wait_until_read,
)
from playwright.sync_api import Locator, Page, expect

from mnist_model import load_classifier
from mnist_model.read.forward import forward

OUTPUTS = len(forward(load_classifier()).layers) - 1  # the index of the scores
SETTINGS = tall(DESKTOP)
DARK_AND_PHONE = pytest.mark.parametrize(
    "page", [tall(DARK), tall(PHONE)], ids=["desktop", "phone"], indirect=True
)


@pytest.fixture
def tab(page) -> Locator:
    tab = page.get_by_test_id("tab-network")
    expect(tab).to_have_attribute("data-state", "done")
    return tab


def wait_until_shown(tab: Locator) -> None:
    """Wait for the answer about the drawing on the pad."""
    wait_until_read(tab.page)
    expect(tab).to_have_attribute("data-state", "done")


def colours(tab: Locator, selector: str) -> int:
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
        selector,
    )


def spot(tab: Locator, layer: int, place: int) -> Locator:
    return tab.locator(f'[data-layer="{layer}"][data-place="{place}"]')


def picture(tab: Locator) -> str:
    return tab.get_by_test_id("figure").evaluate("canvas => canvas.toDataURL()")


def number(tab: Locator, selector: str, name: str) -> float:
    return float(tab.locator(selector).first.evaluate("(one, name) => one.dataset[name]", name))


@DARK_AND_PHONE
def test_network_follows_the_pen_in_mid_stroke(page, pad, tab):
    heading, told = tab.get_by_test_id("heading"), tab.get_by_test_id("told")
    expect(heading).to_have_text(TEXTS["network_at_rest"])
    expect(tab).to_have_attribute("data-digit", "")
    expect(told).to_have_text(TEXTS["network_blank"])
    maps = ".spots [data-channel]"
    assert colours(tab, maps) == 1  # no map of an empty pad
    pad.draw(DIGITS[7], lift=False)
    expect(tab).to_have_attribute("data-digit", "7")
    assert int(tab.get_attribute("data-updates")) > 1
    assert colours(tab, maps) > 10
    pad.lift()
    wait_until_shown(tab)
    for layer in range(OUTPUTS):
        assert tab.locator(f'[data-layer="{layer}"]').count() >= 4
    expect(tab.locator(f'[data-layer="{OUTPUTS}"]')).to_have_count(10)
    with page.expect_download() as download:
        tab.get_by_role("button", name=TEXTS["save_png"]).click()
    assert download.value.suggested_filename == "network.png"
    page.get_by_test_id("clear").click()
    expect(tab).to_have_attribute("data-digit", "")


def test_tap_opens_a_map_and_its_arithmetic_adds_up(page, pad, tab):
    pad.write(4)
    wait_until_shown(tab)
    spot(tab, 3, 1).click()
    sums = tab.get_by_test_id("sums")
    expect(sums).to_be_visible()
    inputs = tab.locator("[data-input]")
    products = sum(float(one) for one in inputs.evaluate_all("all => all.map(i => i.dataset.sum)"))
    assert products == pytest.approx(number(tab, ".sums", "products"), abs=1e-3)
    total = products + number(tab, ".sums", "bias")
    assert total == pytest.approx(number(tab, ".sums [data-sum]", "sum"), abs=1e-3)
    normalised = number(tab, ".sums [data-normalised]", "normalised")
    assert max(0, normalised) == pytest.approx(number(tab, ".sums [data-value]", "value"), abs=1e-3)
    heading = tab.get_by_test_id("heading")
    before = heading.inner_text()
    tab.locator("[data-deeper]").click()
    expect(heading).not_to_have_text(before)
    expect(tab.locator("[data-input]").first).to_be_visible()
    tab.get_by_test_id("back").click()
    expect(heading).to_contain_text("4")
    expect(sums).to_be_hidden()


def test_kernel_lies_under_the_pointer_slides_and_obeys_the_keys(page, pad, tab):
    pad.write(2)
    wait_until_shown(tab)
    spot(tab, 2, 0).click()
    pixels = tab.locator(".pixels")
    pixels.hover(position={"x": 3, "y": 3})
    expect(pixels).to_have_attribute("data-row", "0")
    expect(pixels).to_have_attribute("data-column", "0")
    pixels.press("ArrowRight")
    expect(pixels).to_have_attribute("data-column", "1")
    tab.get_by_test_id("slide").click()
    page.wait_for_function(
        "() => { const {row, column} = document.querySelector('.pixels').dataset;"
        " return 28 * row + Number(column) > 3; }"
    )
    tab.get_by_test_id("slide").click()
    expect(tab.get_by_test_id("slide")).to_have_attribute("aria-pressed", "false")
    pixels.press("Escape")
    expect(tab.get_by_test_id("back")).to_be_hidden()


def test_maps_are_reached_and_opened_by_keys_and_a_term_is_explained(page, pad, tab):
    pad.write(7)
    wait_until_shown(tab)
    heading, told = tab.get_by_test_id("heading"), tab.get_by_test_id("told")
    word, shown = heading.locator(".explained"), "one => getComputedStyle(one, '::after').content"
    assert word.evaluate(shown) == "none"
    word.hover()
    assert TEXTS["network_term_score"] in word.evaluate(shown)
    first = tab.locator('.spots [tabindex="0"]')
    expect(first).to_have_count(1)
    first.focus()
    for words in ("Convolution 1", "Pooling 1", "Convolution 2", "Convolution 3"):
        page.keyboard.press("ArrowRight")
        expect(told).to_contain_text(f"{words}, map")
    expect(told).to_contain_text("the score of 7")
    expect(told).to_contain_text("The strongest lines into it come from map ")
    page.keyboard.press("Enter")
    expect(heading).to_contain_text("Convolution 3, map")
    page.keyboard.press("Escape")
    expect(heading).to_contain_text("Why it says 7")


@pytest.mark.parametrize("page", [tall(PHONE)], ids=[""], indirect=True)
def test_layer_and_another_digit_are_opened_and_a_term_explained_by_taps(
    page, pad, tab, classifier
):
    pad.write(7)
    wait_until_shown(tab)
    heading = tab.get_by_test_id("heading")
    word, shown = heading.locator(".explained"), "one => getComputedStyle(one, '::after').content"
    word.tap()
    assert TEXTS["network_term_score"] in word.evaluate(shown)
    channels = max(layer.shape[-1] for layer in forward(classifier).layers[:-1])
    name = tab.locator('[data-all="7"]')
    name.hover()
    expect(tab.get_by_test_id("told")).to_contain_text(f"{channels} maps of 7 × 7 pixels")
    name.click()
    expect(tab.locator("[data-channel]")).to_have_count(channels)
    tab.locator('[data-channel="5"]').click()
    expect(heading).to_have_text("Convolution 6, map 5")
    expect(tab.locator("[data-input]")).to_have_count(channels)
    tab.get_by_test_id("back").click()
    for digit, words in (("1", "Why not 1"), ("7", "Why it says 7")):
        spot(tab, OUTPUTS, 1).click()
        expect(tab).to_have_attribute("data-digit", digit)
        expect(heading).to_contain_text(words)


def test_maps_stay_in_their_places_while_a_digit_grows(page, pad, tab):
    asked = []
    page.on("request", lambda one: asked.append(one) if one.url.endswith("/network") else None)
    pad.draw(DIGITS[7], slowly=True)
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


@pytest.mark.parametrize("page", [SETTINGS, tall(STILL)], ids=["moving", "still"], indirect=True)
def test_beads_run_unless_motion_is_reduced(request, page, pad, tab):
    page.evaluate(
        """() => {
            window.beads = 0;
            const arc = CanvasRenderingContext2D.prototype.arc;
            CanvasRenderingContext2D.prototype.arc = function (...place) {
                if (this.canvas.closest(".network") && place[2] < 9) window.beads += 1;
                return arc.apply(this, place);
            };
        }"""
    )
    pad.write(1)
    if "reduced_motion" in request.node.callspec.params["page"]:
        wait_until_shown(tab)
        assert page.evaluate("window.beads") == 0
    else:
        page.wait_for_function("window.beads > 20")


@pytest.mark.parametrize("page", [tall(STILL | DARK)], ids=[""], indirect=True)
def test_network_in_space_follows_the_pen_and_is_turned_by_drag_and_keys(page, pad, tab):
    loaded = page.evaluate("performance.getEntriesByType('resource').map(({name}) => name)")
    assert not any("space.js" in url for url in loaded)
    button = tab.get_by_test_id("space")
    button.click()
    expect(button).to_have_text("Flat view")
    blank = picture(tab)
    pad.write(4)
    wait_until_shown(tab)
    drawn = picture(tab)
    assert drawn != blank
    box = spot(tab, 0, 0).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 40, y, steps=4)
    page.mouse.up()
    page.mouse.move(5, 5)
    expect(tab).to_have_attribute("data-view", "network")  # a drag opens no map
    turned = picture(tab)
    assert turned != drawn
    turn = tab.get_by_role("button", name=TEXTS["network_turn"])
    turn.focus()
    page.keyboard.press("ArrowLeft")
    assert picture(tab) != turned
    expect(turn).to_be_focused()
    assert violations(page) == []
    spot(tab, 0, 0).click()
    expect(tab).to_have_attribute("data-view", "map")
    tab.get_by_test_id("back").click()
    button.click()
    expect(button).to_have_text("3D view")
    expect(tab.locator(".spots [data-layer]").first).to_be_visible()


def pin(page: Page) -> None:
    page.get_by_test_id("pin").click()
    expect(page.get_by_test_id("tab-network")).to_have_attribute("data-view", "compared")


def expect_compared(tab: Locator, verdicts: str) -> None:
    expect(tab).to_have_attribute("data-verdicts", verdicts)
    expect(tab).to_have_attribute("data-state", "done")


@DARK_AND_PHONE
def test_two_drawings_are_seen_side_by_side_until_one_is_unpinned(page, pad, tab):
    """The maps of the difference of a drawing to itself have one colour: that of zero."""
    difference = '[data-band="2"]'
    expect(page.get_by_test_id("pin")).to_have_attribute("aria-disabled", "true")
    pad.write(4)
    pin(page)
    expect_compared(tab, "4 4")
    assert colours(tab, difference) == 1
    page.get_by_test_id("clear").click()
    expect_compared(tab, "4 –")
    expect(tab.get_by_test_id("told")).to_have_text(TEXTS["network_compared_draw"])
    pad.draw(DIGITS[7], lift=False)
    expect(tab).to_have_attribute("data-verdicts", "4 7")  # in mid-stroke
    pad.lift()
    wait_until_read(page)
    expect_compared(tab, "4 7")
    assert colours(tab, difference) > 10
    expect(tab.get_by_test_id("heading")).to_have_text("Kept: 4. On the pad: 7")
    of = [tab.locator(f'[data-band="{band}"]') for band in range(3)]
    channels = [one.evaluate_all("all => all.map(one => one.dataset.channel)") for one in of]
    assert channels[0] == channels[1] == channels[2]
    assert len(channels[0]) >= 12  # at least two of each of six convolutions
    of[2].first.hover()
    expect(tab.get_by_test_id("told")).to_contain_text("for the kept drawing, up to")
    page.reload()
    expect_compared(tab, "4 7")
    expect_verdict(page, "7")
    page.get_by_test_id("pin").click()
    expect(tab).to_have_attribute("data-view", "network")
    expect(tab.get_by_test_id("heading")).to_contain_text("Why it says 7")
    page.reload()
    expect_verdict(page, "7")
    expect(tab).to_have_attribute("data-view", "network")


@pytest.mark.parametrize("page", [tall(STILL)], ids=[""], indirect=True)
def test_refused_drawing_and_a_digit_of_a_number_are_pinned(page, pad, tab):
    page.locator('[data-example="scribble"]').click()
    expect_verdict(page, "?")
    wait_until_shown(tab)
    expect(tab.get_by_test_id("heading")).to_contain_text("Not a digit. Closest: ")
    pin(page)
    expect_compared(tab, "? ?")
    page.get_by_test_id("pin").click()
    page.get_by_test_id("clear").click()
    for place, digit in ((0.03, 4), (0.52, 2)):
        pad.draw([stroke * (0.45, 0.6) + (place, 0.2) for stroke in DIGITS[digit]])
    expect_verdict(page, "42")
    wait_until_read(page)
    for digit in "42":
        page.get_by_test_id("verdict").get_by_role("button", name=digit).click()
        if digit == "4":
            pin(page)
        expect_compared(tab, f"4 {digit}")


def test_key_pins_and_a_tap_opens_a_map_of_either(page, pad, tab):
    page.keyboard.press("f")  # there is nothing to pin
    pad.write(4)
    page.keyboard.press("f")
    expect_compared(tab, "4 4")
    page.get_by_test_id("clear").click()
    pad.write(7)
    expect_compared(tab, "4 7")
    values = []
    for band in (0, 1):
        tab.locator(f'[data-band="{band}"][data-layer="7"][data-place="0"]').click()
        sums = tab.get_by_test_id("sums")
        expect(sums).to_be_visible()
        expect(tab.get_by_test_id("pin")).to_be_hidden()
        values.append(sums.locator("li").last.inner_text())
        tab.get_by_test_id("back").click()
        expect(tab).to_have_attribute("data-view", "compared")
    assert values[0] != values[1]
    page.keyboard.press("f")
    expect(tab).to_have_attribute("data-view", "network")
