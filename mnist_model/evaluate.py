"""Figures of a trained model: how well it reads, how sure it is, what it refuses, what it stands."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mnist_model.calibration import expected_calibration_error
from mnist_model.classifier import Classifier
from mnist_model.data import Examples
from mnist_model.strokes import Drawing


@dataclass(frozen=True, eq=False)
class Figures:
    """How well digits are read.

    Attributes:
        count: how many digits were read.
        accuracy: share of them read right, 0..1.
        interval: 95 % confidence interval of the accuracy (Wilson 1927).
        calibration_error: expected calibration error, 0..1, over 15 bins of equal mass.
        refused: share of the digits that were taken for something else than a digit, 0..1.
        confusion: ``(10, 10)`` counts; a row is what was written, a column what was read.
    """

    count: int
    accuracy: float
    interval: tuple[float, float]
    calibration_error: float
    refused: float
    confusion: np.ndarray

    @property
    def accuracy_by_digit(self) -> np.ndarray:
        """``(10,)`` share of each digit read right; NaN for a digit that did not occur."""
        written = self.confusion.sum(axis=1)
        return np.where(written > 0, self.confusion.diagonal() / np.maximum(written, 1), np.nan)

    def to_card(self) -> dict:
        """The figures as JSON takes them, rounded to what the count of digits can support."""
        return {
            "count": self.count,
            "accuracy": round(self.accuracy, 6),
            "interval_95": [round(bound, 6) for bound in self.interval],
            "expected_calibration_error": round(self.calibration_error, 6),
            "refused": round(self.refused, 6),
            "confusion": self.confusion.tolist(),
        }

    def __str__(self) -> str:
        low, high = self.interval
        by_digit = "  ".join(
            f"{digit}: {100 * share:.1f}" for digit, share in enumerate(self.accuracy_by_digit)
        )
        return (
            f"{100 * self.accuracy:.2f} % of {self.count:,} read right "
            f"(95 % interval {100 * low:.2f} to {100 * high:.2f}), "
            f"calibration error {100 * self.calibration_error:.2f} %, "
            f"refused {100 * self.refused:.2f} %\n  by digit, %: {by_digit}"
            f"\n  most often: {self._commonest_mistakes()}"
        )

    def _commonest_mistakes(self, count: int = 5) -> str:
        mistakes = self.confusion - np.diag(self.confusion.diagonal())
        order = np.argsort(-mistakes, axis=None, kind="stable")[:count]
        places = zip(*np.unravel_index(order, mistakes.shape), strict=True)
        names = [f"{w} as {r} ({mistakes[w, r]})" for w, r in places if mistakes[w, r]]
        return ", ".join(names) or "no mistakes"


def measure(
    probabilities: np.ndarray, scores: np.ndarray, labels: np.ndarray, digit_threshold: float
) -> Figures:
    """Compare what was read with what was written.

    Args:
        probabilities: ``(n, 10)``, n >= 1.
        scores: ``(n,)`` digit scores.
        labels: ``(n,)``, 0..9.
        digit_threshold: scores below it are refused.
    """
    read = probabilities.argmax(axis=1)
    confusion = np.zeros((10, 10), int)
    np.add.at(confusion, (labels, read), 1)
    right = int(confusion.trace())
    return Figures(
        count=len(labels),
        accuracy=right / len(labels),
        interval=wilson_interval(right, len(labels)),
        calibration_error=expected_calibration_error(probabilities, labels),
        refused=float((scores < digit_threshold).mean()),
        confusion=confusion,
    )


def measure_examples(classifier: Classifier, examples: Examples) -> Figures:
    """Read digits that are in MNIST format, and compare with what they are."""
    read = classifier.probabilities_and_scores(examples.images)
    return measure(*read, examples.labels, classifier.digit_threshold)


def measure_drawings(
    classifier: Classifier, drawings: Sequence[Drawing], labels: np.ndarray
) -> Figures:
    """Read drawings the way the page does, and compare with what was written."""
    readings = classifier.classify_many(drawings)
    probabilities = np.stack([reading.probabilities for reading in readings])
    scores = np.array([reading.digit_score for reading in readings])
    return measure(probabilities, scores, labels, classifier.digit_threshold)


def wilson_interval(successes: int, trials: int, z: float = 1.96) -> tuple[float, float]:
    """Score interval of a share (Wilson 1927), by default at 95 %."""
    share = successes / trials
    centre = (share + z**2 / (2 * trials)) / (1 + z**2 / trials)
    half = z * math.sqrt(share * (1 - share) / trials + z**2 / (4 * trials**2))
    half /= 1 + z**2 / trials
    return max(0.0, centre - half), min(1.0, centre + half)
