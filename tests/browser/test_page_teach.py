"""Teach one: a network learns in the visitor's browser, is drawn for, saved and opened again."""

import base64
import json
import re

import numpy as np
import pytest
from digits import DIGITS
from pad import DARK, DESKTOP, PHONE, Pad, expect_verdict, name_of, overflow, settle, violations
from playwright.sync_api import Locator, Page, expect
from serving import ROOT

from demo.server.modules import VERSION
from mnist_model.train.browser_network import load_browser_network

TEXTS = {}
for folder in ("texts", "tabs/teach/texts"):
    TEXTS |= json.loads((ROOT / f"assets/{folder}/en.json").read_text())
DESKTOP, DARK, PHONE = (
    {**one, "viewport": {**one["viewport"], "height": 3_000}} for one in (DESKTOP, DARK, PHONE)
)
RIGHTMOST = """tab => Math.max(...[...tab.querySelectorAll("*")]
    .map((element) => element.getBoundingClientRect().right))"""
PATIENCE = 120_000  # ms; others may have the cores


def open_teach(page: Page) -> Locator:
    page.get_by_role("tab", name=TEXTS["tab_teach"]).click()
    tab = page.get_by_test_id("tab-teach")
    expect(tab.locator(".digits button")).to_have_count(10)
    return tab


def choose(tab: Locator, network: str, each: int) -> None:
    if tab.get_by_test_id("each").is_hidden():
        tab.get_by_test_id("change").click()
    counts = [1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 500, 1000]
    tab.get_by_test_id("each").fill(str(counts.index(each)))
    tab.get_by_test_id("network").select_option(network)


def teach(tab: Locator) -> None:
    tab.get_by_test_id("teach").click()  # from now on it is busy
    expect(tab).to_have_attribute("data-phase", "trained", timeout=PATIENCE)


@pytest.mark.parametrize("settings", [DARK, PHONE], ids=["desktop", "phone"])
def test_a_network_learns_and_reads_the_pad(open_page, server, settings):
    page = open_page(server.url, **settings)
    tab = open_teach(page)
    choose(tab, "dense", 20)
    pad = Pad(page)
    pad.draw(DIGITS[0])
    expect_verdict(page, "0")
    teach(tab)
    assert float(tab.get_attribute("data-held")) > 0.5
    expect(tab.get_by_test_id("taught-verdict")).to_have_text("0")
    expect(tab.get_by_test_id("usual-verdict")).to_have_text("0")
    everybody = tab.locator('[data-kind="everybody"]')
    assert float(everybody.get_attribute("data-right")) > 0.5
    before = tab.get_by_test_id("outcome").inner_text()
    tab.get_by_test_id("misread").get_by_role("button").first.click()
    expect(tab.get_by_test_id("outcome")).not_to_have_text(before)
    page.get_by_test_id("clear").click()
    expect(tab.get_by_test_id("taught-verdict")).to_have_text("–")
    settle(page)
    assert overflow(page) <= 0
    assert tab.evaluate(RIGHTMOST) <= page.viewport_size["width"]  # nothing of the form is cut off
    assert violations(page) == []


def test_a_page_without_it_is_none_the_heavier(open_page, server):
    page = open_page(server.url, **DESKTOP)
    loaded = page.evaluate("performance.getEntriesByType('resource').map(({name}) => name)")
    assert any("sketchpad.js" in name for name in loaded)
    assert not [name for name in loaded if "/teach" in name or "/vendor/" in name]
    tab = open_teach(page)
    choose(tab, "dense", 1)
    loaded = page.evaluate("performance.getEntriesByType('resource').map(({name}) => name)")
    assert not [name for name in loaded if "/vendor/" in name]  # not before it is taught


