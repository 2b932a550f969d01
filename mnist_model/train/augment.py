"""Distortions used in training: what another hand would have done to the same digit."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass

import numpy as np

from mnist_model.preprocess.examples import Examples
from mnist_model.preprocess.transform import thicken, warp


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


EPOCHS_A_PAGE = 3  # epochs in which a page is seen as its teacher read it
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


def _interpolation(side: int) -> np.ndarray:
    """``(side, knots)`` weights of a cubic B-spline through evenly spaced knots, rows of norm 1."""
    at = np.linspace(0, _KNOTS - 1, side)[:, None]
    t = np.abs(at - np.arange(_KNOTS))
    weights = np.where(t < 1, 2 / 3 - t**2 + t**3 / 2, np.clip(2 - t, 0, None) ** 3 / 6)
    # Norm 1, so that the displacement keeps the knots' standard deviation everywhere.
    return (weights / np.linalg.norm(weights, axis=1, keepdims=True)).astype(np.float32)


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


def taught_batches(
    pages: Sequence[Examples],
    batch_size: int,
    amounts: Sequence[Distortion],
    seed: int,
    teacher: Callable[[np.ndarray], np.ndarray],
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """As `distorted_batches`, with the teacher's logits: ``(batch_size, 1 + 10)``, labels first.

    A teacher's reading costs half a training step, so that each distorted page is trained on for
    `EPOCHS_A_PAGE` epochs, in a new order each time.
    """
    starts = range(0, len(amounts), EPOCHS_A_PAGE)
    for start, page in zip(starts, itertools.cycle(pages), strict=False):
        once = distorted_batches([page], batch_size, [amounts[start]], seed + start)
        images, labels = map(np.concatenate, zip(*once, strict=True))
        images = np.rint(images[..., 0]).astype(np.uint8)
        taught = Examples(images, np.column_stack([labels, teacher(images)]))
        same = [Distortion()] * len(amounts[start : start + EPOCHS_A_PAGE])
        yield from distorted_batches([taught], batch_size, same, seed + start)
