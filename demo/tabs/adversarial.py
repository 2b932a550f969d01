"""Fool it: the smallest change that makes the network read another digit, found step by step."""

from typing import Any

import gradio as gr
import numpy as np

from demo.server.priority_queue import Priority, Queues
from demo.server.wire_format import reading_for_api
from demo.tabs.tab import create_tab, floats, part, pixels_of
from mnist_model import Classifier, UserError
from mnist_model.explain import BOUNDS, NORMS, Search, attempt

PATH_STEPS = 20  # from the original to the result


def create_adversarial(classifier: Classifier, queues: Queues) -> gr.HTML:
    """The tab: its script asks for one attempt after the other, and shows each."""

    def ask(question: Any):
        pixels = pixels_of(question)
        digit, norm = part(question, "digit", int), part(question, "norm", str, NORMS[0])
        result, search = attempt(classifier, pixels, digit, norm, _search(question))
        shares = np.linspace(0, 1, PATH_STEPS + 1)[:, None, None] if result.success else []
        path = [np.rint(pixels + share * result.difference).astype(np.uint8) for share in shares]
        return {
            "success": result.success,
            **reading_for_api(result.reading),
            "difference": floats(result.difference),
            "largest": int(np.abs(result.difference).max()),
            "changed": int((result.difference != 0).sum()),
            "size": round(result.size, 1),
            "path": [reading_for_api(step) for step in classifier.read_pixels(path)] or None,
            "search": search and vars(search),
        }

    answers = [queues.explanations.queued(ask, Priority.SLOW)]
    return create_tab("adversarial", answers, most=BOUNDS + 1, steps=PATH_STEPS)


def _search(question: dict[str, Any]) -> Search:
    """The "search" that the last attempt returned; a new one without it."""
    if (search := question.get("search")) is None:
        return Search()
    if not isinstance(search, dict):
        raise UserError('"search" is what the last attempt answered.')
    bounds = {name: part(search, name, (int, float)) for name in ("failed", "worked")}
    return Search(**bounds, attempts=part(search, "attempts", int))
