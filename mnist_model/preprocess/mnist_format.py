"""Converts a drawing to a 28×28 image, in the same way as MNIST's images were made.

MNIST took each digit's ink, fitted it into 20×20 pixels and placed its centre of mass in the middle
of 28×28. A network trained on MNIST reads drawings well only after the same steps:

1. the tight box around the ink, made square by centring the shorter side,
2. scaled to 20×20 by area averaging, full ink being 255,
3. pasted into 28×28 so that its centre of mass, in pixel indices, lies within (13.5, 14.5].

Source: Yadav and Bottou, "Cold Case: the Lost MNIST Digits", NeurIPS 2019 (the QMNIST
reconstruction of the original procedure).

The ink is drawn with the mean width of MNIST's pens, for any brush. (Pictures: `images`.)
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from PIL import Image

from mnist_model.preprocess.errors import UserError
from mnist_model.preprocess.strokes import Drawing, bounding_box, parse, resample

SIZE = 28
BOX = 20
STROKE_WIDTH = 2.45  # MNIST's mean, in its pixels; sd 0.7
MIN_WIDTH = 0.5

_FINE = 2  # cells along the side of a pixel, for which coverage is computed
_SPACING = 0.7  # cells between points of the path
_MEAN = np.repeat(np.eye(BOX), _FINE, axis=1) / _FINE  # of the cells of a pixel, in one direction
_MIDDLES = np.arange(BOX) + 0.5  # of the pixels
_DOT = 1e-9  # in the drawing's unit: maximum size of a drawing that is a dot
_LONG_SCRIBBLE = 1_500  # cells; the path of a digit is a tenth as long
_PIECE = 500  # points of a scribble that are processed together


@dataclass(frozen=True, eq=False)
class Framing:
    """The steps from a drawing to the 28×28.

    Attributes:
        box: (left, top, right, bottom) around the pen's path, in the drawing's unit.
        centre: (x, y) of mass, in the drawing's unit.
        ink: ``(20, 20)`` uint8, the drawing in its box, the shorter side centred.
        corner: (left, top) of the 20×20 in the 28×28.
        pixels: ``(28, 28)`` uint8, the result.
    """

    box: tuple[float, float, float, float]
    centre: tuple[float, float]
    ink: np.ndarray
    corner: tuple[int, int]
    pixels: np.ndarray


def blank() -> np.ndarray:
    """The ``(28, 28)`` uint8 image of a drawing without ink."""
    return np.zeros((SIZE, SIZE), np.uint8)


def strokes_to_mnist(strokes: object, width: float = STROKE_WIDTH) -> np.ndarray:
    """Render pen strokes in MNIST format.

    Args:
        strokes: sequence of ``(n, 2)`` points, x right and y down, in any unit (`strokes.parse`).
        width: of the pen, in pixels of the 28×28, from 0.5 to below 20.

    Returns:
        ``(28, 28)`` uint8, ink 255 on 0. All 0 for a blank drawing. A single dot becomes a disc as
        wide as the pen.

    Raises:
        ValueError: if ``strokes`` is not a drawing, or ``width`` is out of its range.
    """
    drawing = _checked(strokes, width)
    return _centred(_ink(drawing, width)) if drawing else blank()


def frame(strokes: object, width: float = STROKE_WIDTH) -> Framing | None:
    """As `strokes_to_mnist`, but return all steps; None for a blank drawing."""
    drawing = _checked(strokes, width)
    if not drawing:
        return None
    lowest, highest = bounding_box(drawing)
    scale, margin = _into_box(lowest, highest, width)
    ink = _ink(drawing, width)
    centre = np.array(_centre_of_mass(ink))
    in_drawing = (centre - margin) / scale + lowest if scale else lowest
    left, top = _corner(centre)
    return Framing(
        box=(float(lowest[0]), float(lowest[1]), float(highest[0]), float(highest[1])),
        centre=(float(in_drawing[0]), float(in_drawing[1])),
        ink=ink,
        corner=(left, top),
        pixels=_pasted(ink, left, top),
    )


def framed(shares: np.ndarray) -> np.ndarray:
    """Convert ink that is cropped to its box to MNIST format.

    Args:
        shares: ``(height, width)`` float, the share of ink in each cell, 0 to 1; not all 0.

    Returns:
        ``(28, 28)`` uint8, ink 255 on 0.
    """
    side = max(shares.shape)
    # Twice as fine, so that an odd margin is split between both sides.
    fine = np.repeat(np.repeat(shares, 2, axis=0), 2, axis=1)
    margins = [(side - length, side - length) for length in shares.shape]
    square = Image.fromarray(np.pad(fine, margins).astype(np.float32))
    reduced = square.resize((BOX, BOX), Image.Resampling.BOX)
    return _centred(_full_range(np.asarray(reduced, float)))


def _checked(strokes: object, width: float) -> Drawing:
    drawing = parse(strokes)
    if not isinstance(width, int | float | np.number) or not MIN_WIDTH <= width < BOX:
        raise UserError(
            f"The pen's width must be from {MIN_WIDTH} to below {BOX} pixels, not {width!r}."
        )
    return drawing


def _into_box(lowest: np.ndarray, highest: np.ndarray, width: float) -> tuple[float, np.ndarray]:
    """Pixels of the 20×20 in a unit of the drawing (0 for a dot), and the ``(2,)`` margin."""
    extent = highest - lowest
    scale = (BOX - width) / extent.max() if extent.max() > _DOT else 0.0
    return scale, (BOX - extent * scale) / 2


def _ink(drawing: Drawing, width: float) -> np.ndarray:
    """The ``(20, 20)`` uint8 ink of a drawing that is not blank."""
    return _full_range(_coverage(_path_in_cells(drawing, width), width))


def _path_in_cells(drawing: Drawing, width: float) -> np.ndarray:
    """Dense points along the pen's path, placed so that the ink fills the box.

    Returns:
        ``(m, 2)`` points (x, y) in cells, `_FINE` in a pixel.
    """
    points = np.concatenate(drawing)
    lowest, highest = points.min(axis=0), points.max(axis=0)
    scale, margin = _into_box(lowest, highest, width)
    # Move to the origin first: far from it, rounding would spoil a small drawing.
    placed = ((points - lowest) * scale + margin) * _FINE
    steps = np.diff(placed, axis=0)
    if len(drawing) > 1:  # between strokes the pen was in the air
        steps[np.cumsum([len(stroke) for stroke in drawing[:-1]]) - 1] = 0
    if len(placed) + np.abs(steps).sum() < _LONG_SCRIBBLE:
        return resample(placed, _SPACING, steps)
    # To limit time and memory: at most one point in each half cell, piece by piece.
    visited = np.zeros((2 * BOX * _FINE + 1,) * 2, bool)
    for start in range(0, len(placed), _PIECE):
        piece = slice(start, start + _PIECE)
        points = resample(placed[start : start + _PIECE + 1], _SPACING, steps[piece])
        visited[tuple(np.rint(points * 2).astype(int).T)] = True
    return np.argwhere(visited) / 2


def _coverage(cells: np.ndarray, width: float) -> np.ndarray:
    """Share of each pixel that a round pen covers: ``(m, 2)`` points in cells -> ``(20, 20)``.

    The distance to the nearest point of the path is computed for every cell of a finer grid. The
    edge of the ink is a ramp of one cell, and a pixel is the mean of its cells, so that small moves
    of the ink change the image little.
    """
    side = BOX * _FINE
    radius = width / 2 * _FINE
    reach = int(np.ceil(radius + 0.5))
    margin = reach + 1  # for ink outside the box
    row = side + 2 * margin
    near = np.arange(-reach, reach + 1)
    corner = np.floor(cells)
    middle = (near + 0.5).astype(np.float32)
    away = middle - (cells - corner).astype(np.float32)[:, :, None]
    away *= away
    squared = away[:, 1, :, None] + away[:, 0, None, :]
    column, line = corner.astype(np.intp).T + margin
    index = (line * row + column)[:, None] + (near[:, None] * row + near).ravel()
    nearest = np.full(row * row, np.inf, np.float32)
    np.minimum.at(nearest, index.ravel(), squared.ravel())
    distance = np.sqrt(nearest.reshape(row, row)[margin:-margin, margin:-margin])
    ink = np.minimum(np.maximum(np.float32(radius + 0.5) - distance, 0), 1)
    return _MEAN @ ink @ _MEAN.T


def _full_range(coverage: np.ndarray) -> np.ndarray:
    """``(20, 20)`` shares -> uint8, full ink 255."""
    return np.rint(coverage * (255 / coverage.max())).astype(np.uint8)


def _centre_of_mass(ink: np.ndarray) -> tuple[float, float]:
    """(x, y) in ``(20, 20)`` ink, the middle of the first pixel being at 0.5."""
    columns, rows = ink.sum(axis=0, dtype=float), ink.sum(axis=1, dtype=float)
    mass = columns.sum()
    return float(columns @ _MIDDLES / mass), float(rows @ _MIDDLES / mass)


def _centred(ink: np.ndarray) -> np.ndarray:
    return _pasted(ink, *_corner(_centre_of_mass(ink)))


def _corner(centre: Iterable[float]) -> tuple[int, int]:
    """(left, top) of the 20×20 in the 28×28 that brings the centre of mass into the middle."""
    # Not beyond the edge: a drawing may have nearly all its ink on one side.
    left, top = (min(max(int(15 - c), 0), SIZE - BOX) for c in centre)
    return left, top


def _pasted(ink: np.ndarray, left: int, top: int) -> np.ndarray:
    """``(20, 20)`` ink in the ``(28, 28)`` frame."""
    pixels = blank()
    pixels[top : top + BOX, left : left + BOX] = ink
    return pixels
