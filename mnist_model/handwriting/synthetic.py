"""Generated digits and other drawings in MNIST format, for training and tests."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import numpy as np

from mnist_model.handwriting import UNSEEN, write_digit, write_non_digit
from mnist_model.preprocess.examples import NOT_A_DIGIT, Examples
from mnist_model.preprocess.mnist_format import STROKE_WIDTH, strokes_to_mnist
from mnist_model.preprocess.strokes import Drawing

_PAGE = 2_000  # drawings of a job of one process
_WIDTH_SPREAD = 0.6  # standard deviation; MNIST's is 0.7 with the noise of its pictures
_WIDTHS = 1.3, 4.2


def write_digits(count: int, seed: int) -> Examples:
    """Digits in random handwriting, with pens of random widths like MNIST's.

    Args:
        count: of digits; 0 to 9 are equally likely.
        seed: the same seed gives the same digits, on any number of processors.
    """
    return _written(_page_of_digits, count, seed)


def write_non_digits(count: int, seed: int) -> Examples:
    """Drawings that are not digits, of the kinds for training, labelled `NOT_A_DIGIT`."""
    return _written(_page_of_non_digits, count, seed)


def unseen_non_digits(each: int, seed: int) -> tuple[list[Drawing], list[str]]:
    """``each`` drawings of every kind that is kept out of training, and each drawing's kind."""
    rng = np.random.default_rng(seed)
    kinds = [kind for kind in sorted(UNSEEN) for _ in range(each)]
    return [write_non_digit(rng, kind) for kind in kinds], kinds


def _written(page: Callable[[int, int, int], Examples], count: int, seed: int) -> Examples:
    if not count:
        return Examples.none()
    indices = range(-(-count // _PAGE))
    sizes = [min(_PAGE, count - index * _PAGE) for index in indices]
    jobs = (sizes, [seed] * len(sizes), indices)
    if len(sizes) < 2:
        pages = list(map(page, *jobs))
    else:
        try:
            # Spawned, not forked: TensorFlow's threads do not survive a fork.
            with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
                pages = list(pool.map(page, *jobs))
        except BrokenProcessPool:  # a script without a main guard
            pages = list(map(page, *jobs))
    images = [page.images for page in pages]
    return Examples(np.concatenate(images), np.concatenate([page.labels for page in pages]))


def _page_of_digits(count: int, seed: int, index: int) -> Examples:
    rng = _chance(seed, index, 0)
    labels = rng.integers(0, 10, count)
    images = [_render(write_digit(int(digit), rng), rng) for digit in labels]
    return Examples(np.stack(images), labels)


def _page_of_non_digits(count: int, seed: int, index: int) -> Examples:
    rng = _chance(seed, index, 1)
    images = [_render(write_non_digit(rng), rng) for _ in range(count)]
    return Examples(np.stack(images), np.full(count, NOT_A_DIGIT))


def _chance(seed: int, index: int, kind: int) -> np.random.Generator:
    # Spawn keys, since lists of whole numbers can collide: [2**32, 0] is the same as [0, 1, 0].
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(index, kind)))


def _render(drawing: Drawing, rng: np.random.Generator) -> np.ndarray:
    width = np.clip(rng.normal(STROKE_WIDTH, _WIDTH_SPREAD), *_WIDTHS)
    return strokes_to_mnist(drawing, float(width))
