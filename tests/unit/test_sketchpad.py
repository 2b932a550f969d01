"""The page's own calls: a drawing, a picture, the moments of a drawing."""

import base64
import io
import json
from types import SimpleNamespace

import numpy as np
import pytest
from bad_drawings import png_file
from digits import DIGITS, as_json
from event_loop import run
from PIL import Image, ImageDraw

from demo.pad.sketchpad import create_sketchpad
from demo.server.priority_queue import Queues
from mnist_model import image_to_mnist


@pytest.fixture
def ask(classifier):
    """What one of the pad's server functions answers."""
    nobody_draws = SimpleNamespace(wait_until_quiet=lambda seconds: None)
    pad = create_sketchpad(classifier, Queues(nobody_draws))
    return lambda name, question: run(getattr(pad, name)(json.loads(json.dumps(question))))


def png(image: Image.Image) -> str:
    file = io.BytesIO()
    image.save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def seven() -> Image.Image:
    image = Image.new("L", (300, 300), 240)
    points = [(300 * x, 300 * y) for x, y in DIGITS[7][0]]
    ImageDraw.Draw(image).line(points, fill=20, width=12)
    return image


bomb = base64.b64encode(png_file(50_000, 50_000)).decode()


def test_a_picture_is_read_as_the_library_reads_it(ask):
    answer = ask("read_picture", png(seven()))
    assert answer["digit"] == 7
    assert answer["is_digit"]
    assert base64.b64decode(answer["pixels"]) == image_to_mnist(seven()).tobytes()


def test_a_number_in_a_picture_is_read_digit_by_digit(ask):
    image = Image.new("L", (900, 300), 240)
    for place in range(3):
        image.paste(seven(), (300 * place, 0))
    answer = ask("read_picture", png(image))
    assert (answer["number"]["text"], answer["number"]["latest"], answer["digit"]) == ("777", 2, 7)
    for place, digit in enumerate(answer["number"]["digits"]):
        left, top, right, bottom = digit["box"]
        assert 300 * place < left < right < 300 * (place + 1)
        assert 0 < top < bottom < 300
        assert digit["parts"] == []


def test_a_picture_with_too_many_digits_says_how_many_can_be_read(ask):
    image = Image.new("L", (1000, 100), 240)
    for place in range(24):
        image.paste(seven().resize((40, 100)), (41 * place, 0))
    answer = ask("read_picture", png(image))
    assert (answer["is_digit"], answer["most_digits"]) == (False, 20)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (None, "base64"),
        ({}, "base64"),
        ("A" * 1_600_000, "base64"),
        ("!!", "not a PNG"),
        ("AAAA", "not a PNG"),
        (png(seven())[:400], "PNG"),
        (png(Image.new("L", (1025, 1))), "1,024 pixels"),
        (bomb, "not a PNG"),
    ],
)
def test_what_is_no_picture_is_told(ask, sent, says):
    answer = ask("read_picture", sent)
    assert list(answer) == ["error"]
    assert says in answer["error"]


def test_moments_are_readings_of_the_beginnings(ask, classifier):
    strokes = as_json(DIGITS[4])
    counts = [1, 5, len(strokes[0]), len(strokes[0]) + 3]
    answer = ask("read_moments", {"strokes": strokes, "counts": counts})
    expected = [
        classifier.classify(drawing).probabilities
        for drawing in (
            [strokes[0][:1]], [strokes[0][:5]], strokes[:1], [strokes[0], strokes[1][:3]],
        )
    ]  # fmt: skip
    shown = [reading["probabilities"] for reading in answer]
    assert np.allclose(shown, expected, atol=1e-4)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (None, "strokes"),
        ([], "strokes"),
        ({"strokes": []}, "strokes"),
        ({"strokes": [[[0, 0]]], "counts": 3}, "counts"),
        ({"strokes": [[[0, 0]]], "counts": [1] * 41}, "counts"),
        ({"strokes": [[[0, 0]]], "counts": [0]}, "whole number"),
        ({"strokes": [[[0, 0]]], "counts": ["x"]}, "whole number"),
        ({"strokes": "text", "counts": [1]}, "A drawing is a list"),
        ({"strokes": [[[0, 0]] * 2001], "counts": [1]}, "2,000 points"),
    ],
)
def test_moments_that_are_none_are_told(ask, question, says):
    answer = ask("read_moments", question)
    assert list(answer) == ["error"]
    assert says in answer["error"]
