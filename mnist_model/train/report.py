"""All figures of a trained model, for its card, its plots and the screen."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from mnist_model.handwriting.synthetic import unseen_non_digits
from mnist_model.preprocess.examples import NOT_A_DIGIT, Examples
from mnist_model.preprocess.strokes import Drawing
from mnist_model.read.classifier import Classifier
from mnist_model.train.evaluate import (
    STRESSES,
    Figures,
    Read,
    Refusals,
    measure_refusals,
    progress,
    read,
    read_drawings,
    stress,
)
from mnist_model.train.plots import (
    CALIBRATION,
    CONFUSION,
    CONFUSION_PEN,
    CURVES,
    HARDEST,
    ROBUSTNESS,
    draw_confusion,
    draw_hardest,
    draw_learning_curves,
    draw_reliability,
    draw_robustness,
)

_TITLES = {"test": "MNIST test", "pen": "pen digits", "unipen": "UNIPEN's donors"}
_CONFUSIONS = {"test": CONFUSION, "pen": CONFUSION_PEN}
_UNSEEN_OF_EACH_KIND = 100
_STRESSED = 2_000  # digits of each set, enough for a curve
_SHOWN = 36  # of the hardest digits
PenDigits = tuple[Sequence[Drawing], np.ndarray, Sequence[str]]  # drawings, labels, writers


def pen_set(file: Path) -> str:
    """The name in the card of the digits in a file: "pen" for UCI's, "unipen", or the file's."""
    if file.stem.startswith("pen"):
        return "pen"
    return "unipen" if "unipen" in file.stem else file.stem


def title(name: str) -> str:
    """The title of a set of digits."""
    return _TITLES.get(name, name)


@dataclass(frozen=True, eq=False)
class Report:
    """The figures of each set of digits: "test", and those written with a pen (`pen_set`).

    Attributes:
        digits: the readings.
        figures: of all digits.
        refusals: of drawings that are not digits, compared with the set's digits.
        robustness: stress -> set -> (strength, accuracy).
        writers: set -> writer -> figures.
    """

    digits: dict[str, Read]
    figures: dict[str, Figures]
    refusals: dict[str, Refusals]
    robustness: dict[str, dict[str, list[tuple[float, float]]]]
    writers: dict[str, dict[str, Figures]]

    def __str__(self) -> str:
        lines = []
        for name, figures in self.figures.items():
            lines.append(f"{title(name)}: {figures}")
            if writers := self.writers.get(name):
                order = sorted(writers.items(), key=lambda item: item[1].accuracy)
                shares = (f"{writer}: {100 * one.accuracy:.1f}" for writer, one in order)
                lines.append(f"  by writer, %: {'  '.join(shares)}")
        lines += [
            f"no digits, of kinds not trained on, against {title(name)}: {refusals}"
            for name, refusals in self.refusals.items()
        ]
        return "\n".join(lines)

    def keep(self, classifier: Classifier) -> str:
        """Write figures into the model's card and plots into its folder, replacing earlier ones.

        Returns:
            A sentence about the result.
        """
        folder = classifier.folder
        if not os.access(folder, os.W_OK):
            return f"{folder} is not writable: figures and plots were not saved."
        kept = classifier.card.get("figures", {})
        classifier.card["figures"] = {
            **{name: figures for name, figures in kept.items() if name == "validation"},
            **{
                name: figures.to_card()
                | {
                    "by_writer": {
                        writer: {
                            "count": one.count,
                            "accuracy": round(one.accuracy, 4),
                            "refused": round(one.refused, 4),
                        }
                        for writer, one in self.writers.get(name, {}).items()
                    }
                }
                for name, figures in self.figures.items()
            },
            "non_digits": {name: refusals.to_card() for name, refusals in self.refusals.items()},
            "robustness": self.robustness,
        }
        classifier.save_card()
        distorted = any(classifier.card["settings"]["distortion"].values())
        draw_learning_curves(classifier.card["history"], folder / CURVES, distorted=distorted)
        for name, picture in _CONFUSIONS.items():
            (folder / picture).unlink(missing_ok=True)
            if name in self.figures:
                draw_confusion(self.figures[name].confusion, title(name), folder / picture)
        named = {title(name): part for name, part in self.digits.items()}
        drawn = {title(name): self.digits[name] for name in _CONFUSIONS if name in self.digits}
        draw_reliability(
            {name: (part.probabilities, part.labels) for name, part in named.items()},
            folder / CALIBRATION,
        )
        draw_hardest(
            {name: (part, part.hardest(_SHOWN)) for name, part in drawn.items()}, folder / HARDEST
        )
        curves = {
            name: {title(set_): points for set_, points in sets.items()}
            for name, sets in self.robustness.items()
        }
        draw_robustness(curves, folder / ROBUSTNESS)
        return f"Figures and plots are in {folder}."


def measure_all(
    classifier: Classifier,
    test: Examples,
    pens: Mapping[str, PenDigits],
    *,
    robustness: bool = True,
) -> Report:
    """Measure a trained model, with a progress bar on a terminal.

    Args:
        classifier: the model.
        test: MNIST's test set.
        pens: name of a set (`pen_set`) -> drawings, their labels, and their writers.
        robustness: whether to measure it, which takes most of the time.
    """
    threshold = classifier.digit_threshold
    digits = {"test": read(classifier, test, title("test"))}
    writers: dict[str, dict[str, Figures]] = {}
    for name, (drawings, labels, who) in pens.items():
        digits[name] = read_drawings(classifier, drawings, labels, title(name))
        writers[name] = digits[name].by_writer(who, threshold)
    drawings, kinds = unseen_non_digits(_UNSEEN_OF_EACH_KIND, seed=0)
    no_labels = np.full(len(drawings), NOT_A_DIGIT)
    scores = read_drawings(classifier, drawings, no_labels, "no digits").scores
    return Report(
        digits,
        {name: part.figures(threshold) for name, part in digits.items()},
        {
            name: measure_refusals(scores, kinds, part.scores, threshold)
            for name, part in digits.items()
        },
        _measure_robustness(classifier, digits) if robustness else {},
        writers,
    )


def _measure_robustness(classifier: Classifier, digits: dict[str, Read]) -> dict[str, Any]:
    digits = {name: part for name, part in digits.items() if name in _CONFUSIONS}
    curves: dict[str, dict[str, list[Any]]] = {name: {s: [] for s in digits} for name in STRESSES}
    steps = sum(len(kind.strengths) for kind in STRESSES.values())
    for name, part in digits.items():
        every = max(1, len(part.labels) // _STRESSED)
        some = Examples(part.pixels[::every], part.labels[::every])
        words = f"{title(name)}, made harder"
        for kind, strength, right in progress(stress(classifier, some), words, steps):
            curves[kind][name].append((strength, round(right, 4)))
    return curves
