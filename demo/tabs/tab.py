"""What all tabs share: their files, and how arrays travel."""

import base64
import binascii
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import gradio as gr
import numpy as np

from demo.server.assets import asset
from demo.server.component import create_component
from mnist_model import UserError


def create_tab(
    name: str,
    answers: Sequence[Callable[[object], Awaitable[object]]] = (),
    css: str = "",
    **props: Any,
) -> gr.HTML:
    """A tab from ``assets/tabs/<name>/`` (`create_component`); ``css`` is added to tab.css."""
    css = asset("tabs/tab.css") + css
    return create_component(f"tabs/{name}/{name}", css, answers, **props)


def pixels_of(question: Any, name: str = "pixels") -> np.ndarray:
    """The ``(28, 28)`` uint8 pixels in a question; UserError if there are none."""
    try:
        grey = base64.b64decode(question[name], validate=True)
        return np.frombuffer(grey, np.uint8).reshape(28, 28)
    except (TypeError, KeyError, ValueError, binascii.Error):
        raise UserError(f'A question comes with "{name}": 784 grey levels as base64.') from None


def part(question: Any, name: str, kind: type | tuple[type, ...], default: object = None) -> Any:
    """A question's value of that name; UserError if it is of another kind."""
    value = question.get(name, default) if isinstance(question, dict) else None
    if value is default and default is not None:
        return value
    if not isinstance(value, kind) or isinstance(value, bool):
        raise UserError(f'"{name}" cannot be {value!r:.50}.')
    return value


def grey(array: np.ndarray) -> str:
    """uint8 of any shape as base64, row by row."""
    return base64.b64encode(np.ascontiguousarray(array, np.uint8).tobytes()).decode()


def floats(array: np.ndarray) -> str:
    """Numbers of any shape as base64 of little-endian float32, row by row."""
    return base64.b64encode(np.ascontiguousarray(array, "<f4").tobytes()).decode()


def rounded(array: np.ndarray, places: int = 4) -> list[Any]:
    """An array as rounded numbers for JSON."""
    return np.round(np.asarray(array, float), places).tolist()
