"""How well pictures are read, beside the strokes that they show: python benchmarks/pictures.py

    python benchmarks/pictures.py --pen pendigits-orig.tra [--keep] [--only TEXT] [--test]

Pen digits are drawn as a paint program would save them, with a brush of 1 to 12 % of the canvas and
as small grey crops, and as photographs of paper: uneven light, a shadow's edge, texture, ruled
lines or squares, a frame, pencil or pen, blur, JPEG, 40 to 1,000 pixels. Fewer of them are drawn as
the kinds of `picture_kinds` and as rows on paper (`photographed_rows`). MNIST's digits are enlarged
eightfold: those held out from training, and with ``--test`` the test set's. Drawings that are no
digit, of kinds that the network was not trained on, are painted and photographed.
"""

import argparse
import io
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

sys.path.insert(0, str(Path(__file__).parents[1]))

from photographed_rows import PAPERS, digits_right, photograph_of_row, rows_of
from picture_kinds import KINDS, Maker, ink_of

from mnist_model import (
    Classifier,
    Drawing,
    Reading,
    TooManyDigitsError,
    image_to_mnist,
    load_classifier,
)
from mnist_model.handwriting.synthetic import unseen_non_digits
from mnist_model.train.data import load_mnist, load_pen_digits, split

SEED = 0
BRUSHES = (0.01, 0.02, 0.04, 0.06, 0.08, 0.10, 0.12)  # of the canvas' side
SIDE = 400  # pixels of such a canvas
FILLED = 0.7  # of the canvas, by the longest side of the pen's path
ENLARGED = 8
HELD_OUT = 1 / 12  # of MNIST's training digits, as the app's recipe does
SURE = 0.9
PAINTED = 0.04  # the brush that drawings that are no digit are painted with
NON_DIGITS = 10  # of each kind

Row = dict[str, Any]  # "count", and shares of 1


def main() -> None:
    """Print a table: kind of picture, share read right, share refused."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pen", required=True, help="pen digits in UNIPEN format")
    parser.add_argument("--count", type=int, default=1000, help="how many of them")
    parser.add_argument(
        "--kinds-count", type=int, default=100, help="how many of each of the other kinds"
    )
    parser.add_argument("--mnist", help="mnist.npz; without it, as train.py")
    parser.add_argument("--test", action="store_true", help="MNIST's test set, too")
    parser.add_argument("--recipe", default="sketchpad", help="the model that reads")
    parser.add_argument("--only", metavar="TEXT", nargs="+", help="rows with a TEXT in their name")
    parser.add_argument("--keep", action="store_true", help="the figures go into the model's card")
    parser.add_argument("--sheet", type=Path, help="a picture of some photographs goes there")
    arguments = parser.parse_args()
    classifier = load_classifier(arguments.recipe)
    drawings, labels = load_pen_digits(arguments.pen)
    chosen = np.random.default_rng(SEED).permutation(len(labels))[: arguments.count]
    drawings, labels = [drawings[i] for i in chosen], labels[chosen]
    if arguments.sheet:
        sheet(drawings[:60]).save(arguments.sheet)
    rows = pen_rows(classifier, drawings, labels, arguments.kinds_count)
    rows |= mnist_rows(classifier, arguments.mnist, arguments.test)
    kept = classifier.card.get("pictures", {})
    for name, measure in rows.items():
        if arguments.only and not any(text in name for text in arguments.only):
            continue
        row = measure()
        shares = [f"{100 * row[key]:6.2f} % {key}" for key in row if key != "count"]
        print(f"{name:36} {row['count']:5,}", *shares, flush=True)
        kept[name] = {key: round(value, 5) for key, value in row.items()}
        if arguments.keep:  # after each: they take long
            classifier.card["pictures"] = {name: kept[name] for name in rows if name in kept}
            classifier.save_card()


def pen_rows(
    classifier: Classifier, drawings: list[Drawing], labels: np.ndarray, few: int
) -> dict[str, Callable[[], Row]]:
    """What is measured on drawings, and how; of new kinds ``few``."""
    rows: dict[str, Callable[[], Row]] = {
        "strokes": lambda: shares(classifier.classify_many(drawings), labels)
    }
    makers = {f"brush of {100 * brush:g} % of the canvas": painted(brush) for brush in BRUSHES}
    makers |= {"16 × 16 grey": crop(16), "28 × 28 grey": crop(28), "photographs": photograph}
    for name, make in (makers | KINDS).items():
        count = few if name in KINDS else len(drawings)
        rows[name] = lambda make=make, count=count: shares(
            read(classifier, made(make, drawings[:count])), labels[:count]
        )
    for paper in PAPERS:
        rows[f"rows on {paper} paper"] = lambda paper=paper: shares_of_rows(
            classifier, drawings[:few], labels[:few], paper
        )
    for name, make in (("painted", painted(PAINTED)), ("photographed", photograph)):
        rows[f"no digits, {name}"] = lambda make=make: shares_refused(
            read(classifier, made(make, unseen_non_digits(NON_DIGITS, SEED)[0]))
        )
    return rows


def mnist_rows(
    classifier: Classifier, file: str | None, with_test: bool
) -> dict[str, Callable[[], Row]]:
    """What is measured on MNIST's digits, and how."""
    rows: dict[str, Callable[[], Row]] = {}
    training, test = load_mnist(file)
    sets = {"validation": split(training, round(HELD_OUT * len(training)), 0)[1]}
    if with_test:
        sets["test"] = test
    for name, examples in sets.items():
        rows[f"MNIST {name}"] = lambda examples=examples: shares(
            classifier.read_pixels(examples.images), examples.labels
        )
        rows[f"MNIST {name}, enlarged"] = lambda examples=examples: shares(
            read(classifier, map(enlarged, examples.images)), examples.labels
        )
    return rows


