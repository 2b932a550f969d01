"""How much a recipe's figures vary with the seed: into the card of its shipped model.

    python benchmarks/seeds.py --data mnist.npz --pen pendigits-orig.tra --seeds 0 1 2
    python benchmarks/seeds.py --data mnist.npz --pen pendigits-orig.tra --recipe cnn --ship

What is trained is kept in ``--models`` until it is deleted by hand, so that a stopped run goes on
where it was. ``--ship`` puts a classic network's median seed, by the figure that is published of
it, into the place from which it is loaded. The app's own model is never replaced here: its seed was
chosen before anything was measured.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from mnist_model.measure.report import Report, measure_all, pen_set  # noqa: E402
from mnist_model.read.classifier import (  # noqa: E402
    CARD,
    DEFAULT,
    MODEL,
    TRAINED,
    Classifier,
    load_classifier,
)
from mnist_model.train.data import load_mnist, load_pen_digits, pen_writers  # noqa: E402
from mnist_model.train.rebuild import replacing, same_settings  # noqa: E402
from mnist_model.train.recipes import RECIPES  # noqa: E402
from train import seed as a_seed  # noqa: E402

LEAST_SHIPPED = 5  # seeds, of which the median is shipped


def main() -> None:
    """Train and measure seed after seed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--recipe", choices=RECIPES, default=DEFAULT)
    parser.add_argument("--seeds", type=a_seed, nargs="+", default=[0, 1, 2, 3, 4])
    parser.add_argument("--data", metavar="mnist.npz")
    parser.add_argument("--pen", metavar="FILE", nargs="+", required=True, help="pen digits")
    parser.add_argument("--models", type=Path, metavar="DIR", default=ROOT / ".seeds")
    parser.add_argument("--ship", action="store_true", help="a classic network's median seed")
    arguments = parser.parse_args()
    name = arguments.recipe
    if arguments.ship and (name == DEFAULT or len(arguments.seeds) < LEAST_SHIPPED):
        parser.error(
            f"--ship is for a classic network, of which {LEAST_SHIPPED} seeds are measured"
        )

    test = load_mnist(arguments.data)[1]
    pens = {pen_set(Path(f)): (*load_pen_digits(f), pen_writers(f)) for f in arguments.pen}
    results = {}
    for seed in arguments.seeds:
        classifier = trained(arguments, seed)
        report = measure_all(classifier, test, pens, robustness=False)
        results[str(seed)] = figures(classifier.card, report)
        print(f"{name}, seed {seed}: {results[str(seed)]}", flush=True)
        if not arguments.ship:
            keep(name, results)
    if arguments.ship:
        shipped = median_seed(results, published_figure(name))
        folder = trained(arguments, int(shipped)).folder
        if folder != TRAINED / name:
            with replacing(TRAINED / name) as new:
                shutil.copytree(folder, new, dirs_exist_ok=True)
        keep(name, results)
        print(f"Of {name} seed {shipped} is shipped.")


def folder_of(arguments: argparse.Namespace, seed: int) -> Path:
    """Where the model of a seed is kept."""
    return arguments.models / f"{arguments.recipe}-{seed}"


def trained(arguments: argparse.Namespace, seed: int) -> Classifier:
    """The recipe's model of a seed: one trained before, the shipped one, or a new one."""
    recipe = RECIPES[arguments.recipe]
    shipped = TRAINED / arguments.recipe
    if (shipped / MODEL).is_file():
        classifier = Classifier(shipped)
        if classifier.card["seed"] == seed and same_settings(classifier.card, recipe):
            return classifier
    folder = folder_of(arguments, seed)
    if not (folder / CARD).is_file():
        command = [sys.executable, str(ROOT / "train.py"), "--recipe", arguments.recipe]
        command += ["--seed", str(seed), "--output", str(folder)]
        if arguments.data:
            command += ["--data", arguments.data]
        subprocess.run(command, check=True)
    classifier = Classifier(folder)
    if not same_settings(classifier.card, recipe):
        raise ValueError(
            f"{folder} was trained with other settings than recipes.py has: delete it."
        )
    return classifier


def figures(card: dict, report: Report) -> dict[str, float]:
    """The few figures that are compared."""
    test, pen, refusals = report.figures["test"], report.figures["pen"], report.refusals["pen"]
    values = {
        "mnist_training": card["history"]["accuracy"][-1],
        "mnist_validation": card["figures"]["validation"]["accuracy"],
        "mnist_test": test.accuracy,
        "mnist_test_calibration_error": test.calibration_error,
        "pen_digits": pen.accuracy,
        "pen_digits_worst_digit": float(pen.accuracy_by_digit.min()),
        "pen_digits_calibration_error": pen.calibration_error,
        "pen_digits_refused": pen.refused,
        "unseen_kinds_refused": refusals.refused,
        "auroc_of_unseen_kinds": refusals.auroc,
        "minutes": card["minutes"],
    }
    if unipen := report.figures.get("unipen"):
        values |= {
            "unipen": unipen.accuracy,
            "unipen_worst_digit": float(unipen.accuracy_by_digit.min()),
            "unipen_calibration_error": unipen.calibration_error,
            "unipen_refused": unipen.refused,
        }
    loss = card.get("published", {}).get("test_loss")
    if loss:
        values["mnist_test_loss"] = loss["reached"]
    return {name: round(value, 6) for name, value in values.items()}


def published_figure(name: str) -> str:
    """Which of `figures` is published of a recipe: of the test set, or else of validation."""
    return "mnist_test" if RECIPES[name].published.test else "mnist_validation"


def median_seed(results: dict[str, dict[str, float]], figure: str) -> str:
    """The seed in the middle; of an even number the lower of the two, of equal ones the first."""
    ranked = sorted(results, key=lambda seed: (results[seed][figure], int(seed)))
    return ranked[(len(ranked) - 1) // 2]


def keep(name: str, results: dict[str, dict[str, float]]) -> None:
    """Write the figures into the shipped model's card, beside those of other seeds."""
    classifier = load_classifier(name)
    classifier.card.setdefault("seeds", {}).update(results)
    classifier.save_card()


if __name__ == "__main__":
    try:
        main()
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        sys.exit(f"seeds.py: {error}")
