"""Two drawings in one network: the maps that matter most to either, shown for both."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from mnist_model.explain.checks import checked_pixels, one_hot
from mnist_model.explain.flow import choose_all, contributions
from mnist_model.read.classifier import Classifier
from mnist_model.read.forward import Layer, forward

_MAX_CACHED = 32  # drawings: the pinned one stays the same while the other grows


@dataclass(frozen=True, eq=False)
class LayerDifference:
    """The same maps of one layer, for both drawings; the pinned one's are first.

    Attributes:
        layer: the layer.
        shown: channels, those that matter most to either drawing's digit, in stable places.
        maps: ``(2, height, width, shown)`` float32.
    """

    layer: Layer
    shown: list[int]
    maps: np.ndarray


def difference(
    classifier: Classifier,
    pixels: np.ndarray,
    pinned: np.ndarray,
    count: int = 3,
    shown: Sequence[Sequence[int]] = (),
) -> tuple[np.ndarray, list[LayerDifference]]:
    """Find each layer's maps that matter most to either drawing, and return them for both.

    Args:
        classifier: whose network is examined.
        pixels: ``(28, 28)`` uint8, in MNIST format.
        pinned: the same, of the other drawing.
        count: how many maps of each layer are shown.
        shown: the channels that each layer has shown so far (`flow`), the logits' among them.

    Returns:
        ``(2, 28, 28)`` float32, what the first layer is given, the pinned drawing first; and all
        layers but the logits.

    Raises:
        ValueError: for a wrong argument.
    """
    layers = forward(classifier).layers
    both = [_passed(classifier, checked_pixels(drawing).tobytes()) for drawing in (pinned, pixels)]
    entered, outputs, each = zip(*both, strict=True)
    weights = [abs(first) + abs(second) for first, second in zip(*each, strict=True)]
    chosen = choose_all(layers, weights, count, shown)
    found = [
        LayerDifference(layer, channels, np.stack(maps)[..., channels])
        for layer, channels, *maps in zip(layers, chosen, *outputs, strict=False)
    ]
    return np.stack(entered), found


@lru_cache(_MAX_CACHED)
def _passed(
    classifier: Classifier, pixels: bytes
) -> tuple[np.ndarray, list[np.ndarray], list[np.ndarray]]:
    """What the first layer is given, all maps, what they add to the most probable digit's logit."""
    network = forward(classifier)
    passed = network.run(np.frombuffer(pixels, np.float32).reshape(28, 28))
    digit = int(passed.outputs[-1].argmax())
    each = contributions(passed, network.gradients(passed, one_hot(digit)))
    return passed.inputs[0].reshape(28, 28), passed.outputs, each
