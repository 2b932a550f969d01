"""Inside: feature maps layer by layer, and the arithmetic of one pixel."""

from typing import Any

import gradio as gr
import numpy as np

from demo.explainer import Explainer
from demo.priority_queue import EXPLANATIONS
from demo.tabs.tab import create_tab, grey, part, pixels_of, rounded
from mnist_model.explain import LayerOutput, Unit, layer_outputs, unit


def create_feature_maps(explainer: Explainer) -> gr.HTML:
    """The tab."""

    def ask(question: Any):
        pixels = pixels_of(question)
        found = explainer(layer_outputs, pixels)
        chosen, channel = part(question, "layer", int, 0), part(question, "channel", int, 0)
        return {
            "layers": [_layer(one) for one in found],
            "unit": _unit(explainer(unit, pixels, chosen, channel)),
        }

    return create_tab("feature_maps", [ask], queue=EXPLANATIONS)


def _layer(layer: LayerOutput) -> dict[str, Any]:
    """Maps as grey levels, channel by channel; white is the layer's largest value."""
    highest = max(float(layer.maps.max()), 1e-6)
    lowest = min(float(layer.maps.min()), 0.0)
    scaled = (layer.maps - lowest) * (255 / (highest - lowest))
    return {
        "name": layer.name,
        "kind": layer.kind,
        "shape": list(layer.maps.shape),
        "maps": grey(np.rint(scaled).transpose(2, 0, 1)),
        "highest": round(highest, 3),
        "parameters": layer.parameters,
    }


def _unit(one: Unit) -> dict[str, Any]:
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
