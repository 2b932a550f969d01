"""How well digits and numbers are read: python benchmarks/accuracy.py COMMAND --help

--pen and --unipen are digits by pen in UNIPEN's format. --keep writes the figures into the model's
card, from which `set_figures.py` sets them in the documents.
"""

import itertools
import statistics
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, NamedTuple

import numpy as np
import typer
from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
from made_pictures import KINDS, Maker, ink_of, photograph, photograph_of_row, rows_of

from mnist_model import Classifier, Drawing, Reading, TooManyDigitsError, load_classifier
from mnist_model.handwriting.numbers import side_by_side
from mnist_model.handwriting.synthetic import unseen_non_digits
from mnist_model.preprocess.mnist_format import strokes_to_mnist
from mnist_model.preprocess.naive_resize import naive_resize, placed
from mnist_model.preprocess.strokes import bounding_box
from mnist_model.read.classifier import trained_recipes
from mnist_model.train.data import load_pen_digits, pen_writers

File = Annotated[str, typer.Option()]
app = typer.Typer(help=__doc__, pretty_exceptions_enable=False)
SEED = 0
BRUSHES = (0.01, 0.02, 0.04, 0.06, 0.08, 0.10, 0.12)  # of the canvas' side
PAINTED = 0.04  # the brush that drawings that are no digit are painted with
SIDE = 400  # pixels of such a canvas
FILLED = 0.7  # of the canvas, by the longest side of the pen's path
NON_DIGITS = 10  # of each kind
SURE = 0.9
FIGURES = 18  # writers, of a permutation; the others are for development
RESAMPLINGS = 2_000
LINE, MARGIN = 80, 30  # pixels, of a painted number; its brush is a tenth of the line
TIMED = 300  # drawings, each read by every recipe before the next


class Row(NamedTuple):
    """Numbers of a kind; the gap is in heights of the line, the slope in degrees."""

    written: str
    digits: int = 4
    gap: tuple[float, float] = (0, 0.6)
    slope: float = 0
    shown: str = "strokes"


APART = (
    Row("1 height apart", gap=(1, 1)),
    Row("2 to 4 heights apart", gap=(2, 4)),
    Row("slopes of up to 15°", slope=15),
    Row("2 to 4 heights apart, slopes of up to 15°", gap=(2, 4), slope=15),
)
ROWS = (
    *(Row("apart to touching", digits) for digits in (1, 2, 4, 8)),
    Row("boxes overlap by 10 %", gap=(-np.inf, -np.inf)),
    *APART,
    *(
        row._replace(written=f"in pictures, {row.written}", shown="painted")
        for row in (Row("apart to touching"), *APART)
    ),
    *(Row(f"photographed on {paper} paper", 0, shown=paper) for paper in ("ruled", "squared")),
)
MOST = {"strokes": None, "painted": 20, "ruled": 8, "squared": 8}  # numbers of each writer


@app.command()
def numbers(
    pen: File, development: bool = False, only: str = "", count: int = 0, keep: bool = False
) -> None:
    """Whole numbers, composed of digits that one person wrote with a pen one by one.

    Digits stand side by side in their own sizes, with a hand's uneven gaps and baseline; in further
    rows they stand further apart, or their line slopes, or pictures and photographs show them. Each
    digit is in one number of a row. A number is right if all of its text is. Writers are permuted:
    the first 18 are for the figures, the other 12, --development, were used to develop. Intervals
    are at 95 %, by bootstrap over writers (Efron 1979). --only reads the rows with these words,
    --count so many numbers of each writer.
    """
    if keep and (development or only or count):
        raise ValueError("--keep is for all figures of the writers who were not developed on.")
    drawings, labels = load_pen_digits(pen)
    writers = np.array(pen_writers(pen), int)
    order = np.random.default_rng(SEED).permutation(np.unique(writers))
    classifier, rows = load_classifier(), []
    for row in (row for row in ROWS if only in row.written):
        rng, right = np.random.default_rng(SEED), []
        for writer in order[FIGURES:] if development else order[:FIGURES]:
            own = np.flatnonzero(writers == writer)
            height = float(np.median([np.ptp(np.concatenate(drawings[i])[:, 1]) for i in own]))
            own = rng.permutation(own)
            written = _written(row, [drawings[i] for i in own], labels[own], height, rng)
            right.append([])
            for text, strokes in itertools.islice(written, count or MOST[row.shown]):
                right[-1].append(_read(classifier, row, strokes, height, rng) == text)
        total = sum(map(len, right))
        found = [sum(map(sum, right)) / total, *_bootstrapped(right)]
        share, low, high = (round(value, 5) for value in found)
        digits = str(row.digits or "3 to 8")
        print(f"{digits:6} {row.written:53} {total:5,}: right {share:.2%}, {low:.2%} to {high:.2%}")
        described = {"digits": digits, "written": row.written, "count": total}
        rows.append({**described, "right": share, "interval_95": [low, high]})
    if keep:
        classifier.card["numbers"] = {"writers": FIGURES, "rows": rows}
        classifier.save_card()


