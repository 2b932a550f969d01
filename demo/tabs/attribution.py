"""Which ink counts: for a digit, and against another."""

from typing import Any

import gradio as gr
import numpy as np

from demo.explainer import Explainer
from demo.priority_queue import EXPLANATIONS
from demo.tabs.tab import create_tab, floats, part, pixels_of
from mnist_model.explain import integrated_gradients, occlusion

NOBODY = -1  # against no digit in particular


def create_attribution(explainer: Explainer) -> gr.HTML:
    """The tab."""

    def ask(question: Any):
        pixels = pixels_of(question)
        digit, against = part(question, "digit", int), part(question, "against", int, NOBODY)
        rival = None if against == NOBODY else against
        gradients = explainer(integrated_gradients, pixels, digit, rival)
        covered = explainer(occlusion, pixels, digit, rival)
        return {
            "gradients": floats(gradients.values),
            "largest_gradient": float(np.abs(gradients.values).max()),
            "total": round(gradients.total, 3),
            "residual": round(gradients.residual, 3),
            "occlusion": floats(covered),
            "largest_occlusion": float(np.abs(covered).max()),
        }

    return create_tab("attribution", [ask], queue=EXPLANATIONS)
