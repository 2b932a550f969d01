"""Pictures of digits: chosen, dropped and pasted."""

import base64
import io
import re

import numpy as np
import pytest
from digits import DIGITS
from made_pictures import animation, drawing_program, photograph_of_row, twelve_bits, window
from pad import (
    DARK,
    DESKTOP,
    PHONE,
    Pad,
    expect_verdict,
    ink_on,
    probabilities,
    settle,
    wait_until_read,
    wait_until_told,
)
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from mnist_model.handwriting.numbers import side_by_side

ROW = "27438055"


def picture(digit: int, size=(640, 480), kind="PNG") -> bytes:
    """A digit written with a pen on paper that is not quite white."""
    image = Image.new("RGB", size, (236, 231, 220))
    draw = ImageDraw.Draw(image)
    for stroke in DIGITS[digit]:
        points = [(60 + 0.6 * size[1] * x, 40 + 0.7 * size[1] * y) for x, y in stroke]
        draw.line(points, fill=(40, 45, 90), width=round(size[1] / 40), joint="curve")
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()


def number_picture(text: str) -> bytes:
    """The digits of a number side by side, an upright picture's width each."""
    image = Image.new("RGB", (300 * len(text), 400), "white")
    for place, digit in enumerate(text):
        alone = Image.open(io.BytesIO(picture(int(digit), (300, 400)))).point(
            lambda v: min(255, v + 30)
        )
        image.paste(alone, (300 * place, 0))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def choose(page: Page, name: str, data: bytes, mime: str = "image/png") -> None:
    page.get_by_test_id("chooser").set_input_files(
        [{"name": name, "mimeType": mime, "buffer": data}]
    )


def hand_over(page: Page, event: str, data: bytes, mime: str = "image/png") -> None:
    """Drop or paste a file."""
    page.evaluate(
        """async ([event, base64, type]) => {
            const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
            const data = new DataTransfer();
            data.items.add(new File([bytes], "digit", {type}));
            const pad = document.querySelector("[data-testid=sketchpad]");
            const init = {bubbles: true, cancelable: true};
            pad.dispatchEvent(event === "drop"
                ? new DragEvent("drop", {...init, dataTransfer: data})
                : new ClipboardEvent("paste", {...init, clipboardData: data}));
        }""",
        [event, base64.b64encode(data).decode(), mime],
    )


def test_a_chosen_picture_is_read_and_shown(open_page, server):
    page = open_page(server.url, **PHONE)
    choose(page, "seven.png", picture(7))
    expect_verdict(page, "7")
    settle(page)
    assert ink_on(page) > 0  # it is on the pad
    choose(page, "three.jpg", picture(3, (2400, 3200), "JPEG"), "image/jpeg")
    expect_verdict(page, "3")


