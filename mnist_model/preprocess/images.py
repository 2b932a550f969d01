"""Converts a picture of a digit, painted or photographed, to MNIST format.

1. `ink` finds the ink: the pixels that differ from the background.
2. The ink gets the mean width of MNIST's pens. The ink of a round brush of radius R is its path
   dilated by R (Minkowski sum): dilation or erosion gives the ink of a brush with another radius.
   Ink of about the right width keeps its grey levels, since a small picture has no other detail.
3. Box, 20×20 and centre of mass, as for strokes (`mnist_format`).
"""

import numpy as np
import scipy
from PIL import Image, ImageFilter

from mnist_model.preprocess.ink import ink_candidates
from mnist_model.preprocess.mnist_format import BOX, STROKE_WIDTH, blank, framed

_CELLS = 160  # along the longer side of the ink, in which its width is changed
_NATURAL = (1.2, 5.0)  # widths, in pixels of the 28×28, that do not change
_FAINT = 0.3  # of the contrast: minimum at the edge of ink that keeps its grey levels
_EVENED_SIDE = 80  # pixels: in smaller ink, thin lines may be paler than they were drawn
_PALEST = 0.25  # of the contrast: minimum of ink
_LIGHTEST = 0.35  # of the usual radius: thinner ink is a rough edge


def image_to_mnist(image: Image.Image) -> np.ndarray:
    """Convert a picture of a digit, on any plain background or on paper, to MNIST format.

    It may be dark on light or light on dark, in colour or with transparency.

    Args:
        image: a PIL image, at most 20,000 pixels along a side and 50 million in all.

    Returns:
        ``(28, 28)`` uint8, ink 255 on 0. All 0 if the picture has no ink.

    Raises:
        ValueError: if ``image`` is not a PIL image, is too large, or cannot be decoded.
    """
    strength = ink_strength(image)
    return blank() if strength is None else ink_to_mnist(strength, int(strength.max()))


def ink_strength(image: Image.Image) -> np.ndarray | None:
    """How much each pixel of a picture differs from its background.

    Args:
        image: as for `image_to_mnist`.

    Returns:
        ``(height, width)`` uint8, perhaps reduced; None if there is no ink.

    Raises:
        ValueError: as `image_to_mnist`.
    """
    found = ink_candidates(image)
    return found[0] if found else None


def mnist_candidates(image: Image.Image) -> list[tuple[np.ndarray, int]]:
    """Candidates for the digit of a picture, in MNIST format, the likeliest first.

    Args:
        image: as for `image_to_mnist`.

    Returns:
        ``(28, 28)`` uint8 each, and the index of its ink in `ink_candidates`; at least one.

    Raises:
        ValueError: as `image_to_mnist`.
    """
    found: list[tuple[np.ndarray, int]] = []
    for way, strength in enumerate(ink_candidates(image)):
        contrast = int(strength.max())
        shown = [ink_to_mnist(strength, contrast), ink_to_mnist(strength, contrast, None)]
        left, top, right, bottom = _box(strength > contrast / 2)
        if max(right - left, bottom - top) <= _EVENED_SIDE:
            shown.append(ink_to_mnist(_evened(strength), 255))
        for pixels in shown:
            if not any(np.array_equal(pixels, other) for other, _ in found):
                found.append((pixels, way))
    return found or [(blank(), 0)]


def ink_to_mnist(
    strength: np.ndarray, contrast: int, natural: tuple[float, float] | None = _NATURAL
) -> np.ndarray:
    """Ink in MNIST format.

    Args:
        strength: from `ink_strength`, or a part of it; some of it above half the contrast.
        contrast: maximum of the whole picture.
        natural: range of widths, in pixels of the 28×28, that do not change; None to change all.
    """
    return framed(_at_pen_width(strength, contrast, natural))


def _evened(strength: np.ndarray) -> np.ndarray:
    """Make the ink equally dark everywhere: in few pixels, thin lines are unevenly dark."""
    around = Image.fromarray(strength).filter(ImageFilter.MaxFilter(5))
    darkest = np.asarray(around.filter(ImageFilter.GaussianBlur(1)), float)
    least = _PALEST * strength.max()
    return np.clip(255.0 * strength / np.maximum(darkest, least), 0, 255).astype(np.uint8)


def _at_pen_width(
    strength: np.ndarray, contrast: int, natural: tuple[float, float] | None
) -> np.ndarray:
    """Ink as wide as MNIST's pens: ``(height, width)`` shares 0..1, cropped to the ink."""
    distances = scipy.ndimage.distance_transform_edt
    cells = _in_cells(strength, contrast)
    ink = np.pad(cells > 0.5, 1)
    inside = distances(ink)
    # The middle of strokes: no neighbour is further from the edge.
    ridge = (inside > 0) & (inside >= scipy.ndimage.maximum_filter(inside, 3))
    radius = float(np.median(inside[ridge])) - 0.5
    if natural and natural[0] <= 2 * radius * BOX / _CELLS <= natural[1]:
        return _tight(strength / contrast, _FAINT)
    path = max(ink.shape) - 2 - 2 * radius
    wanted = STROKE_WIDTH / 2 * path / (BOX - STROKE_WIDTH) if path > 2 else radius
    margin = int(np.ceil(max(0.0, wanted - radius))) + 1
    ink = np.pad(ink, margin)
    inside, outside = np.pad(inside, margin), distances(~ink)
    edge = np.where(ink, inside - 0.5, 0.5 - outside)  # distance in cells, above 0 within the ink
    shares = np.clip(edge + wanted - radius + 0.5, 0, 1)
    # Where the pen pressed lightly, no ink would be left: draw the middle of the stroke again.
    light = np.pad(ridge, margin) & (inside < radius - wanted + 1) & (inside > _LIGHTEST * radius)
    if light.any():
        shares = np.maximum(shares, np.clip(wanted + 0.5 - distances(~light), 0, 1))
    return _tight(shares, 0.5)


def _in_cells(strength: np.ndarray, contrast: int) -> np.ndarray:
    """The ink's box, shares 0..1 of the contrast, with `_CELLS` along its longer side."""
    left, top, right, bottom = _box(strength > contrast / 2)
    scale = _CELLS / max(right - left, bottom - top)
    size = (max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale)))
    if scale >= 1:
        picture = Image.fromarray(strength)
        larger = picture.resize(size, Image.Resampling.BILINEAR, (left, top, right, bottom))
        return np.asarray(larger) / contrast
    # A cell is as dark as its darkest pixel, so that hairlines are not lost.
    part = strength[top:bottom, left:right]
    cells = np.zeros(size[::-1], np.uint8)
    y, x = ((place * scale).astype(int) for place in np.indices(part.shape))
    np.maximum.at(cells, (np.minimum(y, size[1] - 1), np.minimum(x, size[0] - 1)), part)
    return cells / contrast


def _box(ink: np.ndarray) -> tuple[int, int, int, int]:
    """(left, top, right, bottom) around the true pixels."""
    box = Image.fromarray(ink).getbbox()
    assert box is not None
    return box


def _tight(shares: np.ndarray, faintest: float) -> np.ndarray:
    """Crop to the box around the pixels with at least ``faintest``."""
    left, top, right, bottom = _box(shares >= faintest)
    return np.clip(shares[top:bottom, left:right], 0, 1)
