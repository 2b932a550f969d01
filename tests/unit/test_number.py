"""Whole numbers: digits in order, line by line, wherever and however large they are written."""

import asyncio
import tracemalloc
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from digits import DIGITS
from event_loop import run
from made_pictures import photograph_of_row
from PIL import Image, ImageDraw

from demo.server.wire_format import reading_for_page
from mnist_model import NEAT, MicroBatcher, TooManyDigitsError, write_digit, write_non_digit
from mnist_model.handwriting.numbers import side_by_side
from mnist_model.handwriting.table import figure
from mnist_model.preprocess.mnist_format import strokes_to_mnist
from mnist_model.preprocess.strokes import resample
from mnist_model.read.number import lattice
from mnist_model.read.segmentation import MAX_DIGITS

HEIGHT = 0.66  # of the digits of `DIGITS`


def number(text: str, pitch: float = 0.65, x: float = 0, y: float = 0) -> list[np.ndarray]:
    """Digits of `DIGITS` in a line."""
    places = enumerate(text)
    return [
        stroke + np.array([x + pitch * place, y])
        for place, digit in places
        for stroke in DIGITS[int(digit)]
    ]


def owners(text: str) -> list[tuple[int, ...]]:
    """The strokes of each digit of `number`."""
    sizes = [len(DIGITS[int(digit)]) for digit in text]
    ends = np.cumsum(sizes)
    return [tuple(range(end - size, end)) for size, end in zip(sizes, ends, strict=True)]


@pytest.mark.parametrize("text", ["7", "42", "10", "1984", "5550", "4444", "0123456789", "11"])
def test_a_number_is_read_digit_by_digit(classifier, text):
    strokes = number(text)
    reading = classifier.read_number(strokes)
    assert reading.text == text
    assert [digit.strokes for digit in reading.digits] == owners(text)
    assert 0.3 < reading.probability <= 1
    for place, digit in enumerate(reading.digits):
        ink = np.concatenate([strokes[i] for i in digit.strokes])
        np.testing.assert_allclose(digit.box, [*ink.min(axis=0), *ink.max(axis=0)])
        assert digit.parts == tuple((i, 0, len(strokes[i])) for i in digit.strokes)
        alone = classifier.classify(DIGITS[int(text[place])])
        np.testing.assert_allclose(digit.reading.probabilities, alone.probabilities, atol=0.05)


@pytest.mark.parametrize("digit", DIGITS)
def test_one_digit_is_read_as_classify_reads_it(classifier, digit):
    one, alone = classifier.read_number(DIGITS[digit]), classifier.classify(DIGITS[digit])
    assert one.text == str(digit)
    (placed,) = one.digits
    for reading in (placed.reading, one.whole):
        assert (reading.pixels == alone.pixels).all()
        np.testing.assert_array_equal(reading.probabilities, alone.probabilities)
        assert reading.is_digit == alone.is_digit


@pytest.mark.parametrize("scale", [1e-6, 0.01, 300, 1e6])
def test_place_size_and_order_of_writing_change_nothing(classifier, scale):
    text = "20457"
    strokes = [(stroke + np.array([-5, 3])) * scale for stroke in number(text)]
    order = np.random.default_rng(3).permutation(len(strokes))
    reading = classifier.read_number([strokes[i] for i in order])
    assert reading.text == text
    written = [tuple(sorted(int(order[i]) for i in digit.strokes)) for digit in reading.digits]
    assert written == owners(text)


def test_an_exactly_vertical_stroke_is_read_as_part_of_its_digit(classifier):
    bent, upright = [(40, 20), (20, 60), (70, 60)], [(45, 40), (45, 90)]  # as keys draw a 4
    assert classifier.read_number([bent, upright]).text == "4"


def test_a_drawing_of_almost_no_size_is_read(classifier):
    assert classifier.read_number([[(0, 0), (0, 1.5e-323), (0, 0)]]).text == "?"


@pytest.mark.parametrize("share", [0.0, 0.1])
def test_digits_that_touch_or_overlap(classifier, share):
    strokes, right = [], 0.0
    for digit in (3, 6, 2, 8):
        ink = np.concatenate(DIGITS[digit])
        width = np.ptp(ink[:, 0])
        left = right - share * width if strokes else 0.0
        strokes += [stroke + np.array([left - ink[:, 0].min(), 0]) for stroke in DIGITS[digit]]
        right = left + width
    assert classifier.read_number(strokes).text == "3628"


def test_lines_are_read_one_after_another(classifier):
    strokes = [*number("58", y=1.0), *number("2037")]
    reading = classifier.read_number(strokes)
    assert reading.text == "2037\n58"
    assert [digit.reading.digit for digit in reading.digits] == [2, 0, 3, 7, 5, 8]


@pytest.mark.parametrize("degrees", [-15, -8, 0, 15])
@pytest.mark.parametrize("pitch", [0.65, 1.3, 3.0])
def test_digits_side_by_side_are_one_line_however_far_apart(classifier, pitch, degrees):
    strokes = number("23508", pitch)
    angle = np.radians(degrees)
    climb = np.array([[1, np.tan(angle)], [0, 1]])
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    for change in (climb, turn):
        assert classifier.read_number([stroke @ change for stroke in strokes]).text == "23508"


