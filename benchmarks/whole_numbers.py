"""How well whole numbers are read: python benchmarks/whole_numbers.py --pen pendigits-orig.tra

Numbers are composed of digits that one person wrote with a pen one by one, in their own sizes, side
by side (`mnist_model/handwriting/numbers.py`): gaps from 0.6 heights of the line to touching, feet
above and below the line, lines that climb. In further rows they stand further apart, or their line
slopes, pictures show the same strokes, and photographs show rows (`photographed_rows.py`). Each
digit is in one number of a row. "Right" is a number all of whose text is: no digit misread,
refused, split or joined, and all in one line.

Writers are split by a permutation with seed 0, the one of `benchmarks/ablations.py`: the first 18
are for the figures (its first six are kept out of every training), the other 12 were used to
develop. Without ``--development`` the figures' are read; ``--unseen`` reads those six alone.
Intervals are at 95 %, by bootstrap over writers (Efron 1979).
"""

import argparse
import contextlib
import itertools
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")  # as the app has it

from photographed_rows import PAPERS, digits_right, photograph_of_row, rows_of
from pictures import ink_of

from mnist_model import (
    Classifier,
    Drawing,
    NumberReading,
    TooManyDigitsError,
    load_classifier,
)
from mnist_model.handwriting import UNSEEN, write_non_digit
from mnist_model.handwriting.numbers import side_by_side
from mnist_model.measure.evaluate import wilson_interval
from mnist_model.preprocess.strokes import bounding_box
from mnist_model.read.segmentation import NO_DIGIT
from mnist_model.train.data import load_pen_digits, pen_writers

SEED = 0
FIGURES, UNTRAINED = 18, 6  # writers, of the permutation
WIDEST = 0.6  # gap between digits, in heights of the line
RESAMPLINGS = 2_000
OF_EACH_KIND = 40  # letters and signs
SCRIBBLES = ("scribble", "zigzag", "tangle", "loops", "blacked out")
BESIDE = 400  # digits with a scribble beside them
TIMED = 200  # numbers
STEEPEST = 15  # degrees
PICTURES, PHOTOGRAPHS = 20, 8  # of each writer and row
PICTURE_HEIGHT = 80  # pixels, of a line in a picture
PICTURE_MARGIN = 30
BRUSH = 0.1  # of its height


@dataclass(frozen=True)
class Row:
    """Numbers of a kind.

    Attributes:
        written: how, in words.
        digits: of each number.
        gap: between digits, from least to most, in heights of the line.
        steepest: that its line may be, in degrees.
        is_picture: whether a picture is read, not the strokes.
        paper: a row of 3 to 8 digits is photographed on it, if any.
    """

    written: str
    digits: int = 4
    gap: tuple[float, float] = (0, WIDEST)
    steepest: float = 0
    is_picture: bool = False
    paper: str = ""


USUAL = "apart to touching"
APART = (
    Row("1 height apart", gap=(1, 1)),
    Row("2 to 4 heights apart", gap=(2, 4)),
    Row(f"slopes of up to {STEEPEST}°", steepest=STEEPEST),
    Row(f"2 to 4 heights apart, slopes of up to {STEEPEST}°", gap=(2, 4), steepest=STEEPEST),
)
ROWS = (
    *(Row(USUAL, digits) for digits in (1, 2, 4, 8)),
    Row("boxes overlap by 10 %", gap=(-np.inf, -np.inf)),
    *APART,
    *(
        replace(row, written=f"in pictures, {row.written}", is_picture=True)
        for row in (Row(USUAL), *APART)
    ),
    *(Row(f"photographed on {paper} paper", 0, paper=paper) for paper in PAPERS),
)