def _written(
    row: Row, digits: list[Drawing], labels: np.ndarray, height: float, rng: np.random.Generator
) -> Iterator[tuple[str, Drawing]]:
    """Somebody's digits as numbers: the text and the strokes of each."""
    if not row.digits:
        yield from rows_of(digits, labels, rng)
        return
    for start in range(0, len(digits) - row.digits + 1, row.digits):
        chosen = slice(start, start + row.digits)
        least, most = row.gap
        apart = rng.uniform(least, most) if most > least else least
        slope = np.tan(np.radians(rng.uniform(-row.slope, row.slope) if row.slope else 0.0))
        strokes = side_by_side(digits[chosen], rng, apart, height, slope)
        yield "".join(map(str, labels[chosen])), strokes


def _read(
    classifier: Classifier, row: Row, strokes: Drawing, height: float, rng: np.random.Generator
) -> str:
    """The text that is read; "" where there are more digits than a number has."""
    if row.shown == "strokes":
        return classifier.read_number(strokes).text
    if row.shown == "painted":
        low, high = bounding_box(strokes)
        inked = (high - low) * LINE / height
        size = (int(inked[0] + 2 * MARGIN), int(inked[1] + 2 * MARGIN))
        ink = ink_of(strokes, size, max(inked), LINE / 10, np.array(size) / 2)
        return classifier.read_number_image(_black_on_white(ink)).text
    try:
        return classifier.read_number_image(photograph_of_row(strokes, rng, row.shown)).text
    except TooManyDigitsError:
        return ""


def _bootstrapped(right: list[list[bool]]) -> tuple[float, float]:
    """95 % of a share: writers, each with all numbers, are drawn again and again."""
    hits, sizes = np.array([[sum(own), len(own)] for own in right]).T
    drawn = np.random.default_rng(SEED).integers(0, len(right), (RESAMPLINGS, len(right)))
    low, high = np.quantile(hits[drawn].sum(axis=1) / sizes[drawn].sum(axis=1), (0.025, 0.975))
    return float(low), float(high)


@app.command()
def pictures(
    pen: File, count: int = 1000, kinds_count: int = 100, only: str = "", keep: bool = False
) -> None:
    """Pictures of one digit, made of strokes, and of drawings that are no digit.

    --count digits are painted with brushes of 1 to 12 % of the canvas, as small grey crops and as
    photographs; --kinds-count of them as each of the other kinds that people bring. --only makes
    the rows with these words.
    """
    if keep and only:
        raise ValueError("--keep is for all figures.")
    classifier = load_classifier()
    all_drawings, all_labels = load_pen_digits(pen)
    chosen = np.random.default_rng(SEED).permutation(len(all_labels))[:count]
    drawings, labels = [all_drawings[i] for i in chosen], all_labels[chosen]
    digits: dict[str, Maker] = {
        f"brush of {100 * brush:g} % of the canvas": partial(painted, brush) for brush in BRUSHES
    }
    digits |= {f"{side} × {side} grey": partial(crop, side) for side in (16, 28)}
    digits |= {"photographs": photograph, **KINDS}
    others = {
        "no digits, painted": partial(painted, PAINTED),
        "no digits, photographed": photograph,
    }
    kept = {}
    for name in (name for name in ("strokes", *digits, *others) if only in name):
        many = kinds_count if name in KINDS else count
        if name in others:
            shown = unseen_non_digits(NON_DIGITS, SEED)[0]
            row = _shares(_shown(classifier, others[name], shown), None)
        elif name in digits:
            row = _shares(_shown(classifier, digits[name], drawings[:many]), labels[:many])
        else:
            row = _shares(classifier.classify_many(drawings), labels)
        shares = [f"{100 * row[key]:6.2f} % {key}" for key in row if key != "count"]
        print(f"{name:36} {row['count']:5,}", *shares, flush=True)
        kept[name] = {key: round(value, 5) for key, value in row.items()}
    if keep:
        classifier.card["pictures"] = kept
        classifier.save_card()