def test_a_lesson_makes_its_choices_and_draws(open_page, server):
    page = open_page(server.url, **DESKTOP)
    tab = open_teach(page)
    tab.locator('[data-lesson="crossed"]').click()
    expect(tab.get_by_test_id("task")).to_have_text(TEXTS["teach_lesson_crossed_task"])
    expect(tab.locator('[data-habit="crossed-7"]')).not_to_be_checked()
    expect_verdict(page, "7")
    tab.locator('[data-lesson="wrong"]').click()
    expect(tab.get_by_test_id("wrong-labels")).to_have_value("0.2")
    expect(tab.locator('[data-habit="crossed-7"]')).to_be_checked()
    tab.locator('[data-lesson="hand"]').click()
    expect(tab.get_by_test_id("each")).to_be_disabled()
    tab.get_by_test_id("teach").click()
    expect(tab.locator(".status")).to_have_text(TEXTS["teach_nothing"])


def test_what_was_never_shown_crossed_is_read_plain(open_page, server):
    page = open_page(server.url, **DESKTOP)
    tab = open_teach(page)
    tab.locator('[data-lesson="crossed"]').click()
    teach(tab)
    plain, crossed = (
        float(tab.locator(f'[data-kind="{kind}"]').get_attribute("data-right"))
        for kind in ("plain-7", "crossed-7")
    )
    assert plain >= 0.75  # 88 % when it was measured
    assert crossed <= 0.65  # 50 %
    assert crossed <= plain - 0.2


def test_own_drawings_join_and_stay_in_this_browser(open_page, server):
    page = open_page(server.url, **DESKTOP)
    tab = open_teach(page)
    tab.locator('[data-lesson="hand"]').click()
    pad = Pad(page)
    asked = []
    page.on("request", lambda request: asked.append(request))
    for digit in (0, 1):
        pad.draw(DIGITS[digit])
        expect_verdict(page, str(digit))
        tab.get_by_test_id("keep").get_by_role("button").nth(digit).click()
        expect_verdict(page, "")
    expect(tab.locator(".own-words")).to_have_text(TEXTS["teach_own"].format(count=2))
    tab.get_by_test_id("change").click()
    tab.get_by_test_id("network").select_option("dense")
    teach(tab)
    pad.draw(DIGITS[1])
    expect(tab.get_by_test_id("taught-verdict")).to_have_text("1")
    sent = [request.url for request in asked if request.post_data and name_of(request) != "read"]
    assert [url for url in sent if "written" in url] == []
    page.reload()
    expect(open_teach(page).locator(".own-words")).to_have_text(TEXTS["teach_own"].format(count=2))


def test_the_pad_is_read_by_the_taught_network_until_it_is_switched_off(open_page, server):
    page = open_page(server.url, **DESKTOP)
    tab = open_teach(page)
    choose(tab, "dense", 20)
    for digit in range(2, 10):
        tab.locator(".digits button").nth(digit).click()  # it never sees these
    pad = Pad(page)
    pad.draw(DIGITS[4])
    expect_verdict(page, "4")
    teach(tab)
    expect(tab.get_by_test_id("preview")).to_be_hidden()  # folded away, for the result
    digits = {
        one[0] for one in tab.get_by_test_id("misread").get_by_role("button").all_inner_texts()
    }
    assert digits >= set("23456789")
    verdict = page.get_by_test_id("verdict")
    place = verdict.bounding_box()["y"]
    tab.get_by_test_id("read-with-mine").click()
    expect(page.get_by_test_id("other-network")).to_be_visible()
    assert verdict.bounding_box()["y"] == place
    expect(verdict).to_have_text(tab.get_by_test_id("taught-verdict").inner_text())
    expect(verdict).to_have_text(re.compile("^[01]$"))
    expect(page.locator(".sentence")).to_contain_text("Your network reads")
    page.get_by_role("tab", name=TEXTS["tab_preprocessing"]).click()  # it reads on
    page.get_by_test_id("clear").click()
    halves = [
        [[(x / 2 + left, y / 2 + 0.25) for x, y in stroke] for stroke in DIGITS[digit]]
        for digit, left in ((4, 0), (7, 0.5))
    ]
    for strokes in halves:
        pad.draw(strokes)
    expect(verdict).to_have_text(re.compile("^[01]{2}$"))
    page.get_by_test_id("other-network").click()
    expect(verdict).to_have_text("47")
    expect(page.get_by_test_id("other-network")).to_be_hidden()
    expect(tab.get_by_test_id("read-with-mine")).to_have_attribute("aria-pressed", "false")


