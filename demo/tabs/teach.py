"""The tab in which visitors teach a network of their own, in their own browser."""

import gradio as gr

from demo.explainer import Explainer
from demo.tabs.tab import create_tab


def create_teach(_: Explainer) -> gr.HTML:
    """The tab: nothing is asked of the server but digits to learn from (`written_route`)."""
    return create_tab("teach", [])
