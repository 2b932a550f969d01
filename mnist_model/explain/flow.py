"""The network: how a digit's logit comes from the ink, map by map and layer by layer.

For one drawing a network of ReLUs and poolings is linear, with constants (Montúfar et al., "On the
number of linear regions of deep neural networks", NeurIPS 2014). So a logit is a sum of what the
maps of any one layer add to it, each its activation times the gradient there (Shrikumar et al.,
"Not just a black box", 2016), and of the constants that the later layers add on the way.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mnist_model.explain.checks import checked_digit, checked_pixels, one_hot
from mnist_model.preprocess.errors import UserError
from mnist_model.read.classifier import Classifier
from mnist_model.read.forward import Layer, Pass, forward

LOYALTY = 1.5  # a map replaces a shown one only if its contribution is so many times larger
MAX_SHOWN = 16  # maps of a layer


@dataclass(frozen=True, eq=False)
class LayerFlow:
    """What passes through a layer towards one digit's logit.

    Everything is in the logit's unit. For the logits themselves, `contributions` are all ten, and
    `incoming` and `constant` make each of them, not only the digit's.

    Attributes:
        layer: the layer.
        maps: ``(height, width, channels)`` float32, its output.
        contributions: ``(channels,)``: of each map the sum over its pixels of activation times the
            logit's gradient there. Those of a layer, and the constants of all later layers, sum to
            the logit.
        shown: channels, those that matter most, in stable places.
        incoming: ``(inputs, shown)``: what of a shown map's contribution comes from each input map:
            the sum over its pixels of kernel (batch normalisation folded in) times activation,
            times the logit's gradient there. None where each channel has one input, its own.
        constant: ``(shown,)``: what of it comes from biases and normalisation; with
            ``incoming.sum(axis=0)`` it is the map's contribution.
        constants: the same for all of the layer's maps together.
    """

    layer: Layer
    maps: np.ndarray
    contributions: np.ndarray
    shown: list[int]
    incoming: np.ndarray | None
    constant: np.ndarray
    constants: float


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
    count = checked_count(count)
    one = network.run(checked_pixels(pixels))
    logits = one.outputs[-1].ravel()
    digit = int(logits.argmax()) if digit is None else checked_digit(digit)
    gradients = network.gradients(one, one_hot(digit))
    layers = network.layers
    shown = checked_all_shown(shown, len(layers))
    each = contributions(one, gradients)
    found: list[LayerFlow] = []
    for number in range(len(layers)):
        is_last = number == len(layers) - 1
        follows = not layers[number].sees_all
        if is_last:
            chosen = list(range(10))
        elif follows and found:
            chosen = found[-1].shown
        else:
            chosen = choose(each[number], count, shown[number])
        found.append(_layer_flow(layers[number], number, one, gradients, each, chosen, is_last))
    return Flow(digit, logits, one.inputs[0].reshape(28, 28, 1), found)


def _layer_flow(
    layer: Layer,
    number: int,
    one: Pass,
    gradients: list[np.ndarray],
    each: list[np.ndarray],
    chosen: list[int],
    is_last: bool,
) -> LayerFlow:
    summed = gradients[number].sum(axis=(0, 1))
    constants = float((layer.offset * summed).sum())
    contributions = one.outputs[-1].ravel() if is_last else each[number]
    gradient = gradients[number].reshape(-1, layer.shape[2])[:, chosen]
    if is_last:
        gradient = np.ones((1, len(chosen)), np.float32)
    incoming = None
    seen = one.seen[number]
    if seen is not None and layer.folded is not None:
        kernels = layer.folded[..., chosen]
        products = (seen.T @ gradient).reshape(kernels.shape) * kernels
        incoming = products.sum(axis=(0, 1))
    return LayerFlow(
        layer=layer,
        maps=one.outputs[number],
        contributions=contributions,
        shown=chosen,
        incoming=incoming,
        constant=layer.offset[chosen] * gradient.sum(axis=0),
        constants=constants,
    )


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


def contributions(one: Pass, gradients: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Of each layer ``(channels,)``, what its maps add to a logit, from `Forward.gradients`."""
    # A sum times its gradient is what comes out times its own: a ReLU passes all or nothing.
    return [np.einsum("ijk,ijk->k", *two) for two in zip(one.sums, gradients, strict=True)]


def checked_count(count: object) -> int:
    """The number of maps to show of a layer; ValueError unless it is from 1 to `MAX_SHOWN`."""
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= MAX_SHOWN:
        raise UserError(f"1 to {MAX_SHOWN} maps of a layer are followed, not {count!r:.50}.")
    return count


def checked_all_shown(shown: Sequence[Sequence[int]], layers: int) -> list[list[int]]:
    """A list of channels for each layer; ValueError unless ``shown`` is that, or empty."""
    found = [_checked_shown(channels) for channels in (shown or [[]] * layers)]
    if len(found) != layers:
        raise UserError(f'"shown" has channels for each of {layers} layers.')
    return found


def _checked_shown(channels: object) -> list[int]:
    if not isinstance(channels, list | tuple) or len(channels) > MAX_SHOWN:
        raise UserError(f"At most {MAX_SHOWN} maps of a layer are shown.")
    for one in channels:
        if isinstance(one, bool) or not isinstance(one, int) or one < 0:
            raise UserError(f"A channel is a whole number from 0, not {one!r:.50}.")
    return list(channels)
