"""What a 7 looks like to it: the input that excites each digit most."""

import functools
from typing import Any

import gradio as gr

from demo.explainer import Explainer
from demo.priority_queue import EXPLANATIONS, Priority
from demo.tabs.tab import create_tab, grey
from mnist_model.explain import maximise_activation


def create_activation_maximisation(explainer: Explainer) -> gr.HTML:
    """The tab; each digit is worked out once, for everybody."""

    @functools.cache
    def of(digit: int) -> dict[str, Any]:
        result = explainer(maximise_activation, digit)
        return {
            "pixels": grey(result.pixels),
            "logit": round(result.logit, 1),
            "typical": grey(result.typical),
            "typical_logit": round(result.typical_logit, 1),
        }

    def ask(digit: Any):
        if isinstance(digit, bool) or not isinstance(digit, int) or not 0 <= digit <= 9:
            raise ValueError("A digit is a whole number from 0 to 9.")
        return of(digit)

    return create_tab("activation_maximisation", [ask], Priority.SLOW, EXPLANATIONS)
