"""Which ink counts: for a digit, and against another."""

from typing import Any

import gradio as gr
import numpy as np

from demo.server.priority_queue import Priority, Queues
from demo.tabs.tab import create_tab, floats, part, pixels_of
from mnist_model import Classifier
from mnist_model.explain import integrated_gradients, occlusion

NOBODY = -1  # against no digit in particular


def create_attribution(classifier: Classifier, queues: Queues) -> gr.HTML:
    """The tab: it asks coarsely while the pen moves, and finely once it rests."""

    def ask(question: Any):
        return _maps(classifier, question, {"steps": 16}, {"every": 3})

    def ask_finely(question: Any):
        return _maps(classifier, question, {}, {})

    explained = queues.explanations
    return create_tab(
        "attribution", [explained.queued(ask), explained.queued(ask_finely, Priority.SLOW)]
    )


def _maps(
    classifier: Classifier, question: Any, steps: dict[str, int], places: dict[str, int]
) -> dict[str, Any]:
    pixels = pixels_of(question)
    digit, against = part(question, "digit", int), part(question, "against", int, NOBODY)
    rival = None if against == NOBODY else against
    gradients = integrated_gradients(classifier, pixels, digit, rival, **steps)
    covered = occlusion(classifier, pixels, digit, rival, **places)
    return {
        "gradients": floats(gradients.values),
        "largest_gradient": float(np.abs(gradients.values).max()),
        "total": round(gradients.total, 3),
        "residual": round(gradients.residual, 3),
        "occlusion": floats(covered),
        "largest_occlusion": float(np.abs(covered).max()),
    }
