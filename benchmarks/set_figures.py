"""Sets the figures in README.md and docs/ anew, from the cards of the trained models.

    python benchmarks/set_figures.py [--check]

What stands between ``<!-- figures: NAME -->`` and ``<!-- end of NAME -->`` is what the function of
that name below gives. ``--check`` changes nothing, and fails where a document and a card differ.
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

from picture_kinds import KINDS  # noqa: E402

from mnist_model.read.classifier import (  # noqa: E402
    CARD,
    DEFAULT,
    TRAINED,
)
from mnist_model.train.recipes import RECIPES  # noqa: E402

DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
Cards = dict[str, dict]  # recipe -> what is known of its trained model
SECTIONS: dict[str, Callable[[Cards], str]] = {}
DIGITS = {  # set of digits in the card -> what it is
    "test": "MNIST test set: {count:,}",
    "pen": "pen digits: {count:,} by 30 people, as strokes",
    "unipen": "UNIPEN: {count:,} by six groups of donors, as strokes",
}
SEEDS = {  # figure of a run -> its column
    "mnist_test": "MNIST test",
    "pen_digits": "pen digits",
    "pen_digits_worst_digit": "worst of their digits",
    "mnist_test_calibration_error": "calibration error, MNIST",
    "pen_digits_calibration_error": "and pen digits",
    "pen_digits_refused": "pen digits refused",
    "unipen": "UNIPEN",
    "unipen_refused": "UNIPEN refused",
    "unseen_kinds_refused": "unseen kinds refused",
}
PICTURES = {  # figure of a kind of picture -> its column
    "right": "read right",
    "refused": "taken for no digit",
    "wrong_and_sure": "wrong and over 90 % sure",
}
_WEAKEST = 4  # kinds of drawings that are named


def main() -> None:
    """Write the documents, or say that they have to be written."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing")
    arguments = parser.parse_args()
    known = cards()
    for document in DOCUMENTS:
        text = document.read_text()
        new = with_figures(text, known, document.name)
        if new != text and arguments.check:
            sys.exit(
                f"{document.name} and {CARD} differ. "
                "`python benchmarks/set_figures.py` sets it right."
            )
        if new != text:
            document.write_text(new)


def cards() -> Cards:
    """The cards of the trained recipes, in the order of the table."""
    files = {name: TRAINED / name / CARD for name in RECIPES}
    return {name: json.loads(file.read_text()) for name, file in files.items() if file.is_file()}


def with_figures(text: str, cards: Cards, name_of_text: str = "README.md") -> str:
    """The same text with the figures of the cards in their places.

    Raises:
        ValueError: if a place has a name that nothing here answers to, or no end.
    """
    for name in re.findall(r"<!-- figures: (.+?) -->", text):
        if name not in SECTIONS or f"<!-- end of {name} -->" not in text:
            raise ValueError(f"{name_of_text}: {name} is not a section, or has no end.")
        place = rf"(<!-- figures: {name} -->\n).*?(<!-- end of {name} -->)"
        try:
            content = f"\n{SECTIONS[name](cards)}\n\n"
        except KeyError:  # a model that was trained anew
            content = "\nNot measured yet.\n\n"
        text = re.sub(place, lambda m, c=content: m[1] + c + m[2], text, flags=re.DOTALL)
    return text


def section(function: Callable[[Cards], str]) -> Callable[[Cards], str]:
    """Enters a function into the table of sections under its own name."""
    SECTIONS[function.__name__.replace("_", " ")] = function
    return function


def measured(cards: Cards) -> list[tuple[str, str]]:
    """Those sets of `DIGITS` that were, and what they are."""
    return [row for row in DIGITS.items() if row[0] in cards[DEFAULT]["figures"]]


@section
def digits(cards: Cards) -> str:
    """How well digits are read."""
    rows = []
    for name, title in measured(cards):
        figures = cards[DEFAULT]["figures"][name]
        low, high = (f"{100 * bound:.2f}" for bound in figures["interval_95"])
        shares = ("accuracy", "expected_calibration_error", "refused")
        accuracy, error, refused = (percent(figures[share]) for share in shares)
        rows.append([title.format(**figures), accuracy, f"{low} to {high}", error, refused])
    titles = ["digits", "read right", "95 % interval", "calibration error", "taken for no digit"]
    return table(titles, rows)


