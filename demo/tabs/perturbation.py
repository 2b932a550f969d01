"""Stress it: the drawing changed more and more, and its reading at each strength."""

from typing import Any

import gradio as gr

from demo.server.priority_queue import Queues
from demo.server.wire_format import margin_for_page
from demo.tabs.tab import create_tab, grey, part, pixels_of, rounded
from mnist_model import Classifier
from mnist_model.explain import PERTURBATIONS, perturb

_MAX_MARGIN = 99.0  # nats of a margin; JSON has no infinity


def create_perturbation(classifier: Classifier, queues: Queues) -> gr.HTML:
    """The tab."""

    def ask(question: Any):
        curve = perturb(classifier, pixels_of(question), part(question, "change", str))
        return {
            "strengths": rounded(curve.strengths),
            "pixels": grey(curve.pixels),
            "probabilities": rounded(curve.probabilities),
            "is_digit": curve.is_digit.tolist(),
            "margins": [
                margin_for_page(margin) for margin in curve.margins.clip(-_MAX_MARGIN, _MAX_MARGIN)
            ],
            "neutral": curve.neutral,
            "flips": curve.flips,
        }

    return create_tab("perturbation", [queues.readings.queued(ask)], changes=list(PERTURBATIONS))
