import json

import numpy as np
import pytest
from digits import DIGITS

from mnist_model.preprocess.examples import Examples
from mnist_model.preprocess.mnist_format import strokes_to_mnist
from mnist_model.train.evaluate import (
    STRESSES,
    Read,
    measure,
    measure_refusals,
    read,
    wilson_interval,
)

LABELS = np.array([0, 0, 1, 2])
READ = np.array([0, 1, 1, 2])


@pytest.fixture
def figures():
    probabilities = np.full((4, 10), 0.02, np.float32)
    probabilities[np.arange(4), READ] = 0.82
    return measure(probabilities, np.array([5.0, 1.0, 5.0, 5.0]), LABELS, digit_threshold=2.0)


def test_figures_by_hand(figures):
    assert (figures.count, figures.accuracy, figures.refused) == (4, 0.75, 0.25)
    assert figures.confusion[0, :2].tolist() == [1, 1]
    assert figures.confusion.sum() == 4
    np.testing.assert_array_equal(figures.accuracy_by_digit[:3], [0.5, 1, 1])
    assert np.isnan(figures.accuracy_by_digit[3:]).all()
    assert json.loads(json.dumps(figures.to_card()))["accuracy"] == 0.75
    assert str(figures).startswith("75.00 % of 4 read right (95 % interval 30.06 to 95.44)")
    assert "nan" not in str(figures)


def test_wilson_interval_against_published_values():
    # Newcombe, Statistics in Medicine 17, 1998, table I, method 3.
    assert wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson_interval(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert wilson_interval(29, 29) == pytest.approx((0.8830, 1.0), abs=1e-4)


@pytest.fixture(scope="module")
def digits():
    images = np.stack([strokes_to_mnist(strokes) for strokes in DIGITS.values()])
    return Examples(images, np.arange(10))


def test_reading_in_parts_is_reading_at_once(classifier, digits, monkeypatch):
    whole = read(classifier, digits)
    monkeypatch.setattr("mnist_model.train.evaluate._AT_A_TIME", 3)
    parts = read(classifier, digits)
    np.testing.assert_allclose(parts.probabilities, whole.probabilities, atol=1e-4)
    assert len(parts.scores) == len(parts.labels) == 10


def test_the_hardest_are_those_whose_own_digit_seemed_least_likely():
    probabilities = np.full((3, 10), 0.05)
    probabilities[np.arange(3), [4, 5, 6]] = 0.55, 0.1, 0.3
    pixels = np.zeros((3, 28, 28), np.uint8)
    part = Read(pixels, np.array([4, 5, 6]), probabilities, np.zeros(3))
    assert part.hardest(2).tolist() == [1, 2]


def test_refusals_by_hand():
    figures = measure_refusals(
        np.array([-3.0, 1.0, -2.0, 4.0]), ["dot", "dot", "star", "star"], np.array([2.0, 5.0]), 0.0
    )
    assert (figures.count, figures.refused) == (4, 0.5)
    assert figures.by_kind == {"dot": 0.5, "star": 0.5}
    assert figures.auroc == pytest.approx(7 / 8)
    assert json.loads(json.dumps(figures.to_card()))["by_kind"]["dot"] == 0.5
    assert str(figures).startswith("50.0 % of 4 refused")


@pytest.mark.parametrize("name", STRESSES)
def test_a_stress_of_no_strength_changes_nothing_and_the_strongest_a_lot(name, digits):
    kind = STRESSES[name]
    none = 1.0 if name == "scale" else 0
    assert none in kind.strengths
    rng = np.random.default_rng(0)
    still = kind.apply(digits.images, none, rng)
    assert still.dtype == np.uint8
    np.testing.assert_allclose(still.astype(int), digits.images, atol=1)
    assert np.abs(kind.apply(digits.images, kind.strengths[-1], rng) - still.astype(int)).max() > 99


def test_a_stress_of_thickness_adds_as_many_pixels_as_it_says():
    image = np.zeros((1, 28, 28), np.uint8)
    image[0, 4:24, 12:16] = 255
    for pixels, width in ((2, 6), (-2, 2)):
        row = STRESSES["thickness"].apply(image, pixels, np.random.default_rng(0))[0, 14] / 255
        assert row.sum() == pytest.approx(width, abs=0.05)
