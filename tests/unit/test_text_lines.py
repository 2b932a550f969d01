"""Lines of writing, found in boxes alone: digits are one unit high."""

import numpy as np
import pytest

from mnist_model.read.text_lines import text_lines


def a_line(
    count: int, gap: float, rng: np.random.Generator, x: float = 0, y: float = 0, slope: float = 0
) -> np.ndarray:
    """Boxes of so many digits of uneven size and height, from left to right."""
    width = rng.uniform(0.2, 0.8, count)
    left = np.cumsum(width + gap * rng.uniform(0.8, 1.2, count)) - width
    left += x - left[0] + rng.uniform(-0.1, 0.1)
    top = y + slope * left + rng.normal(0, 0.06, count)
    return np.column_stack([left, top, left + width, top + rng.uniform(0.8, 1.1, count)])


def found(boxes: np.ndarray, are_in_order: bool = True) -> list[list[int]]:
    """The likeliest lines."""
    return [line.tolist() for line in text_lines(boxes, are_in_order)[0]]


@pytest.mark.parametrize("are_in_order", [True, False], ids=["strokes", "picture"])
@pytest.mark.parametrize("gap", [0.1, 1.0, 4.0])
@pytest.mark.parametrize("slope", [-0.27, -0.1, 0.0, 0.27])
def test_one_line_is_one_and_two_are_two(slope, gap, are_in_order):
    for seed in range(20):
        rng = np.random.default_rng(seed)
        first, second = rng.integers(1, 7, 2)
        upper = a_line(first, gap, rng, slope=slope)
        lower = a_line(second, gap, rng, y=rng.uniform(1.5, 3), slope=slope)
        assert found(upper, are_in_order) == [list(range(first))]
        lines = found(np.vstack([upper, lower]), are_in_order)
        assert lines == [list(range(first)), list(range(first, first + second))]


def test_three_lines_of_uneven_length_are_three():
    rng = np.random.default_rng(0)
    lines = [a_line(n, 0.3, rng, x=x, y=y) for n, x, y in ((3, 2, 0), (7, 0, 1.7), (2, 4, 3.3))]
    assert found(np.vstack(lines)) == [[0, 1, 2], [3, 4, 5, 6, 7, 8, 9], [10, 11]]


def test_what_begins_again_at_the_left_is_a_new_line():
    rng = np.random.default_rng(0)
    upper, lower = a_line(2, 0.3, rng, x=4), a_line(2, 0.3, rng, y=1.8)
    assert found(np.vstack([upper, lower])) == [[0, 1], [2, 3]]
    assert len(found(np.vstack([lower, upper]), are_in_order=False)) == 1  # it rises


def test_the_left_of_a_line_may_be_written_last():
    boxes = a_line(5, 0.5, np.random.default_rng(0))
    assert found(boxes[[2, 3, 4, 0, 1]]) == [[0, 1, 2, 3, 4]]


def test_a_raised_or_a_small_digit_is_in_the_line_beside_it():
    boxes = a_line(4, 0.3, np.random.default_rng(0))
    boxes[2, [1, 3]] -= 1.2
    boxes[1, 1] += 0.45
    assert found(boxes) == found(boxes, are_in_order=False) == [[0, 1, 2, 3]]


@pytest.mark.parametrize(
    "boxes",
    [
        [[20, 20, 70, 60], [45, 40, 45, 90]],
        [[50, 10, 50, 90], [50, 12, 50, 80]],
        [[50, 10, 50, 48], [50, 52, 50, 90]],
        [[5, 5, 5, 5], [5, 5, 5, 5]],
    ],
    ids=["a 4", "a 1 drawn over", "a 1 in two strokes", "one dot twice"],
)
def test_a_vertical_stroke_is_in_one_line_with_what_it_crosses(boxes):
    assert [[0, 1]] in [
        [line.tolist() for line in way] for way in text_lines(np.array(boxes), True)
    ]


@pytest.mark.parametrize("count", [1, 2, 60, 100])
def test_every_box_is_in_one_line(count):
    rng = np.random.default_rng(count)
    corner = rng.uniform(0, 10, (count, 2))
    boxes = np.hstack([corner, corner + rng.exponential(1, (count, 2))])
    for lines in [*text_lines(boxes, True), *text_lines(np.zeros((count, 4)), False)]:
        assert sorted(np.concatenate(lines).tolist()) == list(range(count))
