"""Every trained recipe on the same drawings, for the table in docs/training.md: into their cards.

    python benchmarks/compare.py --pen pendigits-orig.tra [--unipen FILE]

Pen digits are read twice: brought into MNIST format, as the page does it, and naively resized with
the pad they were drawn on, as most demos do it. There they lie anywhere, 35 to 90 % of its size.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")  # as the app has it

from mnist_model.preprocess.mnist_format import strokes_to_mnist  # noqa: E402
from mnist_model.preprocess.naive_resize import naive_resize, placed  # noqa: E402
from mnist_model.preprocess.strokes import Drawing  # noqa: E402
from mnist_model.read.classifier import Classifier, trained_recipes  # noqa: E402
from mnist_model.train.data import load_pen_digits  # noqa: E402

TIMED = 300  # drawings, each read by every recipe before the next


def main() -> None:
    """Read all pen digits with every recipe, in both ways."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pen", metavar="FILE", required=True, help="pen digits, UNIPEN format")
    parser.add_argument("--unipen", metavar="FILE", help="other donors' digits, read as well")
    arguments = parser.parse_args()

    drawings, labels = load_pen_digits(arguments.pen)
    rng = np.random.default_rng(0)
    formatted = np.stack([strokes_to_mnist(drawing) for drawing in drawings])
    donors = None
    if arguments.unipen:
        others, meant = load_pen_digits(arguments.unipen)
        donors = np.stack([strokes_to_mnist(drawing) for drawing in others]), meant
    naive = np.stack([naive_resize(placed(drawing, rng)) for drawing in drawings])
    classifiers = trained_recipes()
    times = milliseconds(classifiers, drawings[:TIMED])
    for name, classifier in classifiers.items():
        classifier.card["comparison"] = {
            "pen_digits": share_right(classifier, formatted, labels),
            "pen_digits_naive_resize": share_right(classifier, naive, labels),
            "milliseconds": times[name],
        }
        if donors:
            classifier.card["comparison"]["unipen"] = share_right(classifier, *donors)
        classifier.save_card()
        print(name, classifier.card["comparison"])


def share_right(classifier: Classifier, pixels: np.ndarray, labels: np.ndarray) -> float:
    """Share of digits in MNIST format that are read right."""
    right = classifier.probabilities(pixels).argmax(axis=1) == labels
    return round(float(right.mean()), 4)


def milliseconds(classifiers: dict[str, Classifier], drawings: list[Drawing]) -> dict[str, float]:
    """Median time from strokes to reading; the recipes alternate, so that noise hits all alike."""
    times: dict[str, list[float]] = {name: [] for name in classifiers}
    for drawing in drawings:
        for name, classifier in classifiers.items():
            started = time.perf_counter()
            classifier.classify(drawing)
            times[name].append(1000 * (time.perf_counter() - started))
    return {name: round(statistics.median(values), 2) for name, values in times.items()}


if __name__ == "__main__":
    try:
        main()
    except (OSError, ValueError) as error:
        sys.exit(f"compare.py: {error}")
