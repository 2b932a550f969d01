"""Sets the figures in README.md anew, from the cards of the trained models: no figure by hand.

    python benchmarks/readme.py [--check]

What stands between ``<!-- figures: NAME -->`` and ``<!-- end of NAME -->`` is what the function of
that name below gives. ``--check`` changes nothing, and fails where README.md and the cards differ.
"""

import argparse
import json
import re
import statistics
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from mnist_model.classifier import CARD, TRAINED  # noqa: E402
from mnist_model.recipes import DEFAULT  # noqa: E402

README = ROOT / "README.md"
SECTIONS: dict[str, Callable[[dict], str]] = {}
_WEAKEST = 4  # kinds of drawings that are named


def main() -> None:
    """Write README.md, or say that it has to be written."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing")
    arguments = parser.parse_args()
    text = README.read_text()
    new = with_figures(text, json.loads((TRAINED / DEFAULT / CARD).read_text()))
    if new == text:
        return
    if arguments.check:
        sys.exit(f"README.md and {CARD} differ. `python benchmarks/readme.py` sets it right.")
    README.write_text(new)


def with_figures(text: str, card: dict) -> str:
    """The same text with the figures of a card in their places.

    Raises:
        ValueError: if a place has a name that nothing here answers to, or no end.
    """
    for name in re.findall(r"<!-- figures: (.+?) -->", text):
        if name not in SECTIONS or f"<!-- end of {name} -->" not in text:
            raise ValueError(f"README.md: {name} is not a section, or has no end.")
        place = rf"(<!-- figures: {name} -->\n).*?(<!-- end of {name} -->)"
        try:
            content = f"\n{SECTIONS[name](card)}\n\n"
        except KeyError:  # a model that was trained anew
            content = "\nNot measured yet.\n\n"
        text = re.sub(place, lambda m, c=content: m[1] + c + m[2], text, flags=re.DOTALL)
    return text


def section(function: Callable[[dict], str]) -> Callable[[dict], str]:
    """Enters a function into the table of sections under its own name."""
    SECTIONS[function.__name__.replace("_", " ")] = function
    return function


@section
def digits(card: dict) -> str:
    """How well digits are read."""
    rows = []
    for name, title in (
        ("test", "MNIST test set: {count:,}"),
        ("pen", "pen digits: {count:,} by 30 people, as strokes"),
    ):
        figures = card["figures"][name]
        low, high = (f"{100 * bound:.2f}" for bound in figures["interval_95"])
        rows.append(
            [
                title.format(**figures),
                percent(figures["accuracy"]),
                f"{low} to {high}",
                percent(figures["expected_calibration_error"]),
                percent(figures["refused"]),
            ]
        )
    titles = ["digits", "read right", "95 % interval", "calibration error", "taken for no digit"]
    return table(titles, rows)


@section
def by_digit(card: dict) -> str:
    """Share of each digit read right."""
    rows = []
    for name, title in (("test", "MNIST test set"), ("pen", "pen digits")):
        confusion = np.array(card["figures"][name]["confusion"])
        shares = 100 * confusion.diagonal() / confusion.sum(axis=1)
        rows.append([title, *(f"{share:.1f}" for share in shares)])
    return table(["read right, %", *map(str, range(10))], rows)


@section
def refusals(card: dict) -> str:
    """What becomes of drawings that are no digit."""
    others = card["figures"]["others"]["pen"]
    weakest = sorted(others["by_kind"].items(), key=lambda item: item[1])[:_WEAKEST]
    named = ", ".join(f"{kind} (refused {percent(share, 0)})" for kind, share in weakest)
    count, kinds = f"{others['count']:,}", len(others["by_kind"])
    return (
        f"Of {count} drawings that are no digit, of {kinds} kinds that the network was not trained "
        f"on,\nit refuses {percent(others['refused'], 1)}, and a pen digit scores higher than one "
        f"of them in {percent(others['auroc'], 1)} of all pairs\n(area under the ROC curve). "
        f"Most often it is taken in by: {named}."
    )


@section
def seeds(card: dict) -> str:
    """The same recipe from several seeds."""
    runs = {seed: card["seeds"][seed] for seed in sorted(card["seeds"], key=int)}
    titles = {
        "mnist_test": "MNIST test",
        "pen_digits": "pen digits",
        "pen_digits_worst_digit": "worst of their digits",
        "mnist_test_calibration_error": "calibration error, MNIST",
        "pen_digits_calibration_error": "and pen digits",
        "pen_digits_refused": "pen digits refused",
        "unseen_kinds_refused": "unseen kinds refused",
    }
    rows = [[seed, *(percent(run[name]) for name in titles)] for seed, run in runs.items()]
    if len(runs) > 1:
        columns = [[run[name] for run in runs.values()] for name in titles]
        rows.append(["**mean**", *(f"**{percent(statistics.mean(c))}**" for c in columns)])
        rows.append(["standard deviation", *(percent(statistics.stdev(c)) for c in columns)])
    return table(["seed", *titles.values()], rows)


@section
def ablations(card: dict) -> str:
    """What each part of the recipe is worth."""
    rows = [row for name, row in card["ablations"].items() if name != "rendering"]
    cells = [
        [
            row["change"],
            percent(row["mnist_validation"]),
            "–" if row["pen_digits"] is None else percent(row["pen_digits"]),
            percent(row["pen_digits_of_6_writers"]),
            f"{row['auroc_of_unseen_kinds']:.3f}",
        ]
        for row in rows
    ]
    (steps,) = {row["steps"] for row in rows}
    titles = ["what is changed", "MNIST validation", "pen digits", "those of 6 writers"]
    return f"After {steps:,} steps:\n\n" + table([*titles, "ROC area, unseen kinds"], cells)


@section
def rendering(card: dict) -> str:
    """What becomes of pen digits that are drawn into the 28×28 in another way."""
    rows = [[name, percent(share)] for name, share in card["ablations"]["rendering"].items()]
    return table(["how the 28×28 is drawn", "pen digits read right"], rows)


def table(titles: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def percent(share: float, digits: int = 2) -> str:
    """A share of 1, as text."""
    return f"{100 * share:.{digits}f} %"


if __name__ == "__main__":
    main()
