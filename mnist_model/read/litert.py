"""Runs a network with LiteRT (formerly TensorFlow Lite), without TensorFlow.

LiteRT is imported in a tenth of a second and needs a tenth of TensorFlow's memory. It cannot
compute gradients; `forward` can.
"""

import contextlib
import importlib.util
import os
import threading
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import numpy as np

from mnist_model.read.passes import before_pass

Logits = Callable[[np.ndarray], np.ndarray]


def is_available() -> bool:
    """Whether LiteRT is installed; some systems have no wheel of it."""
    return importlib.util.find_spec("ai_edge_litert") is not None


def load_litert(file: Path) -> Logits:
    """The network of a LiteRT file: ``(n, 28, 28)`` uint8 -> ``(n, 10)`` float32 logits.

    Thread-safe. Digits are read one by one, since a batch saves no time (measured).

    Raises:
        ValueError: if the file is damaged, or has a network of other shapes.
    """
    from ai_edge_litert.interpreter import Interpreter

    content = file.read_bytes()
    own = threading.local()  # threads must not share an interpreter

    def interpreter() -> Any:
        if not hasattr(own, "interpreter"):
            with standard_error_closed():  # LiteRT prints the name of its delegate
                own.interpreter = Interpreter(model_content=content, num_threads=1)
                own.interpreter.allocate_tensors()
            (own.input,) = own.interpreter.get_input_details()
            (own.output,) = own.interpreter.get_output_details()
        return own.interpreter

    try:
        interpreter()
        shapes = [list(end["shape"]) for end in (own.input, own.output)]
    except (RuntimeError, ValueError) as error:
        raise ValueError(f"{file.name} is not a LiteRT network: {error}") from error
    if shapes != [[1, 28, 28, 1], [1, 10]]:
        raise ValueError(f"{file.name} is not a network for digits: its shapes are {shapes}.")

    def logits(pixels: np.ndarray) -> np.ndarray:
        lite = interpreter()
        start, end = own.input["index"], own.output["index"]
        out = np.empty((len(pixels), 10), np.float32)
        for row, image in zip(out, pixels, strict=True):
            before_pass()
            lite.set_tensor(start, image[None, :, :, None].astype(np.float32))
            lite.invoke()
            row[:] = lite.get_tensor(end)[0]
        return out

    return logits


_standard_error = threading.Lock()


@contextlib.contextmanager
def standard_error_closed() -> Generator[None]:
    """Discard what the process writes to standard error in the block, also from C++."""
    with _standard_error:  # two threads could leave it closed
        standard_error = os.dup(2)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 2)
            yield
        finally:
            os.dup2(standard_error, 2)
            os.close(standard_error)
            os.close(nowhere)
