"""Which ink: what the ink, and the blank around it, adds to a digit's score."""

from typing import Any

import gradio as gr

from demo.server.priority_queue import Priority, Queues
from demo.tabs.tab import create_tab, floats, part, pixels_of
from mnist_model import Classifier
from mnist_model.explain import integrated_gradients, occlusion

NO_RIVAL = -1  # the digit is compared with no other


def create_attribution(classifier: Classifier, queues: Queues) -> gr.HTML:
    """The tab: asks for coarse maps while the pen moves, and for fine ones once it rests."""

    def ask(question: Any):
        return _maps(classifier, question, every=4, steps=8)

    def ask_finely(question: Any):
        return _maps(classifier, question, every=1, steps=32)

    explained = queues.explanations
    return create_tab(
        "attribution", [explained.queued(ask), explained.queued(ask_finely, Priority.SLOW)]
    )


def _maps(classifier: Classifier, question: Any, every: int, steps: int) -> dict[str, Any]:
    """The map of occlusion, and that of integrated gradients where the question asks for it."""
    pixels = pixels_of(question)
    digit, against = part(question, "digit", int), part(question, "against", int, NO_RIVAL)
    rival = None if against == NO_RIVAL else against
    maps: dict[str, Any] = {"occlusion": floats(occlusion(classifier, pixels, digit, rival, every))}
    if question.get("gradients") is True:
        gradients, total = integrated_gradients(classifier, pixels, digit, rival, steps)
        maps |= {"gradients": floats(gradients), "total": round(total, 3)}
    return maps
