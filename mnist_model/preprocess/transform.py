"""Distortions of images: move, turn, bend, thicken."""

import numpy as np


def warp(
    images: np.ndarray,
    rotation: np.ndarray,
    shear: np.ndarray,
    scale: np.ndarray,
    shift: np.ndarray,
    bend: np.ndarray | None = None,
) -> np.ndarray:
    """Move, turn and bend each image by its own amount, about its middle.

    Args:
        images: ``(n, side, side)``, any number type, background 0.
        rotation: ``(n,)`` degrees, clockwise.
        shear: ``(n,)`` slant as a share of the height.
        scale: ``(2, n)`` factors along x and y.
        shift: ``(2, n)`` pixels to the left and upwards.
        bend: ``(2, n, side, side)`` further displacement of each pixel, along x and y.

    Returns:
        ``(n, side, side)`` float32, in the unit of ``images``.
    """

    def for_each(values: np.ndarray) -> np.ndarray:
        return values.astype(np.float32)[:, None, None]

    side = images.shape[1]
    angle, slant, (grow_x, grow_y) = np.deg2rad(rotation), for_each(shear), scale
    middle = (side - 1) / 2
    y, x = np.meshgrid(*2 * [np.arange(side, dtype=np.float32) - middle], indexing="ij")
    # The place in the original of each pixel of the result.
    from_x = for_each(np.cos(angle) / grow_x) * x + for_each(np.sin(angle) / grow_x) * y
    from_y = for_each(np.cos(angle) / grow_y) * y - for_each(np.sin(angle) / grow_y) * x
    from_x += slant * from_y
    from_x += for_each(middle + shift[0])
    from_y += for_each(middle + shift[1])
    if bend is not None:
        from_x += bend[0]
        from_y += bend[1]
    return _sample(images.astype(np.float32), from_x, from_y)


def thicken(images: np.ndarray, by: np.ndarray) -> np.ndarray:
    """Make strokes thicker or thinner.

    Args:
        images: ``(n, side, side)``, background 0.
        by: ``(n,)`` from -1 to 1. Above 0, each pixel gets this share brighter, at 1 as bright as
            its brightest neighbour (of four): a stroke grows by a pixel on each side. Below 0, each
            pixel gets darker in the same way.

    Returns:
        ``(n, side, side)``, of the common type of ``images`` and ``by``.
    """
    by = by[:, None, None]
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    middle = slice(1, -1)
    neighbours = [padded[:, :-2, middle], padded[:, 2:, middle], padded[:, middle, :-2]]
    neighbours.append(padded[:, middle, 2:])
    brightest, darkest = images, images
    for neighbour in neighbours:
        brightest, darkest = np.maximum(brightest, neighbour), np.minimum(darkest, neighbour)
    return images + np.abs(by) * (np.where(by > 0, brightest, darkest) - images)


def _sample(images: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Bilinear interpolation of ``(n, side, side)`` images at ``(n, side, side)`` places."""
    n, side, _ = images.shape
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1)))  # outside is background
    x = np.clip(x + 1, 0, side + 1 - 1e-3)
    y = np.clip(y + 1, 0, side + 1 - 1e-3)
    column, row = x.astype(np.int32), y.astype(np.int32)
    right, down = x - column.astype(np.float32), y - row.astype(np.float32)
    wide = side + 2
    index = np.arange(n, dtype=np.int32)[:, None, None] * wide**2 + row * wide + column
    flat = padded.ravel()
    upper = flat[index] * (1 - right) + flat[index + 1] * right
    lower = flat[index + wide] * (1 - right) + flat[index + wide + 1] * right
    return upper * (1 - down) + lower * down