def test_an_8_of_two_rings_is_one_digit_and_two_level_lines_are_none(classifier):
    turn = np.linspace(0, 2 * np.pi, 25)
    ring = np.stack([0.26 * np.cos(turn), 0.24 * np.sin(turn)], axis=1)
    for apart in (0.0, 0.1, 0.2):
        rings = [0.85 * ring, ring + np.array([0.0, 0.46 + 0.48 * apart])]
        assert classifier.read_number(rings).text == "8"
    for apart in (0.15, 0.4, 0.8):
        lines = [np.array([[0.0, y], [0.5, y + 0.01], [1.0, y]]) for y in (0.0, apart)]
        assert classifier.read_number(lines).text == "?"


@pytest.mark.parametrize("text", ["00", "60", "33", "002"])
def test_digits_in_one_stroke_are_cut(classifier, text):
    strokes = [np.concatenate(number(text))]
    reading = classifier.read_number(strokes)
    assert reading.text == text
    assert {digit.strokes for digit in reading.digits} == {(0,)}
    parts = [part for digit in reading.digits for part in digit.parts]
    assert parts[0][1] == 0
    assert parts[-1][2] == len(strokes[0])
    assert all(one[2] == two[1] for one, two in pairwise(parts))


@pytest.mark.parametrize("spacing", [0.02, 0.2])
@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("10,5 4,44! 20,38 40,55 36,88 14,100 0,92 | 10,5 50,2 110,0", "5"),
        ("4,20 22,0 44,14 40,40 0,98! 40,96 120,94", "2"),
    ],
)
def test_a_long_hat_or_base_is_cut_off_no_digit(classifier, form, text, spacing):
    wide = [resample(np.array(stroke), spacing) for stroke in figure(form)]
    strokes = [*wide, *[stroke + np.array([1.5, 0.2]) for stroke in DIGITS[3]]]
    assert classifier.read_number(strokes).text == f"{text}3"


@pytest.mark.parametrize("margin", [-3.0, -1.6, -1.0, -0.0004, 0.0, 0.0004])
def test_margin_and_verdict_agree_in_a_number(classifier, margin):
    candidates = lattice(number("42"))
    readings = classifier.read_pixels(candidates.pixels)
    doubtful = candidates.decide(readings).digits[1].reading.pixels
    number_read = candidates.decide([
        replace(one, digit_margin=margin) if one.pixels is doubtful else one for one in readings
    ])  # fmt: skip
    for digit in number_read.digits:
        assert digit.reading.is_digit == (digit.reading.digit_margin >= 0)
        assert digit.reading.is_digit == (reading_for_page(digit.reading)["digit_margin"] >= 0)
    assert number_read.text.endswith("2" if margin >= -1.5 else "?")


def test_the_writer_s_numbers_are_read(classifier):
    rng = np.random.default_rng(7)
    right = 0
    for _ in range(40):
        values = rng.integers(0, 10, 4).tolist()
        digits = [write_digit(value, rng, hand=NEAT) for value in values]
        reading = classifier.read_number(side_by_side(digits, rng, 0.25))
        if reading.text == "".join(map(str, values)):
            right += 1
            ends = np.cumsum(list(map(len, digits)))
            firsts = [digit.strokes[0] for digit in reading.digits]
            assert np.searchsorted(ends, firsts, "right").tolist() == [0, 1, 2, 3]
    assert right >= 36


def test_a_blank_drawing_or_picture_has_no_number(classifier):
    reading = classifier.read_number([])
    assert (reading.text, reading.digits, reading.probability) == ("", (), 0.0)
    assert reading.whole.digit is None
    assert classifier.read_number_image(Image.new("L", (60, 40), 255)).text == ""


def test_twenty_digits_are_read_and_more_are_refused_with_a_sentence(classifier):
    text = "0123456789" * 2
    assert classifier.read_number(number(text)).text == text
    for longer in (text + "3", text * 2):
        with pytest.raises(ValueError, match=r"at most 20 digits .*\."):
            classifier.read_number(number(longer))


