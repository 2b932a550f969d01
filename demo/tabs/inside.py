"""Inside: feature maps layer by layer, and the arithmetic of one pixel."""

import gradio as gr
import numpy as np

from demo.tabs.tab import create_tab, grey, part, pixels_of, rounded
from mnist_model import Classifier
from mnist_model.behaviour import Stage, Unit, stages, unit


def create_inside(classifier: Classifier) -> gr.HTML:
    """The tab."""

    def ask(question):
        pixels = pixels_of(question)
        found = stages(classifier, pixels)
        chosen, channel = part(question, "stage", int, 0), part(question, "channel", int, 0)
        return {
            "stages": [_stage(stage) for stage in found],
            "unit": _unit(unit(classifier, pixels, chosen, channel)),
        }

    return create_tab("inside", [ask])


def _stage(stage: Stage) -> dict:
    """Maps as grey levels, channel by channel; white is the layer's largest value."""
    highest = max(float(stage.maps.max()), 1e-6)
    lowest = min(float(stage.maps.min()), 0.0)
    scaled = (stage.maps - lowest) * (255 / (highest - lowest))
    return {
        "name": stage.name,
        "kind": stage.kind,
        "shape": list(stage.maps.shape),
        "maps": grey(np.rint(scaled).transpose(2, 0, 1)),
        "highest": round(highest, 3),
        "parameters": stage.parameters,
    }


def _unit(one: Unit) -> dict:
    return {
        "place": [one.row, one.column],
        "terms": [
            {
                "channel": term.channel,
                "kernel": rounded(term.kernel, 3),
                "patch": rounded(term.patch, 3),
                "sum": round(term.sum, 3),
            }
            for term in one.terms
        ],
        "others": round(one.others, 3),
        "bias": round(one.bias, 3),
        "sum": round(one.sum, 3),
        "normalised": None if one.normalised is None else round(one.normalised, 3),
        "value": round(one.value, 3),
        "field": list(one.field),
    }
