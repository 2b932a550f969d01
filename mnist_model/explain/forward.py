"""A network's layers in NumPy: every layer's output for one drawing, and gradients of a logit.

LiteRT gives logits only, and TensorFlow takes seconds to start. These networks are small enough for
NumPy: a pass forwards and one back take a few milliseconds.
"""

import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mnist_model.classifier import MODEL, Classifier
from mnist_model.keras_file import KerasLayer, read_keras_file

_WORDS = {
    "Conv2D": "convolution",
    "DepthwiseConv2D": "weighted mean",
    "Dense": "dense",
    "MaxPooling2D": "pooling",
    "AveragePooling2D": "pooling",
}


@dataclass(frozen=True, eq=False)
class Normalisation:
    """Batch normalisation as it is used after training: ``gamma (x - mean) / deviation + beta``.

    Attributes:
        mean, gamma, beta: ``(channels,)``.
        deviation: ``(channels,)``, the root of variance and epsilon.
    """

    mean: np.ndarray
    deviation: np.ndarray
    gamma: np.ndarray
    beta: np.ndarray


@dataclass(frozen=True, eq=False)
class Layer:
    """A layer that computes something, with its normalisation and ReLU.

    A dense layer is a convolution whose kernel is as large as its input.

    Attributes:
        name: "convolution 1", "pooling 1", "dense 1", "logits".
        kind: the Keras class.
        keras_name: of its last part, whose output this is.
        parameters: how many it has.
        kernel: ``(size, size, inputs, channels)``; of a depthwise convolution, which sees one input
            in each channel, ``(size, size, channels)``; None for a pooling.
        bias: ``(channels,)``, added before the normalisation; zeros where there is none.
        normalisation: None where there is none.
        is_rectified: whether it ends in a ReLU.
        size: of its kernel or window.
        stride: of the same.
        before: zeros above and left of its input.
        shape: (height, width, channels) of its output.
        folded: its kernel, and
        offset: ``(channels,)`` with the normalisation folded in: the ReLU is given
            ``sum(folded × input) + offset``.
    """

    name: str
    kind: str
    keras_name: str
    parameters: int
    kernel: np.ndarray | None
    bias: np.ndarray
    normalisation: Normalisation | None
    is_rectified: bool
    size: int
    stride: int
    before: int
    shape: tuple[int, int, int]
    folded: np.ndarray | None
    offset: np.ndarray

    @property
    def sees_all(self) -> bool:
        """Whether each channel sees all inputs; otherwise it sees its own."""
        return self.kernel is not None and self.kernel.ndim == 4

    @property
    def is_signed(self) -> bool:
        """Whether its output may be below zero; a pooling's is not, here: it follows a ReLU."""
        return self.kernel is not None and not self.is_rectified

    def windows(self, values: np.ndarray, fill: float = 0.0) -> np.ndarray:
        """What each of its outputs sees of ``(height, width, channels)``.

        Returns:
            ``(height, width, size, size, channels)``, a view of it, padded with ``fill``.
        """
        side, _, channels = values.shape
        (rows, _, _), size, stride = self.shape, self.size, self.stride
        padded = values
        reach = (rows - 1) * stride + size
        if self.before or reach > side:
            height = max(reach, side + self.before)
            padded = np.full((height, height, channels), fill, np.float32)
            padded[self.before : self.before + side, self.before : self.before + side] = values
        down, right, deep = padded.strides
        return np.lib.stride_tricks.as_strided(  # ten times faster than sliding_window_view
            padded,
            (rows, rows, size, size, channels),
            (down * stride, right * stride, down, right, deep),
            writeable=False,
        )

    def reaches(self, first: int, last: int) -> tuple[int, int]:
        """The rows (or columns) of the input that rows from first to last (exclusive) see."""
        start = first * self.stride - self.before
        return start, start + (last - first - 1) * self.stride + self.size


@dataclass(frozen=True, eq=False)
class Pass:
    """One drawing on its way through a network.

    Attributes:
        inputs: of each layer, ``(height, width, channels)`` float32.
        sums: what each layer's ReLU is given; of layers without one their output.
        outputs: of each layer.
        seen: what each output of a layer that sees all inputs sees, a row for each:
            ``(height width, size size inputs)``; None of others.
    """

    inputs: list[np.ndarray]
    sums: list[np.ndarray]
    outputs: list[np.ndarray]
    seen: list[np.ndarray | None]


