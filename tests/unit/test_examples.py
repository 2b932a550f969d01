"""The drawings that the page offers to watch."""

import numpy as np
import pytest

from demo.pad.examples import examples, experiments

EXPECTED = {"flag": 1, "crossed": 7, "curled": 9, "slashed": 0, "letter": None, "scribble": None}


@pytest.fixture(scope="module")
def drawings():
    return {example["name"]: example["strokes"] for example in examples()}


def test_they_lie_on_the_pad_and_its_grid(drawings):
    for strokes in drawings.values():
        points = np.concatenate([np.array(stroke) for stroke in strokes])
        assert points.min() >= 0
        assert points.max() <= 1000
        assert (points * 2 == np.rint(points * 2)).all()
        assert len(points) < 500


@pytest.mark.parametrize("name", EXPECTED)
def test_they_are_read_as_what_they_are(drawings, classifier, name):
    reading = classifier.classify(drawings[name])
    assert reading.is_digit == (EXPECTED[name] is not None)
    if reading.is_digit:
        assert reading.digit == EXPECTED[name]


def test_one_lies_between_4_and_9(drawings, classifier):
    reading = classifier.classify(drawings["ambiguous"])
    assert reading.is_digit
    assert min(reading.probabilities[[4, 9]]) > 0.2


def test_they_are_the_same_every_time(drawings):
    assert {example["name"]: example["strokes"] for example in examples()} == drawings


@pytest.fixture(scope="module")
def tour():
    return {one["name"]: one for one in experiments()}


@pytest.mark.parametrize(
    ("name", "digit"),
    [("map", 7), ("crossbar", 7), ("turn", 6), ("middle", 5), ("ink", 4), ("least", 4)],
)
def test_the_tours_drawings_are_read_as_they_are_called(tour, classifier, name, digit):
    reading = classifier.classify(tour[name]["strokes"])
    assert reading.is_digit
    assert reading.digit == digit
    assert reading.probabilities[digit] > 0.9


def test_a_short_line_makes_a_9_of_the_tours_4(tour, classifier):
    four = tour["ink"]["strokes"]
    line = np.linspace(four[0][0], four[1][0], 12).tolist()
    reading = classifier.classify([*four, line])
    assert reading.is_digit
    assert reading.digit == 9
    added, own = (
        sum(np.hypot(*np.diff(stroke, axis=0).T).sum() for stroke in strokes)
        for strokes in ([line], four)
    )
    assert added < 0.25 * own
