"""The recipes: which network, trained how.

A table of plain values: reading it imports no TensorFlow. A network of one's own is a function in
``networks.py`` and a row here.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal

from mnist_model.read.classifier import TEACHER
from mnist_model.train.augment import Distortion


@dataclass(frozen=True)
class Published:
    """What is published of a network like this one; None for what is not.

    Attributes:
        training: share of MNIST's training digits read right at the end of training, 0..1.
        validation: likewise, of the digits held out.
        test: likewise, of the test set.
        test_loss: cross-entropy on the test set, in nats, before any calibration.
        about: whether the figures are given as "about".
    """

    training: float | None = None
    validation: float | None = None
    test: float | None = None
    test_loss: float | None = None
    about: bool = False

    def __iter__(self) -> Iterator[tuple[str, float]]:
        """What there is: name and figure."""
        for figure in fields(self):
            value = getattr(self, figure.name)
            if figure.name != "about" and value is not None:
                yield figure.name, value


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
        settling: share of the epochs, the last ones, in which the distortions go half as far: what
            is read later is hardly distorted (He et al., "Data Augmentation Revisited: Rethinking
            the Distribution Gap between Clean and Augmented Data", 2019).
        softened: whether the trained network softens what it is shown (`networks.sketchpad`).
        written_digits: how many of the project's own writer join each of MNIST's in an
            epoch (`handwriting`).
        written_non_digits: likewise, of its drawings that are no digit. The network learns to give
            none of its ten logits to these: each stands against an eleventh that is always 0.
        teacher: the recipe of a trained network whose logits are learned, too (`fit.distillation`).
        polish: further epochs (`stages`).
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
    settling: float = 0.0
    softened: bool = False
    written_digits: float = 0.0
    written_non_digits: float = 0.0
    teacher: str | None = None
    polish: int = 0
    published: Published | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for settings that make no sense, or would be ignored."""
        for what in ("epochs", "batch_size"):
            count = getattr(self, what)
            if not isinstance(count, int) or count < 1:
                raise ValueError(f"{what} is a whole number from 1 on, not {count!r}.")
        if self.optimizer not in ("adam", "adamw"):
            raise ValueError(f'The optimizer is "adam" or "adamw", not {self.optimizer!r}.')
        if self.optimizer == "adam" and (self.weight_decay or self.warmup):
            raise ValueError('weight_decay and warmup are settings of "adamw".')
        if not 0 <= self.settling <= 1:
            raise ValueError(f"settling is a share from 0 to 1, not {self.settling!r}.")
        if self.one_hot and self.written_non_digits:
            raise ValueError("What is no digit has no one-hot label: one_hot goes without.")

    def distortions(self) -> list[Distortion]:
        """How far the distortions go in each epoch."""
        settled = round(self.settling * self.epochs)
        less = self.distortion.times(SETTLED)
        return [self.distortion] * (self.epochs - settled) + [less] * settled

    def stages(self) -> list["Recipe"]:
        """This recipe, and its polish: the learning rate rises again, to a third.

        Such warm restarts: Loshchilov and Hutter, "SGDR", ICLR 2017.
        """
        less = self.distortion.times(SETTLED)
        rate = self.learning_rate / 3
        polish = replace(
            self, epochs=self.polish or 1, learning_rate=rate, distortion=less, settling=0
        )
        return [self, polish] if self.polish else [self]

    def settings(self) -> dict[str, Any]:
        """What the card says of it: everything but what others published."""
        return {name: value for name, value in asdict(self).items() if name != "published"}


SETTLED = 0.5  # times as far go the distortions of the last epochs

TEACHERS = {  # larger than what is fast; the page does not read with them
    TEACHER: Recipe(
        network="teacher",
        epochs=28,
        batch_size=128,
        learning_rate=3e-3,
        optimizer="adamw",
        weight_decay=0.02,
        warmup=0.05,
        distortion=Distortion(
            rotation=12, shear=0.2, scale=0.12, shift=1.2, elastic=0.6, thickness=0.4
        ),
        softened=True,
        settling=0.25,
        written_digits=0.8,
        written_non_digits=0.45,
    ),
}

RECIPES = {
    "sketchpad": replace(
        TEACHERS[TEACHER],
        network="sketchpad",
        teacher=TEACHER,
        epochs=18,
        polish=6,
        distortion=TEACHERS[TEACHER].distortion.times(0.75),
    ),
    # The classics. Published are their layers, loss, optimizer and figures, and of most of them
    # epochs, batch size and validation split; the rest, widths above all, is this project's choice.
    "mlp": Recipe(
        network="mlp",
        epochs=15,
        batch_size=512,
        one_hot=True,
        held_out=0.1,
        published=Published(test=0.98, about=True),
    ),
    "cnn": Recipe(
        network="cnn",
        epochs=10,
        batch_size=32,
        published=Published(training=0.9967, validation=0.9883),
    ),
    "cnn-deep": Recipe(
        network="cnn_deep",
        epochs=10,
        batch_size=128,
        one_hot=True,
        held_out=0.2,
        published=Published(test=0.9915, test_loss=0.0260),
    ),
    "cnn-dropout": Recipe(
        network="cnn_dropout",
        epochs=10,
        batch_size=128,
        one_hot=True,
        published=Published(test=0.98, about=True),
    ),
    "cnn-plain": Recipe(
        network="cnn_plain",
        epochs=5,
        batch_size=64,
        held_out=1 / 30,
        published=Published(test=0.99029),
    ),
    "cnn-batchnorm": Recipe(
        network="cnn_batchnorm",
        epochs=5,
        batch_size=64,
        held_out=1 / 30,
        published=Published(test=0.99279),
    ),
}

# For lessons on a few examples (`shown`): the networks and schedules of the page's "Teach one"
# (assets/tabs/teach/networks.js), whose third network is the recipe "cnn".
LESSONS = {
    "dense": Recipe(
        network="dense", epochs=25, batch_size=32, learning_rate=2e-3, optimizer="adamw"
    ),
    "small": Recipe(
        network="small", epochs=20, batch_size=32, learning_rate=3e-3, optimizer="adamw"
    ),
}
LEAST_STEPS = 150  # of a lesson: a few examples are gone through more often
