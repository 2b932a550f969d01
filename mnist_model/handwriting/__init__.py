"""Writes digits and other drawings as pen strokes, for training and tests.

>>> drawing = write_digit(7, np.random.default_rng(1), "crossed")
"""

from dataclasses import replace

import numpy as np

from mnist_model.handwriting.digits import VARIANTS, any_digit, any_variant
from mnist_model.handwriting.hand import NEAT, Hand, any_hand, write
from mnist_model.handwriting.non_digits import KINDS, UNSEEN, any_kind
from mnist_model.preprocess.strokes import Drawing


def write_digit(
    digit: int, rng: np.random.Generator, variant: str | None = None, hand: Hand | None = None
) -> Drawing:
    """Write a digit.

    Args:
        digit: 0 to 9.
        rng: a random generator.
        variant: a name in ``VARIANTS[digit]``; by default a random one, weighted by its frequency.
        hand: a way of writing; by default a random one.

    Returns:
        Strokes of ``(n, 2)`` points, x right and y down, about one unit high.

    Raises:
        ValueError: if there is no such digit or variant.
    """
    if digit not in VARIANTS:
        raise ValueError(f"A digit must be a whole number from 0 to 9, not {digit!r}.")
    if variant is not None and variant not in VARIANTS[digit]:
        names = ", ".join(VARIANTS[digit])
        raise ValueError(f"There is no variant {variant!r} of the {digit}. Choose one of: {names}.")
    figure = any_digit(rng, digit) if variant is None else VARIANTS[digit][variant](rng)
    return write(figure, any_hand(rng) if hand is None else hand, rng)


def write_non_digit(
    rng: np.random.Generator, kind: str | None = None, hand: Hand | None = None
) -> Drawing:
    """Write a drawing that is not a digit.

    Args:
        rng: a random generator.
        kind: a name in ``KINDS``; by default a random one that is not in ``UNSEEN``.
        hand: a way of writing; by default a random one. The pen is always lifted between strokes,
            since an "i" whose dot is joined to its stem would be a 1.

    Returns:
        Strokes of ``(n, 2)`` points, x right and y down, about one unit high.

    Raises:
        ValueError: if there is no such kind.
    """
    if kind is not None and kind not in KINDS:
        raise ValueError(f"There is no kind {kind!r}. Choose one of: {', '.join(KINDS)}.")
    figure = KINDS[any_kind(rng) if kind is None else kind](rng)
    hand = replace(any_hand(rng) if hand is None else hand, ligatures=0.0)
    return write(figure, hand, rng)
