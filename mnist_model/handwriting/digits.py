"""The digits in the variants that people write.

A variant is a function from a random generator to a figure (`hand`), about 0.6 wide and 1 high.
"""

import numpy as np

from mnist_model.handwriting import parts
from mnist_model.handwriting.hand import Figure
from mnist_model.handwriting.table import Draw, Rng, rows, written_form

VARIANTS: dict[int, dict[str, Draw]] = {digit: {} for digit in range(10)}
WEIGHTS: dict[int, dict[str, float]] = {digit: {} for digit in range(10)}

for _row in rows("digits.txt"):
    _digit, _, _name = _row.name.partition(" ")
    VARIANTS[int(_digit)][_name] = _row.draw(written_form, parts)
    WEIGHTS[int(_digit)][_name] = _row.weight


def any_variant(rng: Rng, digit: int) -> str:
    """The name of a random variant of a digit, weighted by its frequency."""
    names, weights = list(WEIGHTS[digit]), np.array(list(WEIGHTS[digit].values()))
    return names[rng.choice(len(names), p=weights / weights.sum())]


def any_digit(rng: Rng, digit: int | None = None) -> Figure:
    """A random variant of a digit, by default of any digit."""
    digit = int(rng.integers(10)) if digit is None else digit
    return VARIANTS[digit][any_variant(rng, digit)](rng)
