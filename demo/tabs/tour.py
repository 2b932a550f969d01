"""A guided tour of ten experiments: each sets up the pad and a tab."""

import json
from collections.abc import Sequence

import gradio as gr

from demo.pad.examples import experiments
from demo.server.assets import asset
from demo.server.modules import loader


def create_tour(tabs: Sequence[str]) -> gr.HTML:
    """The tour.

    Args:
        tabs: the names of the tabs, in the order in which they stand. Its module keeps the open one
            in the page's address, besides (`assets/stage/stage.js`).
    """
    return gr.HTML(
        html_template=asset("stage/tour.html"),
        css_template=asset("stage/tour.css"),
        elem_id="tour",
        js_on_load=loader("stage/tour.js"),
        experiments=json.dumps(experiments()),  # a text, as the sketchpad's examples
        tabs=list(tabs),
        apply_default_css=False,
    )
