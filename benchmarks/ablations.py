"""What each part of the recipe is worth, in a short training: into the trained model's card.

    python benchmarks/ablations.py --data mnist.npz --pen pendigits-orig.tra [--unipen FILE]

Each row changes one thing and trains from the same seed for the same number of steps, far fewer
than the recipe's own. Nothing that is made here is shipped; one row is trained on pen digits, to
learn what they would still add.
"""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from mnist_model.handwriting.synthetic import unseen_non_digits, write_digits, write_non_digits  # noqa: E402
from mnist_model.preprocess.examples import Examples  # noqa: E402
from mnist_model.preprocess.mnist_format import STROKE_WIDTH, strokes_to_mnist  # noqa: E402
from mnist_model.preprocess.strokes import Drawing  # noqa: E402
from mnist_model.read.calibration import area_under_roc, log_sum_exp  # noqa: E402
from mnist_model.read.classifier import (  # noqa: E402
    DEFAULT,
    MODEL,
    Classifier,
    load_classifier,
)
from mnist_model.train.augment import Distortion  # noqa: E402
from mnist_model.train.data import load_mnist, load_pen_digits, pen_writers, split  # noqa: E402
from mnist_model.train.lazy_tensorflow import import_tensorflow  # noqa: E402
from mnist_model.train.recipes import RECIPES, Recipe  # noqa: E402

EPOCHS = 1  # of the whole recipe; the others train for as many steps
SEED = 0
HELD_OUT = 5_000
WRITERS_HELD_OUT = 6
WIDTHS = (1.8, 2.1, STROKE_WIDTH, 2.8, 3.2)


@dataclass(frozen=True)
class Ablation:
    """One row: what is changed.

    Attributes:
        change: in words.
        recipe: the recipe with the change in it.
        more: examples to train on that the recipe does not have.
    """

    change: str
    recipe: Recipe
    more: Callable[[], Examples] | None = None


def main() -> None:
    """Train and measure row after row."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", metavar="mnist.npz")
    parser.add_argument("--pen", metavar="FILE", required=True, help="pen digits, UNIPEN format")
    parser.add_argument("--unipen", metavar="FILE", help="other donors' digits, read as well")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="some of the rows")
    arguments = parser.parse_args()

    drawings, labels = load_pen_digits(arguments.pen)
    writers = np.array(pen_writers(arguments.pen), int)
    held_out_writers = np.random.default_rng(SEED).permutation(np.unique(writers))[
        :WRITERS_HELD_OUT
    ]
    unseen_pens = np.isin(writers, held_out_writers)
    pens = in_mnist_format(drawings, labels)
    donors = in_mnist_format(*load_pen_digits(arguments.unipen)) if arguments.unipen else None
    unseen = np.stack([strokes_to_mnist(d) for d in unseen_non_digits(100, SEED)[0]])

    training, validation = split(load_mnist(arguments.data)[0], HELD_OUT, SEED)
    rows = table(pens.take(np.flatnonzero(~unseen_pens)))
    for name in arguments.only or rows:
        row = rows[name]
        started = time.monotonic()
        network = train(row, training, validation)
        from mnist_model.train.fit import predict

        read = predict(network, pens.images)
        right = read.argmax(axis=1) == labels
        pens_used = row.more is not None
        result = {
            "change": row.change,
            "mnist_validation": share(
                predict(network, validation.images).argmax(axis=1) == validation.labels
            ),
            "pen_digits": None if pens_used else share(right),
            f"pen_digits_of_{WRITERS_HELD_OUT}_writers": share(right[unseen_pens]),
            "auroc_of_unseen_kinds": round(
                area_under_roc(
                    log_sum_exp(read[unseen_pens]), log_sum_exp(predict(network, unseen))
                ),
                4,
            ),
            "steps": steps_per_epoch(len(training)) * EPOCHS,
        }
        if donors is not None:
            answers = predict(network, donors.images).argmax(axis=1)
            result["unipen"] = share(answers == donors.labels)
        print(f"{name}: {result} in {time.monotonic() - started:.0f} s", flush=True)
        keep("ablations", name, result)
    if not arguments.only:
        measure_rendering(drawings, labels)


def in_mnist_format(drawings: list[Drawing], labels: np.ndarray) -> Examples:
    """Pen digits as the network is shown them."""
    return Examples(np.stack([strokes_to_mnist(drawing) for drawing in drawings]), labels)


def table(pens: Examples) -> dict[str, Ablation]:
    """The rows; ``pens`` are the digits of 24 of the 30 pen writers."""
    recipe = replace(RECIPES[DEFAULT], epochs=EPOCHS)
    distortion = recipe.distortion

    def undistorted(**changes: float) -> Recipe:
        return replace(recipe, distortion=replace(distortion, **changes))

    return {
        "recipe": Ablation("none: the recipe", recipe),
        "mnist-alone": Ablation(
            "MNIST alone, nothing by the writer",
            replace(recipe, written_digits=0.0, written_non_digits=0.0),
        ),
        "no-non-digits": Ablation(
            "the writer's digits, but not what is no digit", replace(recipe, written_non_digits=0.0)
        ),
        "no-digits": Ablation(
            "what is no digit, but not the writer's digits", replace(recipe, written_digits=0.0)
        ),
        "no-distortion": Ablation("no distortions", replace(recipe, distortion=Distortion())),
        "no-elastic": Ablation("no elastic distortion", undistorted(elastic=0.0)),
        "no-thickness": Ablation("no change of thickness", undistorted(thickness=0.0)),
        "real-pens": Ablation(
            "not for shipping: and the digits of 24 of the 30 pen writers", recipe, lambda: pens
        ),
    }


def steps_per_epoch(count: int) -> int:
    """Of the recipe, with ``count`` of MNIST's digits."""
    recipe = RECIPES[DEFAULT]
    page = count + round(recipe.written_digits * count) + round(recipe.written_non_digits * count)
    return page // recipe.batch_size


