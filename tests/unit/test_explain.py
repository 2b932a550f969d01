"""What a network does with one drawing: a property that must hold, for each question."""

import base64
import json
import shutil

import numpy as np
import pytest
from digits import DIGITS

from mnist_model import load_classifier, strokes_to_mnist
from mnist_model.explain.activation_maximisation import IDEALS, keep_ideals, read_ideals
from mnist_model.explain.adversarial import BOUNDS, MAX_BOUND, Search, attempt
from mnist_model.explain.attribution import integrated_gradients, occlusion
from mnist_model.explain.comparison import compare_networks
from mnist_model.explain.perturbation import PERTURBATIONS, perturb
from mnist_model.explain.preprocessing import preprocessing_steps
from mnist_model.explain.training_history import SAMPLE, synthetic_confusion
from mnist_model.read.classifier import DEFAULT, LITE, TRAINED, Classifier
from mnist_model.read.litert import load_litert
from mnist_model.train.recipes import RECIPES


@pytest.fixture(scope="module")
def seven():
    return strokes_to_mnist(DIGITS[7])


@pytest.fixture(scope="module")
def small():
    """A network that answers in a tenth of the time."""
    return load_classifier("cnn-dropout")


@pytest.fixture(scope="module")
def occluded(classifier, seven):
    return occlusion(classifier, seven, 7)


# What the network sees


def test_preprocessing_steps_end_in_what_is_read(classifier):
    strokes = [np.array(stroke) * 400 + [500, 100] for stroke in DIGITS[4]]
    framing, reading, naive = preprocessing_steps(classifier, strokes, pad=1000)
    assert (framing.pixels == strokes_to_mnist(strokes)).all()
    assert (reading.pixels == framing.pixels).all()
    assert reading.digit == 4
    left, top = framing.corner
    pasted = framing.pixels[top : top + 20, left : left + 20]
    assert (pasted == framing.ink).all()
    assert framing.pixels.sum() == framing.ink.sum(dtype=int)
    points = np.concatenate(strokes)
    box = framing.box
    assert box == pytest.approx((*points.min(axis=0), *points.max(axis=0)))
    assert box[0] < framing.centre[0] < box[2]
    assert box[1] < framing.centre[1] < box[3]
    # Shrunk, the digit stays where it was: in the upper right of the pad.
    assert naive.pixels[:, :13].sum() == 0
    assert naive.pixels[:14].sum() > 0


def test_a_blank_drawing_is_not_seen(classifier):
    assert preprocessing_steps(classifier, []) is None


# Which ink counts


@pytest.mark.parametrize(
    ("recipe", "digit", "against"), [("cnn", 7, None), ("cnn", 1, None), (DEFAULT, 7, 1)]
)
def test_attributions_sum_to_the_difference_of_the_logits(seven, recipe, digit, against):
    classifier = load_classifier(recipe)
    values, total = integrated_gradients(classifier, seven, digit, against)
    black = np.zeros_like(seven)
    drawn, blank = classifier.logits(np.stack([seven, black]))
    expected = drawn[digit] - blank[digit]
    if against is not None:
        expected -= drawn[against] - blank[against]
    assert total == pytest.approx(expected, abs=1e-3)
    assert abs(values.sum() - total) < 0.05 * np.abs(values).sum()
    assert (values[seven == 0] == 0).all()


def test_coarse_maps_are_like_the_fine_ones(classifier, small, seven, occluded):
    for fine, coarse in (
        (occluded, occlusion(classifier, seven, 7, every=4)),
        (
            integrated_gradients(small, seven, 7)[0],
            integrated_gradients(small, seven, 7, steps=16)[0],
        ),
    ):
        assert coarse.shape == fine.shape
        assert np.corrcoef(fine.ravel(), coarse.ravel())[0, 1] > 0.8