def test_a_correction_joins_ones_own_at_once(open_page, server):
    page = open_page(server.url, **DESKTOP)
    tab = open_teach(page)
    Pad(page).draw(DIGITS[4])
    expect_verdict(page, "4")
    expect(tab.locator(".own-words")).to_have_text(TEXTS["teach_own"].format(count=0))
    page.get_by_test_id("wrong").click()
    page.locator('[data-meant="9"]').click()
    expect(tab.locator(".own-words")).to_have_text(TEXTS["teach_own"].format(count=1))
    page.get_by_test_id("kept").locator("summary").click()
    page.get_by_test_id("forget").click()
    expect(tab.locator(".own-words")).to_have_text(TEXTS["teach_own"].format(count=0))


def test_it_is_stopped_and_goes_on_and_is_shown_more(open_page, server):
    page = open_page(server.url, **DESKTOP)
    tab = open_teach(page)
    choose(tab, "cnn", 30)
    tab.get_by_test_id("teach").click()
    expect(tab).to_have_attribute("data-phase", "training", timeout=PATIENCE)
    tab.get_by_test_id("teach").click()  # stop
    expect(tab).to_have_attribute("data-phase", "trained", timeout=PATIENCE)
    choose(tab, "dense", 3)
    teach(tab)
    few = float(tab.get_attribute("data-held"))
    tab.get_by_test_id("on").click()
    expect(tab).to_have_attribute("data-phase", "trained", timeout=PATIENCE)
    more = tab.get_by_test_id("more")
    for each in (5, 10, 20):
        expect(more).to_have_text(TEXTS["teach_more"].format(each=each), timeout=PATIENCE)
        more.click()
        expect(tab.locator(".count output")).to_have_text(str(each))
        expect(tab).to_have_attribute("data-phase", "trained", timeout=PATIENCE)
    expect(more).to_have_text(TEXTS["teach_more"].format(each=30), timeout=PATIENCE)
    assert float(tab.get_attribute("data-held")) > few


def test_network_stays_in_one_worker_while_another_tab_is_open(open_page, server):
    page = open_page(server.url, **DESKTOP)
    tab = open_teach(page)
    choose(tab, "dense", 20)
    assert len(page.workers) == 0  # nothing is loaded before it is used
    teach(tab)
    held = tab.get_attribute("data-held")
    page.get_by_role("tab", name=TEXTS["tab_preprocessing"]).click()
    expect(tab).to_be_hidden()
    Pad(page).draw(DIGITS[0])
    expect_verdict(page, "0")
    page.get_by_role("tab", name=TEXTS["tab_teach"]).click()
    tab.get_by_test_id("on").click()
    expect(tab).to_have_attribute("data-phase", "trained", timeout=PATIENCE)
    expect(tab.get_by_test_id("taught-verdict")).to_have_text("0", timeout=PATIENCE)
    assert float(tab.get_attribute("data-held")) > float(held) - 0.1  # it was not begun again
    assert len(page.workers) == 1


def test_it_goes_on_learning_while_another_tab_is_open(open_page, server):
    page = open_page(server.url, **DESKTOP)
    tab = open_teach(page)
    choose(tab, "small", 20)
    Pad(page).draw(DIGITS[0])
    expect_verdict(page, "0")
    tab.get_by_test_id("teach").click()
    expect(tab).to_have_attribute("data-phase", "training", timeout=PATIENCE)
    page.get_by_role("tab", name=TEXTS["tab_preprocessing"]).click()
    expect(tab).to_be_hidden()
    expect(tab).to_have_attribute("data-phase", "training")
    expect(tab).to_have_attribute("data-phase", "trained", timeout=PATIENCE)
    page.get_by_role("tab", name=TEXTS["tab_teach"]).click()
    expect(tab.get_by_test_id("taught-verdict")).to_have_text("0", timeout=PATIENCE)
    expect(tab.get_by_test_id("reasons").locator("li")).not_to_have_count(0)
    expect(tab.locator(".status")).to_be_hidden()


