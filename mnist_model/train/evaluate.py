"""Figures of a trained model: accuracy, calibration, refusals and robustness."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import numpy as np
from tqdm import tqdm

from mnist_model.preprocess.examples import Examples
from mnist_model.preprocess.mnist_format import strokes_to_mnist
from mnist_model.preprocess.strokes import Drawing
from mnist_model.preprocess.transform import thicken, warp
from mnist_model.read.calibration import area_under_roc, expected_calibration_error, reliability
from mnist_model.read.classifier import Classifier

_AT_A_TIME = 250  # digits in a step of the progress bar
_Part = TypeVar("_Part")


@dataclass(frozen=True, eq=False)
class Figures:
    """How well digits are read.

    Attributes:
        count: of digits.
        accuracy: share read right, 0..1.
        interval: 95 % confidence interval of the accuracy (Wilson 1927).
        calibration_error: expected calibration error, 0..1, over 15 bins of equal mass.
        refused: share of the digits that were refused, 0..1.
        confusion: ``(10, 10)`` counts; rows are labels, columns are readings.
        reliability: mean confidence and accuracy in each of those bins.
    """

    count: int
    accuracy: float
    interval: tuple[float, float]
    calibration_error: float
    refused: float
    confusion: np.ndarray
    reliability: tuple[np.ndarray, np.ndarray]

    @property
    def accuracy_by_digit(self) -> np.ndarray:
        """``(10,)`` accuracy of each digit; NaN for a digit that did not occur."""
        written = self.confusion.sum(axis=1)
        return np.where(written > 0, self.confusion.diagonal() / np.maximum(written, 1), np.nan)

    def to_card(self) -> dict[str, Any]:
        """The figures as JSON, rounded."""
        return {
            "count": self.count,
            "accuracy": round(self.accuracy, 6),
            "interval_95": [round(bound, 6) for bound in self.interval],
            "expected_calibration_error": round(self.calibration_error, 6),
            "refused": round(self.refused, 6),
            "confusion": self.confusion.tolist(),
            "reliability": {
                "sure": np.round(self.reliability[0], 5).tolist(),
                "right": np.round(self.reliability[1], 5).tolist(),
            },
        }

    def __str__(self) -> str:
        low, high = self.interval
        by_digit = "  ".join(
            f"{digit}: {100 * share:.1f}"
            for digit, share in enumerate(self.accuracy_by_digit)
            if not np.isnan(share)
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
    """Compare readings with labels.

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
        reliability=reliability(probabilities, labels),
    )


@dataclass(frozen=True, eq=False)
class Read:
    """Digits with their labels and readings.

    Attributes:
        pixels: ``(n, 28, 28)`` uint8, the network's input.
        labels: ``(n,)``.
        probabilities: ``(n, 10)``.
        scores: ``(n,)`` digit scores.
    """

    pixels: np.ndarray
    labels: np.ndarray
    probabilities: np.ndarray
    scores: np.ndarray

    def figures(self, digit_threshold: float) -> Figures:
        """Their figures."""
        return measure(self.probabilities, self.scores, self.labels, digit_threshold)

    def by_writer(self, writers: Sequence[str], digit_threshold: float) -> dict[str, Figures]:
        """Figures of each writer with a name."""
        names, found = np.array(writers), {}
        for writer in filter(None, np.unique(names)):
            own = names == writer
            columns = (self.probabilities[own], self.scores[own], self.labels[own])
            found[str(writer)] = measure(*columns, digit_threshold)
        return found

    def hardest(self, count: int) -> np.ndarray:
        """Indices of the digits whose label got the lowest probability, the lowest first."""
        written = self.probabilities[np.arange(len(self.labels)), self.labels]
        return np.argsort(written, kind="stable")[:count]


def read(classifier: Classifier, digits: Examples, title: str = "") -> Read:
    """Read digits in MNIST format, with a progress bar if it has a title."""
    starts = progress(range(0, len(digits), _AT_A_TIME), title)
    images = (digits.images[start : start + _AT_A_TIME] for start in starts)
    probabilities, scores = zip(*map(classifier.probabilities_and_scores, images), strict=True)
    return Read(digits.images, digits.labels, np.concatenate(probabilities), np.concatenate(scores))


def read_drawings(
    classifier: Classifier, drawings: Sequence[Drawing], labels: np.ndarray, title: str = ""
) -> Read:
    """Convert drawings to MNIST format, as the page does, and read them."""
    images = np.stack([strokes_to_mnist(drawing) for drawing in progress(drawings, title)])
    return read(classifier, Examples(images, labels), title)


def progress(parts: Iterable[_Part], title: str, total: int | None = None) -> Iterable[_Part]:
    """Iterate with a progress bar, on a terminal and if it has a title."""
    disable = None if title else True  # None: unless it is a terminal
    return tqdm(parts, desc=title, total=total, disable=disable, leave=False)


def measure_examples(classifier: Classifier, examples: Examples) -> Figures:
    """Figures of digits in MNIST format."""
    return read(classifier, examples).figures(classifier.digit_threshold)