class Forward:
    """A network in NumPy.

    Attributes:
        layers: from the first that has weights to the logits.
    """

    def __init__(self, saved: Sequence[KerasLayer]) -> None:
        """Prepare what was read from a file; ValueError for a network of another kind."""
        first = next(i for i, one in enumerate(saved) if one.kind in ("Conv2D", "Dense"))
        self._entrance = saved[:first]
        self.layers: list[Layer] = []
        shape = (28, 28, 1)
        counts: dict[str, int] = {}
        for i, one in enumerate(saved[first:], first):
            if one.kind in _WORDS:
                ends = next((j for j in range(i + 1, len(saved)) if saved[j].kind in _WORDS), None)
                layer = _layer(one, saved[i + 1 : ends], shape, counts)
                self.layers.append(layer)
                shape = layer.shape
            elif one.kind not in ("BatchNormalization", "ReLU", "Flatten", "Dropout"):
                raise ValueError(f"A network with a layer of kind {one.kind} is not looked into.")

    def run(self, pixels: np.ndarray) -> Pass:
        """All layers' outputs for ``(28, 28)`` grey levels, 0..255."""
        values = self.entered(pixels)
        found = Pass([], [], [], [])
        for layer in self.layers:
            seen = None
            if layer.sees_all:
                seen = layer.windows(values).reshape(layer.shape[0] * layer.shape[1], -1)
            sums = _sums(layer, values, seen)
            found.seen.append(seen)
            outputs = np.maximum(sums, 0) if layer.is_rectified else sums
            found.inputs.append(values)
            found.sums.append(sums)
            found.outputs.append(outputs)
            values = outputs
        return found

    def gradients(self, one: Pass, digit: int) -> list[np.ndarray]:
        """By how much each layer's sums (`Pass.sums`) change the logit of a digit."""
        gradient = np.zeros((1, 1, 10), np.float32)
        gradient[..., digit] = 1
        found: list[np.ndarray] = []
        for number in reversed(range(len(self.layers))):
            layer = self.layers[number]
            if layer.is_rectified:
                gradient = gradient * (one.sums[number] > 0)
            found.append(gradient)
            if number:
                gradient = _passed_back(layer, gradient, one.inputs[number])
        return found[::-1]

    def entered(self, pixels: np.ndarray) -> np.ndarray:
        """``(28, 28, 1)``: what the first layer is given: scaled, and softened where it is so."""
        values: dict[str, np.ndarray] = {}
        last = np.asarray(pixels, np.float32)[..., None]
        for one in self._entrance:
            given = [values[name] if isinstance(name, str) else name for name in one.inputs]
            if one.kind == "InputLayer":
                last = np.asarray(pixels, np.float32)[..., None]
            elif one.kind == "Rescaling":
                last = given[0] * np.float32(one.settings["scale"]) + one.settings["offset"]
            elif one.kind == "Multiply":
                last = given[0] * np.float32(given[1])
            elif one.kind == "Add":
                last = given[0] + given[1]
            elif one.kind == "AveragePooling2D":
                last = _averaged(np.asarray(given[0]), one.settings)
            elif one.kind == "Flatten":
                last = given[0]
            else:
                raise ValueError(f"A network that begins with {one.kind} is not looked into.")
            values[one.name] = last = np.asarray(last, np.float32)
        return last


_loaded: weakref.WeakKeyDictionary[Any, Forward] = weakref.WeakKeyDictionary()


def forward(classifier: Classifier) -> Forward:
    """A classifier's network in NumPy; the first call reads it from the classifier's folder."""
    if classifier not in _loaded:
        _loaded[classifier] = Forward(read_keras_file(classifier.folder / MODEL))
    return _loaded[classifier]


