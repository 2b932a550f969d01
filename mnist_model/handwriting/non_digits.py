"""Drawings that are not digits: signs, shapes, scribbles, parts of digits, pairs, dots."""

import numpy as np

from mnist_model.handwriting import scribbles, shapes, spoiled
from mnist_model.handwriting.table import Draw, Rng, one_of, rows

#: Kinds that no network is trained on, nor on similar drawings: to measure what is refused.
UNSEEN = frozenset(
    [f"letter {name}" for name in "AHKMRWafkmw"]
    + ["star", "heart", "house", "hash", "arrow", "question mark", "loops", "pi", "kanji", "cup"]
    + ["tree", "infinity", "two letters"]
)

_ROWS = rows("others.txt")
KINDS: dict[str, Draw] = {row.name: row.draw(one_of, shapes, scribbles, spoiled) for row in _ROWS}
WEIGHT = {row.name: row.weight for row in _ROWS}


def any_kind(rng: Rng) -> str:
    """The name of a random kind for training."""
    names = [name for name in KINDS if name not in UNSEEN]
    weights = np.array([WEIGHT[name] for name in names])
    return names[rng.choice(len(names), p=weights / weights.sum())]
