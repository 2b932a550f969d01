"""A network in NumPy: every layer's output for one drawing, and gradients of its logits.

LiteRT computes logits only, and TensorFlow takes seconds to start. In NumPy, a forward or backward
pass of these small networks takes a few milliseconds. Drawings are computed one by one: the values
of one drawing stay in the processor's cache, so that a batch saves no time.
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
    """Batch normalisation after training: ``gamma (x - mean) / deviation + beta``.

    Attributes:
        mean, gamma, beta: ``(channels,)``.
        deviation: ``(channels,)``, the square root of variance + epsilon.
    """

    mean: np.ndarray
    deviation: np.ndarray
    gamma: np.ndarray
    beta: np.ndarray


@dataclass(frozen=True, eq=False)
class Layer:
    """A convolution, dense layer or pooling, with its normalisation and ReLU.

    A dense layer is a convolution with a kernel as large as its input.

    Attributes:
        name: "convolution 1", "pooling 1", "dense 1", "logits".
        kind: the Keras class.
        keras_name: name of its last Keras layer.
        parameters: count of its parameters.
        kernel: ``(size, size, inputs, channels)``; of a depthwise convolution
            ``(size, size, channels)``; None for a pooling.
        bias: ``(channels,)``, added before the normalisation; zeros without a bias.
        normalisation: None without batch normalisation.
        is_rectified: whether it ends in a ReLU.
        size: of its kernel or window.
        stride: of its kernel or window.
        before: padding above and left of its input.
        shape: (height, width, channels) of its output.
        folded: the kernel with the normalisation included.
        offset: ``(channels,)``, the bias with the normalisation included: the input of the ReLU is
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
        """Whether each channel depends on all channels of its input, not on one only."""
        return self.kernel is not None and self.kernel.ndim == 4

    @property
    def is_signed(self) -> bool:
        """Whether its output may be negative; here a pooling always follows a ReLU."""
        return self.kernel is not None and not self.is_rectified

    def windows(self, values: np.ndarray, fill: float = 0.0) -> np.ndarray:
        """The input window of each output, from ``(height, width, channels)`` values.

        Returns:
            ``(height, width, size, size, channels)``, a view, padded with ``fill``.
        """
        return _windows(values, self.shape[0], self.size, self.stride, self.before, fill)

    def reaches(self, first: int, last: int) -> tuple[int, int]:
        """The rows (or columns) of the input that rows first to last (exclusive) depend on."""
        start = first * self.stride - self.before
        return start, start + (last - first - 1) * self.stride + self.size


@dataclass(frozen=True, eq=False)
class Pass:
    """The forward pass of one drawing.

    Attributes:
        inputs: of each layer, ``(height, width, channels)`` float32.
        sums: the input of each layer's ReLU; of layers without ReLU the output.
        outputs: of each layer.
        seen: the input window of each output, ``(height width, size size inputs)``; None for layers
            without `Layer.sees_all`.
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
        """Prepare the layers of a file; ValueError if a layer's kind is not supported."""
        first = next(i for i, layer in enumerate(saved) if layer.kind in ("Conv2D", "Dense"))
        self._entrance = saved[:first]
        self.layers: list[Layer] = []
        shape = (28, 28, 1)
        counts: dict[str, int] = {}
        for i, layer in enumerate(saved[first:], first):
            if layer.kind in _WORDS:
                ends = next((j for j in range(i + 1, len(saved)) if saved[j].kind in _WORDS), None)
                self.layers.append(_layer(layer, saved[i + 1 : ends], shape, counts))
                shape = self.layers[-1].shape
            elif layer.kind not in ("BatchNormalization", "ReLU", "Flatten", "Dropout"):
                raise UserError(f"Networks with a layer of kind {layer.kind} are not supported.")

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
        """The gradient of a weighted sum of logits with respect to the pixels' grey levels.

        Args:
            images: ``(n, 28, 28)`` grey levels, 0..255.
            weights: ``(10,)``, or ``(n, 10)`` with a row for each drawing; or a function of a
                drawing's ``(10,)`` logits, for values that are not a weighted sum.

        Returns:
            ``(n, 28, 28)`` float32.
        """
        found = np.empty((len(images), 28, 28), np.float32)
        for i, pixels in enumerate(images):
            passed = self.run(pixels)
            if callable(weights):
                by = weights(passed.outputs[-1].ravel())
            else:
                by = weights if weights.ndim == 1 else weights[i]
            gradient = self.gradients(passed, by)[0]
            found[i] = self._left(
                _passed_back(self.layers[0], gradient, passed.inputs[0], passed.sums[0])
            )
        return found

    def gradients(self, passed: Pass, weights: np.ndarray) -> list[np.ndarray]:
        """The gradients of the logits times ``weights`` with respect to each layer's sums.

        Args:
            passed: from `run`.
            weights: ``(10,)``.
        """
        gradient = np.asarray(weights, np.float32).reshape(1, 1, -1)
        found: list[np.ndarray] = []
        for index in reversed(range(len(self.layers))):
            layer = self.layers[index]
            if layer.is_rectified:
                gradient = gradient * (passed.sums[index] > 0)
            found.append(gradient)
            if index:
                gradient = _passed_back(layer, gradient, passed.inputs[index], passed.sums[index])
        return found[::-1]

    def entered(self, pixels: np.ndarray) -> np.ndarray:
        """The first layer's input, ``(28, 28, 1)``: pixels, scaled and in some networks blurred."""
        values: dict[str, np.ndarray] = {}
        last = entry = np.asarray(pixels, np.float32)[..., None]
        for layer in self._entrance:
            given = [values[name] if isinstance(name, str) else name for name in layer.inputs]
            if layer.kind == "InputLayer":
                last = entry
            elif layer.kind == "Rescaling":
                last = given[0] * np.float32(layer.settings["scale"]) + layer.settings["offset"]
            elif layer.kind == "Multiply":
                last = given[0] * np.float32(given[1])
            elif layer.kind == "Add":
                last = given[0] + given[1]
            elif layer.kind == "AveragePooling2D":
                last = _averaged(np.asarray(given[0]), layer.settings)
            elif layer.kind == "Flatten":  # a dense layer takes the image as it is
                last = given[0]
            else:
                raise UserError(f"Networks that begin with {layer.kind} are not supported.")
            values[layer.name] = last = np.asarray(last, np.float32)
        return last

    def _left(self, gradient: np.ndarray) -> np.ndarray:
        """The gradient of the first layer's input -> the gradient of the pixels, ``(28, 28)``."""
        pixels = np.zeros((28, 28), np.float32)
        if not self._entrance:
            return gradient[..., 0]
        of = {self._entrance[-1].name: gradient[..., 0]}
        for layer in reversed(self._entrance):
            by = of.get(layer.name)
            if by is None:  # no later layer uses it
                continue
            if layer.kind == "InputLayer":
                pixels += by
            elif layer.kind == "Rescaling":
                by = by * np.float32(layer.settings["scale"])
            elif layer.kind == "Multiply":
                by = by * np.float32(layer.inputs[1])
            elif layer.kind == "AveragePooling2D":
                by = _averaged_back(by, layer.settings["pool_size"][0])
            for name in layer.inputs:
                if isinstance(name, str):
                    of[name] = of[name] + by if name in of else by
        return pixels