@dataclass(frozen=True)
class Refusals:
    """Refusals of drawings that are not digits, of kinds the network was not trained on.

    Attributes:
        count: of drawings.
        refused: share of them that were refused, 0..1.
        auroc: share of pairs in which a real digit has a higher score than a drawing, 0..1.
        by_kind: share refused of each kind, 0..1.
    """

    count: int
    refused: float
    auroc: float
    by_kind: dict[str, float]

    def to_card(self) -> dict[str, Any]:
        """The figures as JSON takes them."""
        return {
            "count": self.count,
            "refused": round(self.refused, 4),
            "auroc": round(self.auroc, 4),
            "by_kind": {kind: round(share, 3) for kind, share in self.by_kind.items()},
        }

    def __str__(self) -> str:
        kinds = ", ".join(f"{kind} {100 * share:.0f}" for kind, share in self.by_kind.items())
        return (
            f"{100 * self.refused:.1f} % of {self.count:,} refused, "
            f"area under ROC against the digits {self.auroc:.4f}\n  by kind, %: {kinds}"
        )


def measure_refusals(
    scores: np.ndarray, kinds: Sequence[str], digits: np.ndarray, digit_threshold: float
) -> Refusals:
    """Compare the scores of drawings that are not digits with the threshold and with digits.

    Args:
        scores: ``(n,)`` digit scores of the drawings.
        kinds: ``n`` names of their kinds.
        digits: ``(m,)`` scores of real digits.
        digit_threshold: scores below it are refused.
    """
    refused = scores < digit_threshold
    by_kind = {
        kind: float(refused[np.array(kinds) == kind].mean()) for kind in dict.fromkeys(kinds)
    }
    return Refusals(len(scores), float(refused.mean()), area_under_roc(digits, scores), by_kind)


class Stress(NamedTuple):
    """A distortion of ``(n, 28, 28)`` uint8 digits; ``unit`` is that of its strengths."""

    unit: str
    strengths: tuple[float, ...]
    apply: Callable[[np.ndarray, float, np.random.Generator], np.ndarray]


def _shifted(images: np.ndarray, pixels: float, rng: np.random.Generator) -> np.ndarray:
    angle = rng.uniform(0, 2 * np.pi, len(images))  # each in a random direction
    return _warped(images, shift=pixels * np.stack([np.cos(angle), np.sin(angle)]))


def _warped(images: np.ndarray, **changes: np.ndarray) -> np.ndarray:
    n = len(images)
    still = {"rotation": np.zeros(n), "shear": np.zeros(n)}
    still |= {"scale": np.ones((2, n)), "shift": np.zeros((2, n))}
    return np.rint(warp(images, **still | changes)).astype(np.uint8)


def _thickened(images: np.ndarray, pixels: float, rng: np.random.Generator) -> np.ndarray:
    thick = images.astype(np.float32)
    for _ in range(math.ceil(abs(pixels))):  # a pixel wider is half a pixel on each side
        thick = thicken(thick, np.full(len(images), pixels / math.ceil(abs(pixels)) / 2))
    return np.rint(thick).astype(np.uint8)


def _noisy(images: np.ndarray, grey_levels: float, rng: np.random.Generator) -> np.ndarray:
    return np.clip(np.rint(images + rng.normal(0, grey_levels, images.shape)), 0, 255).astype(
        np.uint8
    )


STRESSES = {
    "shift": Stress("pixels", (0, 1, 2, 3, 4, 5, 6), _shifted),
    "rotation": Stress(
        "degrees",
        (-60, -45, -30, -15, 0, 15, 30, 45, 60),
        lambda images, degrees, rng: _warped(images, rotation=np.full(len(images), degrees)),
    ),
    "scale": Stress(
        "times",
        (0.4, 0.55, 0.7, 0.85, 1.0, 1.15, 1.3, 1.5),
        lambda images, factor, rng: _warped(images, scale=np.full((2, len(images)), factor)),
    ),
    "thickness": Stress("pixels", (-2, -1, 0, 1, 2, 3, 4), _thickened),
    "noise": Stress("grey levels, sd", (0, 20, 40, 60, 80, 100), _noisy),
}


def stress(classifier: Classifier, digits: Examples) -> Iterator[tuple[str, float, float]]:
    """Read distorted digits; yields the stress, its strength, and the accuracy."""
    for name, kind in STRESSES.items():
        for strength in kind.strengths:
            harder = kind.apply(digits.images, strength, np.random.default_rng(0))
            right = classifier.probabilities(harder).argmax(axis=1) == digits.labels
            yield name, strength, float(right.mean())


def wilson_interval(successes: int, trials: int, z: float = 1.96) -> tuple[float, float]:
    """Confidence interval of a share (Wilson 1927), by default at 95 %."""
    share = successes / trials
    centre = (share + z**2 / (2 * trials)) / (1 + z**2 / trials)
    half = z * math.sqrt(share * (1 - share) / trials + z**2 / (4 * trials**2))
    half /= 1 + z**2 / trials
    return max(0.0, centre - half), min(1.0, centre + half)
