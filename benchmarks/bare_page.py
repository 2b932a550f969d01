"""The least page that Gradio can serve: python -m benchmarks.bare_page

For comparison only: what `benchmarks/page_weight.py` weighs the app's page against.
"""

import os

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import gradio as gr

with gr.Blocks(analytics_enabled=False) as page:
    gr.HTML("Hello")

if __name__ == "__main__":
    page.launch(share=False, pwa=False, ssr_mode=False, quiet=True)
