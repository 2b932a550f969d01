"""The network as a function that can be differentiated."""

import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from mnist_model.classifier import Classifier
from mnist_model.lazy_tensorflow import import_tensorflow

_compiled: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()


@dataclass(frozen=True)
class Functions:
    """A network's logits and their gradients, compiled once.

    Attributes:
        logits: ``(n, 28, 28)`` grey levels 0..255 -> ``(n, 10)``.
        gradients: the same and ``(n, 10)`` weights of the logits -> the logits, and ``(n, 28, 28)``
            by how much each pixel's grey level changes their weighted sum.
        sure_gradients: the same with weights of the log-probabilities (before calibration) plus
            the logits: of what is both the most probable digit and taken for one.
    """

    logits: Callable[[np.ndarray], np.ndarray]
    gradients: Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]
    sure_gradients: Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]


def functions(classifier: Classifier) -> Functions:
    """A classifier's `Functions`; the first call compiles them."""
    if classifier not in _compiled:
        _compiled[classifier] = _compile(classifier.network)
    return _compiled[classifier]


def _compile(network: Any) -> Functions:
    tf = import_tensorflow()
    images = tf.TensorSpec((None, 28, 28), tf.float32)
    weights = tf.TensorSpec((None, 10), tf.float32)

    @tf.function(input_signature=[images], autograph=False)
    def logits(pixels: Any):
        return network(pixels[..., None], training=False)

    def differentiated(of: Any):
        @tf.function(input_signature=[images, weights], autograph=False)
        def run(pixels: Any, by: Any):
            with tf.GradientTape() as tape:
                tape.watch(pixels)
                out = network(pixels[..., None], training=False)
                total = tf.reduce_sum(of(out) * by)
            return out, tape.gradient(total, pixels)

        return run

    return Functions(
        logits=_in_numpy(logits),
        gradients=_in_numpy(differentiated(lambda out: out)),
        sure_gradients=_in_numpy(differentiated(lambda out: out + tf.nn.log_softmax(out))),
    )


def _in_numpy(function: Callable[..., Any]) -> Callable[..., Any]:
    def run(*arrays: np.ndarray):
        result = function(*(np.asarray(array, np.float32) for array in arrays))
        return tuple(r.numpy() for r in result) if isinstance(result, tuple) else result.numpy()

    return run
