"""Effects of the seed and of the recipe's parts: python benchmarks/training.py COMMAND --help

The figures go into the model's card. --pen and --unipen are digits by pen in UNIPEN's format,
--data is a copy of mnist.npz.
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from mnist_model import Classifier, Drawing, load_classifier
from mnist_model.handwriting.synthetic import unseen_non_digits, write_digits, write_non_digits
from mnist_model.preprocess.examples import Examples
from mnist_model.preprocess.mnist_format import STROKE_WIDTH, strokes_to_mnist
from mnist_model.read.calibration import area_under_roc, log_sum_exp
from mnist_model.read.classifier import CARD, DEFAULT, MODEL, TEACHER, TRAINED
from mnist_model.train.augment import Distortion
from mnist_model.train.data import load_mnist, load_pen_digits, pen_writers, split
from mnist_model.train.lazy_tensorflow import import_tensorflow
from mnist_model.train.rebuild import replacing, same_settings
from mnist_model.train.recipes import RECIPES, TEACHERS
from mnist_model.train.report import Report, measure_all, pen_set

File = Annotated[str, typer.Option()]
app = typer.Typer(help=__doc__, pretty_exceptions_enable=False)
MIN_SHIPPED = 5  # seeds, of which the median is shipped
SEED = 0
HELD_OUT = 5_000  # of MNIST's training digits
WRITERS_HELD_OUT = 6  # of those who wrote the pen digits
NO_DIGITS, NO_OTHERS = {"written_digits": 0.0}, {"written_non_digits": 0.0}
WIDTHS = (1.8, 2.1, STROKE_WIDTH, 2.8, 3.2)


@app.command()
def seeds(
    pen: Annotated[list[str], typer.Option()],
    recipe: str = DEFAULT,
    seeds: list[int] = [0, 1, 2, 3, 4],
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
    if ship and (recipe in (DEFAULT, TEACHER) or len(seeds) < MIN_SHIPPED):
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
        shipped = median_seed(recipe, results)
        folder = trained(recipe, int(shipped), models, data).folder
        if folder != TRAINED / recipe:
            with replacing(TRAINED / recipe) as new:
                shutil.copytree(folder, new, dirs_exist_ok=True)
        keep(recipe, "seeds", results)
        print(f"Of {recipe} seed {shipped} is shipped.")


def trained(name: str, seed: int, models: Path, data: str) -> Classifier:
    """A recipe's model of a seed: the shipped one, one trained before, or a new one."""
    recipe = (RECIPES | TEACHERS)[name]
    shipped, folder = TRAINED / name, models / f"{name}-{seed}"
    if (shipped / MODEL).is_file():
        classifier = Classifier(shipped)
        if classifier.card["seed"] == seed and same_settings(classifier.card, recipe):
            return classifier
    if not (folder / CARD).is_file():
        command = [sys.executable, ROOT / "train.py", "--recipe", name, "--seed", str(seed)]
        command += ["--output", folder, *(["--data", data] if data else [])]
        subprocess.run(command, check=True)
    classifier = Classifier(folder)
    if not same_settings(classifier.card, recipe):
        raise ValueError(f"{folder} was trained with other settings than the recipe's: delete it.")
    return classifier


