"""A guided tour of ten experiments: each sets up the pad and a tab."""

import json
from collections.abc import Sequence

import gradio as gr

from demo.pad.examples import experiments
from demo.server.assets import asset
from demo.server.component import create_component


def create_tour(tabs: Sequence[str]) -> gr.HTML:
    """The tour.

    Args:
        tabs: the names of the tabs, in the order in which they stand. Its module keeps the open one
            in the page's address, besides (`assets/stage/stage.js`).
    """
    drawn = json.dumps(experiments())
    css = asset("stage/tour.css")
    return create_component("stage/tour", css, elem_id="tour", experiments=drawn, tabs=list(tabs))
