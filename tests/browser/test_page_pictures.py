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
    PHONE,
    expect_verdict,
    probabilities,
    settle,
    wait_until_read,
    wait_until_told,
)
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from mnist_model.handwriting.numbers import side_by_side

ROW = "27438055"


def png(image: Image.Image, kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    image.save(file, kind, save_all=kind == "GIF")
    return file.getvalue()


def drawn(text: str, ground=(236, 231, 220), ink=(40, 45, 90)) -> Image.Image:
    """Digits written with a pen side by side on paper that is not quite white."""
    image = Image.new("RGBA", (360 * len(text), 480), ground)
    draw = ImageDraw.Draw(image)
    for index, digit in enumerate(text):
        for stroke in DIGITS[int(digit)]:
            points = [(360 * index + 20 + 290 * x, 40 + 336 * y) for x, y in stroke]
            draw.line(points, fill=ink, width=12, joint="curve")
    return image


def picture(digit: int) -> bytes:
    return png(drawn(str(digit)))


def choose(page: Page, name: str, data: bytes, mime: str = "image/png") -> None:
    page.get_by_test_id("chooser").set_input_files(
        [{"name": name, "mimeType": mime, "buffer": data}]
    )


def hand_over(page: Page, event: str, data: bytes) -> None:
    """Drop or paste a file."""
    page.evaluate(
        """async ([event, base64]) => {
            const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
            const data = new DataTransfer();
            data.items.add(new File([bytes], "digit", {type: "image/png"}));
            const pad = document.querySelector("[data-testid=sketchpad]");
            const init = {bubbles: true, cancelable: true};
            pad.dispatchEvent(event === "drop"
                ? new DragEvent("drop", {...init, dataTransfer: data})
                : new ClipboardEvent("paste", {...init, clipboardData: data}));
        }""",
        [event, base64.b64encode(data).decode()],
    )


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


def test_each_kind_of_picture_is_read_chosen_dropped_or_pasted(page):
    for make, kind, read in KINDS.values():
        image = make(np.random.default_rng(0))
        choose(page, "picture", png(image, kind), f"image/{kind.lower()}")
        expect_verdict(page, read)
        page.get_by_test_id("clear").click()
        expect_verdict(page, "")
    for event, digit in (("drop", 2), ("paste", 3)):
        hand_over(page, event, picture(digit))
        expect_verdict(page, str(digit))


@pytest.mark.parametrize("page", [PHONE], ids=[""], indirect=True)
def test_number_in_a_picture_is_framed_a_tap_explains_a_digit_and_undo_returns(page, pad):
    pad.write(5)
    choose(page, "number.png", png(drawn("274")))
    expect_verdict(page, "274")
    frames = page.locator(".over-ink .frame")
    expect(frames).to_have_count(3)
    expect(page.locator(".over-ink .frame.chosen")).to_have_count(1)
    labels = page.locator(".over-ink span")
    expect(labels).to_have_text([re.compile(rf"^{digit}.*%$") for digit in "274"])
    pad_box = pad.canvas.bounding_box()
    for third in range(3):  # the picture is as wide as the pad
        box = frames.nth(third).bounding_box()
        middle = (box["x"] + box["width"] / 2 - pad_box["x"]) / pad_box["width"]
        assert third / 3 < middle < (third + 1) / 3

    first = frames.nth(0).bounding_box()
    page.touchscreen.tap(first["x"] + first["width"] / 2, first["y"] + first["height"] / 2)
    expect(page.locator(".bar.best")).to_have_attribute("data-digit", "2")
    expect_verdict(page, "274")  # no dot in the place of the picture
    page.get_by_test_id("wrong").click()
    page.locator('[data-meant="2"]').click()
    kept = page.evaluate("JSON.parse(localStorage.getItem('mnist-corrections'))")
    assert [(one["meant"], one["read"], one["strokes"]) for one in kept] == [(2, 2, [])]

    pad.draw([[(0.5, 0.4 + i / 50) for i in range(20)]])  # from a frame, on a new sheet
    expect_verdict(page, "1")
    expect(frames).to_have_count(0)
    for name, verdict in (("undo", "274"), ("undo", "5"), ("redo", "274")):
        page.get_by_test_id(name).click()
        expect_verdict(page, verdict)


@pytest.mark.parametrize("page", [PHONE], ids=[""], indirect=True)
def test_on_a_phone_a_picture_is_photographed_or_chosen(page):
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


def test_empty_picture_is_read_as_nothing_and_cannot_be_corrected(page, pad):
    pad.write(3)
    heading = page.get_by_test_id("tab-network").get_by_test_id("heading")
    expect(heading).to_contain_text("3")
    choose(page, "blank.png", png(Image.new("L", (300, 300), 255)))
    expect(page.get_by_test_id("summary")).to_contain_text("no ink")
    expect(heading).not_to_contain_text("3")  # nor does the stage speak of what was there
    assert probabilities(page) == [0] * 10
    expect(page.get_by_test_id("wrong")).to_be_disabled()


def test_picture_of_another_page_is_refused_with_a_sentence_and_opens_nothing(page):
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


def test_file_that_is_no_picture_or_too_large_is_refused_and_the_drawing_stays(page, pad, tmp_path):
    notice = page.get_by_test_id("notice")
    pad.write(5)
    large = tmp_path / "large.png"
    large.write_bytes(picture(7) + bytes(31_000_000))
    for data, mime in ((b"", "image/png"), (b"\x89PNG broken", "image/png"), (b"a", "text/plain")):
        choose(page, "strange", data, mime)
        expect(notice).to_contain_text("PNG or a JPEG")
        page.get_by_test_id("chooser").set_input_files(large)
        expect(notice).to_contain_text("The limit is 30")
    expect_verdict(page, "5")


@pytest.mark.parametrize("page", [DARK], ids=[""], indirect=True)
def test_picture_without_a_ground_is_seen_in_the_dark(page, pad):
    choose(page, "seven.png", png(drawn("7", ground=(0, 0, 0, 0), ink=(0, 0, 0, 255))))
    expect_verdict(page, "7")
    settle(page)
    corner = pad.canvas.evaluate(
        """canvas => [...canvas.getContext("2d").getImageData(
            0.15 * canvas.width, 0.95 * canvas.height, 1, 1).data]"""
    )
    assert corner == [255, 255, 255, 255]


def test_drawing_begun_while_a_picture_opens_stays(page, pad):
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
    pad.write(7)
    page.evaluate("window.openIt()")
    wait_until_told(page)
    wait_until_read(page)
    expect_verdict(page, "7")