_loaded: weakref.WeakKeyDictionary[Any, Forward] = weakref.WeakKeyDictionary()


def forward(classifier: Classifier) -> Forward:
    """A classifier's network in NumPy, cached; the first call reads its file."""
    if classifier not in _loaded:
        _loaded[classifier] = Forward(read_keras_file(classifier.folder / MODEL))
    return _loaded[classifier]


def sure_weights(weights: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    """For `Forward.pixel_gradients`: log-probabilities plus logits, each times its weight.

    A step along the gradient for a digit raises its probability (before calibration) and the digit
    score.
    """

    def of(logits: np.ndarray) -> np.ndarray:
        return 2 * weights - weights.sum() * softmax(logits[None])[0]

    return of


def _layer(
    saved: KerasLayer,
    rest: Sequence[KerasLayer],
    shape: tuple[int, int, int],
    counts: dict[str, int],
) -> Layer:
    """A layer of the file with its normalisation and ReLU, which are among ``rest``."""
    settings = saved.settings
    height, _, inputs = shape
    kernel, bias = None, np.zeros(inputs, np.float32)
    if saved.kind == "Dense":
        size, stride, before, side = height, 1, 0, 1
        kernel = saved.weights[0].reshape(height, height, inputs, -1)
    else:
        size = settings["kernel_size" if saved.weights else "pool_size"][0]
        stride = settings["strides"][0]
        side = (
            -(-height // stride) if settings["padding"] == "same" else (height - size) // stride + 1
        )
        before = max(0, (side - 1) * stride + size - height) // 2
        if saved.kind == "Conv2D":
            kernel = saved.weights[0]
        elif saved.kind == "DepthwiseConv2D":
            kernel = saved.weights[0][..., 0]
    if kernel is not None:
        is_biased = settings["use_bias"]
        bias = saved.weights[1] if is_biased else np.zeros(kernel.shape[-1], np.float32)
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
    word = _WORDS[saved.kind]
    counts[word] = counts.get(word, 0) + 1
    parts = [part.name for part in rest if part.kind in ("BatchNormalization", "ReLU")]
    return Layer(
        name="logits" if saved.name == "logits" else f"{word} {counts[word]}",
        kind=saved.kind,
        keras_name=parts[-1] if parts else saved.name,
        parameters=sum(array.size for part in (saved, *rest) for array in part.weights),
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
    """``(rows, rows, size, size, channels)`` windows of ``values``, padded with ``fill``."""
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
    each, seen = None, None  # each output's gradients for its window
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
    is_left = np.ones(layer.shape, bool)  # the gradient goes to the first of equal largest values
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
    """Means over windows, without their part outside the image, as in Keras."""
    size = settings["pool_size"][0]
    if settings["padding"] != "same" or settings["strides"] != [1, 1]:
        raise UserError("Networks that begin with a pooling are not supported.")
    return (_box_sums(values[..., 0], (size - 1) // 2, size // 2) / _counts(size))[..., None]


def _averaged_back(gradient: np.ndarray, size: int) -> np.ndarray:
    return _box_sums(gradient / _counts(size), size // 2, (size - 1) // 2)


@cache
def _counts(size: int) -> np.ndarray:
    """The count of pixels of each mean."""
    return _box_sums(np.ones((28, 28), np.float32), (size - 1) // 2, size // 2)


def _box_sums(values: np.ndarray, before: int, after: int) -> np.ndarray:
    """For each pixel of ``(28, 28)`` the sum over a square from ``before`` to ``after`` it."""
    side = before + 28 + after
    padded = np.zeros((side, side), np.float32)
    padded[before : before + 28, before : before + 28] = values
    shifts = range(before + 1 + after)
    down = np.sum([padded[shift : shift + 28] for shift in shifts], axis=0)
    return np.sum([down[:, shift : shift + 28] for shift in shifts], axis=0)
