"""What the network sees, in steps, and what it would see if the drawing were naively resized."""

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
        if not isinstance(question, dict):
            raise UserError('A question comes with "strokes".')
        result = preprocessing_steps(classifier, part(question, "strokes", list), PAD)
        if result is None:
            raise UserError("The pad is blank.")
        return {
            "box": result.framing.box,
            "centre": result.framing.centre,
            "ink": grey(result.framing.ink),
            "corner": result.framing.corner,
            "reading": reading_for_page(result.reading),
            "naive": grey(result.naive),
            "naive_reading": reading_for_page(result.naive_reading),
        }

    return create_tab("preprocessing", [queues.readings.queued(ask)])