@dataclass(frozen=True)
class Pens:
    """Digits by pen, and who wrote them.

    Attributes:
        drawings: strokes of each.
        labels: ``(n,)``.
        writers: ``(n,)``.
    """

    drawings: Sequence[Drawing]
    labels: np.ndarray
    writers: np.ndarray

    def height(self, writer: int) -> float:
        """The usual one of somebody's digits."""
        own = np.flatnonzero(self.writers == writer)
        return float(np.median([np.ptp(np.concatenate(self.drawings[i])[:, 1]) for i in own]))

    def numbers(self, writer: int, row: Row, rng: np.random.Generator):
        """All of somebody's digits as numbers: the text and the strokes of each."""
        own, height = np.flatnonzero(self.writers == writer), self.height(writer)
        order = rng.permutation(own)
        if row.paper:
            yield from rows_of([self.drawings[i] for i in order], self.labels[order], rng)
            return
        for start in range(0, len(own) - row.digits + 1, row.digits):
            chosen = order[start : start + row.digits]
            least, most = row.gap
            apart = rng.uniform(least, most) if most > least else least
            angle = rng.uniform(-row.steepest, row.steepest) if row.steepest else 0.0
            digits = [self.drawings[i] for i in chosen]
            strokes = side_by_side(digits, rng, apart, height, np.tan(np.radians(angle)))
            yield "".join(str(self.labels[i]) for i in chosen), strokes


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pen", required=True, help="pen digits in UNIPEN format, with writers")
    parser.add_argument("--development", action="store_true", help="the others' numbers")
    parser.add_argument("--unseen", action="store_true", help="of the six untrained writers")
    parser.add_argument("--only", default="", help="the numbers' rows with these words, no others")
    parser.add_argument("--count", type=int, help="so many numbers of each writer, and no others")
    parser.add_argument("--recipe", default="sketchpad", help="the model that reads")
    parser.add_argument("--keep", action="store_true", help="the figures go into the model's card")
    arguments = parser.parse_args()
    is_part = arguments.development or arguments.unseen or arguments.only or arguments.count
    if arguments.keep and is_part:
        parser.error("--keep is for all figures of the writers who were not developed on")
    drawings, labels = load_pen_digits(arguments.pen)
    names = pen_writers(arguments.pen)
    if not all(names):
        sys.exit(f"{arguments.pen} does not say who wrote what.")
    pens = Pens(drawings, labels, np.array(names, int))
    order = np.random.default_rng(SEED).permutation(np.unique(pens.writers))
    part = slice(FIGURES, None) if arguments.development else slice(0, FIGURES)
    writers = order[slice(0, UNTRAINED) if arguments.unseen else part]
    print(f"writers {', '.join(map(str, sorted(writers)))}")
    classifier = load_classifier(arguments.recipe)
    chosen = [row for row in ROWS if arguments.only in row.written]
    if arguments.only or arguments.count:
        tell_numbers(classifier, pens, writers, chosen, arguments.count)
        return
    tell_digits(classifier, pens, writers)
    numbers = tell_numbers(classifier, pens, writers)
    tell_non_digits(classifier, pens, writers)
    tell_times(classifier, pens, writers)
    if arguments.keep:
        classifier.card["numbers"] = {"writers": len(writers), "rows": numbers}
        classifier.save_card()


def tell_digits(classifier: Classifier, pens: Pens, writers: np.ndarray) -> None:
    """One digit alone, read as a digit and as a number."""
    own = np.flatnonzero(np.isin(pens.writers, writers))
    alone = classifier.classify_many([pens.drawings[i] for i in own])
    read, taken, text = [], [], []
    for i, reading in zip(own, alone, strict=True):
        number = classifier.read_number(pens.drawings[i])
        right = reading.digit == pens.labels[i]
        read.append(right)
        taken.append(right and reading.is_digit)
        text.append(number.text == str(pens.labels[i]))
    print(f"{len(own):,} digits: classify reads {percent(read)} right, and refuses none of")
    print(f"  {percent(taken)}; read_number's text is right for {percent(text)}")


def tell_numbers(
    classifier: Classifier,
    pens: Pens,
    writers: np.ndarray,
    chosen: Sequence[Row] = ROWS,
    most: int | None = None,
) -> list[dict[str, Any]]:
    """Whole numbers right, and how well their probability says so; the same for the card."""
    rows = []
    print(f"{'digits':>6s} {'written':53s} {'numbers':>7s} {'right, %':>9s} {'95 %':>14s}", end=" ")
    print(f"{'segmented, %':>13s} {'sure, %':>8s}")
    for row in chosen:
        rng = np.random.default_rng(SEED)
        right: list[list[bool]] = []
        count, segmented, sure = 0, 0, 0.0
        digits: list[int] = []
        enough = most or (PHOTOGRAPHS if row.paper else PICTURES if row.is_picture else None)
        for writer in writers:
            right.append([])
            for text, strokes in itertools.islice(pens.numbers(writer, row, rng), enough):
                if row.paper:
                    number = read_photograph(classifier, strokes, rng, row.paper)
                elif row.is_picture:
                    number = classifier.read_number_image(picture(strokes, pens.height(writer)))
                else:
                    number = classifier.read_number(strokes)
                right[-1].append(number.text == text)
                segmented += len(number.digits) == len(text)
                digits += [digits_right(text, number.text), len(text)]
                sure += number.probability
                count += 1
        low, high = bootstrapped(right)
        share = sum(map(sum, right)) / count
        interval = f"{100 * low:.2f} to {100 * high:.2f}"
        length = str(row.digits or "3 to 8")
        print(f"{length:>6s} {row.written:53s} {count:7,d} {100 * share:9.2f}", end=" ")
        print(
            f"{interval:>14s} {100 * segmented / count:13.2f} {100 * sure / count:8.2f}", flush=True
        )
        shares = {"right": share, "interval_95": (low, high), "segmented": segmented / count}
        if row.paper:
            shares["digits_right"] = sum(digits[::2]) / sum(digits[1::2])
            print(f"{'':6s} of their digits {100 * shares['digits_right']:.2f} %")
        rounded = {name: np.round(value, 5).tolist() for name, value in shares.items()}
        rows.append({"digits": length, "written": row.written, "count": count, **rounded})
    return rows


