"""How long each question beside the pad takes, for one drawing: python benchmarks/explain.py

Medians of several drawings, after one of each has warmed up. What a tab asks together is timed
together; networks are loaded and priors made before, as on a server that has been asked once, and
TensorFlow has one thread, as there.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")  # as the app has it

from digits import DIGITS  # noqa: E402

from mnist_model import load_classifier, strokes_to_mnist, trained_recipes  # noqa: E402
from mnist_model.explain import (  # noqa: E402
    adversarial_example,
    compare_networks,
    examples_of_confusion,
    flow,
    integrated_gradients,
    layer_outputs,
    occlusion,
    perturb,
    preprocessing_steps,
    unit,
)


def main() -> None:
    """Ask each question of all ten digits, print the medians."""
    classifier = load_classifier()
    networks = list(trained_recipes(classifier).values())

    def opened(digit: int, pixels: np.ndarray) -> None:
        unit(layer_outputs(classifier, pixels), 1, digit)

    def ink(digit: int, pixels: np.ndarray) -> None:
        integrated_gradients(classifier, pixels, digit)
        occlusion(classifier, pixels, digit)

    questions: dict[str, tuple[Callable[[int, np.ndarray], object], int]] = {
        "what it sees": (lambda digit, _: preprocessing_steps(classifier, DIGITS[digit]), 50),
        "the network": (lambda _, pixels: flow(classifier, pixels), 20),
        "a map of it": (opened, 20),
        "which ink counts": (ink, 400),
        "stress it": (lambda _, pixels: perturb(classifier, pixels, "rotation"), 150),
        "fool it": (
            lambda digit, pixels: adversarial_example(classifier, pixels, (digit + 1) % 10),
            2000,
        ),
        "compare networks": (lambda _, pixels: compare_networks(networks, pixels, 2, 1), 50),
        "how it learned: a cell": (
            lambda digit, _: examples_of_confusion(classifier, digit, digit),
            50,
        ),
    }
    print(f"{'':26s}{'median, ms':>12s}{'at most':>10s}")
    for name, (ask, limit) in questions.items():
        times = []
        for digit, strokes in DIGITS.items():
            pixels = strokes_to_mnist(strokes)
            started = time.perf_counter()
            ask(digit, pixels)
            times.append(1000 * (time.perf_counter() - started))
        print(f"{name:26s}{statistics.median(times[1:]):12.0f}{limit:10d}")  # the first warms up


if __name__ == "__main__":
    main()
