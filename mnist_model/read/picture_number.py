"""Reads a whole number in a picture: its connected parts to digits in order."""

from itertools import pairwise

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from mnist_model.preprocess.images import ink_strength, ink_to_mnist
from mnist_model.preprocess.ink import labelled
from mnist_model.preprocess.mnist_format import blank
from mnist_model.preprocess.paper import ink_on_paper, is_photograph
from mnist_model.read.number import LEAST_CUT_OFF, WIDE, layouts, line_height
from mnist_model.read.segmentation import (
    FEW,
    LONGEST_RUN,
    MAX_PIECES,
    MOST_STROKES,
    Lattice,
    Line,
    Part,
    Piece,
    fewest,
)

_SPECK = 0.03  # of the largest part
_CUT_INK = 0.3  # in a column, where it may be cut


def picture_lattice(image: Image.Image) -> Lattice:
    """The candidates of a picture: its connected parts, the wide ones cut where they are thin.

    Args:
        image: as for `image_to_mnist`, and what is raised is the same.
    """
    strength = ink_strength(image)
    if strength is None:
        return Lattice([], (), lambda parts: blank())
    upright = ImageOps.exif_transpose(image)
    if is_photograph(upright):
        strength = ink_on_paper(upright)
    if not strength.any():
        return Lattice([], (), lambda parts: blank())
    contrast = int(strength.max())
    masks = _parts(strength > contrast / 2)
    columns = [np.flatnonzero(mask.any(axis=0)) for mask in masks]
    rows = [np.flatnonzero(mask.any(axis=1)) for mask in masks]
    boxes = np.array(
        [(x[0], y[0], x[-1] + 1, y[-1] + 1) for x, y in zip(columns, rows, strict=True)], float
    )
    everything = tuple((n, int(x[0]), int(x[-1]) + 1) for n, x in enumerate(columns))
    scale = max(image.size) / max(strength.shape)

    def render(parts: tuple[Part, ...]) -> np.ndarray:
        if parts == everything:
            return ink_to_mnist(strength, contrast)
        shown = np.zeros(strength.shape, bool)
        for number, first, end in parts:
            shown[:, first:end] |= masks[number][:, first:end]
        nearby = np.asarray(Image.fromarray(shown).convert("L").filter(ImageFilter.MaxFilter(3)))
        return ink_to_mnist(np.where(nearby > 0, strength, 0).astype(np.uint8), contrast)

    def line(members: np.ndarray) -> Line:
        height = line_height(boxes[members])
        pieces: list[Piece] = []
        for number in members:
            left, right = int(boxes[number, 0]), int(boxes[number, 2])
            cuts = _columns_to_cut(masks[number][:, left:right], height)
            for first, end in pairwise([left, *(left + cut for cut in cuts), right]):
                inked = np.flatnonzero(masks[number][:, first:end].any(axis=1))
                box = (float(first), float(inked[0]), float(end), float(inked[-1] + 1))
                part = (int(number), first, end)
                pieces.append(Piece(box, (part,), np.zeros((0, 2)), end < right))
        pieces = fewest(pieces, height, MAX_PIECES * len(members) // len(masks))
        return Line(pieces, height, LONGEST_RUN if len(masks) <= FEW else 2)

    return Lattice(layouts(boxes, False, line), everything, render, scale)


def _parts(ink: np.ndarray) -> list[np.ndarray]:
    """The connected parts of ink that are no specks: ``(height, width)`` bool each.

    More than `MOST_STROKES` of them are one part: a mask of each would fill the memory.
    """
    labels, _ = labelled(ink)
    sizes = np.bincount(labels.ravel())[1:]
    found = np.flatnonzero(sizes >= _SPECK * sizes.max())
    return [ink] if len(found) > MOST_STROKES else [labels == one + 1 for one in found]


def _columns_to_cut(ink: np.ndarray, height: float) -> list[int]:
    """Where the least ink of a part too wide for a digit stands above one another."""
    width = ink.shape[1]
    if width <= WIDE * height:
        return []
    amount = ink.sum(axis=0)
    apart = max(1, round(LEAST_CUT_OFF * height))
    cuts: list[int] = []
    for column in np.argsort(amount, kind="stable"):
        if amount[column] > _CUT_INK * height or len(cuts) > 2 * width / height:
            break
        ends = (0, width, *cuts)
        if amount[column] and min(abs(int(column) - end) for end in ends) > 2 * apart:
            cuts.append(int(column))
    return sorted(cuts)