@section
def numbers(cards: Cards) -> str:
    """How well whole numbers are read."""
    rows = []
    for row in cards[DEFAULT]["numbers"]["rows"]:
        low, high = (f"{100 * bound:.2f}" for bound in row["interval_95"])
        rows.append(
            [
                str(row["digits"]),
                row["written"],
                f"{row['count']:,}",
                percent(row["right"]),
                f"{low} to {high}",
            ]
        )
    return table(["digits", "written", "numbers", "all digits right", "95 % interval"], rows)


@section
def pictures(cards: Cards) -> str:
    """How well digits in pictures are read, by the kind of picture."""
    rows = [
        [name, f"{row['count']:,}"] + [percent(row[key]) if key in row else "–" for key in PICTURES]
        for name, row in cards[DEFAULT]["pictures"].items()
        if "digits_right" not in row  # rows: they are among the numbers
    ]
    return table(["what is shown", "pictures", *PICTURES.values()], rows)


@section
def pictures_in_short(cards: Cards) -> str:
    """The same, a row for each group."""
    figures = cards[DEFAULT]["pictures"]
    groups = {
        "the same digits as strokes": ["strokes"],
        "painted with a brush of 1 to 12 % of the canvas": [
            name for name in figures if name.startswith("brush")
        ],
        "photographs of paper, with shadows and rules": ["photographs"],
        f"{len(KINDS)} other kinds: screenshots, scans, pencil, faint or thin ink": list(KINDS),
    }
    rows = []
    for title, names in groups.items():
        group = [figures[name] for name in names]
        right, sure = (
            percent(statistics.mean(row[key] for row in group))
            for key in ("right", "wrong_and_sure")
        )
        rows.append([title, f"{sum(row['count'] for row in group):,}", right, sure])
    return table(["digits in pictures", "pictures", "read right", PICTURES["wrong_and_sure"]], rows)


@section
def load(cards: Cards) -> str:
    """What it costs when many draw at once."""
    rows = []
    for row in cards[DEFAULT]["load"]:
        share = min(1, row["readings_per_second"] / row["asked_per_second"])
        times = [f"{row[name]:,.1f} ms" for name in ("p50", "p95", "p99")]
        rows.append(
            [
                str(row["pens"]),
                f"{row['readings_per_second']:,}",
                percent(share, 0),
                *times,
                f"{row['networks_per_second']:,}",
                f"{row['stub_p95']:,.1f} ms",
            ]
        )
    titles = ["pens", "readings a second", "of those due", "p50", "p95", "p99"]
    return table([*titles, "the network, times a second", "the stub's p95"], rows)


@section
def by_digit(cards: Cards) -> str:
    """Share of each digit read right."""
    rows = []
    for name, title in measured(cards):
        confusion = np.array(cards[DEFAULT]["figures"][name]["confusion"])
        shares = 100 * confusion.diagonal() / confusion.sum(axis=1)
        rows.append([title.split(":")[0], *(f"{share:.1f}" for share in shares)])
    return table(["read right, %", *map(str, range(10))], rows)


@section
def refusals(cards: Cards) -> str:
    """What becomes of drawings that are no digit."""
    card = cards[DEFAULT]
    refusals = card["figures"]["non_digits"]["pen"]
    weakest = sorted(refusals["by_kind"].items(), key=lambda item: item[1])[:_WEAKEST]
    named = ", ".join(f"{kind} (refused {percent(share, 0)})" for kind, share in weakest)
    count, kinds = f"{refusals['count']:,}", len(refusals["by_kind"])
    return (
        f"Of {count} drawings that are no digit, of {kinds} kinds that the network was not trained "
        f"on,\nit refuses {percent(refusals['refused'], 1)}, and a pen digit scores higher than "
        f"one of them in {percent(refusals['auroc'], 1)} of all pairs\n(area under the ROC curve). "
        f"Most often it is taken in by: {named}."
    )


