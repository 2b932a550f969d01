"""Pictures of paper: shadows, rules and frames are no ink; small ones keep their grey levels."""

from itertools import cycle

import numpy as np
import pytest
from digits import DIGITS
from made_pictures import KINDS
from PIL import Image, ImageDraw
from test_mnist_format import ink_box, likeness, picture

from mnist_model.preprocess.images import image_to_mnist
from mnist_model.preprocess.mnist_format import strokes_to_mnist


def test_a_frame_is_no_ink():
    plain = picture(DIGITS[5], mode="L")
    framed = plain.copy()
    ImageDraw.Draw(framed).rectangle((12, 12, 387, 387), outline=20, width=3)
    assert likeness(image_to_mnist(framed), image_to_mnist(plain)) > 0.95


def test_a_zero_that_fills_the_picture_is_no_frame():
    image = Image.new("L", (100, 140), 255)
    ImageDraw.Draw(image).ellipse((1, 1, 98, 138), outline=0, width=6)
    pixels = image_to_mnist(image)
    assert ink_box(pixels)[1] == 20
    assert not pixels[12:16, 12:16].any()  # it is hollow


@pytest.mark.parametrize("brush", [0.01, 0.06, 0.12])
@pytest.mark.parametrize("digit", [0, 3])
def test_every_brush_leaves_the_same_ink(digit, brush):
    ink = image_to_mnist(picture(DIGITS[digit], brush=brush)).sum(dtype=float)
    assert ink == pytest.approx(strokes_to_mnist(DIGITS[digit]).sum(dtype=float), rel=0.35)


def test_a_small_grey_picture_keeps_its_grey_levels():
    small = picture(DIGITS[8], brush=0.1, side=16, mode="L")
    image = image_to_mnist(small)
    assert len(np.unique(image)) > 10
    assert likeness(image, strokes_to_mnist(DIGITS[8])) > 0.8


def test_a_light_touch_in_a_heavy_hand_stays():
    image = Image.new("L", (400, 400), 255)
    draw = ImageDraw.Draw(image)
    draw.line([(60, 60), (340, 60)], fill=0, width=50)
    draw.line([(340, 60), (150, 340)], fill=0, width=24)  # half as wide
    assert ink_box(image_to_mnist(image)) == (20, 20)


@pytest.mark.parametrize(("digit", "kind"), [*zip(cycle([0, 4]), KINDS, strict=False)])
def test_each_kind_of_picture_is_read(classifier, digit, kind):
    picture = KINDS[kind](DIGITS[digit], np.random.default_rng(digit))
    for reading in (
        classifier.classify_image(picture),
        classifier.read_number_image(picture).whole,
    ):
        assert (reading.digit, reading.is_digit) == (digit, True)


@pytest.mark.parametrize("ink", ["black", "white"])
def test_a_bold_zero_that_fills_its_picture_is_a_zero(classifier, ink):
    picture = Image.new("L", (60, 80), "white" if ink == "black" else "black")
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((0, 0, 59, 79), 14, fill=ink)
    draw.rounded_rectangle((20, 20, 39, 59), 9, fill=picture.getpixel((0, 0)))
    reading = classifier.classify_image(picture)
    assert (reading.digit, reading.is_digit) == (0, True)