def train(row: Ablation, training: Examples, validation: Examples):
    """A network trained as the row says, for as many steps as any other."""
    import_tensorflow()
    from mnist_model.train.fit import fit

    count, recipe = len(training), row.recipe
    examples = training.and_also(write_digits(round(recipe.written_digits * count), SEED))
    examples = examples.and_also(write_non_digits(round(recipe.written_non_digits * count), SEED))
    if row.more:
        examples = examples.and_also(row.more())
    drawn = np.random.default_rng(SEED).permutation(len(examples))
    page = examples.take(np.resize(drawn, steps_per_epoch(count) * recipe.batch_size))
    return fit(recipe, [page], validation, SEED)[0]


def measure_rendering(drawings: list, labels: np.ndarray) -> None:
    """The trained model on pen digits drawn with pens of other widths, or centred otherwise."""
    classifier = load_classifier()

    def accuracy(images: list[np.ndarray]) -> float:
        return share(classifier.probabilities(np.stack(images)).argmax(axis=1) == labels)

    result = {
        f"width {width} px": accuracy([strokes_to_mnist(d, width) for d in drawings])
        for width in WIDTHS
    }
    result["box centred, not the centre of mass"] = accuracy(
        [box_centred(strokes_to_mnist(d)) for d in drawings]
    )
    result["no antialiasing"] = accuracy(
        [np.where(strokes_to_mnist(d) > 127, 255, 0).astype(np.uint8) for d in drawings]
    )
    result["the network does not soften it"] = accuracy_unsoftened(classifier, drawings, labels)
    print(f"rendering, pen digits: {result}", flush=True)
    keep("ablations", "rendering", result)


def accuracy_unsoftened(classifier: Classifier, drawings: list, labels: np.ndarray) -> float:
    """As the trained network would read if it took drawings as sharp as they are."""
    import keras

    from mnist_model.train import networks
    from mnist_model.train.fit import predict

    sharp = getattr(networks, RECIPES[DEFAULT].network)()
    trained = keras.saving.load_model(classifier.folder / MODEL, compile=False)
    sharp.set_weights(trained.get_weights())
    images = np.stack([strokes_to_mnist(drawing) for drawing in drawings])
    return share(predict(sharp, images).argmax(axis=1) == labels)


def box_centred(image: np.ndarray) -> np.ndarray:
    """The same ink with the middle of its box in the middle of the image."""
    rows, columns = (np.flatnonzero(image.any(axis=axis)) for axis in (1, 0))
    move = [(27 - line[0] - line[-1]) // 2 for line in (rows, columns)]
    return np.roll(image, move, axis=(0, 1))


def share(right: np.ndarray) -> float:
    """Of what is right, rounded as the card keeps it."""
    return round(float(right.mean()), 4)


def keep(section: str, name: str, result: dict) -> None:
    """Write a row into the trained model's card."""
    classifier = load_classifier()
    classifier.card.setdefault(section, {})[name] = result
    classifier.save_card()


if __name__ == "__main__":
    main()
