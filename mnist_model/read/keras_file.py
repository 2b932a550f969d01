"""Reads a `.keras` file without Keras: its layers, and their weights as NumPy arrays.

The file is a zip of the layers' settings as JSON and of their weights as HDF5. There the layers are
named by their kinds and counted (Keras, "Whole model saving", as of version 3).
"""

import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

_STORED = {  # class of a layer with weights -> its name in the file
    "Conv2D": "conv2d",
    "DepthwiseConv2D": "depthwise_conv2d",
    "Dense": "dense",
    "BatchNormalization": "batch_normalization",
}


@dataclass(frozen=True, eq=False)
class KerasLayer:
    """One layer as it was saved.

    Attributes:
        name: Keras' name for it.
        kind: its class: "Conv2D", "ReLU", "Multiply".
        settings: its arguments.
        inputs: names of the layers that it reads, and constants.
        weights: in Keras' order.
    """

    name: str
    kind: str
    settings: dict[str, Any]
    inputs: list[str | float]
    weights: list[np.ndarray]


def read_keras_file(file: Path) -> list[KerasLayer]:
    """The layers of a saved network, in the order of computation.

    Raises:
        ValueError: if the file is damaged, or has another kind of network.
    """
    import h5py  # this takes a fifth of a second, and LiteRT does not need it

    try:
        with zipfile.ZipFile(file) as archive:
            config = json.loads(archive.read("config.json"))
            stored = io.BytesIO(archive.read("model.weights.h5"))
        counts: dict[str, int] = {}
        layers: list[KerasLayer] = []
        with h5py.File(stored) as weights:
            for layer in config["config"]["layers"]:
                kind = layer["class_name"]
                arrays: list[np.ndarray] = []
                if kind in _STORED:
                    count = counts.get(kind, 0)
                    counts[kind] = count + 1
                    name = _STORED[kind] + (f"_{count}" if count else "")
                    group: Any = weights[f"layers/{name}/vars"]
                    arrays = [np.asarray(group[str(i)], np.float32) for i in range(len(group))]
                (node,) = layer["inbound_nodes"] or [{"args": []}]
                inputs = [_input(argument) for argument in node["args"]]
                layers.append(KerasLayer(layer["name"], kind, layer["config"], inputs, arrays))
    except (OSError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise ValueError(f"The layers in {file.name} cannot be read: {error}") from error
    return layers


def _input(argument: Any) -> str | float:
    return argument if isinstance(argument, float) else argument["config"]["keras_history"][0]
