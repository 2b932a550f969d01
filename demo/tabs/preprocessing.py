"""What it sees: the steps to the 28×28, and for comparison the whole pad resized."""

from typing import Any

import gradio as gr

from demo.server.priority_queue import Queues
from demo.server.wire_format import reading_for_page
from demo.tabs.tab import create_tab, grey, part
from mnist_model import Classifier, UserError
from mnist_model.explain import preprocessing_steps

PAD = 1000.0  # units along a side, as in assets/shared/strokes.js


def create_preprocessing(classifier: Classifier, queues: Queues) -> gr.HTML:
    """The tab."""

    def ask(question: Any):
        steps = preprocessing_steps(classifier, part(question, "strokes", list), PAD)
        if steps is None:
            raise UserError("The pad is blank.")
        framing, reading, naive = steps
        return {
            "box": framing.box,
            "centre": framing.centre,
            "ink": grey(framing.ink),
            "corner": framing.corner,
            "reading": reading_for_page(reading),
            "naive": reading_for_page(naive),
        }

    return create_tab("preprocessing", [queues.readings.queued(ask)])
