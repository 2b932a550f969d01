"""How it learned: curves, confusion matrix, calibration and summary, from the model's card."""

from typing import Any

import gradio as gr

from demo.server.priority_queue import Priority, Queues
from demo.tabs.tab import create_tab, grey, part
from mnist_model import Classifier
from mnist_model.explain import synthetic_confusion

MAX_PICTURES = 8  # of a cell


def create_training_history(classifier: Classifier, queues: Queues) -> gr.HTML:
    """The tab."""

    def ask(question: Any):
        cells = synthetic_confusion(classifier, part(question, "written", int))
        return {
            "counts": [len(cell) for cell in cells],
            "pictures": [[grey(pixels) for pixels in cell[:MAX_PICTURES]] for cell in cells],
        }

    answers = [queues.explanations.queued(ask, Priority.SLOW)]
    return create_tab("training_history", answers, **_from_card(classifier))


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
            f"The card of the model in {classifier.folder} is damaged: training or figures are "
            f"missing ({error!r}). Train the model again: train.py."
        ) from error
