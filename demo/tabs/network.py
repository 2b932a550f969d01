"""The network: all layers in one frame, and any map of them opened; asked about at /network."""

import gradio as gr

from demo.server.assets import asset
from demo.server.priority_queue import Queues
from demo.tabs.tab import create_tab
from mnist_model import Classifier


def create_network(_: Classifier, __: Queues) -> gr.HTML:
    """The tab: it asks at its own route (`network_route`)."""
    return create_tab("network", [], css=asset("tabs/network/network.css"))