def photographed_row(rng: np.random.Generator) -> Image.Image:
    """8 digits, in many more pixels than the page sends."""
    digits = [[stroke / 0.66 for stroke in DIGITS[int(digit)]] for digit in ROW]
    photograph = photograph_of_row(side_by_side(digits, rng, 0.5), rng, "ruled")
    return photograph.resize((3200, 3200 * photograph.height // photograph.width))


KINDS = {
    "animation": (lambda rng: animation(DIGITS[4], rng), "GIF", "4"),
    "transparent margin": (lambda rng: window(DIGITS[2], rng), "PNG", "2"),
    "16 bits": (lambda rng: twelve_bits(DIGITS[5], rng), "PNG", "5"),
    "drawing program": (lambda rng: drawing_program(DIGITS[7], rng), "PNG", "7"),
    "large photograph": (photographed_row, "JPEG", ROW),
}


def test_each_kind_of_picture_is_read_on_the_page(open_page, server):
    page = open_page(server.url, **DESKTOP)
    for make, kind, read in KINDS.values():
        file = io.BytesIO()
        make(np.random.default_rng(0)).save(file, kind, save_all=kind == "GIF")
        choose(page, "picture", file.getvalue(), f"image/{kind.lower()}")
        expect_verdict(page, read)
        page.get_by_test_id("clear").click()
        expect_verdict(page, "")


def test_a_picture_can_be_dropped_and_pasted(open_page, server):
    page = open_page(server.url, **DESKTOP)
    for event, digit in (("drop", 2), ("paste", 3)):
        hand_over(page, event, picture(digit))
        expect_verdict(page, str(digit))


@pytest.mark.parametrize("settings", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_number_in_a_picture_is_framed_and_a_tap_explains_a_digit(open_page, server, settings):
    page = open_page(server.url, **settings)
    pad = Pad(page)
    choose(page, "number.png", number_picture("274"))
    expect_verdict(page, "274")
    frames = page.locator(".over-ink .frame")
    expect(frames).to_have_count(3)
    expect(page.locator(".over-ink .frame.chosen")).to_have_count(1)
    labels = page.locator(".over-ink span")
    expect(labels).to_have_text([re.compile(rf"^{digit}.*%$") for digit in "274"])
    pad_box = page.get_by_test_id("sketchpad").bounding_box()
    for third in range(3):  # the picture is as wide as the pad
        box = frames.nth(third).bounding_box()
        middle = (box["x"] + box["width"] / 2 - pad_box["x"]) / pad_box["width"]
        assert third / 3 < middle < (third + 1) / 3

    tap = page.touchscreen.tap if settings is PHONE else page.mouse.click
    first = frames.nth(0).bounding_box()
    tap(first["x"] + first["width"] / 2, first["y"] + first["height"] / 2)
    expect(page.locator(".bar.best")).to_have_attribute("data-digit", "2")
    if settings is DESKTOP:  # on a phone the stage waits to be seen
        expect(page.get_by_test_id("tab-network").get_by_test_id("heading")).to_contain_text("2")
    expect_verdict(page, "274")  # no dot in the picture's place
    page.get_by_test_id("wrong").click()
    page.locator('[data-meant="2"]').click()
    kept = page.evaluate("JSON.parse(localStorage.getItem('mnist-corrections'))")
    assert [(one["meant"], one["read"], one["strokes"]) for one in kept] == [(2, 2, [])]

    draw = pad.draw_with_finger if settings is PHONE else pad.draw
    draw([[(0.5, 0.4 + i / 50) for i in range(20)]])  # a stroke from a frame is a stroke
    expect_verdict(page, "1")
    expect(frames).to_have_count(0)
    page.get_by_test_id("undo").click()
    expect_verdict(page, "274")


def test_on_a_phone_a_picture_is_photographed_or_chosen(open_page, server):
    page = open_page(server.url, **PHONE)
    for source, capture in (("camera", "environment"), ("picture-file", None)):
        page.get_by_test_id("picture").tap()
        with page.expect_file_chooser() as chooser:
            page.get_by_test_id(source).tap()
        assert chooser.value.element.get_attribute("capture") == capture
        expect(page.get_by_test_id("sources")).to_be_hidden()
    page.get_by_test_id("picture").tap()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("sources")).to_be_hidden()
    expect(page.get_by_test_id("picture")).to_be_focused()


def test_a_picture_takes_nothing_away(open_page, server):
    page = open_page(server.url, **DESKTOP)
    pad = Pad(page)
    pad.draw(DIGITS[5])
    expect_verdict(page, "5")
    choose(page, "seven.png", picture(7))
    expect_verdict(page, "7")
    page.get_by_test_id("undo").click()
    expect_verdict(page, "5")
    page.get_by_test_id("redo").click()
    expect_verdict(page, "7")
    pad.draw(DIGITS[1])  # a stroke begins a new sheet
    expect_verdict(page, "1")


def test_an_empty_picture_is_read_as_nothing(open_page, server):
    page = open_page(server.url, **DESKTOP)
    blank = io.BytesIO()
    Image.new("L", (300, 300), 255).save(blank, "PNG")
    Pad(page).draw(DIGITS[3])
    heading = page.get_by_test_id("tab-network").get_by_test_id("heading")
    expect(heading).to_contain_text("3")
    choose(page, "blank.png", blank.getvalue())
    expect(page.get_by_test_id("summary")).to_contain_text("no ink")
    expect(heading).not_to_contain_text("3")  # nor does the stage speak of what was there
    assert probabilities(page) == [0] * 10


def test_a_picture_of_another_page_is_told_and_opens_nothing(open_page, server):
    page = open_page(server.url, **DESKTOP)
    is_left = page.evaluate(
        """() => ["dragover", "drop"].map(kind => {
            const dataTransfer = new DataTransfer();
            dataTransfer.setData("text/uri-list", "https://example.org/seven.png");
            const init = {bubbles: true, cancelable: true, dataTransfer};
            return document.querySelector("main").dispatchEvent(new DragEvent(kind, init));
        })"""
    )
    assert is_left == [False, False]  # to the browser, which would open it in the page's place
    expect(page.get_by_test_id("notice")).to_contain_text("on another page")


def test_what_is_no_picture_or_too_large_is_told_and_the_drawing_stays(open_page, server, tmp_path):
    page = open_page(server.url, **DESKTOP)
    notice = page.get_by_test_id("notice")
    Pad(page).draw(DIGITS[5])
    expect_verdict(page, "5")
    large = tmp_path / "large.png"
    large.write_bytes(picture(7) + bytes(31_000_000))
    for data, mime in ((b"", "image/png"), (b"\x89PNG broken", "image/png"), (b"a", "text/plain")):
        choose(page, "strange", data, mime)
        expect(notice).to_contain_text("PNG or a JPEG")
        page.get_by_test_id("chooser").set_input_files(large)
        expect(notice).to_contain_text("The limit is 30")
    expect_verdict(page, "5")


def test_a_picture_without_a_ground_is_seen_in_the_dark(open_page, server):
    page = open_page(server.url, **DARK)
    image = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    points = [(300 * x, 300 * y) for x, y in DIGITS[7][0]]
    ImageDraw.Draw(image).line(points, fill=(0, 0, 0, 255), width=14)
    file = io.BytesIO()
    image.save(file, "PNG")
    choose(page, "seven.png", file.getvalue())
    expect_verdict(page, "7")
    settle(page)
    corner = page.get_by_test_id("sketchpad").evaluate(
        """canvas => [...canvas.getContext("2d").getImageData(
            0.05 * canvas.width, 0.95 * canvas.height, 1, 1).data]"""
    )
    assert corner == [255, 255, 255, 255]


def test_a_drawing_begun_while_a_picture_opens_stays(open_page, server):
    page = open_page(server.url, **DESKTOP)
    page.evaluate(
        """() => {
            const open = window.createImageBitmap.bind(window);
            window.createImageBitmap = async (file) => {
                await new Promise(done => { window.openIt = done; });
                return open(file);
            };
        }"""
    )
    choose(page, "three.png", picture(3))
    Pad(page).draw(DIGITS[7])
    expect_verdict(page, "7")
    page.evaluate("window.openIt()")
    wait_until_told(page)
    wait_until_read(page)
    expect_verdict(page, "7")
