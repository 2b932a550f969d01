"""What a network does with one drawing: a file for each question asked of it."""

from mnist_model.behaviour.attribution import Attribution, integrated_gradients, occlusion
from mnist_model.behaviour.compare import compare
from mnist_model.behaviour.favourite import Favourite, favourite
from mnist_model.behaviour.fool import NORMS, Fooled, fool
from mnist_model.behaviour.inside import Stage, Term, Unit, stages, unit
from mnist_model.behaviour.learned import landed, summary
from mnist_model.behaviour.seen import Seen, seen
from mnist_model.behaviour.stress import CHANGES, Curve, stress

__all__ = [
    "CHANGES",
    "NORMS",
    "Attribution",
    "Curve",
    "Favourite",
    "Fooled",
    "Seen",
    "Stage",
    "Term",
    "Unit",
    "compare",
    "favourite",
    "fool",
    "integrated_gradients",
    "landed",
    "occlusion",
    "seen",
    "stages",
    "stress",
    "summary",
    "unit",
]
