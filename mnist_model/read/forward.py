"""A network's layers in NumPy: every layer's output for one drawing, and gradients of its logits.

LiteRT gives logits only, and TensorFlow takes seconds to start. These networks are small enough for
NumPy: a pass forwards and one back take a few milliseconds. Drawings pass one by one: what a layer
sees of one stays in the processor's cache, so that a batch takes as long.
"""

import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from mnist_model.preprocess.errors import UserError
from mnist_model.read.calibration import softmax
from mnist_model.read.classifier import MODEL, Classifier
from mnist_model.read.keras_file import KerasLayer, read_keras_file
from mnist_model.read.passes import before_pass

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
        return _windows(values, self.shape[0], self.size, self.stride, self.before, fill)

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
                raise UserError(f"A network with a layer of kind {one.kind} is not looked into.")

    def run(self, pixels: np.ndarray) -> Pass:
        """All layers' outputs for ``(28, 28)`` grey levels, 0..255."""
        before_pass()
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

    def logits(self, images: np.ndarray) -> np.ndarray:
        """``(n, 28, 28)`` grey levels -> ``(n, 10)`` float32."""
        found = [self.run(pixels).outputs[-1].ravel() for pixels in images]
        return np.stack(found) if found else np.zeros((0, 10), np.float32)

    def pixel_gradients(
        self, images: np.ndarray, weights: np.ndarray | Callable[[np.ndarray], np.ndarray]
    ) -> np.ndarray:
        """By how much each pixel's grey level changes the weighted sum of a drawing's logits.

        Args:
            images: ``(n, 28, 28)`` grey levels, 0..255.
            weights: ``(10,)``, or ``(n, 10)``, for each drawing its own; or a function from a
                drawing's ``(10,)`` logits, for the gradient of what is not linear in them.

        Returns:
            ``(n, 28, 28)`` float32.
        """
        found = np.empty((len(images), 28, 28), np.float32)
        for i, pixels in enumerate(images):
            one = self.run(pixels)
            if callable(weights):
                by = weights(one.outputs[-1].ravel())
            else:
                by = weights if weights.ndim == 1 else weights[i]
            gradient = self.gradients(one, by)[0]
            found[i] = self._left(
                _passed_back(self.layers[0], gradient, one.inputs[0], one.sums[0])
            )
        return found

    def gradients(self, one: Pass, weights: np.ndarray) -> list[np.ndarray]:
        """By how much each layer's sums (`Pass.sums`) change the sum of logits times ``weights``.

        Args:
            one: what `run` gave.
            weights: ``(10,)``.
        """
        gradient = np.asarray(weights, np.float32).reshape(1, 1, -1)
        found: list[np.ndarray] = []
        for number in reversed(range(len(self.layers))):
            layer = self.layers[number]
            if layer.is_rectified:
                gradient = gradient * (one.sums[number] > 0)
            found.append(gradient)
            if number:
                gradient = _passed_back(layer, gradient, one.inputs[number], one.sums[number])
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
                raise UserError(f"A network that begins with {one.kind} is not looked into.")
            values[one.name] = last = np.asarray(last, np.float32)
        return last

    def _left(self, gradient: np.ndarray) -> np.ndarray:
        """The gradient of what the first layer is given -> ``(28, 28)``, that of the pixels."""
        pixels = np.zeros((28, 28), np.float32)
        if not self._entrance:
            return gradient[..., 0]
        of = {self._entrance[-1].name: gradient[..., 0]}
        for one in reversed(self._entrance):
            by = of.get(one.name)
            if by is None:  # nothing that follows sees it
                continue
            if one.kind == "InputLayer":
                pixels += by
            elif one.kind == "Rescaling":
                by = by * np.float32(one.settings["scale"])
            elif one.kind == "Multiply":
                by = by * np.float32(one.inputs[1])
            elif one.kind == "AveragePooling2D":
                by = _averaged_back(by, one.settings["pool_size"][0])
            for name in one.inputs:
                if isinstance(name, str):
                    of[name] = of[name] + by if name in of else by
        return pixels


_loaded: weakref.WeakKeyDictionary[Any, Forward] = weakref.WeakKeyDictionary()


def forward(classifier: Classifier) -> Forward:
    """A classifier's network in NumPy; the first call reads it from the classifier's folder."""
    if classifier not in _loaded:
        _loaded[classifier] = Forward(read_keras_file(classifier.folder / MODEL))
    return _loaded[classifier]


