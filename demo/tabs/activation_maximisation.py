"""What a 7 looks like to it: the input that excites each digit most, as train.py found it."""

import gradio as gr

from demo.server.priority_queue import Queues
from demo.tabs.tab import create_tab
from mnist_model import Classifier
from mnist_model.explain import read_ideals


def create_activation_maximisation(classifier: Classifier, _: Queues) -> gr.HTML:
    """The tab: it asks the server nothing, since the drawing does not change what it shows."""
    ideals = read_ideals(classifier.folder)
    return create_tab("activation_maximisation", [], ideals=ideals)