def made(make: Maker, drawings: Iterable[Drawing]) -> Iterable[Image.Image]:
    """Pictures of drawings, the same in every run."""
    rng = np.random.default_rng(SEED)
    return (make(drawing, rng) for drawing in drawings)


def read(classifier: Classifier, pictures: Iterable[Image.Image]) -> list[Reading]:
    """What is read in each."""
    return [classifier.classify_image(picture) for picture in pictures]


def shares(readings: Sequence[Reading], labels: np.ndarray) -> Row:
    """Of pictures of one digit each."""
    right = np.array([r.digit == label for r, label in zip(readings, labels, strict=True)])
    refused = np.array([not reading.is_digit for reading in readings])
    sure = np.array([reading.probabilities.max() > SURE for reading in readings])
    return {
        "count": len(readings),
        "right": float(right.mean()),
        "refused": float(refused.mean()),
        "wrong_and_sure": float((~right & ~refused & sure).mean()),
    }


def shares_refused(readings: Sequence[Reading]) -> Row:
    """Of pictures of what is no digit."""
    refused = np.mean([not reading.is_digit for reading in readings])
    return {"count": len(readings), "refused": float(refused)}


def shares_of_rows(
    classifier: Classifier, drawings: list[Drawing], labels: np.ndarray, paper: str
) -> Row:
    """Of photographed rows of 3 to 8 digits."""
    rng = np.random.default_rng(SEED)
    rows = rows_of(drawings, labels, rng)
    whole, digits = 0, 0
    for text, strokes in rows:
        try:
            shown = classifier.read_number_image(photograph_of_row(strokes, rng, paper)).text
        except TooManyDigitsError:
            shown = ""
        whole += shown == text
        digits += digits_right(text, shown)
    count = sum(len(text) for text, _ in rows)
    return {"count": len(rows), "right": whole / len(rows), "digits_right": digits / count}


def painted(brush: float) -> Maker:
    """Black on white, with a brush of that share of the canvas."""

    def make(drawing: Drawing, rng: np.random.Generator) -> Image.Image:
        middle = np.array([SIDE / 2, SIDE / 2]) + rng.uniform(-0.08, 0.08, 2) * SIDE
        ink = ink_of(drawing, (SIDE, SIDE), FILLED * SIDE, brush * SIDE, middle)
        return Image.fromarray(np.rint(255 * (1 - ink)).astype(np.uint8))

    return make


def crop(side: int) -> Maker:
    """Grey, cut out tightly and made small, as postal codes are."""

    def make(drawing: Drawing, rng: np.random.Generator) -> Image.Image:
        width = rng.uniform(0.08, 0.16) * side
        ink = ink_of(drawing, (side, side), side - width - 1, width, np.array([side / 2] * 2))
        return Image.fromarray(np.rint(255 * ink).astype(np.uint8))

    return make


