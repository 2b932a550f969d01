import matplotlib
import numpy as np
import pytest
from PIL import Image

from mnist_model.measure.evaluate import Read
from mnist_model.measure.plots import (
    draw_confusion,
    draw_hardest,
    draw_learning_curves,
    draw_reliability,
    draw_robustness,
)

BLUE, ORANGE, RED = (31, 119, 180), (255, 127, 14), (214, 39, 40)  # of matplotlib's tab palette


@pytest.fixture
def shown(tmp_path):
    """Opens what was drawn, and counts the pixels of a colour."""

    def count(name, colour):
        with Image.open(tmp_path / name) as picture:
            return int((np.asarray(picture.convert("RGB")) == colour).all(axis=-1).sum())

    return count


def test_learning_curves(tmp_path, shown):
    history = {name: [0.5, 0.4] for name in ("loss", "val_loss", "accuracy", "val_accuracy")}
    draw_learning_curves(history, tmp_path / "curves.png", distorted=True)
    assert shown("curves.png", BLUE) > 40
    assert shown("curves.png", ORANGE) > 40


def test_confusion(tmp_path, shown):
    confusion = 90 * np.eye(10, dtype=int)
    draw_confusion(confusion, "no mistakes", tmp_path / "right.png")
    confusion[1, 7] = 30
    draw_confusion(confusion, "a mistake", tmp_path / "wrong.png")
    shade = matplotlib.colormaps["Oranges"](30 / 45, bytes=True)[:3]
    assert shown("right.png", shade) == 0
    assert shown("wrong.png", shade) > 500


def test_reliability(tmp_path, shown):
    probabilities = np.random.default_rng(0).dirichlet(np.ones(10), 40)
    draw_reliability({"some": (probabilities, np.arange(40) % 10)}, tmp_path / "calibration.png")
    assert shown("calibration.png", BLUE) > 100


@pytest.mark.parametrize("count", [1, 12, 30])
def test_hardest(tmp_path, shown, count):
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 255, (count, 28, 28), dtype=np.uint8)
    part = Read(pixels, np.arange(count) % 10, rng.dirichlet(np.ones(10), count), np.zeros(count))
    sets = {"some": (part, part.hardest(30)), "others": (part, part.hardest(5))}
    draw_hardest(sets, tmp_path / "hardest.png")
    wrong = (part.probabilities.argmax(axis=1) != part.labels)[part.hardest(30)]
    assert (shown("hardest.png", RED) > 0) == wrong.any()


def test_robustness(tmp_path, shown):
    curves = {"shift": {"some": [(0, 1.0), (1, 0.5)]}, "noise": {"some": [(0, 1.0), (20, 0.9)]}}
    draw_robustness(curves, tmp_path / "robustness.png")
    assert shown("robustness.png", BLUE) > 100