@pytest.mark.parametrize("is_ink", [True, False])
def test_occlusion_is_the_change_of_the_logit_by_covered_or_missing_ink(
    classifier, seven, occluded, is_ink
):
    y, x = np.unravel_index(np.where((seven > 0) == is_ink, np.abs(occluded), 0).argmax(), (28, 28))
    place = np.arange(28)
    near = (place[:, None] - y) ** 2 + (place - x) ** 2
    brush = np.exp(-near / (2 * 1.25**2))
    covered = seven + brush * (255 - 2 * seven.astype(float))
    logits = classifier.logits(np.stack([seven, covered]))[:, 7]
    assert occluded[y, x] == pytest.approx(logits[0] - logits[1], abs=1e-2)
    assert abs(occluded[y, x]) > 0.5


# Stress it


@pytest.mark.parametrize("change", PERTURBATIONS)
def test_what_is_not_changed_is_read_as_it_is(classifier, seven, change):
    curve = perturb(classifier, seven, change)
    assert curve.strengths[curve.neutral] == PERTURBATIONS[change].neutral
    assert (curve.pixels[curve.neutral] == seven).all()
    expected = classifier.probabilities(seven[None])[0]
    margin = classifier.classify(DIGITS[7]).digit_margin
    assert curve.probabilities[curve.neutral] == pytest.approx(expected, abs=1e-5)
    assert curve.is_digit[curve.neutral]
    assert curve.margins[curve.neutral] == pytest.approx(margin, abs=1e-3)
    assert ((curve.margins >= 0) == curve.is_digit).all()
    assert (np.isneginf(curve.margins) == ~curve.pixels.any(axis=(1, 2))).all()
    assert (np.diff(curve.strengths) > 0).all()
    read = np.where(curve.is_digit, curve.probabilities.argmax(axis=1), -1)
    assert curve.flips == [i for i in range(1, len(read)) if read[i] != read[i - 1]]


def test_changes_do_what_they_say(classifier, seven):
    def centre(pixels: np.ndarray) -> np.ndarray:
        y, x = np.indices(pixels.shape)
        return np.array([(x * pixels).sum(), (y * pixels).sum()]) / pixels.sum()

    ring = strokes_to_mnist(DIGITS[0])
    at = centre(ring)
    shifted = perturb(classifier, ring, "shift")
    further = np.flatnonzero(shifted.strengths == 2)[0]
    assert centre(shifted.pixels[further]) == pytest.approx([at[0] + 2, at[1]], abs=0.1)
    risen = perturb(classifier, ring, "rise")
    assert centre(risen.pixels[further]) == pytest.approx([at[0], at[1] + 2], abs=0.1)
    for change in ("scale", "thickness"):
        ink = perturb(classifier, seven, change).pixels.sum(axis=(1, 2), dtype=int)
        assert (np.diff(ink) > -0.01 * ink.max()).all()
    covered = perturb(classifier, seven, "cover").pixels
    assert covered[0].sum() == covered[-1].sum() == 0


# Fool it


def attempts(classifier, pixels, digit, norm="linf"):
    """All attempts of one search, in order."""
    results, search = [], Search()
    while search:
        count = search.attempts
        result, search = attempt(classifier, pixels, digit, norm, search)
        results.append(result)
        assert search is None or search.attempts == count + 1
    return results


@pytest.mark.parametrize("norm", ["linf", "l2"])
def test_fooled_network_reads_the_chosen_digit_within_the_bound(small, seven, norm):
    results = attempts(small, seven, 3, norm)
    assert len(results) == BOUNDS + 1
    best = [one for one in results if one.success][-1]
    assert (best.reading.digit, best.reading.is_digit) == (3, True)
    assert (best.reading.pixels.astype(int) == seven + best.difference).all()
    size = np.abs(best.difference).max() if norm == "linf" else np.linalg.norm(best.difference)
    assert best.size == pytest.approx(size)
    assert best.size <= MAX_BOUND[norm]
    assert best.size < results[0].size


def test_digit_that_is_read_already_needs_no_change(small, seven):
    assert attempts(small, seven, 7)[-1].size <= 1


