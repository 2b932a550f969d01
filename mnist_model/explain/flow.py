"""The network: how a digit's logit comes from the ink, map by map and layer by layer.

For one drawing a network of ReLUs and poolings is linear, with constants (Montúfar et al., "On the
number of linear regions of deep neural networks", NeurIPS 2014). So a logit is a sum of what the
maps of any one layer add to it, each its activation times the gradient there (Shrikumar et al.,
"Not just a black box", 2016), and of the constants that the later layers add on the way.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mnist_model.explain.checks import checked_digit, checked_pixels, checked_whole, one_hot
from mnist_model.preprocess.errors import UserError
from mnist_model.read.classifier import Classifier
from mnist_model.read.forward import Layer, Pass, forward

LOYALTY = 1.5  # a map replaces a shown one only if its contribution is so many times larger
MAX_SHOWN = 16  # maps of a layer
MAX_CHANNEL = 10_000  # more than any layer has


@dataclass(frozen=True, eq=False)
class LayerFlow:
    """What passes through a layer towards one digit's logit.

    Everything is in the logit's unit. For the logits themselves, `contributions` are all ten, and
    `incoming` and constants make each of them, not only the digit's.

    Attributes:
        layer: the layer.
        maps: ``(height, width, channels)`` float32, its output.
        contributions: ``(channels,)``: of each map the sum over its pixels of activation times the
            logit's gradient there. Those of a layer, and the constants of all later layers, sum to
            the logit.
        shown: channels, those that matter most, in stable places.
        incoming: ``(inputs, shown)``: what of a shown map's contribution comes from each input map:
            the sum over its pixels of kernel (batch normalisation folded in) times activation,
            times the logit's gradient there. The rest comes from biases and normalisation. None
            where each channel has one input, its own.
    """

    layer: Layer
    maps: np.ndarray
    contributions: np.ndarray
    shown: list[int]
    incoming: np.ndarray | None


@dataclass(frozen=True, eq=False)
class Flow:
    """The way from a drawing to one digit's logit.

    Attributes:
        digit: whose.
        logits: ``(10,)``, of all.
        drawing: ``(28, 28, 1)``, what the first layer is given.
        layers: up to the logits.
    """

    digit: int
    logits: np.ndarray
    drawing: np.ndarray
    layers: list[LayerFlow]


def flow(
    classifier: Classifier,
    pixels: np.ndarray,
    digit: int | None = None,
    count: int = 8,
    shown: Sequence[Sequence[int]] = (),
) -> Flow:
    """Find each layer's most important maps: what they add to a digit's logit, and from which maps.

    Args:
        classifier: whose network is examined.
        pixels: ``(28, 28)`` uint8, in MNIST format.
        digit: whose logit; None for the most probable.
        count: of maps of each layer.
        shown: the channels that each layer has shown so far: they stay, in their places, unless
            another matters `LOYALTY` times as much.

    Raises:
        ValueError: for a wrong argument.
    """
    network = forward(classifier)
    passed = network.run(checked_pixels(pixels))
    logits = passed.outputs[-1].ravel()
    digit = int(logits.argmax()) if digit is None else checked_digit(digit)
    gradients = network.gradients(passed, one_hot(digit))
    each = contributions(passed, gradients)
    chosen = [*choose_all(network.layers, each, count, shown), list(range(10))]
    each[-1], gradients[-1] = logits, np.ones_like(gradients[-1])  # not only the digit's
    layers = [
        LayerFlow(layer, maps, values, channels, _incoming(layer, seen, gradient, channels))
        for layer, maps, values, channels, seen, gradient in zip(
            network.layers, passed.outputs, each, chosen, passed.seen, gradients, strict=True
        )
    ]
    return Flow(digit, logits, passed.inputs[0].reshape(28, 28, 1), layers)


def _incoming(
    layer: Layer, seen: np.ndarray | None, gradient: np.ndarray, channels: list[int]
) -> np.ndarray | None:
    if seen is None or layer.folded is None:
        return None
    kernels = layer.folded[..., channels]
    products = seen.T @ gradient.reshape(-1, layer.shape[2])[:, channels]
    return (products.reshape(kernels.shape) * kernels).sum(axis=(0, 1))


def choose_all(
    layers: Sequence[Layer],
    weights: Sequence[np.ndarray],
    count: int,
    shown: Sequence[Sequence[int]],
) -> list[list[int]]:
    """The channels to show of each layer but the logits, by `choose`.

    A layer whose channels have one input each shows those that the layer before shows.

    Raises:
        ValueError: for a wrong ``count``, or unless ``shown`` is empty or has channels for each of
            the layers, the logits among them.
    """
    checked_whole(count, 1, MAX_SHOWN, "The number of maps of a layer")
    before = list(map(_checked_channels, shown or [[]] * len(layers)))
    if len(before) != len(layers):
        raise UserError(f'"shown" has channels for each of {len(layers)} layers.')
    chosen: list[list[int]] = []
    for layer, values, channels in zip(layers[:-1], weights, before, strict=False):
        is_new = layer.sees_all or not chosen
        chosen.append(choose(values, count, channels) if is_new else chosen[-1])
    return chosen


def choose(contributions: np.ndarray, count: int, shown: Sequence[int] = ()) -> list[int]:
    """The ``count`` channels that matter most, for or against; each stays in its place.

    Args:
        contributions: ``(channels,)``.
        count: of channels, or all of them if there are fewer.
        shown: the last choice; one of it is replaced only by one that matters `LOYALTY` times as
            much.
    """
    order = np.argsort(-np.abs(contributions), kind="stable").tolist()
    weights = np.abs(contributions).tolist()
    count = min(count, len(weights))
    places = [c if c < len(weights) else -1 for c in list(dict.fromkeys(shown))[:count]]
    places += [-1] * (count - len(places))
    stay = set(places)
    others = [c for c in order if c not in stay]
    while others and -1 in places:
        places[places.index(-1)] = others.pop(0)
    while others:
        weakest = min(range(count), key=lambda place: weights[places[place]])
        if weights[others[0]] <= LOYALTY * weights[places[weakest]]:
            break
        places[weakest] = others.pop(0)
    return places


def contributions(passed: Pass, gradients: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Of each layer ``(channels,)``, what its maps add to a logit, from `Forward.gradients`."""
    # A sum times its gradient is what comes out times its own: a ReLU passes all or nothing.
    return [np.einsum("ijk,ijk->k", *two) for two in zip(passed.sums, gradients, strict=True)]


def _checked_channels(channels: object) -> list[int]:
    if not isinstance(channels, list | tuple) or len(channels) > MAX_SHOWN:
        raise UserError(f"At most {MAX_SHOWN} maps of a layer are shown.")
    return [checked_whole(channel, 0, MAX_CHANNEL, "A channel") for channel in channels]
