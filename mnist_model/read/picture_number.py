"""Reads a whole number in a picture: digits in order, from the connected parts of the ink."""

from itertools import pairwise

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from mnist_model.preprocess.images import ink_strength, ink_to_mnist
from mnist_model.preprocess.ink import labelled
from mnist_model.preprocess.mnist_format import blank
from mnist_model.preprocess.paper import ink_on_paper, is_photograph
from mnist_model.read.number import MIN_CUT_OFF, WIDE, layouts, line_height
from mnist_model.read.segmentation import (
    FEW,
    MAX_PIECES,
    MAX_RUN,
    MAX_STROKES,
    Lattice,
    Line,
    Part,
    Piece,
    fewest,
)

_SPECK = 0.03  # of the largest part
_CUT_INK = 0.3  # maximum ink of a column where a part is cut, in heights of the line


def picture_lattice(image: Image.Image) -> Lattice:
    """The candidates of a picture: its connected parts; wide parts are cut where they are thin.

    Args:
        image: as for `image_to_mnist`.

    Raises:
        ValueError: as `image_to_mnist`.
    """
    strength = ink_strength(image)
    if strength is not None and is_photograph(upright := ImageOps.exif_transpose(image)):
        strength = ink_on_paper(upright)
    if strength is None or not strength.any():
        return Lattice([], (), lambda parts: blank())
    contrast = int(strength.max())
    masks = _parts(strength > contrast / 2)
    boxes = np.array([Image.fromarray(mask).getbbox() for mask in masks], float)
    everything = tuple((n, int(left), int(right)) for n, (left, _, right, _) in enumerate(boxes))
    scale = max(image.size) / max(strength.shape)

    def render(parts: tuple[Part, ...]) -> np.ndarray:
        if parts == everything:
            return ink_to_mnist(strength, contrast)
        shown = np.zeros(strength.shape, bool)
        for index, first, end in parts:
            shown[:, first:end] |= masks[index][:, first:end]
        nearby = np.asarray(Image.fromarray(shown).convert("L").filter(ImageFilter.MaxFilter(3)))
        return ink_to_mnist(np.where(nearby > 0, strength, 0).astype(np.uint8), contrast)

    def line(members: np.ndarray) -> Line:
        height = line_height(boxes[members])
        pieces: list[Piece] = []
        for index in members:
            left, right = int(boxes[index, 0]), int(boxes[index, 2])
            cuts = _columns_to_cut(masks[index][:, left:right], height)
            for first, end in pairwise([left, *(left + cut for cut in cuts), right]):
                inked = np.flatnonzero(masks[index][:, first:end].any(axis=1))
                box = (float(first), float(inked[0]), float(end), float(inked[-1] + 1))
                part = (int(index), first, end)
                pieces.append(Piece(box, (part,), np.zeros((0, 2)), end < right))
        pieces = fewest(pieces, height, MAX_PIECES * len(members) // len(masks))
        return Line(pieces, height, MAX_RUN if len(masks) <= FEW else 2)

    return Lattice(layouts(boxes, False, line), everything, render, scale)


def _parts(ink: np.ndarray) -> list[np.ndarray]:
    """The connected parts of the ink, ``(height, width)`` bool each, without specks.

    More than `MAX_STROKES` parts count as one part: their masks would need too much memory.
    """
    labels = labelled(ink)
    sizes = np.bincount(labels.ravel())[1:]
    found = np.flatnonzero(sizes >= _SPECK * sizes.max())
    return [ink] if len(found) > MAX_STROKES else [labels == label + 1 for label in found]


def _columns_to_cut(ink: np.ndarray, height: float) -> list[int]:
    """The columns with the least ink of a part that is too wide for a digit."""
    width = ink.shape[1]
    if width <= WIDE * height:
        return []
    amount = ink.sum(axis=0)
    apart = max(1, round(MIN_CUT_OFF * height))
    cuts: list[int] = []
    for column in np.argsort(amount, kind="stable"):
        if amount[column] > _CUT_INK * height or len(cuts) > 2 * width / height:
            break
        ends = (0, width, *cuts)
        if amount[column] and min(abs(int(column) - end) for end in ends) > 2 * apart:
            cuts.append(int(column))
    return sorted(cuts)
