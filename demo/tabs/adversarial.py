"""Fool it: the smallest change that makes it read a digit of one's choice."""

from collections import OrderedDict
from typing import Any

import gradio as gr
import numpy as np

from demo.priority_queue import Priority
from demo.tabs.tab import create_tab, floats, grey, part, pixels_of, rounded
from mnist_model import Classifier
from mnist_model.explain import NORMS, adversarial_example

_MOST_AT_WORK = 1_000  # of which progress is remembered
_LONGEST_NAME = 40


def create_adversarial(classifier: Classifier) -> gr.HTML:
    """The tab."""
    shares: OrderedDict[str, float] = OrderedDict()

    def ask(question: Any):
        pixels = pixels_of(question)
        name = part(question, "name", str, "")[:_LONGEST_NAME]

        def progress(share: float) -> None:
            shares[name] = share
            while len(shares) > _MOST_AT_WORK:
                shares.popitem(last=False)

        try:
            digit, norm = part(question, "digit", int), part(question, "norm", str, NORMS[0])
            result = adversarial_example(classifier, pixels, digit, norm, progress)
        finally:
            shares.pop(name, None)
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
        return shares.get(name, 0.0) if isinstance(name, str) else 0.0

    return create_tab("adversarial", [ask, share_done], priority=Priority.SLOW)
