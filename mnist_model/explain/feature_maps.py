"""The feature maps after each layer, and the arithmetic of one pixel of one of them."""

from dataclasses import dataclass

import numpy as np

from mnist_model.explain.checks import checked_pixels, checked_whole
from mnist_model.read.classifier import Classifier
from mnist_model.read.forward import Layer, forward


@dataclass(frozen=True, eq=False)
class LayerOutput:
    """A layer's output, after its normalisation and ReLU.

    Attributes:
        layer: the layer.
        inputs: ``(height, width, inputs)`` float32, its input.
        maps: ``(height, width, channels)`` float32; height and width 1 for a dense layer.
    """

    layer: Layer
    inputs: np.ndarray
    maps: np.ndarray


@dataclass(frozen=True, eq=False)
class Unit:
    """The arithmetic of one pixel: products -> sums -> sum -> normalised -> ReLU.

    Attributes:
        row, column: of the pixel in its feature map.
        channels: of the inputs that it sees; a single one where each map has its own input.
        kernels: ``(inputs, size, size)`` weights; None for a pooling.
        patches: ``(inputs, size, size)``, the pixels that the weights multiply; 0 beyond the edge.
        sums: ``(inputs,)``, of each input's products; for a pooling its maximum or mean.
        bias: added to these sums.
        sum: of all.
        normalisation: mean, deviation, gamma and beta of ``gamma (sum - mean) / deviation + beta``;
            None where there is none.
        normalised: its result; the sum where there is no normalisation.
        is_rectified: whether a ReLU follows.
        value: of the feature map at the pixel.
        window: (top, left, bottom, right) of the input that the pixel sees; it may reach beyond it.
        field: the same of the 28×28, clipped to it.
    """

    row: int
    column: int
    channels: list[int]
    kernels: np.ndarray | None
    patches: np.ndarray
    sums: np.ndarray
    bias: float
    sum: float
    normalisation: tuple[float, ...] | None
    normalised: float
    is_rectified: bool
    value: float
    window: tuple[int, int, int, int]
    field: tuple[int, int, int, int]


def layer_outputs(classifier: Classifier, pixels: np.ndarray) -> list[LayerOutput]:
    """The feature maps after each layer, from the first that has weights to the logits.

    Args:
        classifier: whose network is examined.
        pixels: ``(28, 28)`` uint8, in MNIST format.

    Raises:
        ValueError: for wrong ``pixels``.
    """
    network = forward(classifier)
    passed = network.run(checked_pixels(pixels))
    parts = zip(network.layers, passed.inputs, passed.outputs, strict=True)
    return [LayerOutput(*of_layer) for of_layer in parts]


def unit(
    outputs: list[LayerOutput],
    number: int,
    channel: int,
    place: tuple[int, int] | None = None,
) -> Unit:
    """The arithmetic of one pixel of a feature map.

    Args:
        outputs: what `layer_outputs` gives.
        number: of the layer among them.
        channel: of the feature map.
        place: (row, column) of the pixel; None for the largest value.

    Raises:
        ValueError: for an unknown layer, channel or place.
    """
    layer = checked_layer(outputs, number)
    maps, inputs = outputs[number].maps, outputs[number].inputs
    height, width, channels = maps.shape
    checked_whole(channel, 0, channels - 1, f"A channel of {layer.name}")
    row, column = divmod(int(maps[..., channel].argmax()), width) if place is None else place
    checked_whole(row, 0, height - 1, f"A row of {layer.name}")
    checked_whole(column, 0, width - 1, f"A column of {layer.name}")
    seen = layer.windows(inputs)[row, column].transpose(2, 0, 1)
    seen = seen if layer.sees_all else seen[channel : channel + 1]
    kernels = None if layer.kernel is None else _kernels(layer, channel)
    if kernels is not None:
        sums = (kernels * seen).sum(axis=(1, 2))
    else:
        sums = maps[row, column, channel : channel + 1]
    total = float(sums.sum()) + float(layer.bias[channel])
    parts, normalised = None, total
    if layer.normalisation is not None:
        parts = tuple(float(array[channel]) for array in vars(layer.normalisation).values())
        mean, deviation, gamma, beta = parts
        normalised = gamma * (total - mean) / deviation + beta
    spans = [layer.reaches(row, row + 1), layer.reaches(column, column + 1)]
    (top, bottom), (left, right) = spans
    return Unit(
        row=row,
        column=column,
        channels=list(range(inputs.shape[2])) if layer.sees_all else [channel],
        kernels=kernels,
        patches=np.ascontiguousarray(seen),
        sums=sums,
        bias=float(layer.bias[channel]),
        sum=total,
        normalisation=parts,
        normalised=normalised,
        is_rectified=layer.is_rectified,
        value=float(maps[row, column, channel]),
        window=(top, left, bottom, right),
        field=_field([output.layer for output in outputs[:number]], spans),
    )


def checked_layer(outputs: list[LayerOutput], number: object) -> Layer:
    """The layer of that number; ValueError if there is none."""
    return outputs[checked_whole(number, 0, len(outputs) - 1, "A layer's number")].layer


def _kernels(layer: Layer, channel: int) -> np.ndarray:
    kernel = np.asarray(layer.kernel)[..., channel]
    return kernel.transpose(2, 0, 1) if layer.sees_all else kernel[None]


def _field(before: list[Layer], spans: list[tuple[int, int]]) -> tuple[int, int, int, int]:
    """The part of the 28×28 that a part of the last layer's output depends on."""
    for layer in reversed(before):
        spans = [layer.reaches(*span) for span in spans]
    (top, bottom), (left, right) = spans
    return max(top, 0), max(left, 0), min(bottom, 28), min(right, 28)
