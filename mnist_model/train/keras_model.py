"""Keras models: loaded from a trained folder, and converted for LiteRT. Needs TensorFlow."""

import contextlib
import io
from pathlib import Path
from typing import Any

from mnist_model.read.classifier import MODEL
from mnist_model.read.litert import standard_error_closed
from mnist_model.train.lazy_tensorflow import import_tensorflow


def load_keras(folder: Path) -> Any:
    """A folder's Keras model: ``(n, 28, 28, 1)`` grey levels 0..255 -> ``(n, 10)`` logits.

    Raises:
        ValueError: if its file is damaged.
    """
    import_tensorflow()
    import keras

    try:
        return keras.saving.load_model(folder / MODEL, compile=False)
    except Exception as error:  # Keras and zipfile raise nearly anything
        raise ValueError(
            f"{MODEL} of {folder.name!r} is damaged ({type(error).__name__}). "
            "Train it again: train.py."
        ) from error


def to_litert(network: Any) -> bytes:
    """A Keras model as the content of a LiteRT file, in float32; the same model gives the same."""
    tf = import_tensorflow()
    converter = tf.lite.TFLiteConverter.from_keras_model(network)
    # Both write a lot to standard output and standard error.
    with contextlib.redirect_stdout(io.StringIO()), standard_error_closed():
        return converter.convert()
