"""How much a recipe's figures vary with the seed: into the trained model's card.

    python benchmarks/seeds.py --data mnist.npz --pen pendigits-orig.tra --seeds 0 1 2
    python benchmarks/seeds.py --data mnist.npz --pen pendigits-orig.tra --recipe cnn

What is trained is kept in ``--models`` until it is deleted by hand, so that a stopped run goes on
where it was. Of a classic network the median seed is then shipped, by the figure that is published
of it; of the app's own the first, which was chosen before anything was measured.
"""

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from mnist_model.classifier import CARD, TRAINED, Classifier, load_classifier  # noqa: E402
from mnist_model.data import load_mnist, load_pen_digits  # noqa: E402
from mnist_model.recipes import DEFAULT, RECIPES  # noqa: E402
from mnist_model.report import Report, measure_all  # noqa: E402
from train import replacing  # noqa: E402


def main() -> None:
    """Train and measure seed after seed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--recipe", choices=RECIPES, default=DEFAULT)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2, 3, 4])
    parser.add_argument("--data", metavar="mnist.npz")
    parser.add_argument("--pen", metavar="FILE", required=True, help="pen digits, UNIPEN format")
    parser.add_argument("--models", type=Path, metavar="DIR", default=ROOT / ".seeds")
    arguments = parser.parse_args()
    name, published = arguments.recipe, RECIPES[arguments.recipe].published

    test, pens = load_mnist(arguments.data)[1], load_pen_digits(arguments.pen)
    results = {}
    for seed in arguments.seeds:
        classifier = trained(arguments, seed)
        report = measure_all(classifier, test, pens, robustness=False)
        results[seed] = figures(classifier.card, report)
        print(f"{name}, seed {seed}: {results[seed]}", flush=True)

    shipped = arguments.seeds[0]
    if published:
        ranked = sorted(results, key=lambda seed: results[seed][f"mnist_{published.of}"])
        shipped = ranked[(len(ranked) - 1) // 2]
    place = TRAINED / name
    if not is_of_seed(place, shipped):
        with replacing(place) as new:
            shutil.copytree(folder_of(arguments, shipped), new, dirs_exist_ok=True)
    classifier = load_classifier(name)
    classifier.card["seeds"] = {str(seed): result for seed, result in results.items()}
    classifier.save_card()
    print(f"Seed {shipped} is shipped.")


def folder_of(arguments: argparse.Namespace, seed: int) -> Path:
    """Where the model of a seed is kept."""
    return arguments.models / f"{arguments.recipe}-{seed}"


def trained(arguments: argparse.Namespace, seed: int) -> Classifier:
    """The recipe's model of a seed: one trained before, the shipped one, or a new one."""
    folder = folder_of(arguments, seed)
    if not (folder / CARD).is_file():
        shipped = TRAINED / arguments.recipe
        if is_of_seed(shipped, seed):
            shutil.copytree(shipped, folder)
        else:
            command = [sys.executable, str(ROOT / "train.py"), "--recipe", arguments.recipe]
            command += ["--seed", str(seed), "--output", str(folder)]
            if arguments.data:
                command += ["--data", arguments.data]
            subprocess.run(command, check=True)
    return Classifier(folder)


def is_of_seed(folder: Path, seed: int) -> bool:
    """Whether there is a model in ``folder``, and of this seed."""
    card = folder / CARD
    return card.is_file() and json.loads(card.read_text())["seed"] == seed


def figures(card: dict, report: Report) -> dict[str, float]:
    """The few figures that are compared."""
    test, pen, others = report.figures["test"], report.figures["pen"], report.refusals["pen"]
    values = {
        "mnist_training": card["history"]["accuracy"][-1],
        "mnist_validation": card["figures"]["validation"]["accuracy"],
        "mnist_test": test.accuracy,
        "mnist_test_calibration_error": test.calibration_error,
        "pen_digits": pen.accuracy,
        "pen_digits_worst_digit": float(pen.accuracy_by_digit.min()),
        "pen_digits_calibration_error": pen.calibration_error,
        "pen_digits_refused": pen.refused,
        "unseen_kinds_refused": others.refused,
        "auroc_of_unseen_kinds": others.auroc,
        "minutes": card["minutes"],
    }
    return {name: round(value, 4) for name, value in values.items()}


if __name__ == "__main__":
    main()
