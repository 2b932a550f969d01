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
        epochs: passes over the training digits.
        batch_size: digits in a training step.
        learning_rate: the highest of AdamW's cosine schedule (Loshchilov and Hutter 2019).
        weight_decay: of AdamW.
        warmup: share of the steps over which the learning rate rises from 0.
        distortion: of each training digit, another one in every epoch.
    """

    network: str
    epochs: int
    batch_size: int
    learning_rate: float
    weight_decay: float
    warmup: float
    distortion: Distortion


DEFAULT = "sketchpad"

RECIPES = {
    "sketchpad": Recipe(
        network="sketchpad",
        epochs=18,
        batch_size=128,
        learning_rate=3e-3,
        weight_decay=0.02,
        warmup=0.05,
        distortion=Distortion(rotation=14, shear=0.25, scale=0.14, shift=1.2, elastic=0.7),
    ),
}
