import json

import numpy as np
import pytest
from PIL import Image

from mnist_model.evaluate import draw_confusion, draw_learning_curves, measure, wilson_interval

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


def test_figures_fit_into_a_card_and_a_line(figures):
    assert json.loads(json.dumps(figures.to_card()))["accuracy"] == 0.75
    assert str(figures).startswith("75.00 % of 4 read right (95 % interval 30.06 to 95.44)")


def test_wilson_interval_against_published_values():
    # Newcombe, Statistics in Medicine 17, 1998, table I, method 3.
    assert wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson_interval(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert wilson_interval(29, 29) == pytest.approx((0.8830, 1.0), abs=1e-4)


def test_pictures_are_drawn(tmp_path, figures):
    history = {name: [0.5, 0.4] for name in ("loss", "val_loss", "accuracy", "val_accuracy")}
    draw_learning_curves(history, tmp_path / "curves.png")
    draw_confusion(figures.confusion, "a title", tmp_path / "confusion.png")
    for name in ("curves.png", "confusion.png"):
        with Image.open(tmp_path / name) as picture:
            assert min(picture.size) > 300
            assert len(picture.convert("RGB").getcolors(10**6)) > 20
