"""What the network sees, in steps, and what it would see if the drawing were only shrunk."""

import gradio as gr

from demo.answers import reading_for_page
from demo.tabs.tab import create_tab, grey, part
from mnist_model import Classifier
from mnist_model.behaviour import seen

PAD = 1000.0  # units along a side, as in assets/drawing.js


def create_seen(classifier: Classifier) -> gr.HTML:
    """The tab."""

    def ask(question):
        if not isinstance(question, dict):
            raise ValueError('A question comes with "strokes".')
        result = seen(classifier, part(question, "strokes", list), PAD)
        if result is None:
            raise ValueError("The pad is blank.")
        return {
            "box": result.framing.box,
            "centre": result.framing.centre,
            "ink": grey(result.framing.ink),
            "corner": result.framing.corner,
            "reading": reading_for_page(result.reading),
            "shrunk": grey(result.shrunk),
            "shrunk_reading": reading_for_page(result.shrunk_reading),
        }

    return create_tab("seen", [ask])
