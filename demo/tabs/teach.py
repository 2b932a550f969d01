"""The tab in which visitors teach a network of their own, in their own browser."""

import gradio as gr

from demo.server.priority_queue import Queues
from demo.tabs.tab import create_tab
from mnist_model import Classifier


def create_teach(_: Classifier, __: Queues) -> gr.HTML:
    """The tab: nothing is asked of the server but digits to learn from (`written_route`)."""
    return create_tab("teach", [])
