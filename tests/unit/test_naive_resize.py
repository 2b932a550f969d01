import re

import numpy as np
import pytest
from digits import DIGITS
from serving import ROOT

from mnist_model.preprocess.naive_resize import BRUSH, naive_resize, placed


def rng(seed=0):
    return np.random.default_rng(seed)


def test_ink_stays_where_it_was_drawn():
    pixels = naive_resize([[(0.25, 0.1), (0.25, 0.9)]], brush=0.1)
    assert pixels.shape == (28, 28)
    assert pixels.dtype == np.uint8
    columns, rows = pixels.sum(axis=0) / 255, pixels.sum(axis=1) / 255
    middle_of_pixel = np.arange(28) + 0.5
    assert (columns * middle_of_pixel).sum() / columns.sum() == pytest.approx(0.25 * 28, abs=0.1)
    assert (rows * middle_of_pixel).sum() / rows.sum() == pytest.approx(0.5 * 28, abs=0.1)
    assert columns.max() == pytest.approx(0.9 * 28, abs=0.5)
    assert rows.max() == pytest.approx(0.1 * 28, abs=0.2)


def test_a_dot_is_as_large_as_the_brush_and_what_lies_beyond_the_pad_is_lost():
    dot = naive_resize([[(0.5, 0.5)]], brush=0.2)
    assert dot.sum() / 255 == pytest.approx(np.pi * 2.8**2, rel=0.08)
    assert not naive_resize([]).any()
    assert not naive_resize([[(5, 5), (1e9, 7)]]).any()
    assert naive_resize([[(0.5, 0.5), (1e8, 0.5)]])[14, -1] > 200


def test_a_placed_drawing_lies_anywhere_on_the_pad_in_its_size():
    assert placed([], rng()) == []
    middles = []
    for drawing in (*DIGITS.values(), [[(3.0, 4.0)]], [[(0, 0), (0, 1e-300)]]):
        for seed in range(20):
            points = np.concatenate(placed(drawing, rng(seed)))
            assert points.min() >= 0
            assert points.max() <= 1
            size = np.ptp(points, axis=0).max()
            assert size == pytest.approx(0, abs=1e-9) or 0.35 <= size <= 0.9
            middles.append(points.mean(axis=0))
    assert np.ptp(middles, axis=0).min() > 0.4


def test_its_brush_is_the_pads():
    pad = re.search(r"const BRUSH = (\d+);", (ROOT / "assets/shared/strokes.js").read_text())
    assert int(pad[1]) / 1000 == BRUSH