def _layer(
    one: KerasLayer,
    rest: Sequence[KerasLayer],
    shape: tuple[int, int, int],
    counts: dict[str, int],
) -> Layer:
    """A layer of the file with what belongs to it: ``rest``, up to the next layer."""
    settings = one.settings
    height, _, inputs = shape
    kernel, bias = None, np.zeros(inputs, np.float32)
    if one.kind == "Dense":
        size, stride, before, side = height, 1, 0, 1
        kernel = one.weights[0].reshape(height, height, inputs, -1)
    else:
        size = settings["kernel_size" if one.weights else "pool_size"][0]
        stride = settings["strides"][0]
        side = (
            -(-height // stride) if settings["padding"] == "same" else (height - size) // stride + 1
        )
        before = max(0, (side - 1) * stride + size - height) // 2
        if one.kind == "Conv2D":
            kernel = one.weights[0]
        elif one.kind == "DepthwiseConv2D":
            kernel = one.weights[0][..., 0]
    if kernel is not None:
        is_biased = settings["use_bias"]
        bias = one.weights[1] if is_biased else np.zeros(kernel.shape[-1], np.float32)
    normalisation, is_rectified = None, settings.get("activation") == "relu"
    for part in rest:
        if part.kind == "BatchNormalization":
            gamma, beta, mean, variance = part.weights
            deviation = np.sqrt(variance + np.float32(part.settings["epsilon"]))
            normalisation = Normalisation(mean, deviation, gamma, beta)
        is_rectified = is_rectified or part.kind == "ReLU"
    folded, offset = kernel, bias
    if kernel is not None and normalisation is not None:
        scale = normalisation.gamma / normalisation.deviation
        folded = kernel * scale
        offset = normalisation.beta + (bias - normalisation.mean) * scale
    word = _WORDS[one.kind]
    counts[word] = counts.get(word, 0) + 1
    parts = [part.name for part in rest if part.kind in ("BatchNormalization", "ReLU")]
    return Layer(
        name="logits" if one.name == "logits" else f"{word} {counts[word]}",
        kind=one.kind,
        keras_name=parts[-1] if parts else one.name,
        parameters=sum(array.size for part in (one, *rest) for array in part.weights),
        kernel=kernel,
        bias=bias,
        normalisation=normalisation,
        is_rectified=is_rectified,
        size=size,
        stride=stride,
        before=before,
        shape=(side, side, len(bias)),
        folded=folded,
        offset=offset,
    )


def _sums(layer: Layer, values: np.ndarray, seen: np.ndarray | None) -> np.ndarray:
    if layer.kind == "MaxPooling2D":
        return layer.windows(values, -np.inf).max(axis=(2, 3))
    if layer.folded is None:
        return layer.windows(values).mean(axis=(2, 3))
    if seen is not None:
        rows = seen @ layer.folded.reshape(-1, layer.shape[2])
        rows += layer.offset
        return rows.reshape(layer.shape)
    return (layer.windows(values) * layer.folded).sum(axis=(2, 3)) + layer.offset


def _passed_back(layer: Layer, gradient: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The gradient of a layer's sums -> the gradient of its input."""
    size, (side, _, channels) = layer.size, layer.shape
    if layer.kind == "MaxPooling2D":
        seen = layer.windows(values, -np.inf).reshape(side, side, size * size, channels)
        first = seen.argmax(axis=2)[:, :, None] == np.arange(size * size)[:, None]
        each = (first * gradient[:, :, None]).reshape(side, side, size, size, channels)
    elif layer.folded is None:
        each = np.broadcast_to(
            gradient[:, :, None, None] / size**2, (side, side, size, size, channels)
        )
    elif layer.sees_all:
        rows = gradient.reshape(-1, channels) @ layer.folded.reshape(-1, channels).T
        each = rows.reshape(side, side, size, size, -1)
    else:
        each = gradient[:, :, None, None] * layer.folded
    reach = (side - 1) * layer.stride + size
    height = max(reach, values.shape[0] + layer.before)
    padded = np.zeros((height, height, values.shape[2]), np.float32)
    steps = slice(0, (side - 1) * layer.stride + 1, layer.stride)
    for row in range(size):
        for column in range(size):
            there = padded[row:, column:][steps, steps]
            there += each[:, :, row, column]
    inner = slice(layer.before, layer.before + values.shape[0])
    return padded[inner, inner]


def _averaged(values: np.ndarray, settings: dict[str, Any]) -> np.ndarray:
    """Means over windows that do not count what is beyond the edge, as Keras' are."""
    size = settings["pool_size"][0]
    if settings["padding"] != "same" or settings["strides"] != [1, 1]:
        raise ValueError("A network that shrinks its drawing first is not looked into.")
    edges = ((size - 1) // 2, size // 2)
    many = np.pad(np.stack([values[..., 0], np.ones_like(values[..., 0])]), ((0, 0), edges, edges))
    seen = np.lib.stride_tricks.sliding_window_view(many, (size, size), axis=(1, 2))
    total, count = seen.sum(axis=(3, 4))
    return (total / count)[..., None]
