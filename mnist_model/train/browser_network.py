"""Loads a network that was taught on the page ("Teach one") and saved there into Keras."""

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np

from mnist_model.train.lazy_tensorflow import import_tensorflow

MAX_FILE = 20_000_000  # bytes
NETWORKS = ("dense", "small", "cnn")  # of `networks`, and of the page's


def load_browser_network(path: str | Path) -> Any:
    """Load a network that the page has saved.

    Args:
        path: of the ``network.json``.

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
        weights = np.frombuffer(base64.b64decode(saved["weightData"]), "<f4")
        return _network(saved["shown"]["network"], weights)
    except (OSError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(
            f"{path} holds no network that was taught on the page ({error})."
        ) from error


def _network(name: str, weights: np.ndarray) -> Any:
    """The network of that name, with weights that lie one after the other, layer by layer."""
    if name not in NETWORKS:
        raise ValueError(f"there is no network {name!r:.40}")
    import_tensorflow()
    from mnist_model.train import networks

    network = getattr(networks, name)()
    parts = network.get_weights()
    if len(weights) != network.count_params():
        raise ValueError(f"it has {len(weights)} weights instead of {network.count_params()}")
    ends = np.cumsum([part.size for part in parts])
    pieces = zip(parts, np.split(weights, ends[:-1]), strict=True)
    network.set_weights([piece.reshape(part.shape) for part, piece in pieces])
    return network
