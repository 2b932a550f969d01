"""Sets the figures in README.md and docs/ from the cards of the trained models.

    python benchmarks/set_figures.py [--check]

The function NAME below writes what stands between ``<!-- figures: NAME -->`` and
``<!-- end of NAME -->``. ``--check`` changes nothing, and fails where a document and a card differ.
"""

import json
import re
import statistics
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from made_pictures import KINDS

from mnist_model.read.classifier import CARD, DEFAULT, TEACHER, TRAINED
from mnist_model.train.recipes import RECIPES, TEACHERS

DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
Cards = dict[str, dict]  # recipe -> the card of its trained model
DIGITS = {  # set of digits in the card -> its title
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
ABLATIONS = {  # likewise of an ablation
    "mnist_validation": "MNIST validation",
    "pen_digits": "pen digits",
    "pen_digits_of_6_writers": "those of 6 writers",
    "unipen": "UNIPEN",
}
PICTURES = {  # likewise of a kind of picture
    "right": "read right",
    "refused": "taken for no digit",
    "wrong_and_sure": "wrong and over 90 % sure",
}


def main(is_check: bool) -> None:
    """Write the documents, or say that they have to be written."""
    files = {name: TRAINED / name / CARD for name in RECIPES | TEACHERS}
    cards = {name: json.loads(file.read_text()) for name, file in files.items() if file.is_file()}
    for document in DOCUMENTS:
        text = document.read_text()
        new = with_figures(text, cards, document.name)
        if new != text and is_check:
            sys.exit(f"{document.name} differs from {CARD}: run `python {sys.argv[0]}`.")
        document.write_text(new)


def with_figures(text: str, cards: Cards, title: str = "README.md") -> str:
    """The same text with the figures of the cards in their places.

    Raises:
        ValueError: if a place's name is not that of a section, or if the place has no end.
    """
    for name in re.findall(r"<!-- figures: (.+?) -->", text):
        if name not in SECTIONS or f"<!-- end of {name} -->" not in text:
            raise ValueError(f"{title}: {name} is not a section, or has no end.")
        place = rf"(<!-- figures: {name} -->\n).*?(<!-- end of {name} -->)"
        try:
            content = f"\n{SECTIONS[name](cards)}\n\n"
        except KeyError:  # a model that was trained again
            content = "\nNot measured yet.\n\n"
        text = re.sub(place, lambda m, c=content: m[1] + c + m[2], text, flags=re.DOTALL)
    return text


def measured(cards: Cards) -> list[tuple[str, dict]]:
    """Title and figures of the sets of `DIGITS` that were measured."""
    figures = cards[DEFAULT]["figures"]
    return [(title, figures[name]) for name, title in DIGITS.items() if name in figures]


def digits(cards: Cards) -> str:
    """How well digits are read."""
    shares = ("accuracy", "expected_calibration_error", "refused")
    rows = []
    for title, figures in measured(cards):
        accuracy, error, refused = (percent(figures[share]) for share in shares)
        rows.append([title.format(**figures), accuracy, interval(figures), error, refused])
    titles = ["digits", "read right", "95 % interval", "calibration error", "taken for no digit"]
    return table(titles, rows)


def numbers(cards: Cards) -> str:
    """How well whole numbers are read."""
    rows = [
        [row["digits"], row["written"], f"{row['count']:,}", percent(row["right"]), interval(row)]
        for row in cards[DEFAULT]["numbers"]["rows"]
    ]
    return table(["digits", "written", "numbers", "all digits right", "95 % interval"], rows)


def pictures(cards: Cards) -> str:
    """How well digits in pictures are read, by the kind of picture."""
    rows = [
        [name, f"{row['count']:,}", *cells(row, PICTURES)]
        for name, row in cards[DEFAULT]["pictures"].items()
    ]
    return table(["what is shown", "pictures", *PICTURES.values()], rows)


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
        group, shares = [figures[name] for name in names], ("right", "wrong_and_sure")
        means = [percent(statistics.mean(row[key] for row in group)) for key in shares]
        rows.append([title, f"{sum(row['count'] for row in group):,}", *means])
    return table(["digits in pictures", "pictures", "read right", PICTURES["wrong_and_sure"]], rows)


def load(cards: Cards) -> str:
    """What it costs when many draw at once."""
    rows = []
    for row in cards[DEFAULT]["load"]:
        readings, due, networks = (
            row[key] for key in ("readings_per_second", "asked_per_second", "networks_per_second")
        )
        times = [f"{row[name]:,.1f} ms" for name in ("p50", "p95", "p99", "stub_p95")]
        share = percent(min(1, readings / due), 0)
        rows.append([row["pens"], f"{readings:,}", share, *times[:3], f"{networks:,}", times[3]])
    titles = ["pens", "readings a second", "of those due", "p50", "p95", "p99"]
    return table([*titles, "the network, times a second", "the stub's p95"], rows)


def by_digit(cards: Cards) -> str:
    """Share of each digit read right."""
    rows = []
    for title, figures in measured(cards):
        confusion = np.array(figures["confusion"])
        shares = 100 * confusion.diagonal() / confusion.sum(axis=1)
        rows.append([title.split(":")[0], *(f"{share:.1f}" for share in shares)])
    return table(["read right, %", *map(str, range(10))], rows)


def refusals(cards: Cards) -> str:
    """What becomes of drawings that are no digit."""
    refusals = cards[DEFAULT]["figures"]["non_digits"]["pen"]
    least = sorted(refusals["by_kind"].items(), key=lambda item: item[1])[:4]
    named = ", ".join(f"{kind} (refused {percent(share, 0)})" for kind, share in least)
    return (
        f"Of {refusals['count']:,} drawings that are no digit, of {len(refusals['by_kind'])} kinds "
        f"that the network was not trained on,\nit refuses {percent(refusals['refused'], 1)}, and "
        f"a pen digit scores higher than one of them in {percent(refusals['auroc'], 1)} of all "
        f"pairs\n(area under the ROC curve). Most often it is taken in by: {named}."
    )


def seeds(cards: Cards) -> str:
    """The teacher's recipe from several seeds."""
    runs = dict(sorted(cards[TEACHER]["seeds"].items(), key=lambda item: int(item[0])))
    columns = {key: title for key, title in SEEDS.items() if any(key in r for r in runs.values())}
    rows = [[seed, *cells(run, columns)] for seed, run in runs.items()]
    values = [[run[key] for run in runs.values() if key in run] for key in columns]
    rows.append(["**mean**", *(f"**{percent(statistics.mean(v))}**" for v in values)])
    spreads = [percent(statistics.stdev(v)) if len(v) > 1 else "–" for v in values]
    rows.append(["standard deviation", *spreads])
    return table(["seed", *columns.values()], rows)


def ablations(cards: Cards) -> str:
    """What each part of the teacher's recipe is worth."""
    rows = list(cards[TEACHER]["ablations"].values())
    lines = [
        [row["change"], *cells(row, ABLATIONS), f"{row['auroc_of_unseen_kinds']:.3f}"]
        for row in rows
    ]
    titles = ["what is changed", *ABLATIONS.values(), "ROC area, unseen kinds"]
    return f"After {rows[0]['steps']:,} steps:\n\n{table(titles, lines)}"


def rendering(cards: Cards) -> str:
    """What becomes of pen digits that are drawn into the 28×28 in another way."""
    rows = [[way, percent(n)] for way, n in cards[DEFAULT]["ablations"]["rendering"].items()]
    return table(["how the 28×28 is drawn", "pen digits read right"], rows)


def recipes(cards: Cards) -> str:
    """Every recipe, on the same drawings."""
    rows = []
    for name, card in cards.items():
        runs, compared = list(card.get("seeds", {}).values()), card.get("comparison", {})
        row = [f"`{name}`", f"{card['parameters']:,}", f"{card['minutes']:.1f}", published(card)]
        for figure, part in (("mnist_test", "test"), ("pen_digits", "pen")):
            alone = card["figures"].get(part, {})
            shares = [run[figure] for run in runs] or [alone["accuracy"]] * bool(alone)
            spread = f" ± {100 * statistics.stdev(shares):.2f} %" if len(shares) > 1 else " %"
            row.append(percent(statistics.mean(shares))[:-2] + spread if shares else "–")
        row += cells(compared, ["unipen", "pen_digits_naive_resize"])
        rows.append([*row, f"{compared['milliseconds']:.1f}" if compared else "–"])
    titles = ["recipe", "parameters", "minutes to train", "published → reached", "MNIST test"]
    return table([*titles, "pen digits", "UNIPEN", "naive resize", "ms a drawing"], rows)


def published(card: dict) -> str:
    """A network's published figures, and what all its seeds reached in the mean."""
    about = "about " if card.get("published_about") else ""
    parts = []
    for what, figure in card.get("published", {}).items():
        runs = [run[f"mnist_{what}"] for run in card.get("seeds", {}).values()]
        there, reached = figure["published"], statistics.mean(runs or [figure["reached"]])
        if what == "test_loss":
            parts.append(f"loss {there:.4f} → {reached:.4f}")
        else:
            parts.append(f"{about}{what} {round(100 * there, 3):g} % → {100 * reached:.3f} %")
    return ", ".join(parts) or "–"


def interval(figures: dict) -> str:
    """The bounds of a share's interval, in percent."""
    return " to ".join(f"{100 * bound:.2f}" for bound in figures["interval_95"])


def cells(row: dict, keys: Iterable[str]) -> list[str]:
    """Shares of 1 as text; "–" for those that were not measured."""
    return ["–" if row.get(key) is None else percent(row[key]) for key in keys]


def table(titles: list[str], rows: list[list]) -> str:
    """A table in Markdown."""
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def percent(share: float, places: int = 2) -> str:
    """A share of 1, as text."""
    return f"{100 * share:.{places}f} %"


WRITERS: tuple[Callable[[Cards], str], ...] = (
    digits, numbers, pictures, pictures_in_short, load, by_digit, refusals, seeds, ablations,
    rendering, recipes,
)  # fmt: skip
SECTIONS = {writer.__name__.replace("_", " "): writer for writer in WRITERS}

if __name__ == "__main__":
    main(is_check="--check" in sys.argv)
