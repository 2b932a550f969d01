"""What seeds and the parts of the recipe are worth, into the model's card.

    python benchmarks/training.py seeds --pen pendigits-orig.tra unipen.txt --recipe cnn --ship
    python benchmarks/training.py ablations --pen pendigits-orig.tra --unipen unipen.txt

--pen and --unipen are digits by pen in UNIPEN's format; --data is a copy of mnist.npz.
"""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
import command_line

from mnist_model.handwriting.synthetic import unseen_non_digits, write_digits, write_non_digits
from mnist_model.preprocess.examples import Examples
from mnist_model.preprocess.mnist_format import STROKE_WIDTH, strokes_to_mnist
from mnist_model.read.calibration import area_under_roc, log_sum_exp
from mnist_model.read.classifier import (
    CARD,
    DEFAULT,
    MODEL,
    TRAINED,
    Classifier,
    load_classifier,
)
from mnist_model.train.augment import Distortion
from mnist_model.train.data import load_mnist, load_pen_digits, pen_writers, split
from mnist_model.train.rebuild import replacing, same_settings
from mnist_model.train.recipes import RECIPES
from mnist_model.train.report import Report, measure_all, pen_set

MIN_SHIPPED = 5  # seeds, of which the median is shipped
SEED = 0
HELD_OUT = 5_000  # of MNIST's training digits
WRITERS_HELD_OUT = 6  # of those who wrote the pen digits
NO_DIGITS, NO_OTHERS = {"written_digits": 0.0}, {"written_non_digits": 0.0}
WIDTHS = (1.8, 2.1, STROKE_WIDTH, 2.8, 3.2)


def seeds(
    pen: tuple[str, ...],
    recipe: str = DEFAULT,
    seeds: tuple[int, ...] = (0, 1, 2, 3, 4),
    data: str = "",
    models: Path = ROOT / ".seeds",
    ship: bool = False,
) -> None:
    """How much a recipe's figures vary with the seed.

    Trained models stay in --models until somebody deletes them, so that a stopped run goes on where
    it was. --ship replaces a classic network's model by that of its median seed, by the figure that
    is published of it. The app's own model is never replaced here: its seed was chosen before
    anything was measured.
    """
    if ship and (recipe == DEFAULT or len(seeds) < MIN_SHIPPED):
        raise ValueError(f"--ship is for a classic network and at least {MIN_SHIPPED} seeds.")
    test = load_mnist(data or None)[1]
    pens = {pen_set(Path(f)): (*load_pen_digits(f), pen_writers(f)) for f in pen}
    results = {}
    for seed in seeds:
        classifier = trained(recipe, seed, models, data)
        report = measure_all(classifier, test, pens, robustness=False)
        results[str(seed)] = figures(classifier.card, report)
        print(f"{recipe}, seed {seed}: {results[str(seed)]}", flush=True)
        if not ship:
            keep(recipe, "seeds", results)
    if ship:
        shipped = median_seed(results, published_figure(recipe))
        folder = trained(recipe, int(shipped), models, data).folder
        if folder != TRAINED / recipe:
            with replacing(TRAINED / recipe) as new:
                shutil.copytree(folder, new, dirs_exist_ok=True)
        keep(recipe, "seeds", results)
        print(f"Of {recipe} seed {shipped} is shipped.")


def trained(name: str, seed: int, models: Path, data: str) -> Classifier:
    """A recipe's model of a seed: the shipped one, one trained before, or a new one."""
    shipped, folder = TRAINED / name, models / f"{name}-{seed}"
    if (shipped / MODEL).is_file():
        classifier = Classifier(shipped)
        if classifier.card["seed"] == seed and same_settings(classifier.card, RECIPES[name]):
            return classifier
    if not (folder / CARD).is_file():
        command = [sys.executable, ROOT / "train.py", "--recipe", name, "--seed", str(seed)]
        command += ["--output", folder, *(["--data", data] if data else [])]
        subprocess.run(command, check=True)
    classifier = Classifier(folder)
    if not same_settings(classifier.card, RECIPES[name]):
        raise ValueError(f"{folder} was trained with other settings than the recipe's: delete it.")
    return classifier


def figures(card: dict, report: Report) -> dict[str, float]:
    """The few figures that are compared."""
    test, refusals = report.figures["test"], report.refusals["pen"]
    values = {
        "mnist_training": card["history"]["accuracy"][-1],
        "mnist_validation": card["figures"]["validation"]["accuracy"],
        "mnist_test": test.accuracy,
        "mnist_test_calibration_error": test.calibration_error,
        "unseen_kinds_refused": refusals.refused,
        "auroc_of_unseen_kinds": refusals.auroc,
        "minutes": card["minutes"],
    }
    for part, name in (("pen", "pen_digits"), ("unipen", "unipen")):
        if read := report.figures.get(part):
            values |= {
                name: read.accuracy,
                f"{name}_worst_digit": float(read.accuracy_by_digit.min()),
                f"{name}_calibration_error": read.calibration_error,
                f"{name}_refused": read.refused,
            }
    if loss := card.get("published", {}).get("test_loss"):
        values["mnist_test_loss"] = loss["reached"]
    return {name: round(value, 6) for name, value in values.items()}


def published_figure(name: str) -> str:
    """Which of `figures` is published of a recipe: of the test set, or else of validation."""
    return "mnist_test" if RECIPES[name].published.test else "mnist_validation"


