"""Loads a network that was taught on the page ("Teach one") and saved there into Keras."""

import base64
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from mnist_model.train.lazy_tensorflow import import_tensorflow

MAX_FILE = 20_000_000  # bytes
MAX_LAYERS = 50


def load_browser_network(path: str | Path) -> Any:
    """Load a network in TensorFlow.js' format for layers.

    Args:
        path: of the ``network.json`` that the page saves.

    Returns:
        A `keras.Model` from ``(n, 28, 28, 1)`` grey levels 0..255 to ``(n, 10)`` logits.

    Raises:
        ValueError: if there is no such file, or it holds no network that reads digits.
    """
    path = Path(path)
    if not path.is_file():
        raise ValueError(f"There is no network at {path}.")
    try:
        if path.stat().st_size > MAX_FILE:
            raise ValueError("it is too large")
        saved = json.loads(path.read_text("utf-8"))
        arrays = _arrays(saved["weightSpecs"], base64.b64decode(saved["weightData"]))
        return _network(saved["modelTopology"]["config"]["layers"], arrays)
    except (OSError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(
            f"{path} holds no network that was taught on the page ({error})."
        ) from error


def _arrays(specs: list[dict[str, Any]], weights: bytes) -> dict[str, np.ndarray]:
    """The weights by name: they lie one after the other, as the manifest lists them."""
    arrays: dict[str, np.ndarray] = {}
    at = 0
    for spec in specs:
        if spec["dtype"] != "float32" or "quantization" in spec:
            raise ValueError("its weights are not float32")
        shape = tuple(int(side) for side in spec["shape"])
        size = 4 * math.prod(shape)
        if min(shape, default=1) < 1 or at + size > len(weights):
            raise ValueError("weights are missing")
        arrays[spec["name"]] = np.frombuffer(weights, "<f4", size // 4, at).reshape(shape)
        at += size
    if at != len(weights):
        raise ValueError("there are more weights than it has names for")
    return arrays


def _network(configs: list[dict[str, Any]], arrays: dict[str, np.ndarray]) -> Any:
    import_tensorflow()
    import keras
    from keras import layers

    def choose(config: dict[str, Any], *names: str) -> dict[str, Any]:
        return {name: config[name] for name in names}

    known: dict[str, Callable[[dict[str, Any]], Any]] = {
        "Rescaling": lambda c: layers.Rescaling(**choose(c, "scale", "offset")),
        "Flatten": lambda c: layers.Flatten(),
        "Dropout": lambda c: layers.Dropout(c["rate"]),
        "MaxPooling2D": lambda c: layers.MaxPooling2D(
            **choose(c, "pool_size", "strides", "padding")
        ),
        "Conv2D": lambda c: layers.Conv2D(
            **choose(c, "filters", "kernel_size", "strides", "padding", "activation", "use_bias")
        ),
        "Dense": lambda c: layers.Dense(**choose(c, "units", "activation", "use_bias")),
    }
    if len(configs) > MAX_LAYERS:
        raise ValueError("it has too many layers")
    pixels = keras.Input((28, 28, 1), name="pixels")
    x: Any = pixels
    to_set: list[tuple[Any, list[np.ndarray]]] = []
    for layer in configs:
        name, config = layer["class_name"], layer["config"]
        if name not in known:
            raise ValueError(f"it has a layer of another kind, {name!r:.40}")
        one = known[name](config)
        x = one(x)
        to_set.append((one, [
            arrays.pop(f"{config['name']}/{what}") for what in ("kernel", "bias")
            if f"{config['name']}/{what}" in arrays
        ]))  # fmt: skip
    if arrays or tuple(x.shape) != (None, 10):
        raise ValueError("its layers do not go together")
    for one, weights in to_set:
        one.set_weights(weights)
    return keras.Model(pixels, x)
