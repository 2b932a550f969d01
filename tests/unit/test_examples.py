"""The drawings that the page offers to watch."""

import numpy as np
import pytest

from demo.pad.examples import examples, experiments

EXAMPLES = {"flag": 1, "crossed": 7, "curled": 9, "slashed": 0, "letter": None, "scribble": None}
TOUR = {"map": 7, "crossbar": 7, "turn": 6, "middle": 5, "ink": 4, "least": 4}


@pytest.fixture(scope="module")
def drawings():
    return {example["name"]: example["strokes"] for example in examples()}


@pytest.fixture(scope="module")
def tour():
    return {one["name"]: one["strokes"] for one in experiments()}


@pytest.mark.parametrize("name", [*EXAMPLES, *TOUR])
def test_each_drawing_is_read_as_it_is_called(drawings, tour, classifier, name):
    reading = classifier.classify(drawings[name] if name in EXAMPLES else tour[name])
    digit = (EXAMPLES | TOUR)[name]
    assert reading.is_digit == (digit is not None)
    if digit is not None:
        assert reading.digit == digit
    assert name in EXAMPLES or reading.probabilities[digit] > 0.9


def test_they_lie_on_the_pad_and_its_grid(drawings):
    for strokes in drawings.values():
        points = np.concatenate([np.array(stroke) for stroke in strokes])
        assert points.min() >= 0
        assert points.max() <= 1000
        assert (points * 2 == np.rint(points * 2)).all()
        assert len(points) < 500


def test_one_lies_between_4_and_9(drawings, classifier):
    reading = classifier.classify(drawings["ambiguous"])
    assert reading.is_digit
    assert min(reading.probabilities[[4, 9]]) > 0.2


def test_they_are_the_same_every_time(drawings):
    assert {example["name"]: example["strokes"] for example in examples()} == drawings


def test_a_short_line_makes_a_9_of_the_tours_4(tour, classifier):
    four = tour["ink"]
    line = np.linspace(four[0][0], four[1][0], 12).tolist()
    reading = classifier.classify([*four, line])
    assert reading.is_digit
    assert reading.digit == 9
    added, own = (
        sum(np.hypot(*np.diff(stroke, axis=0).T).sum() for stroke in strokes)
        for strokes in ([line], four)
    )
    assert added < 0.25 * own
