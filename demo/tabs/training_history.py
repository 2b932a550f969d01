"""How it learned: curves, confusion, calibration and summary, all from the card."""

from typing import Any

import gradio as gr

from demo.server.priority_queue import Queues
from demo.tabs.tab import create_tab, grey, part
from mnist_model import Classifier, UserError
from mnist_model.explain import examples_of_confusion


def create_training_history(classifier: Classifier, queues: Queues) -> gr.HTML:
    """The tab."""

    def ask(cell: Any):
        if not isinstance(cell, dict):
            raise UserError('A cell is asked for with "written" and "read".')
        written, read = part(cell, "written", int), part(cell, "read", int)
        found = examples_of_confusion(classifier, written, read)
        return [grey(pixels) for pixels in found]

    return create_tab("training_history", [queues.readings.queued(ask)], **_from_card(classifier))


def _from_card(classifier: Classifier) -> dict[str, Any]:
    card = classifier.card
    try:
        figures = card["figures"]
        return {
            "history": dict(card["history"]),
            "figures": {
                name: {
                    "confusion": figures[name]["confusion"],
                    "reliability": figures[name].get("reliability"),
                    "error": figures[name]["expected_calibration_error"],
                }
                for name in ("test", "pen")
                if name in figures
            },
            "summary": card.get("summary", ""),
        }
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError(
            f"The card of the model in {classifier.folder} is damaged: it does not tell how it was "
            f"trained and measured ({error!r}). Train it again: train.py."
        ) from error