def _shown(classifier: Classifier, make: Maker, drawings: Iterable[Drawing]) -> list[Reading]:
    """What is read in pictures of drawings, which are the same in every run."""
    rng = np.random.default_rng(SEED)
    return [classifier.classify_image(make(drawing, rng)) for drawing in drawings]


def _shares(readings: Sequence[Reading], labels: np.ndarray | None) -> dict[str, float]:
    """Of pictures of one digit each; without labels, of what is no digit."""
    refused = np.array([not reading.is_digit for reading in readings])
    found: dict[str, float] = {"count": len(readings), "refused": float(refused.mean())}
    if labels is None:
        return found
    right = np.array([r.digit == label for r, label in zip(readings, labels, strict=True)])
    sure = np.array([reading.probabilities.max() > SURE for reading in readings])
    wrong_and_sure = float((~right & ~refused & sure).mean())
    return found | {"right": float(right.mean()), "wrong_and_sure": wrong_and_sure}


def painted(brush: float, drawing: Drawing, rng: np.random.Generator) -> Image.Image:
    """Black on white, with a brush of that share of the canvas."""
    middle = np.array([SIDE / 2, SIDE / 2]) + rng.uniform(-0.08, 0.08, 2) * SIDE
    return _black_on_white(ink_of(drawing, (SIDE, SIDE), FILLED * SIDE, brush * SIDE, middle))


def crop(side: int, drawing: Drawing, rng: np.random.Generator) -> Image.Image:
    """Grey, cut out tightly and made small, as postal codes are; white on black."""
    width = rng.uniform(0.08, 0.16) * side
    ink = ink_of(drawing, (side, side), side - width - 1, width, np.array([side / 2] * 2))
    return _black_on_white(1 - ink)


def _black_on_white(ink: np.ndarray) -> Image.Image:
    return Image.fromarray(np.rint(255 * (1 - ink)).astype(np.uint8))


@app.command()
def compare(pen: File, unipen: File) -> None:
    """Every trained recipe on the same digits, into their cards.

    Pen digits are read twice: brought into MNIST format, as the page does it, and naively resized
    with the pad they were drawn on, as most demos do it. There they lie anywhere, 35 to 90 % of its
    size.
    """
    drawings, labels = load_pen_digits(pen)
    donors, meant = load_pen_digits(unipen)
    rng, classifiers = np.random.default_rng(SEED), trained_recipes()
    sets: dict[str, tuple[list[np.ndarray], np.ndarray]] = {
        "pen_digits": ([strokes_to_mnist(drawing) for drawing in drawings], labels),
        "pen_digits_naive_resize": ([naive_resize(placed(d, rng)) for d in drawings], labels),
        "unipen": ([strokes_to_mnist(drawing) for drawing in donors], meant),
    }
    times: dict[str, list[float]] = {name: [] for name in classifiers}
    for drawing in drawings[:TIMED]:  # recipes alternate, so that noise hits all alike
        for name, classifier in classifiers.items():
            started = time.perf_counter()
            classifier.classify(drawing)
            times[name].append(1000 * (time.perf_counter() - started))
    for name, classifier in classifiers.items():
        found = {"milliseconds": round(statistics.median(times[name]), 2)}
        for title, (pixels, truth) in sets.items():
            right = classifier.probabilities(np.stack(pixels)).argmax(axis=1) == truth
            found[title] = round(float(right.mean()), 4)
        classifier.card["comparison"] = found
        classifier.save_card()
        print(name, found)


if __name__ == "__main__":
    app()