def sure_weights(weights: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    """For `Forward.pixel_gradients`: of the log-probabilities plus the logits, each times a weight.

    What makes a digit's greater makes it both the most probable digit and taken for one. The
    probabilities are those before calibration.
    """

    def of(logits: np.ndarray) -> np.ndarray:
        return 2 * weights - weights.sum() * softmax(logits[None])[0]

    return of


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


def _windows(
    values: np.ndarray, rows: int, size: int, stride: int, before: int, fill: float = 0.0
) -> np.ndarray:
    """``(rows, rows, size, size, channels)``: parts of ``values`` with ``fill`` about them."""
    side, _, channels = values.shape
    padded = values
    reach = (rows - 1) * stride + size
    if before or reach > side:
        height = max(reach, side + before)
        padded = np.full((height, height, channels), fill, np.float32)
        padded[before : before + side, before : before + side] = values
    down, right, deep = padded.strides
    return np.lib.stride_tricks.as_strided(  # ten times faster than sliding_window_view
        padded,
        (rows, rows, size, size, channels),
        (down * stride, right * stride, down, right, deep),
        writeable=False,
    )


def _passed_back(
    layer: Layer, gradient: np.ndarray, values: np.ndarray, sums: np.ndarray
) -> np.ndarray:
    """The gradient of a layer's sums -> the gradient of its input, ``values``."""
    (side, _, channels), (height, _, inputs) = layer.shape, values.shape
    size, stride, before = layer.size, layer.stride, layer.before
    each, seen = None, None  # of the outputs: what each passes to all that it sees
    if layer.folded is None:
        seen = layer.windows(values, -np.inf) if layer.kind == "MaxPooling2D" else None
    elif not layer.sees_all:
        each = gradient[:, :, None, None] * layer.folded
    elif stride == 1 and side > 1:  # a convolution, with the kernel turned round
        kernel = layer.folded[::-1, ::-1].transpose(0, 1, 3, 2).reshape(-1, inputs)
        around = _windows(gradient, height, size, 1, size - 1 - before)
        return (around.reshape(height * height, -1) @ kernel).reshape(values.shape)
    else:
        rows = gradient.reshape(-1, channels) @ layer.folded.reshape(-1, channels).T
        each = rows.reshape(side, side, size, size, inputs)
    if each is not None and (side, size) == (1, height):
        return each[0, 0]
    width = max((side - 1) * stride + size, height + before)
    padded = np.zeros((width, width, inputs), np.float32)
    steps = slice(0, (side - 1) * stride + 1, stride)
    is_left = np.ones(layer.shape, bool)  # the first of several that are largest passes it on
    for row, column in np.ndindex(size, size):
        if each is not None:
            passed = each[:, :, row, column]
        elif seen is None:
            passed = gradient / size**2
        else:
            is_largest = is_left & (seen[:, :, row, column] == sums)
            is_left &= ~is_largest
            passed = gradient * is_largest
        padded[row:, column:][steps, steps] += passed
    inner = slice(before, before + height)
    return padded[inner, inner]


def _averaged(values: np.ndarray, settings: dict[str, Any]) -> np.ndarray:
    """Means over windows that do not count what is beyond the edge, as Keras' are."""
    size = settings["pool_size"][0]
    if settings["padding"] != "same" or settings["strides"] != [1, 1]:
        raise UserError("A network that shrinks its drawing first is not looked into.")
    return (_box_sums(values[..., 0], (size - 1) // 2, size // 2) / _counts(size))[..., None]


def _averaged_back(gradient: np.ndarray, size: int) -> np.ndarray:
    return _box_sums(gradient / _counts(size), size // 2, (size - 1) // 2)


@cache
def _counts(size: int) -> np.ndarray:
    """How many pixels each mean is over."""
    return _box_sums(np.ones((28, 28), np.float32), (size - 1) // 2, size // 2)


def _box_sums(values: np.ndarray, before: int, after: int) -> np.ndarray:
    """Of each pixel of ``(28, 28)`` the sum over a square from ``before`` to ``after`` of it."""
    side = before + 28 + after
    padded = np.zeros((side, side), np.float32)
    padded[before : before + 28, before : before + 28] = values
    shifts = range(before + 1 + after)
    down = np.sum([padded[shift : shift + 28] for shift in shifts], axis=0)
    return np.sum([down[:, shift : shift + 28] for shift in shifts], axis=0)
