"""A guided tour of ten experiments: each sets up the pad and a tab."""

import json
from collections.abc import Sequence

import gradio as gr

from demo.assets import asset
from demo.examples import experiments
from demo.modules import loader


def create_tour(tabs: Sequence[str]) -> gr.HTML:
    """The tour.

    Args:
        tabs: the names of the tabs, in the order in which they stand. Its module keeps the open one
            in the page's address, besides (`assets/stage.js`).
    """
    return gr.HTML(
        html_template=asset("tour.html"),
        css_template=asset("tour.css"),
        elem_id="tour",
        js_on_load=loader("tour.js"),
        experiments=json.dumps(experiments()),  # a text, as the sketchpad's examples
        tabs=list(tabs),
        apply_default_css=False,
    )
