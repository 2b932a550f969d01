"""Inside: the feature maps after each layer, and the arithmetic of one pixel of one of them."""

import weakref
from dataclasses import dataclass
from typing import Any

import numpy as np

from mnist_model.classifier import Classifier
from mnist_model.explain.checks import checked_pixels
from mnist_model.lazy_tensorflow import import_tensorflow

STRONGEST = 4  # input maps that the arithmetic is shown of; the others are summed up
_FILTERS = ("Conv2D", "DepthwiseConv2D", "Dense")
_POOLINGS = ("MaxPooling2D", "AveragePooling2D")
_THEN = ("BatchNormalization", "ReLU")  # belong to the layer before them


@dataclass(frozen=True, eq=False)
class LayerOutput:
    """What comes out of a layer, with its normalisation and ReLU.

    Attributes:
        name: "convolution 1", "pooling 1", "dense 1", "logits".
        kind: the Keras class of its first layer.
        layer: the Keras name of its last layer, whose output this is.
        maps: ``(height, width, channels)`` float32; height and width 1 for a dense layer.
        parameters: how many it has.
    """

    name: str
    kind: str
    layer: str
    maps: np.ndarray
    parameters: int


@dataclass(frozen=True, eq=False)
class Term:
    """What one input map adds to a pixel's sum.

    Attributes:
        channel: of the input.
        kernel: ``(size, size)`` weights.
        patch: ``(size, size)`` what the weights are multiplied with; 0 beyond the edge.
        sum: of the products.
    """

    channel: int
    kernel: np.ndarray
    patch: np.ndarray
    sum: float


@dataclass(frozen=True, eq=False)
class Unit:
    """The arithmetic of one pixel: terms -> sum -> normalised -> ReLU.

    Attributes:
        row, column: of the pixel in its feature map.
        terms: the strongest, of `STRONGEST` input maps at most.
        others: the sum of all other terms.
        bias: added to them.
        sum: of all.
        normalised: after batch normalisation; None where there is none.
        value: after the ReLU; what the feature map has there.
        field: (top, left, bottom, right) of the 28×28 that the pixel depends on, clipped to it.
    """

    row: int
    column: int
    terms: list[Term]
    others: float
    bias: float
    sum: float
    normalised: float | None
    value: float
    field: tuple[int, int, int, int]


@dataclass(frozen=True)
class _Group:
    """A layer and what belongs to it."""

    name: str
    layers: list[Any]


class _Inside:
    """A network's layer_outputs, and one model that gives all of them at once."""

    def __init__(self, network: Any) -> None:
        tf = import_tensorflow()
        import keras

        self.groups = _groups(network)
        outputs = [group.layers[-1].output for group in self.groups]
        inputs = [group.layers[0].input for group in self.groups]
        both = keras.Model(network.input, outputs + inputs)
        signature = [tf.TensorSpec((1, 28, 28, 1), tf.float32)]
        self._run = tf.function(
            lambda pixels: both(pixels, training=False), input_signature=signature, autograph=False
        )

    def outputs_and_inputs(self, pixels: np.ndarray) -> tuple[list[np.ndarray], list[np.ndarray]]:
        arrays = [array.numpy()[0] for array in self._run(pixels[None, ..., None])]
        return arrays[: len(self.groups)], arrays[len(self.groups) :]


_insides: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()


def _inside(classifier: Classifier) -> _Inside:
    if classifier not in _insides:
        _insides[classifier] = _Inside(classifier.network)
    return _insides[classifier]


def layer_outputs(classifier: Classifier, pixels: np.ndarray) -> list[LayerOutput]:
    """The feature maps after each layer, from the first convolution to the logits.

    Args:
        classifier: whose network is looked into.
        pixels: ``(28, 28)`` uint8, in MNIST format.

    Raises:
        ValueError: if ``pixels`` is none.
    """
    inside = _inside(classifier)
    outputs, _ = inside.outputs_and_inputs(checked_pixels(pixels))
    return [
        LayerOutput(
            name=group.name,
            kind=_kind(group.layers[0]),
            layer=group.layers[-1].name,
            maps=maps if maps.ndim == 3 else maps.reshape(1, 1, -1),
            parameters=sum(layer.count_params() for layer in group.layers),
        )
        for group, maps in zip(inside.groups, outputs, strict=True)
    ]


