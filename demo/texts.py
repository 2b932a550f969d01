"""The page's texts, in every language that assets/texts has."""

import json

import gradio as gr

from demo.server.assets import ASSETS


def texts() -> gr.I18n:
    """Gradio's dictionary: it travels with the page, and the browser's language chooses."""
    files = sorted((ASSETS / "texts").glob("*.json"))
    return gr.I18n(**{file.stem: json.loads(file.read_text("utf-8")) for file in files})
