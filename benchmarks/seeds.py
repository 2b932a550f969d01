"""How much a recipe's figures vary with the seed: into the trained model's card.

    python benchmarks/seeds.py --data mnist.npz --pen pendigits-orig.tra --seeds 0 1 2

The shipped model answers for its own seed; what the others train is kept in ``--models`` until it
is deleted by hand, so that a stopped run goes on where it was. Which seed is shipped is decided
before anything is measured: the first.
"""

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from mnist_model.classifier import CARD, Classifier, load_classifier  # noqa: E402
from mnist_model.data import load_mnist, load_pen_digits  # noqa: E402
from mnist_model.recipes import DEFAULT, RECIPES  # noqa: E402
from mnist_model.report import Report, measure_all  # noqa: E402


def main() -> None:
    """Train and measure seed after seed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--recipe", choices=RECIPES, default=DEFAULT)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--data", metavar="mnist.npz")
    parser.add_argument("--pen", metavar="FILE", required=True, help="pen digits, UNIPEN format")
    parser.add_argument("--models", type=Path, metavar="DIR", default=ROOT / ".seeds")
    arguments = parser.parse_args()

    test, pens = load_mnist(arguments.data)[1], load_pen_digits(arguments.pen)
    for seed in arguments.seeds:
        classifier = trained(arguments, seed)
        result = figures(measure_all(classifier, test, pens))
        result["minutes"] = classifier.card["minutes"]
        print(f"{arguments.recipe}, seed {seed}: {result}", flush=True)
        shipped = load_classifier(arguments.recipe)
        shipped.card.setdefault("seeds", {})[str(seed)] = result
        shipped.save_card()


def trained(arguments: argparse.Namespace, seed: int) -> Classifier:
    """The recipe's model of a seed: the shipped one, or one trained before, or a new one."""
    shipped = load_classifier(arguments.recipe)
    if shipped.card["seed"] == seed:
        return shipped
    folder = arguments.models / f"{arguments.recipe}-{seed}"
    if not (folder / CARD).is_file():
        command = [sys.executable, str(ROOT / "train.py"), "--recipe", arguments.recipe]
        command += ["--seed", str(seed), "--output", str(folder)]
        if arguments.data:
            command += ["--data", arguments.data]
        subprocess.run(command, check=True)
    classifier = Classifier(folder)
    if classifier.card["settings"] != shipped.card["settings"]:
        sys.exit(f"{folder} was trained with other settings than the shipped model: delete it.")
    return classifier


def figures(report: Report) -> dict[str, float]:
    """The few of a report that are compared."""
    test, pen, others = report.figures["test"], report.figures["pen"], report.refusals["pen"]
    values = {
        "mnist_test": test.accuracy,
        "mnist_test_calibration_error": test.calibration_error,
        "pen_digits": pen.accuracy,
        "pen_digits_worst_digit": float(pen.accuracy_by_digit.min()),
        "pen_digits_calibration_error": pen.calibration_error,
        "pen_digits_refused": pen.refused,
        "unseen_kinds_refused": others.refused,
        "auroc_of_unseen_kinds": others.auroc,
    }
    return {name: round(value, 4) for name, value in values.items()}


if __name__ == "__main__":
    main()
