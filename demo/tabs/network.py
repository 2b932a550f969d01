"""The network: all layers in one frame, and any map of them opened; asked about at /network."""

import gradio as gr

from demo.assets import asset
from demo.explainer import Explainer
from demo.tabs.tab import create_tab


def create_network(_: Explainer) -> gr.HTML:
    """The tab. It needs no TensorFlow (`network_route`)."""
    return create_tab("network", [], css=asset("tabs/network.css"))
