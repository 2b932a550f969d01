import numpy as np
import pytest
from PIL import Image

from mnist_model.evaluate import Read
from mnist_model.pictures import (
    draw_confusion,
    draw_hardest,
    draw_learning_curves,
    draw_reliability,
    draw_robustness,
)


@pytest.fixture
def shown(tmp_path):
    """Opens what was drawn, and checks that there is something on it."""

    def look(name):
        with Image.open(tmp_path / name) as picture:
            assert min(picture.size) > 200
            assert len(picture.convert("RGB").getcolors(10**6)) > 20

    return look


def test_learning_curves(tmp_path, shown):
    history = {name: [0.5, 0.4] for name in ("loss", "val_loss", "accuracy", "val_accuracy")}
    draw_learning_curves(history, tmp_path / "curves.png")
    shown("curves.png")


def test_confusion(tmp_path, shown):
    draw_confusion(np.eye(10, dtype=int), "a title", tmp_path / "confusion.png")
    shown("confusion.png")


def test_reliability(tmp_path, shown):
    probabilities = np.random.default_rng(0).dirichlet(np.ones(10), 40)
    draw_reliability({"some": (probabilities, np.arange(40) % 10)}, tmp_path / "calibration.png")
    shown("calibration.png")


@pytest.mark.parametrize("count", [1, 12, 30])
def test_hardest(tmp_path, shown, count):
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 255, (count, 28, 28), dtype=np.uint8)
    part = Read(pixels, np.arange(count) % 10, rng.dirichlet(np.ones(10), count), np.zeros(count))
    sets = {"some": (part, part.hardest(30)), "others": (part, part.hardest(5))}
    draw_hardest(sets, tmp_path / "hardest.png")
    shown("hardest.png")


def test_robustness(tmp_path, shown):
    curves = {"shift": {"some": [(0, 1.0), (1, 0.5)]}, "noise": {"some": [(0, 1.0), (20, 0.9)]}}
    draw_robustness(curves, tmp_path / "robustness.png")
    shown("robustness.png")
