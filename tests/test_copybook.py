import numpy as np

from mnist_model import copybook
from mnist_model.copybook import NOT_A_DIGIT, unseen_others, write_digits, write_others
from mnist_model.penmanship import UNSEEN


def test_written_digits_are_examples_of_all_ten():
    examples = write_digits(300, seed=1)
    assert examples.images.shape == (300, 28, 28)
    assert examples.images.dtype == np.uint8
    assert set(examples.labels) == set(range(10))
    assert examples.images.max(axis=(1, 2)).min() > 100


def test_others_are_labelled_as_no_digit():
    examples = write_others(50, seed=1)
    assert set(examples.labels) == {NOT_A_DIGIT}


def test_nothing_asked_for_is_nothing():
    assert write_digits(0, seed=1).images.shape == (0, 28, 28)
    assert len(write_others(0, seed=1)) == 0


def test_the_seed_decides_and_the_processes_do_not(monkeypatch):
    alone = write_digits(60, seed=5)
    np.testing.assert_array_equal(alone.images, write_digits(60, seed=5).images)
    assert (alone.images != write_digits(60, seed=6).images).any()
    long = write_digits(copybook._PAGE + 40, seed=5)  # two pages, in processes of their own
    assert len(long) == copybook._PAGE + 40
    last = copybook._page_of_digits(40, 5, 1)
    np.testing.assert_array_equal(long.images[-40:], last.images)


def test_pens_are_of_different_widths():
    ink = write_digits(200, seed=2)
    ones = ink.images[ink.labels == 1].mean(axis=(1, 2))
    assert ones.max() > 1.5 * ones.min()


def test_unseen_others_are_those_kept_out_of_training():
    drawings, kinds = unseen_others(2, seed=0)
    assert len(drawings) == len(kinds) == 2 * len(UNSEEN)
    assert set(kinds) == UNSEEN
