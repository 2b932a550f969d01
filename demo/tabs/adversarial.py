"""Fool it: the smallest change that makes it read a digit of one's choice."""

from typing import Any

import gradio as gr
import numpy as np

from demo.explainer import Explainer
from demo.priority_queue import EXPLANATIONS, Priority
from demo.tabs.tab import create_tab, floats, grey, part, pixels_of, rounded
from mnist_model.explain import NORMS, adversarial_example


def create_adversarial(explainer: Explainer) -> gr.HTML:
    """The tab."""
    at_work = ""

    def ask(question: Any):
        nonlocal at_work
        pixels = pixels_of(question)
        digit, norm = part(question, "digit", int), part(question, "norm", str, NORMS[0])
        at_work = part(question, "name", str, "")  # one at a time: it is the one that is told of
        try:
            result = explainer.telling(adversarial_example, pixels, digit, norm)
        finally:
            at_work = ""
        return {
            "success": result.success,
            "is_digit": result.is_digit,
            "pixels": grey(result.pixels),
            "difference": floats(result.difference),
            "largest": int(np.abs(result.difference).max()),
            "changed": int((result.difference != 0).sum()),
            "size": round(result.size, 1),
            "probabilities": rounded(result.probabilities),
        }

    async def share_done(name: Any):
        return explainer.progress if name and name == at_work else 0.0

    return create_tab("adversarial", [ask, share_done], Priority.SLOW, EXPLANATIONS)
