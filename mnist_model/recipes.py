"""The recipes: which network, trained how.

A table of plain values: reading it imports no TensorFlow.
"""

from dataclasses import dataclass

from mnist_model.augment import Distortion


@dataclass(frozen=True)
class Recipe:
    """How a model is made.

    Attributes:
        network: the name of a function in ``networks.py``.
        epochs: passes over MNIST and one page of what the writer wrote.
        batch_size: digits in a training step.
        learning_rate: the highest of AdamW's cosine schedule (Loshchilov and Hutter 2019).
        weight_decay: of AdamW.
        warmup: share of the steps over which the learning rate rises from 0.
        distortion: of each training digit, another one in every epoch.
        softened: whether the trained network softens what it is shown (`networks.sketchpad`).
        written_digits: how many of the project's own writer join each of MNIST's in an
            epoch (`penmanship`).
        written_others: likewise, of its drawings that are no digit. The network learns to give
            none of its ten logits to these: each stands against an eleventh that is always 0.
    """

    network: str
    epochs: int
    batch_size: int
    learning_rate: float
    weight_decay: float
    warmup: float
    distortion: Distortion
    softened: bool = False
    written_digits: float = 0.0
    written_others: float = 0.0


DEFAULT = "sketchpad"

RECIPES = {
    "sketchpad": Recipe(
        network="sketchpad",
        epochs=28,
        batch_size=128,
        learning_rate=3e-3,
        weight_decay=0.02,
        warmup=0.05,
        distortion=Distortion(
            rotation=12, shear=0.2, scale=0.12, shift=1.2, elastic=0.6, thickness=0.4
        ),
        softened=True,
        written_digits=0.6,
        written_others=0.27,
    ),
}
