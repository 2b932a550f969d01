"""The tab in which visitors teach a network of their own, in their own browser."""

import json

import gradio as gr

from demo.pad.examples import lesson_drawings
from demo.server.priority_queue import Queues
from demo.tabs.tab import create_tab
from mnist_model import Classifier


def create_teach(_: Classifier, __: Queues) -> gr.HTML:
    """The tab: it asks the server only for sheets of digits (`written_route`)."""
    return create_tab("teach", [], drawings=json.dumps(lesson_drawings()))