def test_network_that_cannot_be_fooled_ends_the_search(small, seven, monkeypatch):
    monkeypatch.setitem(MAX_BOUND, "linf", 1.0)
    (result,) = attempts(small, seven, 3)
    assert not result.success
    assert result.size <= 1


# How it learned


def test_synthetic_confusion_sorts_drawings_by_what_is_read(classifier):
    cells = synthetic_confusion(classifier, 7)
    assert sum(map(len, cells)) == SAMPLE
    for digit, cell in enumerate(cells):
        assert (classifier.probabilities(cell).argmax(axis=1) == digit).all()
    right = classifier.probabilities(cells[7])[:, 7]
    assert len(right) > 0.9 * SAMPLE
    assert (np.diff(right) <= 1e-6).all()  # the surest first


# What the network imagines


@pytest.mark.parametrize("recipe", RECIPES)
def test_shipped_ideals_excite_their_digits_most(recipe):
    ideals, network = read_ideals(TRAINED / recipe), load_litert(TRAINED / recipe / LITE)
    logits = {}
    for pictures, written in (("pixels", "logits"), ("typical", "typical_logits")):
        pixels = np.frombuffer(base64.b64decode(ideals[pictures]), np.uint8).reshape(10, 28, 28)
        logits[pictures] = network(pixels.astype(np.float32))
        assert ideals[written] == pytest.approx(logits[pictures].diagonal(), abs=0.06)
    assert (logits["pixels"].argmax(axis=1) == range(10)).all()
    if recipe == DEFAULT:  # networks that saw no writer find some of its neat digits as exciting
        assert (logits["pixels"].diagonal() > logits["typical"].diagonal()).all()


def test_ideals_are_made_again_as_they_were_shipped(small, tmp_path):
    folder = shutil.copytree(small.folder, tmp_path / "model")
    (folder / IDEALS).unlink()
    assert read_ideals(folder) is None
    keep_ideals(Classifier(folder))
    made, shipped = read_ideals(folder), read_ideals(small.folder)
    # On the way up the hill a rounding error grows: another processor ends beside it.
    assert made["logits"] == pytest.approx(shipped["logits"], abs=1)
    assert made["typical"] == shipped["typical"]
    for damaged in ("{", "[]", json.dumps(made | {"pixels": "?"}), json.dumps({"logits": [1]})):
        (folder / IDEALS).write_text(damaged)
        with pytest.raises(ValueError, match="mnist_model ideals"):
            read_ideals(folder)


# Compare networks


def test_networks_read_the_same_moved_digit(classifier, seven):
    still, again = compare_networks([classifier, classifier], seven)
    assert still.digit == again.digit == 7
    (moved,) = compare_networks([classifier], seven, right=3, down=-2)
    assert (moved.pixels[0:20, 3:28] == seven[2:22, 0:25]).all()
    (gone,) = compare_networks([classifier], seven, right=14, down=14)
    assert gone.pixels.sum() < seven.sum()


# Bad questions


@pytest.mark.parametrize(
    "ask",
    [
        lambda c, p: integrated_gradients(c, p, 10),
        lambda c, p: integrated_gradients(c, p, True),
        lambda c, p: occlusion(c, p, "7"),
        lambda c, p: perturb(c, p, "melt"),
        lambda c, p: attempt(c, p, 3, "l1"),
        lambda c, p: attempt(c, p, 3.0),
        lambda c, p: synthetic_confusion(c, 10),
        lambda c, p: attempt(c, p, 3, search=Search(worked=1e9)),
        lambda c, p: attempt(c, p, 3, search=Search(failed=float("nan"))),
        lambda c, p: attempt(c, p, 3, search=Search(attempts=9)),
        lambda c, p: compare_networks([c], p, right=15),
        lambda c, p: compare_networks([c], p, down=0.5),
    ],
)
def test_a_question_that_is_none_is_refused(classifier, seven, ask):
    with pytest.raises(ValueError, match=r"\.$"):
        ask(classifier, seven)
