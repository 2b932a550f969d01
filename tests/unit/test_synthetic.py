import subprocess
import sys

import numpy as np
from serving import ROOT

from mnist_model.handwriting import UNSEEN, synthetic
from mnist_model.handwriting.synthetic import unseen_non_digits, write_digits, write_non_digits
from mnist_model.preprocess.examples import NOT_A_DIGIT
from mnist_model.train.rebuild import ANOTHER, PAGES


def test_written_drawings_are_examples_of_all_ten_digits_or_of_none():
    digits, others = write_digits(300, seed=1), write_non_digits(50, seed=1)
    assert (digits.images.shape, digits.images.dtype) == ((300, 28, 28), np.uint8)
    assert set(digits.labels) == set(range(10))
    assert digits.images.max(axis=(1, 2)).min() > 100
    assert set(others.labels) == {NOT_A_DIGIT}
    for write in (write_digits, write_non_digits):
        assert write(0, seed=1).images.shape == (0, 28, 28)


def test_the_seed_decides_and_the_processes_do_not(monkeypatch):
    def alone(seed):
        return np.concatenate([synthetic._page_of_digits(20, seed, n).images for n in range(2)])

    monkeypatch.setattr(synthetic, "_PAGE", 20)
    pooled = write_digits(40, seed=5).images  # two pages, in processes of their own
    np.testing.assert_array_equal(pooled, alone(5))
    assert (pooled != alone(6)).any()


def test_what_is_held_out_is_not_what_is_trained_on():
    held_out = {image.tobytes() for image in write_digits(200, 1 + ANOTHER).images}
    for page in range(PAGES):
        trained_on = synthetic._page_of_digits(200, PAGES + page, 0).images
        assert not held_out & {image.tobytes() for image in trained_on}


def test_a_script_without_a_main_guard_gets_its_digits():
    program = """from mnist_model.handwriting import synthetic
synthetic._PAGE = 5
print(len(synthetic.write_digits(7, 1)))"""
    run = subprocess.run(
        [sys.executable, "-"], input=program, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.stdout == "7\n", run.stderr


def test_pens_are_of_different_widths():
    ink = write_digits(200, seed=2)
    ones = ink.images[ink.labels == 1].mean(axis=(1, 2))
    assert ones.max() > 1.5 * ones.min()


def test_unseen_others_are_those_kept_out_of_training():
    drawings, kinds = unseen_non_digits(2, seed=0)
    assert len(drawings) == len(kinds) == 2 * len(UNSEEN)
    assert set(kinds) == UNSEEN
