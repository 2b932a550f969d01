"""The tab in which visitors teach a network of their own, in their own browser."""

from typing import Any

import gradio as gr
import numpy as np

from demo.examples import on_pad
from demo.explainer import Explainer
from demo.tabs.tab import create_tab
from mnist_model import NEAT, write_digit


def create_teach(_: Explainer) -> gr.HTML:
    """The tab: nothing is asked of the server but digits to learn from (`written_route`)."""
    return create_tab("teach", [], css="tabs/teach.css", drawings=_drawings())


def _drawings() -> dict[str, Any]:
    """What the lessons put on the pad: by name, strokes in pad units."""
    five = on_pad(write_digit(5, np.random.default_rng(1), "in two strokes", NEAT))
    return {
        "plain": on_pad(write_digit(2, np.random.default_rng(3), "plain", NEAT)),
        "crossed": on_pad(write_digit(7, np.random.default_rng(23), "crossed", NEAT)),
        "corner": [
            [[round(0.9 * c + 40) / 2 for c in point] for point in stroke] for stroke in five
        ],
    }
