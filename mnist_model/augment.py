"""Distortions used in training: what another hand would have done to the same digit."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass

import numpy as np

from mnist_model.data import Examples


@dataclass(frozen=True)
class Distortion:
    """How far each distortion goes; every digit draws its own amount, evenly between the limits.

    Attributes:
        rotation: degrees, to either side.
        shear: slant as a share of the height, to either side.
        scale: share by which the digit grows or shrinks, each side of the box on its own.
        shift: pixels, along each side.
        elastic: pixels, the standard deviation of a smooth displacement (Simard, Steinkraus and
            Platt, "Best practices for convolutional neural networks", ICDAR 2003).
        thickness: how much of the way to a stroke one pixel thicker on either side, or thinner.
    """

    rotation: float = 0.0
    shear: float = 0.0
    scale: float = 0.0
    shift: float = 0.0
    elastic: float = 0.0
    thickness: float = 0.0

    def __bool__(self) -> bool:
        """Whether anything is distorted at all."""
        return any(astuple(self))

    def times(self, factor: float) -> "Distortion":
        """The same, each going ``factor`` times as far."""
        return Distortion(*(factor * limit for limit in astuple(self)))


_KNOTS = 6  # a smooth displacement is interpolated from 6 by 6 random ones


def distort(images: np.ndarray, amount: Distortion, rng: np.random.Generator) -> np.ndarray:
    """Distort a batch of digits, each in its own way.

    Args:
        images: ``(n, side, side)``, any number type, background 0.
        amount: the limits.
        rng: the source of chance; the same state gives the same distortions.

    Returns:
        ``(n, side, side)`` float32, in the unit of ``images``.
    """
    if not amount:
        return images.astype(np.float32)
    n, side, _ = images.shape

    def either_side(limit: float) -> np.ndarray:
        return rng.uniform(-limit, limit, n).astype(np.float32)

    rotation, shear = either_side(amount.rotation), either_side(amount.shear)
    scale = 1 + np.stack([either_side(amount.scale), either_side(amount.scale)])
    shift = np.stack([either_side(amount.shift), either_side(amount.shift)])
    bend = None
    if amount.elastic:
        smooth = _interpolation(side)
        knots = rng.normal(0, amount.elastic, (2, n, _KNOTS, _KNOTS)).astype(np.float32)
        bend = smooth @ knots @ smooth.T
    distorted = warp(images, rotation, shear, scale, shift, bend)
    if amount.thickness:
        distorted = thicken(distorted, either_side(amount.thickness))
    return distorted


def warp(
    images: np.ndarray,
    rotation: np.ndarray,
    shear: np.ndarray,
    scale: np.ndarray,
    shift: np.ndarray,
    bend: np.ndarray | None = None,
) -> np.ndarray:
    """Move, turn and bend digits, each by its own amount, about the middle of the image.

    Args:
        images: ``(n, side, side)``, any number type, background 0.
        rotation: ``(n,)`` degrees, clockwise.
        shear: ``(n,)`` slant as a share of the height.
        scale: ``(2, n)`` factors along x and y.
        shift: ``(2, n)`` pixels to the left and upwards.
        bend: ``(2, n, side, side)`` a further displacement of every pixel, along x and y.

    Returns:
        ``(n, side, side)`` float32, in the unit of ``images``.
    """

    def for_each(values: np.ndarray) -> np.ndarray:
        return values.astype(np.float32)[:, None, None]

    side = images.shape[1]
    angle, slant, (grow_x, grow_y) = np.deg2rad(rotation), for_each(shear), scale
    middle = (side - 1) / 2
    y, x = np.meshgrid(*2 * [np.arange(side, dtype=np.float32) - middle], indexing="ij")
    # Where each pixel of the result comes from in the original.
    from_x = for_each(np.cos(angle) / grow_x) * x + for_each(np.sin(angle) / grow_x) * y
    from_y = for_each(np.cos(angle) / grow_y) * y - for_each(np.sin(angle) / grow_y) * x
    from_x += slant * from_y
    from_x += for_each(middle + shift[0])
    from_y += for_each(middle + shift[1])
    if bend is not None:
        from_x += bend[0]
        from_y += bend[1]
    return _sample(images.astype(np.float32), from_x, from_y)


def _interpolation(side: int) -> np.ndarray:
    """``(side, knots)`` weights of a cubic B-spline through evenly spaced knots, rows of norm 1."""
    at = np.linspace(0, _KNOTS - 1, side)[:, None]
    t = np.abs(at - np.arange(_KNOTS))
    weights = np.where(t < 1, 2 / 3 - t**2 + t**3 / 2, np.clip(2 - t, 0, None) ** 3 / 6)
    # Norm 1, so that the displacement keeps the knots' standard deviation everywhere.
    return (weights / np.linalg.norm(weights, axis=1, keepdims=True)).astype(np.float32)


def _sample(images: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Bilinear interpolation of ``(n, side, side)`` images at ``(n, side, side)`` places."""
    n, side, _ = images.shape
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1)))  # what lies outside is background
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


def thicken(images: np.ndarray, by: np.ndarray) -> np.ndarray:
    """Make strokes thicker or thinner.

    Args:
        images: ``(n, side, side)``, background 0.
        by: ``(n,)`` from -1 to 1: how much of the way to each pixel's brightest neighbour (of four)
            where it is positive, else to the darkest; 1 adds a pixel on either side of a stroke.

    Returns:
        ``(n, side, side)``, of the type of ``images`` and ``by`` together.
    """
    by = by[:, None, None]
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    middle = slice(1, -1)
    beside = [padded[:, :-2, middle], padded[:, 2:, middle], padded[:, middle, :-2]]
    beside.append(padded[:, middle, 2:])
    brightest, darkest = images, images
    for neighbour in beside:
        brightest, darkest = np.maximum(brightest, neighbour), np.minimum(darkest, neighbour)
    return images + np.abs(by) * (np.where(by > 0, brightest, darkest) - images)


def distorted_batches(
    pages: Sequence[Examples], batch_size: int, amounts: Iterable[Distortion], seed: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Training batches, an epoch for each amount: a page in a new order, newly distorted.

    Args:
        pages: what to train on, in turn; of one page all is seen in every epoch.
        batch_size: digits in a batch; what is left over at the end of an epoch sits that one out.
        amounts: how far the distortions go, epoch after epoch.
        seed: the same seed gives the same batches.

    Yields:
        ``(batch_size, 28, 28, 1)`` float32 grey levels 0..255, and ``(batch_size,)`` labels.
    """
    rng = np.random.default_rng(seed)
    for examples, amount in zip(itertools.cycle(pages), amounts, strict=False):
        order = rng.permutation(len(examples))
        for start in range(0, len(order) - batch_size + 1, batch_size):
            batch = examples.take(order[start : start + batch_size])
            yield distort(batch.images, amount, rng)[..., None], batch.labels
