import numpy as np
import pytest
from digits import DIGITS

from mnist_model import Classifier, load_classifier
from mnist_model.handwriting import NEAT, VARIANTS, write_digit
from mnist_model.preprocess.mnist_format import strokes_to_mnist
from mnist_model.read.classifier import DEFAULT


@pytest.mark.parametrize("digit", DIGITS)
def test_plain_digits_are_read(classifier, digit):
    reading = classifier.classify(DIGITS[digit])
    assert reading.digit == digit
    assert reading.is_digit
    assert reading.probabilities.shape == (10,)
    assert reading.probabilities.dtype == np.float32
    assert reading.probabilities.sum() == pytest.approx(1, abs=1e-5)
    assert reading.probabilities.argmax() == digit
    assert reading.digit_score >= classifier.digit_threshold
    np.testing.assert_array_equal(reading.pixels, strokes_to_mnist(DIGITS[digit]))


TAKEN = {(0, "angular"): 0.7}  # share taken for a digit, where it is low: corners make a polygon


@pytest.mark.parametrize(
    ("digit", "variant"), [(digit, name) for digit, names in VARIANTS.items() for name in names]
)
def test_every_variant_is_read_in_a_neat_hand(classifier, digit, variant):
    rng = np.random.default_rng(7)
    readings = classifier.classify_many([write_digit(digit, rng, variant, NEAT) for _ in range(20)])
    assert np.mean([reading.digit == digit for reading in readings]) >= 0.9
    assert np.mean([reading.is_digit for reading in readings]) >= TAKEN.get((digit, variant), 0.9)


def test_blank_drawings_and_dots_are_no_digits(classifier):
    reading = classifier.classify([])
    assert reading.digit is None
    assert reading.probabilities.sum() == pytest.approx(1)
    assert reading.digit_score < classifier.digit_threshold
    assert not reading.pixels.any()
    for drawing in ([], [[(5, 5)]], [[(5, 5), (5, 5)]]):  # the page makes one of a tap
        assert not classifier.classify(drawing).is_digit


def test_many_are_read_as_one_by_one(classifier):
    drawings = [*DIGITS.values(), [], *DIGITS.values()]
    for one, many in zip(
        map(classifier.classify, drawings), classifier.classify_many(drawings), strict=True
    ):
        assert (one.digit, one.is_digit) == (many.digit, many.is_digit)
        np.testing.assert_allclose(one.probabilities, many.probabilities, atol=1e-5)


def test_many_are_refused_where_one_is_wrong_which_is_named(classifier):
    assert classifier.classify_many([]) == []
    for nothing in (None, 5):
        with pytest.raises(ValueError, match="sequence of drawings"):
            classifier.classify_many(nothing)
    with pytest.raises(ValueError, match=r"Drawing 2: Stroke 1 is empty"):
        classifier.classify_many([DIGITS[1], [[]]])


def test_pixels_in_mnist_format_are_read_in_any_number(classifier):
    pixels = np.stack([strokes_to_mnist(strokes) for strokes in DIGITS.values()])
    probabilities = classifier.probabilities(np.tile(pixels, (103, 1, 1)))  # more than one batch
    assert probabilities.shape == (1030, 10)
    np.testing.assert_array_equal(probabilities.argmax(axis=1), np.tile(np.arange(10), 103))
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-5)
    assert classifier.probabilities(pixels[:0]).shape == (0, 10)


@pytest.mark.parametrize(
    ("pixels", "says"),
    [
        (np.zeros((28, 28), np.uint8), r"\(n, 28, 28\)"),
        (np.zeros((1, 28, 29), np.uint8), r"\(1, 28, 29\)"),
        (np.zeros((1, 28, 28), np.float32), "float32"),
        ([[0]], "list"),
    ],
)
def test_pixels_of_another_kind_are_refused(classifier, pixels, says):
    with pytest.raises(ValueError, match=says):
        classifier.probabilities(pixels)


def test_without_a_trained_model_it_says_what_to_do(tmp_path):
    for missing in ("no-such-recipe", "./tests", tmp_path):
        with pytest.raises(FileNotFoundError, match=r"python train\.py"):
            load_classifier(missing)


@pytest.mark.parametrize(
    ("card", "says"),
    [
        *(("", "damaged"), ("[]", "damaged"), ("{}", "damaged")),
        ('{"temperature": NaN, "digit_threshold": 1}', "temperature or digit_threshold"),
        ('{"temperature": 0, "digit_threshold": 1}', "temperature or digit_threshold"),
        ('{"temperature": 1, "digit_threshold": NaN}', "temperature or digit_threshold"),
    ],
)
def test_a_card_with_which_nothing_can_be_read_is_told(tmp_path, card, says):
    (tmp_path / "card.json").write_text(card)
    (tmp_path / "model.keras").touch()
    with pytest.raises(ValueError, match=says):
        load_classifier(tmp_path)


def test_the_card_tells_how_the_model_was_made(classifier: Classifier):
    card = classifier.card
    assert card["recipe"] == DEFAULT
    assert card["parameters"] <= 600_000
    assert {"settings", "seed", "versions", "temperature", "digit_threshold"} <= card.keys()
    assert card["figures"]["test"]["count"] == 10_000
    settings = card["settings"]
    assert len(card["history"]["val_loss"]) == settings["epochs"] + settings["polish"]