def photograph(drawing: Drawing, rng: np.random.Generator) -> Image.Image:
    """Pen or pencil on paper, badly lit, ruled, blurred and packed."""
    side = int(np.exp(rng.uniform(np.log(40), np.log(1000))))
    wide = int(side * rng.uniform(1, 1.4))
    y, x = np.mgrid[:side, :wide] / side
    filled = rng.uniform(0.45, 0.8) * side
    at = np.array([wide / 2, side / 2]) + rng.uniform(-0.05, 0.05, 2) * side
    turn = rng.normal(0, 0.05)
    rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    width = max(1.2, rng.uniform(0.012, 0.06) * side)
    ink = ink_of([stroke @ rotation for stroke in drawing], (wide, side), filled, width, at)
    is_pencil = rng.random() < 0.4
    if is_pencil:
        grain = rng.normal(1, 0.25, ink.shape)
        ink = ink * np.clip(grain, 0.3, 1)
    light = 1 + rng.normal(0, 0.15) * (x - 0.5) + rng.normal(0, 0.15) * (y - 0.5)
    if rng.random() < 0.5:  # the edge of a shadow
        angle, place = rng.uniform(0, 2 * np.pi), rng.uniform(-0.4, 0.4)
        across = (x - 0.5) * np.cos(angle) + (y - 0.5) * np.sin(angle) - place
        softness = np.exp(rng.uniform(np.log(0.01), np.log(0.3)))
        light *= 1 - rng.uniform(0.1, 0.4) / (1 + np.exp(-np.clip(across / softness, -30, 30)))
    paper = np.array([1, 1, 1]) * rng.uniform(0.8, 1) - rng.uniform(0, 0.08, 3)
    colour = paper * rng.uniform(0.45, 0.65) if is_pencil else rng.uniform(0, 0.35, 3)
    picture = np.broadcast_to(paper, (side, wide, 3)).copy()
    if rng.random() < 0.4:  # ruled
        pitch, phase = rng.uniform(0.12, 0.3), rng.random()
        rule = rng.uniform(0.003, 0.01)
        line = np.abs((y / pitch + phase) % 1 - 0.5) * pitch < max(rule, 0.5 / side) / 2
        if rng.random() < 0.3:  # squared
            line = line | (
                np.abs((x / pitch + phase) % 1 - 0.5) * pitch < max(rule, 0.5 / side) / 2
            )
        picture[line] = paper * rng.uniform(0.6, 0.85, 3)
    if rng.random() < 0.15:  # a frame
        near = np.minimum.reduce([x, y, wide / side - x, 1 - y])
        picture[np.abs(near - 0.04) < max(0.006, 0.6 / side)] = paper * 0.3
    picture = picture * (1 - ink[..., None]) + colour * ink[..., None]
    fibres = Image.fromarray(rng.normal(128, 40, (side, wide)).clip(0, 255).astype(np.uint8))
    fibres = fibres.filter(ImageFilter.BoxBlur(rng.uniform(0, 1.5)))
    texture = (np.asarray(fibres, float) - 128) / 40
    picture = picture * (light * (1 + rng.uniform(0, 0.03) * texture))[..., None]
    eight_bits = Image.fromarray(np.clip(255 * picture, 0, 255).astype(np.uint8))
    eight_bits = eight_bits.filter(ImageFilter.GaussianBlur(rng.uniform(0, 0.01) * side))
    file = io.BytesIO()
    eight_bits.save(file, "JPEG", quality=int(rng.integers(40, 95)))
    return Image.open(file)


def enlarged(image: np.ndarray) -> Image.Image:
    """MNIST's pixels, eight times as large, softly."""
    size = (ENLARGED * image.shape[1], ENLARGED * image.shape[0])
    return Image.fromarray(255 - image).resize(size, Image.Resampling.BICUBIC)


def sheet(drawings: list[Drawing]) -> Image.Image:
    """Photographs, and under each what the network is shown."""
    rng = np.random.default_rng(SEED)
    page = Image.new("RGB", (10 * 130, (len(drawings) + 9) // 10 * 200), "white")
    for number, drawing in enumerate(drawings):
        place = (number % 10 * 130, number // 10 * 200)
        picture = photograph(drawing, rng)
        small = picture.copy()
        small.thumbnail((126, 126))
        page.paste(small, place)
        shown = Image.fromarray(image_to_mnist(picture)).resize((66, 66), Image.Resampling.NEAREST)
        page.paste(shown, (place[0], place[1] + 128))
    return page


if __name__ == "__main__":
    main()
