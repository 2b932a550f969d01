"""Kinds of drawings that are not digits: letters, signs, shapes, scribbles, spoiled digits."""

import numpy as np

from mnist_model.handwriting import shapes, spoiled
from mnist_model.handwriting.table import Draw, Rng, one_of, rows

#: Kinds that are kept out of training, as are similar ones: they measure what is refused.
UNSEEN = frozenset(
    [f"letter {name}" for name in "AHKMRWafkmw"]
    + ["star", "heart", "house", "hash", "arrow", "question mark", "loops", "pi", "kanji", "cup"]
    + ["tree", "infinity", "two letters"]
)

_ROWS = rows("others.txt")
KINDS: dict[str, Draw] = {row.name: row.draw(one_of, shapes, spoiled) for row in _ROWS}
WEIGHT = {row.name: row.weight for row in _ROWS}


def any_kind(rng: Rng) -> str:
    """The name of a random kind for training, weighted by its frequency."""
    names = [name for name in KINDS if name not in UNSEEN]
    weights = np.array([WEIGHT[name] for name in names])
    return names[rng.choice(len(names), p=weights / weights.sum())]
