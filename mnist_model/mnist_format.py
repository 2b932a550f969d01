"""Turns a drawing into a 28×28 image made the way MNIST's own images were made.

MNIST took each digit's ink, fitted it into 20×20 pixels and placed its centre of mass in the middle
of 28×28. A network trained on MNIST reads a drawing well only if the drawing takes the same road:

1. the tight box around the ink, made square by centring the shorter side,
2. scaled to 20×20 by area averaging, full ink being 255,
3. pasted into 28×28 so that its centre of mass, in pixel indices, lies within (13.5, 14.5].

Source: Yadav and Bottou, "Cold Case: the Lost MNIST Digits", NeurIPS 2019 (the QMNIST
reconstruction of the original procedure).

The ink is drawn as wide as MNIST's mean pen, whatever brush it came from: strokes are rendered at
that width, and a picture is thinned to the line its pen followed before it is rendered again.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageOps

from mnist_model.strokes import Drawing, bounding_box, parse, resample

SIZE = 28
BOX = 20
STROKE_WIDTH = 2.45  # MNIST's mean, in its pixels; sd 0.7
THINNEST = 0.5

MAX_IMAGE_PIXELS = 50_000_000
MAX_IMAGE_SIDE = 20_000

_FINE = 4  # cells along the side of a pixel when coverage is computed
_DOT = 1e-9  # a drawing no larger than this (in its own unit) is a dot
_LONG_SCRIBBLE = 3_000  # cells; a digit's path is a tenth as long
_PIECE = 500  # points of it at a time
_WORKING_SIDE = 1_024  # larger pictures are reduced towards this size
_MOST_REDUCED = 8  # but no further, or a hairline would fade into the background
_THINNING_SIDE = 96  # and its ink is thinned at this size
_LEAST_CONTRAST = 24  # of 255, between ink and background


@dataclass(frozen=True, eq=False)
class Framing:
    """How a drawing was brought into the 28×28, step by step.

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
        ``(28, 28)`` uint8, ink 255 on 0. All 0 for a blank drawing. A single dot has no size of its
        own: it becomes a disc as wide as the pen.

    Raises:
        ValueError: if ``strokes`` is not a drawing, or ``width`` is out of its range.
    """
    return _render(parse(strokes), width)


def frame(strokes: object, width: float = STROKE_WIDTH) -> Framing | None:
    """Render pen strokes in MNIST format, and tell how.

    Args:
        strokes: as for `strokes_to_mnist`, and so is ``width``.

    Returns:
        The steps; None for a blank drawing.

    Raises:
        ValueError: as `strokes_to_mnist`.
    """
    drawing = parse(strokes)
    _check_width(width)
    if not drawing:
        return None
    lowest, highest = bounding_box(drawing)
    scale, margin = _into_box(lowest, highest, width)
    ink = _full_range(_coverage(_path_in_cells(drawing, width), width))
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


def image_to_mnist(image: Image.Image, width: float = STROKE_WIDTH) -> np.ndarray:
    """Bring a picture of a digit, on any plain background, into MNIST format.

    Dark on light and light on dark both work, in colour or with transparency. What differs from the
    colour of the border counts as ink; it is thinned to the middle of its line and drawn again with
    MNIST's pen.

    Args:
        image: a PIL image, at most 20,000 pixels along a side and 50 million in all.
        width: of the pen, in pixels of the 28×28, from 0.5 to below 20.

    Returns:
        ``(28, 28)`` uint8, ink 255 on 0. All 0 if the picture shows nothing but background.

    Raises:
        ValueError: if ``image`` is not a PIL image, is too large, or can't be decoded.
    """
    if not isinstance(image, Image.Image):
        raise ValueError(f"A PIL image is needed; this is a {type(image).__name__}.")
    _check_image_size(image)
    y, x = np.nonzero(_thin(_ink_mask(_ink_strength(image))))
    return _render([np.array([point]) for point in np.column_stack([x, y]).astype(float)], width)


def _render(drawing: Drawing, width: float) -> np.ndarray:
    _check_width(width)
    if not drawing:
        return blank()
    ink = _full_range(_coverage(_path_in_cells(drawing, width), width))
    return _pasted(ink, *_corner(_centre_of_mass(ink)))


def _check_width(width: float) -> None:
    if not isinstance(width, int | float | np.number) or not THINNEST <= width < BOX:
        raise ValueError(
            f"The pen's width is a number of pixels from {THINNEST} to below {BOX}, not {width!r}."
        )


def _into_box(lowest: np.ndarray, highest: np.ndarray, width: float) -> tuple[float, np.ndarray]:
    """Pixels of the 20×20 to a unit of the drawing (0 for a dot), and the ``(2,)`` margin."""
    extent = highest - lowest
    scale = (BOX - width) / extent.max() if extent.max() > _DOT else 0.0
    return scale, (BOX - extent * scale) / 2


def _path_in_cells(drawing: Drawing, width: float) -> np.ndarray:
    """Points close together along the pen's path, placed so that the inked path fills the box.

    Returns:
        ``(m, 2)`` points (x, y) in cells, four to a pixel.
    """
    lowest, highest = bounding_box(drawing)
    scale, margin = _into_box(lowest, highest, width)
    # First to the origin: far from it the middle of a small drawing is lost to rounding.
    placed = [((stroke - lowest) * scale + margin) * _FINE for stroke in drawing]
    length = sum(len(stroke) + np.abs(np.diff(stroke, axis=0)).sum() for stroke in placed)
    if length < _LONG_SCRIBBLE:
        return np.concatenate([resample(stroke, 1) for stroke in placed])
    # Bounded in time and memory: no more than one point in each half cell, a piece at a time.
    visited = np.zeros((2 * BOX * _FINE + 1,) * 2, bool)
    for stroke in placed:
        for start in range(0, len(stroke), _PIECE):
            points = resample(stroke[start : start + _PIECE + 1], 1)
            visited[tuple(np.rint(points * 2).astype(int).T)] = True
    return np.argwhere(visited) / 2


def _coverage(cells: np.ndarray, width: float) -> np.ndarray:
    """Share of each pixel that a round pen covers: ``(m, 2)`` points in cells -> ``(20, 20)``.

    Every cell of a grid four times finer learns its distance to the nearest point of the path. The
    edge of the ink is a ramp one cell wide, and a pixel is the mean of its cells, so ink that moves
    by a hundredth of a pixel changes the image by as little.
    """
    side = BOX * _FINE
    radius = width / 2 * _FINE
    reach = int(np.ceil(radius + 0.5))
    near = np.arange(-reach, reach + 1)
    corner = np.floor(cells).astype(int)
    column = corner[:, 0, None] + near
    row = corner[:, 1, None] + near
    x_squared = (column + 0.5 - cells[:, 0, None]) ** 2
    y_squared = (row + 0.5 - cells[:, 1, None]) ** 2
    squared = y_squared[:, :, None] + x_squared[:, None, :]
    margin = reach + 1  # room for what lies outside the box
    index = (row + margin)[:, :, None] * (side + 2 * margin) + (column + margin)[:, None, :]
    nearest = np.full((side + 2 * margin) ** 2, np.inf)
    np.minimum.at(nearest, index.ravel(), squared.ravel())
    distance = np.sqrt(nearest.reshape(side + 2 * margin, -1)[margin:-margin, margin:-margin])
    ink = np.clip(radius + 0.5 - distance, 0.0, 1.0)
    return ink.reshape(BOX, _FINE, BOX, _FINE).mean(axis=(1, 3))


def _full_range(coverage: np.ndarray) -> np.ndarray:
    """``(20, 20)`` shares -> uint8, full ink 255."""
    return np.rint(coverage * (255 / coverage.max())).astype(np.uint8)


def _centre_of_mass(ink: np.ndarray) -> tuple[float, float]:
    """(x, y) in ``(20, 20)`` ink, the middle of the first pixel being at 0.5."""
    middle_of_pixel = np.arange(BOX) + 0.5
    mass = ink.sum(dtype=float)
    x = (ink.sum(axis=0) * middle_of_pixel).sum() / mass
    y = (ink.sum(axis=1) * middle_of_pixel).sum() / mass
    return float(x), float(y)


def _corner(centre: Iterable[float]) -> tuple[int, int]:
    """(left, top) of the 20×20 in the 28×28 that brings the centre of mass into the middle."""
    # A drawing with nearly all its ink on one side would leave the frame: it stops at the edge.
    left, top = (int(np.clip(int(15 - c), 0, SIZE - BOX)) for c in centre)
    return left, top


def _pasted(ink: np.ndarray, left: int, top: int) -> np.ndarray:
    """``(20, 20)`` ink in the ``(28, 28)`` frame."""
    pixels = blank()
    pixels[top : top + BOX, left : left + BOX] = ink
    return pixels


def _check_image_size(image: Image.Image) -> None:
    width, height = image.size
    if width < 1 or height < 1:
        raise ValueError("The picture is empty: it has no pixels.")
    if max(width, height) > MAX_IMAGE_SIDE or width * height > MAX_IMAGE_PIXELS:
        raise ValueError(
            f"The picture is {width:,} × {height:,} pixels; at most {MAX_IMAGE_SIDE:,} along a "
            f"side and {MAX_IMAGE_PIXELS // 10**6} million in all are allowed. Make it smaller."
        )


def _ink_strength(image: Image.Image) -> np.ndarray:
    """How much each pixel differs from the background: ``(height, width)`` uint8, 0..255."""
    try:
        image = ImageOps.exif_transpose(image)
        if image.mode.startswith(("I", "F")):
            image = _to_eight_bits(image)
        rgba = image.convert("RGBA")
    except Exception as error:  # a damaged file makes Pillow's decoders raise nearly anything
        raise ValueError(f"The picture can't be decoded ({error}).") from error
    factor = min(-(-max(rgba.size) // _WORKING_SIDE), _MOST_REDUCED)
    pixels = np.asarray(rgba.reduce(factor) if factor > 1 else rgba).astype(np.int16)
    border = np.concatenate([pixels[0], pixels[-1], pixels[1:-1, 0], pixels[1:-1, -1]])
    background = np.median(border, axis=0)
    alpha = pixels[..., 3]
    if background[3] < 128:
        return alpha.astype(np.uint8)  # nothing lies behind the ink, so whatever is opaque is ink
    difference = np.abs(pixels[..., :3] - background[:3]).max(axis=2)
    return (difference * (alpha / 255)).astype(np.uint8)


def _to_eight_bits(image: Image.Image) -> Image.Image:
    """Stretch a 16-bit, 32-bit or floating-point picture over 0..255."""
    values = np.nan_to_num(np.asarray(image, np.float32), posinf=0.0, neginf=0.0)
    low, high = values.min(), values.max()
    scale = 255 / (high - low) if high > low else 0.0
    return Image.fromarray(((values - low) * scale).astype(np.uint8))


def _ink_mask(strength: np.ndarray) -> np.ndarray:
    """Where the ink is: a boolean image, cropped to the ink and at most 96 pixels along a side."""
    contrast = int(strength.max())
    if contrast < _LEAST_CONTRAST:
        return np.zeros((1, 1), bool)
    ink = strength > contrast / 2
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    box = (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1)
    width, height = box[2] - box[0], box[3] - box[1]
    scale = _THINNING_SIDE / max(width, height)
    if scale > 1:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        larger = Image.fromarray(strength).resize(size, Image.Resampling.BILINEAR, box)
        return np.asarray(larger) > contrast / 2
    # Shrinking must not lose a hairline: a cell is ink if any of its pixels is.
    y, x = np.nonzero(ink)
    mask = np.zeros((_THINNING_SIDE, _THINNING_SIDE), bool)
    mask[((y - box[1]) * scale).astype(int), ((x - box[0]) * scale).astype(int)] = True
    return mask


def _thin(mask: np.ndarray) -> np.ndarray:
    """Thin ink to lines one pixel wide: a boolean image -> one of the same shape.

    Source: Guo and Hall, "Parallel thinning with two-subiteration algorithms", CACM 32(3), 1989.
    """
    ink = np.pad(mask, 1)
    while True:
        before = ink.sum()
        for first in (True, False):
            north, south = ink[:-2, 1:-1], ink[2:, 1:-1]
            west, east = ink[1:-1, :-2], ink[1:-1, 2:]
            north_west, north_east = ink[:-2, :-2], ink[:-2, 2:]
            south_west, south_east = ink[2:, :-2], ink[2:, 2:]
            crossings = (
                (~north & (north_east | east)).astype(np.int8)
                + (~east & (south_east | south))
                + (~south & (south_west | west))
                + (~west & (north_west | north))
            )
            neighbours = np.minimum(
                (north_west | north).astype(np.int8)
                + (north_east | east)
                + (south_east | south)
                + (south_west | west),
                (north | north_east).astype(np.int8)
                + (east | south_east)
                + (south | south_west)
                + (west | north_west),
            )
            if first:
                keep = (south | south_west | ~north_west) & west
            else:
                keep = (north | north_east | ~south_east) & east
            remove = (crossings == 1) & (neighbours >= 2) & (neighbours <= 3) & ~keep
            ink[1:-1, 1:-1] &= ~remove
        if ink.sum() == before:
            return ink[1:-1, 1:-1]