def figures(card: dict, report: Report) -> dict[str, float]:
    """The few figures that are compared."""
    test, refusals = report.figures["test"], report.refusals["pen"]
    values = {
        "mnist_validation": card["figures"]["validation"]["accuracy"],
        "mnist_test": test.accuracy,
        "mnist_test_calibration_error": test.calibration_error,
        "unseen_kinds_refused": refusals.refused,
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


def median_seed(name: str, results: dict[str, dict[str, float]]) -> str:
    """The median of a recipe's seeds by the figure that is published: test, or else validation.

    Of an even count it is the lower of the two, of equal seeds the first.
    """
    figure = "mnist_test" if RECIPES[name].published.test else "mnist_validation"
    ranked = sorted(results, key=lambda seed: (results[seed][figure], int(seed)))
    return ranked[(len(ranked) - 1) // 2]


def keep(recipe: str, section: str, results: dict) -> None:
    """Write figures into the shipped model's card, in addition to those that it has."""
    classifier = load_classifier(recipe)
    classifier.card.setdefault(section, {}).update(results)
    classifier.save_card()


@app.command()
def ablations(pen: File, unipen: File, data: str = "", only: list[str] = []) -> None:
    """What each part of the teacher's recipe is worth, in a short training of one epoch.

    Each row changes one thing and trains from the same seed for as many steps, far fewer than the
    recipe. Nothing that is made here is shipped; one row is trained on pen digits, to learn what
    they would still add. --only trains some of the rows.
    """
    import_tensorflow()
    from mnist_model.train.fit import fit, predict

    recipe = replace(TEACHERS[TEACHER], epochs=1)
    pens, donors = pen_digits(pen), pen_digits(unipen)
    writers = np.array(pen_writers(pen), int)
    order = np.random.default_rng(SEED).permutation(np.unique(writers))
    is_unseen = np.isin(writers, order[:WRITERS_HELD_OUT])
    unseen_pens, seen_pens = (pens.take(np.flatnonzero(part)) for part in (is_unseen, ~is_unseen))
    non_digits = in_format(unseen_non_digits(100, SEED)[0])
    training, validation = split(load_mnist(data or None)[0], HELD_OUT, SEED)
    sets = {"mnist_validation": validation, "pen_digits": pens, "unipen": donors}
    sets[f"pen_digits_of_{WRITERS_HELD_OUT}_writers"] = unseen_pens
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
        others = round(changed.written_non_digits * count)
        examples = examples.and_also(write_non_digits(others, SEED))
        if name == "real-pens":
            examples = examples.and_also(seen_pens)
        drawn = np.random.default_rng(SEED).permutation(len(examples))
        page = examples.take(np.resize(drawn, steps * recipe.batch_size))
        network = fit(changed, [page], validation, SEED)[0]
        result: dict = {"change": change, "steps": steps}
        for title, part in sets.items():
            result[title] = share(predict(network, part.images), part.labels)
        if name == "real-pens":  # it has seen most of them
            result["pen_digits"] = None
        scores = [log_sum_exp(predict(network, x)) for x in (unseen_pens.images, non_digits)]
        result["auroc_of_unseen_kinds"] = round(area_under_roc(*scores), 4)
        print(f"{name}: {result}", flush=True)
        keep(TEACHER, "ablations", {name: result})


@app.command()
def rendering(pen: File) -> None:
    """The trained model on pen digits drawn with pens of other widths, or centred otherwise."""
    import_tensorflow()
    import keras

    from mnist_model.train import networks
    from mnist_model.train.fit import predict

    drawings, labels = load_pen_digits(pen)
    images = in_format(drawings)
    shown = {f"width {width} px": in_format(drawings, width) for width in WIDTHS}
    shown["box centred, not the centre of mass"] = np.stack(list(map(box_centred, images)))
    shown["no antialiasing"] = np.where(images > 127, 255, 0).astype(np.uint8)
    classifier = load_classifier()
    result = {name: share(classifier.probabilities(x), labels) for name, x in shown.items()}
    sharp = getattr(networks, RECIPES[DEFAULT].network)()
    model = keras.saving.load_model(classifier.folder / MODEL, compile=False)
    sharp.set_weights(model.get_weights())
    result["the network does not soften it"] = share(predict(sharp, images), labels)
    print(result)
    keep(DEFAULT, "ablations", {"rendering": result})


def in_format(drawings: Sequence[Drawing], width: float = STROKE_WIDTH) -> np.ndarray:
    """Drawings in MNIST format."""
    return np.stack([strokes_to_mnist(drawing, width) for drawing in drawings])


def pen_digits(file: str) -> Examples:
    """The digits of a file in MNIST format."""
    drawings, labels = load_pen_digits(file)
    return Examples(in_format(drawings), labels)


def box_centred(image: np.ndarray) -> np.ndarray:
    """The same ink with the middle of its box in the middle of the image."""
    rows, columns = (np.flatnonzero(image.any(axis=axis)) for axis in (1, 0))
    move = [(27 - line[0] - line[-1]) // 2 for line in (rows, columns)]
    return np.roll(image, move, axis=(0, 1))


def share(scores: np.ndarray, labels: np.ndarray) -> float:
    """Share of ``(n, 10)`` scores that are highest at the label, rounded."""
    return round(float((scores.argmax(axis=1) == labels).mean()), 4)


if __name__ == "__main__":
    app()