@section
def seeds(cards: Cards) -> str:
    """The same recipe from several seeds."""
    card = cards[DEFAULT]
    runs = {seed: card["seeds"][seed] for seed in sorted(card["seeds"], key=int)}
    columns = [name for name in SEEDS if any(name in run for run in runs.values())]
    rows = [
        [seed, *(percent(run[name]) if name in run else "–" for name in columns)]
        for seed, run in runs.items()
    ]
    if len(runs) > 1:
        values = [[run[name] for run in runs.values() if name in run] for name in columns]
        rows.append(["**mean**", *(f"**{percent(statistics.mean(v))}**" for v in values)])
        spreads = [percent(statistics.stdev(v)) if len(v) > 1 else "–" for v in values]
        rows.append(["standard deviation", *spreads])
    return table(["seed", *(SEEDS[name] for name in columns)], rows)


@section
def ablations(cards: Cards) -> str:
    """What each part of the recipe is worth."""
    card = cards[DEFAULT]
    rows = [row for name, row in card["ablations"].items() if name != "rendering"]
    cells = [
        [
            row["change"],
            percent(row["mnist_validation"]),
            "–" if row["pen_digits"] is None else percent(row["pen_digits"]),
            percent(row["pen_digits_of_6_writers"]),
            percent(row["unipen"]) if "unipen" in row else "–",
            f"{row['auroc_of_unseen_kinds']:.3f}",
        ]
        for row in rows
    ]
    (steps,) = {row["steps"] for row in rows}
    titles = ["what is changed", "MNIST validation", "pen digits", "those of 6 writers", "UNIPEN"]
    return f"After {steps:,} steps:\n\n" + table([*titles, "ROC area, unseen kinds"], cells)


@section
def rendering(cards: Cards) -> str:
    """What becomes of pen digits that are drawn into the 28×28 in another way."""
    card = cards[DEFAULT]
    rows = [[name, percent(share)] for name, share in card["ablations"]["rendering"].items()]
    return table(["how the 28×28 is drawn", "pen digits read right"], rows)


@section
def recipes(cards: Cards) -> str:
    """Every recipe beside the others, on the same drawings."""
    rows = []
    for name, card in cards.items():
        runs, compared = list(card.get("seeds", {}).values()), card.get("comparison", {})

        def over(figure: str, part: str, card: dict = card, runs: list[dict] = runs) -> str:
            alone = card["figures"].get(part)
            if not runs:
                return percent(alone["accuracy"]) if alone else "–"
            return mean_and_spread([run[figure] for run in runs])

        rows.append(
            [
                f"`{name}`",
                f"{card['parameters']:,}",
                f"{card['minutes']:.1f}",
                published(card),
                over("mnist_test", "test"),
                over("pen_digits", "pen"),
                percent(compared["unipen"]) if "unipen" in compared else "–",
                percent(compared["pen_digits_naive_resize"]) if compared else "–",
                f"{compared['milliseconds']:.1f}" if compared else "–",
            ]
        )
    titles = ["recipe", "parameters", "minutes to train", "published → reached", "MNIST test"]
    return table([*titles, "pen digits", "UNIPEN", "naive resize", "ms a drawing"], rows)


def published(card: dict) -> str:
    """What is published of a network, and beside it what all its seeds reached in the mean."""
    about = "about " if card.get("published_about") else ""
    parts = []
    for what, figure in card.get("published", {}).items():
        runs = [run[f"mnist_{what}"] for run in card.get("seeds", {}).values()]
        reached = statistics.mean(runs) if runs else figure["reached"]
        if what == "test_loss":
            parts.append(f"loss {figure['published']:.4f} → {reached:.4f}")
        else:
            parts.append(
                f"{about}{what} {round(100 * figure['published'], 3):g} % → {100 * reached:.3f} %"
            )
    return ", ".join(parts) or "–"


def mean_and_spread(shares: list[float]) -> str:
    """The mean of several runs, with their standard deviation where there is one."""
    mean = percent(statistics.mean(shares))
    return mean if len(shares) < 2 else f"{mean[:-2]} ± {100 * statistics.stdev(shares):.2f} %"


def table(titles: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def percent(share: float, digits: int = 2) -> str:
    """A share of 1, as text."""
    return f"{100 * share:.{digits}f} %"


if __name__ == "__main__":
    main()
