"""The tabs under the pad: a file for each question asked of the network."""

from collections.abc import Callable

import gradio as gr

from demo.tabs.compare import create_compare
from demo.tabs.favourite import create_favourite
from demo.tabs.fool import create_fool
from demo.tabs.ink import create_ink
from demo.tabs.inside import create_inside
from demo.tabs.learned import create_learned
from demo.tabs.seen import create_seen
from demo.tabs.stress import create_stress
from mnist_model import Classifier

TABS: dict[str, Callable[[Classifier], gr.HTML]] = {
    "seen": create_seen,
    "inside": create_inside,
    "ink": create_ink,
    "stress": create_stress,
    "fool": create_fool,
    "compare": create_compare,
    "learned": create_learned,
    "favourite": create_favourite,
}


def create_tabs(classifier: Classifier, text: gr.I18n) -> None:
    """All of them, side by side; Gradio shows one, and only that one asks anything."""
    with gr.Tabs(elem_id="questions", overflow_behavior="wrap"):
        for name, create in TABS.items():
            with gr.Tab(text(f"tab_{name}"), id=name):
                create(classifier)
