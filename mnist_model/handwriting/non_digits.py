"""What people draw that is no digit: signs, shapes, scribbles, parts of digits, pairs, dots."""

import numpy as np

from mnist_model.handwriting import scribbles, shapes, spoiled
from mnist_model.handwriting.table import Draw, Rng, one_of, rows

#: Kinds that no network is trained on, nor on anything that looks like them: what is refused of
#: these is a fair figure.
UNSEEN = frozenset(
    [f"letter {name}" for name in "AHKMRWafkmw"]
    + ["star", "heart", "house", "hash", "arrow", "question mark", "loops", "pi", "kanji", "cup"]
    + ["tree", "infinity", "two letters"]
)

_ROWS = rows("others.txt")
KINDS: dict[str, Draw] = {row.name: row.draw(one_of, shapes, scribbles, spoiled) for row in _ROWS}
WEIGHT = {row.name: row.weight for row in _ROWS}


def any_kind(rng: Rng) -> str:
    """The name of a kind that may be trained on."""
    names = [name for name in KINDS if name not in UNSEEN]
    weights = np.array([WEIGHT[name] for name in names])
    return names[rng.choice(len(names), p=weights / weights.sum())]
