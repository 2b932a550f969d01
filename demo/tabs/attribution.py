"""Which ink counts: for a digit, and against another."""

from typing import Any

import gradio as gr
import numpy as np

from demo.tabs.tab import create_tab, floats, part, pixels_of
from mnist_model import Classifier
from mnist_model.explain import integrated_gradients, occlusion

NOBODY = -1  # against no digit in particular


def create_attribution(classifier: Classifier) -> gr.HTML:
    """The tab."""

    def ask(question: Any):
        pixels = pixels_of(question)
        digit, against = part(question, "digit", int), part(question, "against", int, NOBODY)
        rival = None if against == NOBODY else against
        gradients = integrated_gradients(classifier, pixels, digit, rival)
        covered = occlusion(classifier, pixels, digit, rival)
        return {
            "gradients": floats(gradients.values),
            "largest_gradient": float(np.abs(gradients.values).max()),
            "total": round(gradients.total, 3),
            "residual": round(gradients.residual, 3),
            "occlusion": floats(covered),
            "largest_occlusion": float(np.abs(covered).max()),
        }

    return create_tab("attribution", [ask])
