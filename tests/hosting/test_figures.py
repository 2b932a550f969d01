"""The figures the project stands by, measured on the data itself where it is there."""

import numpy as np
import pytest

from mnist_model.handwriting.synthetic import unseen_non_digits, write_digits, write_non_digits
from mnist_model.preprocess.examples import Examples
from mnist_model.preprocess.mnist_format import strokes_to_mnist
from mnist_model.train.data import load_mnist, load_pen_digits
from mnist_model.train.evaluate import measure_examples


def test_mnist(classifier, mnist_file):
    _, test = load_mnist(mnist_file)
    figures = measure_examples(classifier, test)
    assert figures.accuracy >= 0.995
    assert figures.calibration_error <= 0.003
    assert figures.refused <= 0.01
    assert figures.accuracy == pytest.approx(
        classifier.card["figures"]["test"]["accuracy"], abs=3e-4
    )


def test_pen_digits(classifier, pen_digits_file):
    drawings, labels = load_pen_digits(pen_digits_file)
    pixels = np.stack([strokes_to_mnist(drawing) for drawing in drawings])
    figures = measure_examples(classifier, Examples(pixels, labels))
    assert figures.accuracy >= 0.99
    assert figures.accuracy_by_digit.min() >= 0.98
    assert figures.calibration_error <= 0.006
    assert figures.refused <= 0.01
    assert figures.accuracy == pytest.approx(
        classifier.card["figures"]["pen"]["accuracy"], abs=3e-4
    )


def test_written_digits(classifier):
    figures = measure_examples(classifier, write_digits(2_000, seed=2**41))
    assert figures.accuracy >= 0.98
    assert figures.accuracy_by_digit.min() >= 0.92  # 1s and 7s: some hats are of either
    assert figures.refused <= 0.02


def test_what_is_no_digit_is_refused(classifier):
    readings = classifier.classify_many(unseen_non_digits(40, seed=1)[0])
    assert np.mean([not reading.is_digit for reading in readings]) >= 0.9
    known = classifier.probabilities_and_scores(write_non_digits(1_000, seed=2**41).images)[1]
    assert (known < classifier.digit_threshold).mean() >= 0.95
