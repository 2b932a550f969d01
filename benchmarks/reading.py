"""How long one drawing takes, from its strokes to its reading: python benchmarks/reading.py"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")  # as the app has it

from mnist_model import load_classifier, strokes_to_mnist
from mnist_model.handwriting import write_digit

DRAWINGS = 1_000


def main() -> None:
    """Read drawings one by one and print the medians of the whole and of its two parts."""
    rng = np.random.default_rng(0)
    drawings = [write_digit(i % 10, rng) for i in range(DRAWINGS)]
    classifier = load_classifier()
    pixels = [strokes_to_mnist(drawing)[None] for drawing in drawings]
    for name, call, inputs in (
        ("strokes to Reading", classifier.classify, drawings),
        ("strokes to 28x28", strokes_to_mnist, drawings),
        ("28x28 to probabilities", classifier.probabilities, pixels),
    ):
        times = sorted(1000 * seconds for seconds in timed(call, inputs))
        print(
            f"{name}: median {statistics.median(times):.2f} ms, "
            f"95 % within {times[int(0.95 * len(times))]:.2f} ms"
        )


def timed(call: Callable, inputs: Iterable) -> list[float]:
    """Seconds that each call takes."""
    seconds = []
    for value in inputs:
        started = time.perf_counter()
        call(value)
        seconds.append(time.perf_counter() - started)
    return seconds


if __name__ == "__main__":
    main()
