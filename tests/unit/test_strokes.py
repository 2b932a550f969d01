import numpy as np
import pytest
from bad_drawings import BAD_DRAWINGS

from mnist_model.preprocess.strokes import (
    MAX_POINTS,
    MAX_STROKES,
    bounding_box,
    first_points,
    parse,
    resample,
)


def test_lists_tuples_and_arrays_are_the_same_drawing():
    expected = np.array([[0.0, 1.0], [2.0, 3.0]])
    for drawing in (
        [[[0, 1], [2, 3]]],
        [((0, 1), (2.0, 3))],
        [expected],
        np.array([expected]),
        [expected.astype(np.float16)],
        [[np.array([0, 1]), np.array([2, 3])]],
    ):
        (stroke,) = parse(drawing)
        assert stroke.dtype == np.float64
        np.testing.assert_array_equal(stroke, expected)


def test_a_blank_drawing_has_no_strokes():
    assert parse([]) == []
    assert parse(np.zeros((0, 5, 2))) == []


@pytest.mark.parametrize(("drawing", "says"), BAD_DRAWINGS.values(), ids=BAD_DRAWINGS)
def test_what_is_no_drawing_is_refused_with_a_sentence(drawing, says):
    with pytest.raises(ValueError, match=says) as refusal:
        parse(drawing)
    assert str(refusal.value).endswith(".")


def test_as_much_as_is_allowed_is_taken():
    assert sum(map(len, parse([np.zeros((MAX_POINTS // 2, 2))] * 2))) == MAX_POINTS
    assert len(parse([[[0, 0]]] * MAX_STROKES)) == MAX_STROKES


def test_bounding_box_is_around_all_strokes():
    lowest, highest = bounding_box(parse([[[3, 4]], [[-1, 9], [2, 5]]]))
    assert (lowest.tolist(), highest.tolist()) == ([-1, 4], [3, 9])


def test_resample_keeps_the_points_and_leaves_no_gap():
    stroke = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 0.1], [1.0, 0.1], [4.0, 4.1]])
    points = resample(stroke, 0.25)
    gaps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    assert gaps.max() <= 0.25 + 1e-12
    for corner in stroke:
        assert np.abs(points - corner).sum(axis=1).min() < 1e-12
    np.testing.assert_array_equal(points[[0, -1]], stroke[[0, -1]])
    np.testing.assert_array_equal(resample(stroke[:1], 0.1), stroke[:1])


def test_a_drawing_as_it_was_when_it_had_so_many_points():
    drawing = [[[0, 0], [1, 1], [2, 2]], [[5, 5], [6, 6]]]
    assert [len(stroke) for stroke in first_points(drawing, 2)] == [2]
    assert [len(stroke) for stroke in first_points(drawing, 3)] == [3]
    assert [len(stroke) for stroke in first_points(drawing, 4)] == [3, 1]
    assert [len(stroke) for stroke in first_points(drawing, 99)] == [3, 2]
    assert first_points([], 1) == []
    for wrong in (0, -1, 1.5, True, None, "3", [1]):
        with pytest.raises(ValueError, match="whole number above 0"):
            first_points(drawing, wrong)
