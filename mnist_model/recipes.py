"""The recipes: which network, trained how.

A table of plain values: reading it imports no TensorFlow. A network of one's own is a function in
``networks.py`` and a row here.
"""

from dataclasses import dataclass, field
from typing import Literal

from mnist_model.augment import Distortion


@dataclass(frozen=True)
class Published:
    """The figure that is published of a network like this one.

    Attributes:
        accuracy: share of digits read right, 0..1.
        of: which of MNIST's digits: its test set, or those held out for validation.
        about: whether it is given as "about".
    """

    accuracy: float
    of: Literal["test", "validation"] = "test"
    about: bool = False


@dataclass(frozen=True)
class Recipe:
    """How a model is made.

    Attributes:
        network: the name of a function in ``networks.py``.
        epochs: passes over MNIST and one page of what the writer wrote.
        batch_size: digits in a training step.
        learning_rate: of the optimizer; the highest, where it follows a schedule.
        optimizer: "adam" at a constant rate (Kingma and Ba 2015), or "adamw" with a warm-up and a
            cosine schedule (Loshchilov and Hutter 2019).
        one_hot: labels as ten numbers and categorical cross-entropy; otherwise as one, and sparse
            categorical cross-entropy. The same loss in two notations.
        held_out: share of MNIST's training digits that are held out for validation.
        weight_decay: of "adamw".
        warmup: of "adamw": share of the steps over which the learning rate rises from 0.
        distortion: of each training digit, another one in every epoch.
        softened: whether the trained network softens what it is shown (`networks.sketchpad`).
        written_digits: how many of the project's own writer join each of MNIST's in an
            epoch (`penmanship`).
        written_others: likewise, of its drawings that are no digit. The network learns to give
            none of its ten logits to these: each stands against an eleventh that is always 0.
        published: what is said of such a network elsewhere, if it is a classic one.
    """

    network: str
    epochs: int
    batch_size: int
    learning_rate: float = 1e-3
    optimizer: Literal["adam", "adamw"] = "adam"
    one_hot: bool = False
    held_out: float = 1 / 12
    weight_decay: float = 0.0
    warmup: float = 0.0
    distortion: Distortion = field(default_factory=Distortion)
    softened: bool = False
    written_digits: float = 0.0
    written_others: float = 0.0
    published: Published | None = None


DEFAULT = "sketchpad"

RECIPES = {
    "sketchpad": Recipe(
        network="sketchpad",
        epochs=30,
        batch_size=128,
        learning_rate=3e-3,
        optimizer="adamw",
        weight_decay=0.02,
        warmup=0.05,
        distortion=Distortion(
            rotation=12, shear=0.2, scale=0.12, shift=1.2, elastic=0.6, thickness=0.4
        ),
        softened=True,
        written_digits=0.6,
        written_others=0.27,
    ),
    # The classics, with the settings they were published with.
    "mlp": Recipe(
        network="mlp",
        epochs=10,
        batch_size=128,
        one_hot=True,
        held_out=0.1,
        published=Published(0.98, about=True),
    ),
    "cnn": Recipe(
        network="cnn", epochs=10, batch_size=32, published=Published(0.9883, of="validation")
    ),
    "cnn-deep": Recipe(
        network="cnn_deep",
        epochs=10,
        batch_size=128,
        one_hot=True,
        held_out=0.2,
        published=Published(0.9915),
    ),
    "cnn-dropout": Recipe(
        network="cnn_dropout",
        epochs=10,
        batch_size=128,
        one_hot=True,
        published=Published(0.98, about=True),
    ),
    "cnn-plain": Recipe(network="cnn_plain", epochs=5, batch_size=64, published=Published(0.99029)),
    "cnn-batchnorm": Recipe(
        network="cnn_batchnorm", epochs=5, batch_size=64, published=Published(0.99279)
    ),
}
