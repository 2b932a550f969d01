"""The tabs next to the pad: a file for each question about the network."""

from collections.abc import Callable

import gradio as gr

from demo.server.priority_queue import Queues
from demo.tabs.activation_maximisation import create_activation_maximisation
from demo.tabs.adversarial import create_adversarial
from demo.tabs.attribution import create_attribution
from demo.tabs.comparison import create_comparison
from demo.tabs.network import create_network
from demo.tabs.perturbation import create_perturbation
from demo.tabs.preprocessing import create_preprocessing
from demo.tabs.teach import create_teach
from demo.tabs.training_history import create_training_history
from mnist_model import Classifier

TABS: dict[str, Callable[[Classifier, Queues], gr.HTML]] = {
    "network": create_network,
    "teach": create_teach,
    "preprocessing": create_preprocessing,
    "attribution": create_attribution,
    "perturbation": create_perturbation,
    "adversarial": create_adversarial,
    "comparison": create_comparison,
    "training_history": create_training_history,
    "activation_maximisation": create_activation_maximisation,
}


def create_tabs(classifier: Classifier, queues: Queues, text: gr.I18n) -> None:
    """All tabs; Gradio shows one of them, and only that one asks questions."""
    with gr.Tabs(elem_id="questions", overflow_behavior="wrap"):
        for name, create in TABS.items():
            with gr.Tab(text(f"tab_{name}"), id=name):
                create(classifier, queues)
