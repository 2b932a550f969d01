"""A page that reads nothing: python -m benchmarks.stub_page

For comparison only: what `benchmarks/load.py` measures the app against. It takes the same calls and
says at once that it read nothing, so that the rest is what Gradio, HTTP and JSON cost.
"""

import os

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import gradio as gr


def read(strokes):
    """Nothing, whatever was drawn."""
    return {"digit": None}


with gr.Blocks(analytics_enabled=False) as page:
    gr.HTML("Nothing", server_functions=[read])

if __name__ == "__main__":
    page.launch(share=False, pwa=False, ssr_mode=False, quiet=True)
