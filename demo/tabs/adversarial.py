"""Fool it: the smallest change that makes it read a digit of one's choice, found step by step."""

from typing import Any

import gradio as gr
import numpy as np

from demo.server.priority_queue import Priority, Queues
from demo.tabs.tab import create_tab, floats, grey, part, pixels_of, rounded
from mnist_model import Classifier, UserError
from mnist_model.explain import BOUNDS, NORMS, Search, attempt


def create_adversarial(classifier: Classifier, queues: Queues) -> gr.HTML:
    """The tab: its script asks for one attempt after the other, and shows each."""

    def ask(question: Any):
        pixels = pixels_of(question)
        digit, norm = part(question, "digit", int), part(question, "norm", str, NORMS[0])
        result, search = attempt(classifier, pixels, digit, norm, _search(question))
        return {
            "success": result.success,
            "is_digit": result.is_digit,
            "pixels": grey(result.pixels),
            "difference": floats(result.difference),
            "largest": int(np.abs(result.difference).max()),
            "changed": int((result.difference != 0).sum()),
            "size": round(result.size, 1),
            "probabilities": rounded(result.probabilities),
            "search": search and vars(search),
        }

    answers = [queues.explanations.queued(ask, Priority.SLOW)]
    return create_tab("adversarial", answers, most=BOUNDS + 1)


def _search(question: dict[str, Any]) -> Search:
    """What the attempt before answered as its "search"; without it a new one."""
    if (search := question.get("search")) is None:
        return Search()
    if not isinstance(search, dict):
        raise UserError('"search" is what the attempt before answered.')
    bounds = {name: part(search, name, (int, float)) for name in ("failed", "worked")}
    return Search(**bounds, attempts=part(search, "attempts", int))
