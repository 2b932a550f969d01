"""Draw all generated forms on a sheet: python -m mnist_model.handwriting sheet.png

It shows every form of every digit in random handwriting, and every kind of drawing that is not a
digit; the kinds that are kept out of training come last.
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
FINE = 3  # a drawing is drawn so many times larger, and reduced


def picture(drawing: Drawing) -> Image.Image:
    """A drawing as black lines on a white cell."""
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
            pen.circle(points[0], FINE, fill=0)
    return cell.resize((CELL, CELL), Image.Resampling.LANCZOS)


def sheet(groups: list[list[Drawing]]) -> Image.Image:
    """Groups of drawings in rows, with a fine line between two groups."""
    rows = [group[i : i + ACROSS] for group in groups for i in range(0, len(group), ACROSS)]
    page = Image.new("L", (ACROSS * CELL, len(rows) * CELL), 255)
    for y, row in enumerate(rows):
        for x, drawing in enumerate(row):
            page.paste(picture(drawing), (x * CELL, y * CELL))
    top = 0
    for group in groups[:-1]:
        top += -(-len(group) // ACROSS) * CELL
        ImageDraw.Draw(page).line((0, top, page.width, top), fill=170)
    return page.quantize(16)


def digits(each: int, rng: np.random.Generator) -> list[list[Drawing]]:
    """Every form of each digit, a group for each digit."""
    return [
        [write_digit(digit, rng, name) for name in VARIANTS[digit] for _ in range(each)]
        for digit in VARIANTS
    ]


def non_digits(each: int, rng: np.random.Generator) -> list[list[Drawing]]:
    """Every kind that is not a digit: those for training, and the others."""
    groups = ([kind for kind in KINDS if (kind in UNSEEN) == unseen] for unseen in (False, True))
    return [[write_non_digit(rng, kind) for kind in group for _ in range(each)] for group in groups]


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
    groups: list[list[Drawing]] = []
    if arguments.table != "others":
        groups += digits(arguments.each, rng)
    if arguments.table != "digits":
        groups += non_digits(arguments.each, rng)
    sheet(groups).save(arguments.picture, optimize=True)
    print(f"{arguments.picture}: {sum(map(len, groups))} drawings.")


if __name__ == "__main__":
    main()