def test_a_network_is_saved_opened_and_loads_into_keras(open_page, server, tmp_path):
    page = open_page(server.url, **DESKTOP)
    tab = open_teach(page)
    choose(tab, "dense", 10)
    Pad(page).draw(DIGITS[3])
    expect_verdict(page, "3")
    teach(tab)
    verdict = tab.get_by_test_id("taught-verdict").inner_text()
    with page.expect_download() as download:
        tab.get_by_test_id("save").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert load_browser_network(file).output_shape == (None, 10)
    page.reload()
    tab = open_teach(page)
    infinite = json.loads(file.read_text())
    weights = base64.b64decode(infinite["weightData"])
    infinite["weightData"] = base64.b64encode(np.float32([np.nan]).tobytes() + weights[4:]).decode()
    (tmp_path / "nan.json").write_text(json.dumps(infinite))
    for wrong in (tmp_path / "nan.json", ROOT / "README.md"):
        tab.locator('input[type="file"]').set_input_files(str(wrong))
        expect(tab.locator(".status")).to_have_text(TEXTS["teach_open_failed"])
        tab.locator('input[type="file"]').set_input_files([])
    tab.locator('input[type="file"]').set_input_files(str(file))
    expect(tab).to_have_attribute("data-phase", "trained", timeout=PATIENCE)
    expect(tab.get_by_test_id("each")).to_have_value("4")
    expect(tab.get_by_test_id("reasons")).to_contain_text("It saw 10 of each digit.")
    expect(tab.get_by_test_id("reasons")).not_to_contain_text("NaN")
    Pad(page).draw(DIGITS[3])
    expect(tab.get_by_test_id("taught-verdict")).to_have_text(verdict, timeout=PATIENCE)
    right = tab.locator('[data-kind="everybody"]').get_attribute("data-right")
    choose(tab, "cnn", 300)
    tab.get_by_test_id("teach").click()
    expect(tab).to_have_attribute("data-phase", "training", timeout=PATIENCE)
    tab.locator('input[type="file"]').set_input_files(str(file))  # the training ends for it
    expect(tab.get_by_test_id("network")).to_have_value("dense", timeout=PATIENCE)
    expect(tab).to_have_attribute("data-phase", "trained", timeout=PATIENCE)
    expect(tab.locator('[data-kind="everybody"]')).to_have_attribute("data-right", right)


READINGS = """async ([version, name, pixels]) => {
    const at = (module) => import(`/modules/${version}/tabs/teach/${module}.js`);
    const { createTeacher } = await at("teacher");
    const { fileOf } = await at("file");
    const { USUAL } = await at("choices");
    const images = Uint8Array.from(atob(pixels), (c) => c.charCodeAt(0));
    const labels = new Uint8Array(images.length / 784).map((_, i) => i % 10);
    const examples = { images, told: labels, truth: labels, group: labels };
    const teacher = createTeacher(() => {}, () => {});
    await teacher.call("load");
    await teacher.call("begin", { ...USUAL, network: name });
    await teacher.call("examples", { shown: examples, held: examples });
    await teacher.call("train", 3);
    const read = await teacher.call("read", images);
    const file = fileOf(await teacher.call("save"), { ...USUAL, network: name });
    teacher.end();
    return [Array.from(read), await file.text()];
}"""


@pytest.mark.parametrize("name", ["dense", "small", "cnn"])
def test_keras_reads_the_same(open_page, server, tmp_path, name):
    page = open_page(server.url, **DESKTOP)
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (20, 28, 28)).astype(np.uint8)
    read, file = page.evaluate(READINGS, [VERSION, name, base64.b64encode(images).decode()])
    path = tmp_path / "network.json"
    path.write_text(file)
    logits = load_browser_network(path)(images[..., None].astype(np.float32), training=False)
    expected = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(np.reshape(read, (20, 10)), expected, atol=1e-5)
