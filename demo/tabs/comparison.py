"""Compare: every trained network reads the same drawing."""

import functools
from typing import Any

import gradio as gr

from demo.server.priority_queue import Queues
from demo.server.wire_format import reading_for_page
from demo.tabs.tab import create_tab, part, pixels_of
from mnist_model import Classifier, trained_recipes
from mnist_model.explain import compare_networks


def create_comparison(classifier: Classifier, queues: Queues) -> gr.HTML:
    """The tab; the networks are loaded with the first question."""

    @functools.cache  # the queue has one thread: nothing else loads them at the same time
    def networks() -> dict[str, Classifier]:
        return trained_recipes(classifier)

    def ask(question: Any):
        pixels = pixels_of(question)
        right, down = part(question, "right", int, 0), part(question, "down", int, 0)
        readings = compare_networks(list(networks().values()), pixels, right, down)
        return [
            {
                "name": name,
                "parameters": network.card["parameters"],
                "test": network.card["figures"]["test"]["accuracy"],
                "pens": network.card.get("comparison", {}).get("pen_digits"),
                **reading_for_page(reading),
            }
            for (name, network), reading in zip(networks().items(), readings, strict=True)
        ]

    return create_tab("comparison", [queues.readings.queued(ask)])
