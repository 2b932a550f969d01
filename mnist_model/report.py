"""Everything that is measured of a trained model, for its card, its pictures and the screen."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from tqdm import tqdm

from mnist_model.classifier import Classifier
from mnist_model.data import Examples
from mnist_model.evaluate import (
    STRESSES,
    Figures,
    Read,
    Refusals,
    formatted,
    measure_refusals,
    read,
    stress,
    together,
)
from mnist_model.plots import (
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
from mnist_model.strokes import Drawing
from mnist_model.synthetic import unseen_others

_TITLES = {"test": "MNIST test", "pen": "pen digits"}
_CONFUSIONS = {"test": CONFUSION, "pen": CONFUSION_PEN}
_UNSEEN_OF_EACH_KIND = 100
_STRESSED = 2_000  # of each set of digits: enough for a curve
_SHOWN = 36  # of the hardest


@dataclass(frozen=True, eq=False)
class Report:
    """What was measured, by set of digits: "test", and "pen" where there were any.

    Attributes:
        digits: what was read, one after another.
        figures: how well.
        refusals: what became of drawings that are no digit, against the set's digits.
        robustness: stress -> set -> (strength, share read right).
    """

    digits: dict[str, Read]
    figures: dict[str, Figures]
    refusals: dict[str, Refusals]
    robustness: dict[str, dict[str, list[tuple[float, float]]]]

    def __str__(self) -> str:
        lines = [f"{_TITLES[name]}: {figures}" for name, figures in self.figures.items()]
        lines += [
            f"no digits, of kinds not trained on, against {_TITLES[name]}: {refusals}"
            for name, refusals in self.refusals.items()
        ]
        return "\n".join(lines)

    def keep(self, classifier: Classifier) -> str:
        """Write it into the model's card, and pictures beside it, in place of earlier ones.

        Returns:
            A sentence that says where it is, or why it was not kept.
        """
        folder = classifier.folder
        if not os.access(folder, os.W_OK):
            return f"{folder} can't be written to: figures and pictures are not kept."
        kept = classifier.card.get("figures", {})
        classifier.card["figures"] = {
            **{name: figures for name, figures in kept.items() if name == "validation"},
            **{name: figures.to_card() for name, figures in self.figures.items()},
            "others": {name: refusals.to_card() for name, refusals in self.refusals.items()},
            "robustness": self.robustness,
        }
        classifier.save_card()
        distorted = any(classifier.card["settings"]["distortion"].values())
        draw_learning_curves(classifier.card["history"], folder / CURVES, distorted=distorted)
        for name, picture in _CONFUSIONS.items():
            (folder / picture).unlink(missing_ok=True)
            if name in self.figures:
                draw_confusion(self.figures[name].confusion, _TITLES[name], folder / picture)
        named = {_TITLES[name]: part for name, part in self.digits.items()}
        draw_reliability(
            {title: (part.probabilities, part.labels) for title, part in named.items()},
            folder / CALIBRATION,
        )
        draw_hardest(
            {title: (part, part.hardest(_SHOWN)) for title, part in named.items()}, folder / HARDEST
        )
        curves = {
            name: {_TITLES[set_]: points for set_, points in sets.items()}
            for name, sets in self.robustness.items()
        }
        draw_robustness(curves, folder / ROBUSTNESS)
        return f"Figures and pictures are in {folder}."


def measure_all(
    classifier: Classifier,
    test: Examples,
    pens: tuple[Sequence[Drawing], np.ndarray] | None,
    *,
    robustness: bool = True,
) -> Report:
    """Measure a trained model, with a progress bar where there is a screen.

    Args:
        classifier: the model.
        test: MNIST's test set.
        pens: drawings and their labels, or None.
        robustness: whether to measure that, too; it takes most of the time.
    """
    parts = read(classifier, test)
    digits = {"test": together(list(_progress(parts, len(test), "MNIST test")))}
    if pens is not None:
        parts = (part for page in formatted(*pens) for part in read(classifier, page))
        digits["pen"] = together(list(_progress(parts, len(pens[0]), "pen digits")))
    others, kinds = unseen_others(_UNSEEN_OF_EACH_KIND, seed=0)
    parts = (part for page in formatted(others) for part in read(classifier, page))
    scores = together(list(_progress(parts, len(others), "no digits"))).scores
    threshold = classifier.digit_threshold
    return Report(
        digits,
        {name: part.figures(threshold) for name, part in digits.items()},
        {
            name: measure_refusals(scores, kinds, part.scores, threshold)
            for name, part in digits.items()
        },
        _measure_robustness(classifier, digits) if robustness else {},
    )


def _measure_robustness(classifier: Classifier, digits: dict[str, Read]) -> dict[str, Any]:
    curves: dict[str, dict[str, list[Any]]] = {name: {s: [] for s in digits} for name in STRESSES}
    steps = sum(len(kind.strengths) for kind in STRESSES.values())
    for name, part in digits.items():
        every = max(1, len(part.labels) // _STRESSED)
        some = Examples(part.pixels[::every], part.labels[::every])
        title = f"{_TITLES[name]}, made harder"
        for what, strength, right in _progress(stress(classifier, some), steps, title, each=1):
            curves[what][name].append((strength, round(right, 4)))
    return curves


def _progress(parts: Iterable[Any], total: int, title: str, each: int = 0) -> Iterator[Any]:
    """Pass parts on, with a bar that says how far they are."""
    with tqdm(total=total, desc=title, disable=None, leave=False) as bar:  # None: only on a screen
        for part in parts:
            yield part
            bar.update(each or len(part.labels))