def median_seed(results: dict[str, dict[str, float]], figure: str) -> str:
    """The seed in the middle; of an even count the lower of the two, of equal ones the first."""
    ranked = sorted(results, key=lambda seed: (results[seed][figure], int(seed)))
    return ranked[(len(ranked) - 1) // 2]


def keep(recipe: str, section: str, results: dict) -> None:
    """Write figures into the shipped model's card, in addition to those that it has."""
    classifier = load_classifier(recipe)
    classifier.card.setdefault(section, {}).update(results)
    classifier.save_card()


def ablations(pen: str, unipen: str, data: str = "", only: tuple[str, ...] = ()) -> None:
    """What each part of the recipe is worth, in a short training of one epoch.

    Each row changes one thing and trains from the same seed for as many steps, far fewer than the
    recipe. Nothing that is made here is shipped; one row is trained on pen digits, to learn what
    they would still add. --only trains some of the rows.
    """
    from mnist_model.train.fit import fit, predict

    recipe = replace(RECIPES[DEFAULT], epochs=1)
    drawings, labels = load_pen_digits(pen)
    pens = Examples(np.stack([strokes_to_mnist(drawing) for drawing in drawings]), labels)
    writers = np.array(pen_writers(pen), int)
    order = np.random.default_rng(SEED).permutation(np.unique(writers))
    unseen_pens = np.isin(writers, order[:WRITERS_HELD_OUT])
    donors = load_pen_digits(unipen)
    unseen = np.stack([strokes_to_mnist(d) for d in unseen_non_digits(100, SEED)[0]])
    sets = {
        "unipen": (np.stack([strokes_to_mnist(drawing) for drawing in donors[0]]), donors[1]),
        f"pen_digits_of_{WRITERS_HELD_OUT}_writers": (
            pens.images[unseen_pens],
            labels[unseen_pens],
        ),
        "pen_digits": (pens.images, labels),
    }
    training, validation = split(load_mnist(data or None)[0], HELD_OUT, SEED)
    sets["mnist_validation"] = (validation.images, validation.labels)
    count = len(training)
    digits, others = recipe.written_digits * count, recipe.written_non_digits * count
    steps = (count + round(digits) + round(others)) // recipe.batch_size
    plain = recipe.distortion
    rows: dict[str, tuple[str, dict]] = {  # what is changed, in words and in the recipe
        "recipe": ("none: the recipe", {}),
        "mnist-alone": ("MNIST alone, nothing by the writer", NO_DIGITS | NO_OTHERS),
        "no-non-digits": ("the writer's digits, but not what is no digit", NO_OTHERS),
        "no-digits": ("what is no digit, but not the writer's digits", NO_DIGITS),
        "no-distortion": ("no distortions", {"distortion": Distortion()}),
        "no-elastic": ("no elastic distortion", {"distortion": replace(plain, elastic=0.0)}),
        "no-thickness": ("no change of thickness", {"distortion": replace(plain, thickness=0.0)}),
        "real-pens": ("not for shipping: and the digits of 24 of the 30 pen writers", {}),
    }
    for name in only or rows:
        change, settings = rows[name]
        changed = replace(recipe, **settings)
        examples = training.and_also(write_digits(round(changed.written_digits * count), SEED))
        non_digits = write_non_digits(round(changed.written_non_digits * count), SEED)
        examples = examples.and_also(non_digits)
        if name == "real-pens":
            examples = examples.and_also(pens.take(np.flatnonzero(~unseen_pens)))
        drawn = np.random.default_rng(SEED).permutation(len(examples))
        page = examples.take(np.resize(drawn, steps * recipe.batch_size))
        network = fit(changed, [page], validation, SEED)[0]
        result: dict = {"change": change, "steps": steps}
        for title, (images, truth) in sets.items():
            result[title] = share(predict(network, images).argmax(axis=1) == truth)
        if name == "real-pens":  # it has seen most of them
            result["pen_digits"] = None
        scores = [log_sum_exp(predict(network, x)) for x in (pens.images[unseen_pens], unseen)]
        result["auroc_of_unseen_kinds"] = round(area_under_roc(*scores), 4)
        print(f"{name}: {result}", flush=True)
        keep(DEFAULT, "ablations", {name: result})


def rendering(pen: str) -> None:
    """The trained model on pen digits drawn with pens of other widths, or centred otherwise."""
    import keras

    from mnist_model.train import networks
    from mnist_model.train.fit import predict

    drawings, labels = load_pen_digits(pen)
    images = np.stack([strokes_to_mnist(drawing) for drawing in drawings])
    shown = {
        f"width {width} px": np.stack([strokes_to_mnist(d, width) for d in drawings])
        for width in WIDTHS
    }
    shown["box centred, not the centre of mass"] = np.stack([box_centred(one) for one in images])
    shown["no antialiasing"] = np.where(images > 127, 255, 0).astype(np.uint8)
    classifier = load_classifier()
    result = {
        name: share(classifier.probabilities(pixels).argmax(axis=1) == labels)
        for name, pixels in shown.items()
    }
    sharp = getattr(networks, RECIPES[DEFAULT].network)()
    model = keras.saving.load_model(classifier.folder / MODEL, compile=False)
    sharp.set_weights(model.get_weights())
    result["the network does not soften it"] = share(
        predict(sharp, images).argmax(axis=1) == labels
    )
    print(result)
    keep(DEFAULT, "ablations", {"rendering": result})


def box_centred(image: np.ndarray) -> np.ndarray:
    """The same ink with the middle of its box in the middle of the image."""
    rows, columns = (np.flatnonzero(image.any(axis=axis)) for axis in (1, 0))
    move = [(27 - line[0] - line[-1]) // 2 for line in (rows, columns)]
    return np.roll(image, move, axis=(0, 1))


def share(right: np.ndarray) -> float:
    """Of what is right, rounded as the card keeps it."""
    return round(float(right.mean()), 4)


if __name__ == "__main__":
    command_line.run(__doc__, seeds, ablations, rendering)
