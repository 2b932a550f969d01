"""The figures the project stands by, measured on the data itself where it is there."""

import pytest

from mnist_model.data import load_mnist, load_pen_digits
from mnist_model.evaluate import measure_drawings, measure_examples


def test_mnist(classifier, mnist_file):
    _, test = load_mnist(mnist_file)
    figures = measure_examples(classifier, test)
    assert figures.accuracy >= 0.993
    assert figures.refused <= 0.01
    assert figures.accuracy == pytest.approx(
        classifier.card["figures"]["test"]["accuracy"], abs=3e-4
    )


def test_pen_digits(classifier, pen_digits_file):
    figures = measure_drawings(classifier, *load_pen_digits(pen_digits_file))
    assert figures.accuracy >= 0.96
