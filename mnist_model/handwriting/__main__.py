"""A sheet of all generated forms: python -m mnist_model.handwriting sheet.png

It shows every form of every digit, each time in another handwriting, and every kind of drawing that
is not a digit, with those that are not used for training last.
"""

import argparse
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from mnist_model.handwriting import KINDS, UNSEEN, VARIANTS, write_digit, write_non_digit
from mnist_model.preprocess.strokes import Drawing, bounding_box

CELL = 52  # pixels along the side of a drawing
MARGIN = 5
ACROSS = 24
FINE = 3  # times larger, a drawing is drawn and then reduced


def picture(drawing: Drawing) -> Image.Image:
    """A drawing as black lines on white in a cell."""
    lowest, highest = bounding_box(drawing)
    room = CELL - 2 * MARGIN
    scale = room / max(float((highest - lowest).max()), 1e-9)
    offset = MARGIN + (room - (highest - lowest) * scale) / 2
    cell = Image.new("L", (CELL * FINE, CELL * FINE), 255)
    pen = ImageDraw.Draw(cell)
    for stroke in drawing:
        points = [(float(x), float(y)) for x, y in ((stroke - lowest) * scale + offset) * FINE]
        pen.line(points, fill=0, width=2 * FINE, joint="curve")
        if len(points) == 1:
            (x, y) = points[0]
            pen.ellipse((x - FINE, y - FINE, x + FINE, y + FINE), fill=0)
    return cell.resize((CELL, CELL), Image.Resampling.LANCZOS)


def sheet(rows: list[list[Drawing]]) -> Image.Image:
    """Drawings in rows, a fine line between the rows' groups."""
    lines = [row[i : i + ACROSS] for row in rows for i in range(0, len(row), ACROSS)]
    page = Image.new("L", (ACROSS * CELL, len(lines) * CELL), 255)
    for y, line in enumerate(lines):
        for x, drawing in enumerate(line):
            page.paste(picture(drawing), (x * CELL, y * CELL))
    top = 0
    for row in rows[:-1]:
        top += -(-len(row) // ACROSS) * CELL
        ImageDraw.Draw(page).line((0, top, page.width, top), fill=170)
    return page.quantize(16)


def digits(each: int, rng: np.random.Generator) -> list[list[Drawing]]:
    """Every form of each digit, a row for each digit."""
    return [
        [write_digit(digit, rng, name) for name in VARIANTS[digit] for _ in range(each)]
        for digit in VARIANTS
    ]


def non_digits(each: int, rng: np.random.Generator) -> list[list[Drawing]]:
    """Every kind that is not a digit: those for training, and the others."""
    return [
        [
            write_non_digit(rng, kind)
            for kind in KINDS
            if (kind in UNSEEN) == unseen
            for _ in range(each)
        ]
        for unseen in (False, True)
    ]


def main() -> None:
    """Draw a sheet of both tables, or of one."""
    parser = argparse.ArgumentParser(
        prog="python -m mnist_model.handwriting", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("picture", type=Path, help="the file to write, a .png")
    parser.add_argument("--table", choices=("digits", "others"), help="by default both")
    parser.add_argument("--each", type=int, default=2, help="drawings of each form")
    parser.add_argument("--seed", type=int, default=0, help="seed of the random generator")
    arguments = parser.parse_args()
    rng = np.random.default_rng(arguments.seed)
    rows: list[list[Drawing]] = []
    if arguments.table != "others":
        rows += digits(arguments.each, rng)
    if arguments.table != "digits":
        rows += non_digits(arguments.each, rng)
    sheet(rows).save(arguments.picture, optimize=True)
    print(f"{arguments.picture}: {sum(map(len, rows))} drawings.")


if __name__ == "__main__":
    main()
