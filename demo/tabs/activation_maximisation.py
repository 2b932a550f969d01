"""What it imagines: for each digit the picture with the highest score, made by train.py."""

import gradio as gr

from demo.server.priority_queue import Queues
from demo.tabs.tab import create_tab
from mnist_model import Classifier
from mnist_model.explain import read_ideals


def create_activation_maximisation(classifier: Classifier, _: Queues) -> gr.HTML:
    """The tab: it asks the server nothing, since its pictures do not depend on the drawing."""
    return create_tab("activation_maximisation", ideals=read_ideals(classifier.folder))
