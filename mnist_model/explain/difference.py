"""Two drawings in one network: the maps that matter most to either, shown for both."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from mnist_model.explain.checks import checked_pixels, one_hot
from mnist_model.explain.flow import checked_all_shown, checked_count, choose, contributions
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
        contributions: ``(2, shown)``: what each map adds to the logit of its own drawing's digit
            (`LayerFlow.contributions`).
    """

    layer: Layer
    shown: list[int]
    maps: np.ndarray
    contributions: np.ndarray


@dataclass(frozen=True, eq=False)
class Difference:
    """Two drawings on their way through the network; the pinned one is first.

    Attributes:
        digits: the most probable of each.
        logits: ``(2, 10)``.
        drawings: ``(2, 28, 28)`` float32, what the first layer is given.
        layers: all but the logits.
    """

    digits: list[int]
    logits: np.ndarray
    drawings: np.ndarray
    layers: list[LayerDifference]


def difference(
    classifier: Classifier,
    pixels: np.ndarray,
    pinned: np.ndarray,
    count: int = 3,
    shown: Sequence[Sequence[int]] = (),
) -> Difference:
    """Find each layer's maps that matter most to either drawing, and return them for both.

    Args:
        classifier: whose network is examined.
        pixels: ``(28, 28)`` uint8, in MNIST format.
        pinned: the same, of the other drawing.
        count: how many maps of each layer are shown.
        shown: the channels that each layer has shown so far (`flow`), the logits' among them.

    Raises:
        ValueError: for a wrong argument.
    """
    count = checked_count(count)
    layers = forward(classifier).layers
    shown = checked_all_shown(shown, len(layers))
    both = [_passed(classifier, checked_pixels(one).tobytes()) for one in (pinned, pixels)]
    found: list[LayerDifference] = []
    for number, layer in enumerate(layers[:-1]):
        each = np.stack([one.contributions[number] for one in both])
        if found and not layer.sees_all:
            chosen = found[-1].shown
        else:
            chosen = choose(np.abs(each).sum(axis=0), count, shown[number])
        maps = np.stack([one.outputs[number][..., chosen] for one in both])
        found.append(LayerDifference(layer, chosen, maps, each[:, chosen]))
    return Difference(
        digits=[one.digit for one in both],
        logits=np.stack([one.outputs[-1].ravel() for one in both]),
        drawings=np.stack([one.drawing for one in both]),
        layers=found,
    )


@dataclass(frozen=True, eq=False)
class _Passed:
    digit: int
    drawing: np.ndarray
    outputs: list[np.ndarray]
    contributions: list[np.ndarray]


@lru_cache(_MAX_CACHED)
def _passed(classifier: Classifier, pixels: bytes) -> _Passed:
    network = forward(classifier)
    one = network.run(np.frombuffer(pixels, np.float32).reshape(28, 28))
    digit = int(one.outputs[-1].argmax())
    each = contributions(one, network.gradients(one, one_hot(digit)))
    return _Passed(digit, one.inputs[0].reshape(28, 28), one.outputs, each)