def random_drawings():
    """Strokes that nobody would draw, within what a drawing may be."""
    rng = np.random.default_rng(0)
    for _ in range(60):
        count = int(rng.choice([1, 2, 5, 20, 60, 100, 101, 300, 1_000]))
        length = int(rng.integers(1, max(2, min(400, 20_000 // count))))
        size = 10.0 ** rng.uniform(-9, 2)
        shape = np.array([10.0 ** rng.uniform(-3, 1), 1.0]) * 10.0 ** rng.uniform(-9, 4)
        yield [
            (size * np.cumsum(rng.normal(size=(length, 2)), axis=0) + rng.random(2)) * shape
            for _ in range(count)
        ]
    yield [rng.random((20_000, 2))]
    yield [np.zeros((1, 2))] * 1_000
    yield [np.array([[x, 0.0]]) for x in range(100)]
    yield [np.array([[x, 0.0], [x, 9.0]]) for x in range(100)]
    yield [np.full((5, 2), 1e9), np.full((5, 2), -1e9)]


def test_random_strokes_are_read_or_refused(classifier):
    refusals = {""}
    for strokes in random_drawings():
        candidates = lattice(strokes).pixels
        assert len(candidates) <= 8 * MAX_DIGITS
        assert (candidates[0] == strokes_to_mnist(strokes)).all()
        try:
            reading = classifier.read_number(strokes)
        except ValueError as error:
            refusals.add(str(error))
            continue
        shown = reading.text.replace("\n", "")
        assert len(shown) == len(reading.digits) <= MAX_DIGITS
        assert 0 <= reading.probability <= 1
        if len(strokes) > 100:  # more than a number has
            assert (reading.text, len(reading.digits[0].strokes)) == ("?", len(strokes))
            assert not reading.digits[0].reading.is_digit
        if reading.text != "?":
            parts = sorted(part for digit in reading.digits for part in digit.parts)
            for number, stroke in enumerate(strokes):
                ends = [(first, end) for one, first, end in parts if one == number]
                assert [0, *(end for _, end in ends)] == [*(f for f, _ in ends), len(stroke)]
    assert all("at most 20 digits" in refusal for refusal in refusals - {""})


def test_the_micro_batcher_reads_the_same_numbers(classifier):
    many = MicroBatcher(classifier)
    drawings = [*map(number, ("7", "42", "1984", "20457", "8888")), [[]]]

    async def all_at_once():
        return await asyncio.gather(*map(many.read_number, drawings), return_exceptions=True)

    *readings, wrong = run(all_at_once())
    for drawing, reading in zip(drawings, readings, strict=False):
        alone = classifier.read_number(drawing)
        assert (reading.text, reading.probability) == (alone.text, pytest.approx(alone.probability))
    assert isinstance(wrong, ValueError)
    assert many.passes < many.readings / 2
    assert many.waiting == 0


def painted(strokes: list[np.ndarray], side: int = 200, brush: int = 12) -> Image.Image:
    """What a paint program would show."""
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    size = tuple(int(one) for one in (high - low) * side + 80)
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for stroke in strokes:
        path = [tuple(point) for point in (stroke - low) * side + 40]
        draw.line(path, "navy", brush, "curve")
    return image


@pytest.mark.parametrize(("text", "pitch"), [("3", 0.65), ("1984", 3.0), ("20457", 0.65)])
def test_a_picture_of_a_number_is_read(classifier, text, pitch):
    image = painted(number(text, pitch), side=100 if pitch > 1 else 200, brush=8)
    reading = classifier.read_number_image(image)
    assert reading.text == text
    lefts = [digit.box[0] for digit in reading.digits]
    assert lefts == sorted(lefts)
    assert all(0 <= digit.box[0] < digit.box[2] <= image.width for digit in reading.digits)
    assert all(digit.strokes == digit.parts == () for digit in reading.digits)
    below = [*number("58", y=1.0), *number(text)]
    assert classifier.read_number_image(painted(below, 100)).text == f"{text}\n58"


@pytest.mark.parametrize(("text", "paper"), [("60528", "ruled"), ("347", "squared")])
def test_a_photographed_row_is_read(classifier, text, paper):
    rng = np.random.default_rng(2)
    digits = [[stroke / HEIGHT for stroke in DIGITS[int(digit)]] for digit in text]
    image = photograph_of_row(side_by_side(digits, rng, 0.5), rng, paper)
    assert classifier.read_number_image(image).text == text


def test_what_is_no_digit_beside_digits_is_left_out_of_a_picture(classifier):
    tangle = write_non_digit(np.random.default_rng(1), "zigzag", NEAT)
    strokes = side_by_side([DIGITS[4], tangle, DIGITS[2]], np.random.default_rng(0), 0.4, HEIGHT)
    drawn = classifier.read_number(strokes)
    assert drawn.text == "4?2"
    assert [digit.reading.is_digit for digit in drawn.digits] == [True, False, True]
    reading = classifier.read_number_image(painted(strokes))
    assert reading.text == "42"
    assert len(reading.digits) == 2
    assert classifier.read_number_image(painted(tangle)).text == "?"


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (900, 1), (1, 900), (5000, 9), (100, 100)])
@pytest.mark.parametrize("low", [0, 250])
def test_a_picture_of_noise_is_read_or_refused(classifier, size, low):
    noise = np.random.default_rng(0).integers(low, 256, size[::-1], dtype=np.uint8)
    with suppress(TooManyDigitsError):
        assert classifier.read_number_image(Image.fromarray(noise)).probability <= 1


PATTERNS = {
    "dots": lambda x, y: (x % 8 < 3) & (y % 8 < 3),
    "squares": lambda x, y: (x // 2 + y // 2) % 2 == 0,
}


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_picture_of_thousands_of_parts_takes_little_memory(classifier, pattern):
    y, x = np.mgrid[:512, :512]
    image = Image.fromarray(np.where(pattern(x, y), 0, 255).astype(np.uint8))
    tracemalloc.start()
    assert classifier.read_number_image(image).text in ("?", "")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 150e6  # a mask of each of 4,096 dots would take 1 GB