def unit(
    classifier: Classifier,
    pixels: np.ndarray,
    layer: int,
    channel: int,
    place: tuple[int, int] | None = None,
) -> Unit:
    """The arithmetic of one pixel of a convolution's feature map.

    Args:
        classifier: whose network is looked into.
        pixels: ``(28, 28)`` uint8, in MNIST format.
        layer: index into `layer_outputs`.
        channel: of its feature maps.
        place: (row, column) of the pixel; without it the one that responds most.

    Raises:
        ValueError: if there is no such layer, channel or place, or it is no convolution.
    """
    inside = _inside(classifier)
    groups = inside.groups
    if isinstance(layer, bool) or not isinstance(layer, int) or not 0 <= layer < len(groups):
        raise ValueError(f"The network has layers 0 to {len(groups) - 1}, not {layer!r:.50}.")
    group = groups[layer]
    first = group.layers[0]
    if _kind(first) != "Conv2D":
        raise ValueError(f"{group.name} is no convolution: it has no kernels to show.")
    outputs, inputs = inside.outputs_and_inputs(checked_pixels(pixels))
    maps, into = outputs[layer], inputs[layer]
    height, width, channels = maps.shape
    if isinstance(channel, bool) or not isinstance(channel, int) or not 0 <= channel < channels:
        raise ValueError(f"{group.name} has channels 0 to {channels - 1}, not {channel!r:.50}.")
    if place is None:
        row, column = np.unravel_index(maps[..., channel].argmax(), (height, width))
    else:
        row, column = place
        if not (0 <= row < height and 0 <= column < width):
            raise ValueError(f"{group.name} is {height} × {width}: there is no {place!r:.50}.")
    return _arithmetic(groups, layer, channel, (int(row), int(column)), into, maps)


def _arithmetic(
    groups: list[_Group],
    layer: int,
    channel: int,
    place: tuple[int, int],
    into: np.ndarray,
    maps: np.ndarray,
) -> Unit:
    row, column = place
    layers = groups[layer].layers
    weights = layers[0].get_weights()
    kernel = weights[0][..., channel]
    bias = float(weights[1][channel]) if layers[0].use_bias else 0.0
    size = kernel.shape[0]
    before = (size - 1) // 2 if layers[0].padding == "same" else 0
    padded = np.pad(into, ((before, size), (before, size), (0, 0)))
    patch = padded[row : row + size, column : column + size]
    sums = (kernel * patch).sum(axis=(0, 1))
    order = np.argsort(-np.abs(sums), kind="stable")[:STRONGEST]
    terms = [Term(int(c), kernel[..., c], patch[..., c], float(sums[c])) for c in order]
    total = float(sums.sum()) + bias
    normalised = None
    for one in layers[1:]:
        if _kind(one) == "BatchNormalization":
            gamma, beta, mean, variance = (array[channel] for array in one.get_weights())
            normalised = float(gamma * (total - mean) / np.sqrt(variance + one.epsilon) + beta)
    return Unit(
        row=row,
        column=column,
        terms=terms,
        others=float(sums.sum() - sums[order].sum()),
        bias=bias,
        sum=total,
        normalised=normalised,
        value=float(maps[row, column, channel]),
        field=_field(groups[: layer + 1], row, column),
    )


def _field(groups: list[_Group], row: int, column: int) -> tuple[int, int, int, int]:
    """The part of the 28×28 that a pixel depends on, from the last layer back to the first."""
    spans = [(row, row + 1), (column, column + 1)]
    for group in reversed(groups):
        layer = group.layers[0]
        size = _size(layer)
        stride = layer.strides[0]
        before = (size - 1) // 2 if layer.padding == "same" else 0
        spans = [
            (first * stride - before, (last - 1) * stride - before + size) for first, last in spans
        ]
    (top, bottom), (left, right) = spans
    return max(top, 0), max(left, 0), min(bottom, 28), min(right, 28)


def _groups(network: Any) -> list[_Group]:
    """The layers that compute something, each with its normalisation and ReLU."""
    groups: list[_Group] = []
    counts: dict[str, int] = {}
    for layer in network.layers:
        kind = _kind(layer)
        if kind in _THEN and groups:
            groups[-1].layers.append(layer)
        elif kind in _FILTERS or (kind in _POOLINGS and groups):
            # A pooling before the first filter only softens the drawing (`networks.sketchpad`).
            word = _word(layer)
            counts[word] = counts.get(word, 0) + 1
            name = word if word == "logits" else f"{word} {counts[word]}"
            groups.append(_Group(name, [layer]))
    return groups


def _word(layer: Any) -> str:
    if layer.name == "logits":
        return "logits"
    words = {"Conv2D": "convolution", "DepthwiseConv2D": "weighted mean", "Dense": "dense"}
    return words.get(_kind(layer), "pooling")


def _kind(layer: Any) -> str:
    return type(layer).__name__


def _size(layer: Any) -> int:
    kind = _kind(layer)
    if kind in _POOLINGS:
        return layer.pool_size[0]
    return layer.kernel_size[0] if kind in ("Conv2D", "DepthwiseConv2D") else 0