def read_photograph(
    classifier: Classifier, strokes: Drawing, rng: np.random.Generator, paper: str
) -> NumberReading:
    """A row on paper, as it is read; more digits than a number has are none at all."""
    try:
        return classifier.read_number_image(photograph_of_row(strokes, rng, paper))
    except TooManyDigitsError:
        return classifier.read_number([])


def picture(strokes: Drawing, height: float) -> Image.Image:
    """What a paint program would have saved; ``height`` is the line's."""
    scale = PICTURE_HEIGHT / height
    low, high = bounding_box(strokes)
    width, tall = (int(side) for side in (high - low) * scale + 2 * PICTURE_MARGIN)
    brush = BRUSH * PICTURE_HEIGHT
    middle = np.array([width / 2, tall / 2])
    ink = ink_of(strokes, (width, tall), max(scale * (high - low)), brush, middle)
    return Image.fromarray(np.rint(255 * (1 - ink)).astype(np.uint8))


def bootstrapped(right: Sequence[Sequence[bool]]) -> tuple[float, float]:
    """95 % of a share: writers, each with all numbers, are drawn again and again."""
    rng = np.random.default_rng(SEED)
    hits, sizes = np.array([[sum(own), len(own)] for own in right]).T
    drawn = rng.integers(0, len(right), (RESAMPLINGS, len(right)))
    low, high = np.quantile(hits[drawn].sum(axis=1) / sizes[drawn].sum(axis=1), (0.025, 0.975))
    return float(low), float(high)


def tell_non_digits(classifier: Classifier, pens: Pens, writers: np.ndarray) -> None:
    """What is no digit, before and after, and digits beside scribbles."""
    rng = np.random.default_rng(SEED)
    for name, kinds in (("letters and signs", sorted(UNSEEN)), ("scribbles", SCRIBBLES)):
        drawings = [write_non_digit(rng, kind) for kind in kinds for _ in range(OF_EACH_KIND)]
        before = [not reading.is_digit for reading in classifier.classify_many(drawings)]
        after = [NO_DIGIT in classifier.read_number(drawing).text for drawing in drawings]
        print(f"{len(drawings):,} {name}: refused {percent(before)} by classify,")
        print(f"  {percent(after)} by read_number")
    own = np.flatnonzero(np.isin(pens.writers, writers))
    digit, both = [], []
    for i in rng.choice(own, BESIDE):
        height = np.ptp(np.concatenate(pens.drawings[i])[:, 1]) or 1.0
        kind = SCRIBBLES[rng.integers(len(SCRIBBLES))]
        scribble = [height * stroke for stroke in write_non_digit(rng, kind)]
        strokes = side_by_side([pens.drawings[i], scribble], rng, rng.uniform(0.1, WIDEST), height)
        text = classifier.read_number(strokes).text
        digit.append(text.startswith(str(pens.labels[i])))
        both.append(text == f"{pens.labels[i]}{NO_DIGIT}")
    print(f"{BESIDE} digits beside a scribble: the digit read {percent(digit)},")
    print(f"  and nothing but a ? after it {percent(both)}")


def tell_times(classifier: Classifier, pens: Pens, writers: np.ndarray) -> None:
    """Milliseconds from strokes to a number, beside those of `Classifier.classify`."""
    digits = [pens.drawings[i] for i in np.flatnonzero(np.isin(pens.writers, writers))[:TIMED]]
    print(f"classify, 1 digit: median {milliseconds(classifier.classify, digits):.2f} ms")

    def read(strokes: Drawing) -> None:
        with contextlib.suppress(ValueError):  # one of 20 may come out as one of 21
            classifier.read_number(strokes)

    for length in (1, 4, 20):
        rng = np.random.default_rng(SEED)
        every = (pens.numbers(writer, Row(USUAL, length), rng) for writer in writers)
        numbers = itertools.islice(itertools.chain.from_iterable(every), TIMED)
        took = milliseconds(read, [strokes for _, strokes in numbers])
        print(f"read_number, {length} digits: median {took:.2f} ms")


def milliseconds(call: Callable[[Drawing], object], drawings: Sequence[Drawing]) -> float:
    """The median for one of them."""
    seconds = []
    for drawing in drawings:
        started = time.perf_counter()
        call(drawing)
        seconds.append(time.perf_counter() - started)
    return 1000 * statistics.median(seconds)


def percent(hits: Sequence[bool]) -> str:
    """A share with its interval (Wilson 1927)."""
    low, high = wilson_interval(sum(hits), len(hits))
    share = 100 * sum(hits) / len(hits)
    return f"{share:.2f} % ({100 * low:.2f} to {100 * high:.2f})"


if __name__ == "__main__":
    main()
