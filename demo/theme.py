"""Colours and type: paper and ink, by day and by night."""

import gradio as gr

_SANS = ("ui-sans-serif", "system-ui", "sans-serif")  # fonts that are there: none is fetched


def theme() -> gr.themes.Base:
    """The page's theme, light and dark."""
    return gr.themes.Base(
        primary_hue="orange",
        neutral_hue="stone",
        font=_SANS,
        font_mono=("ui-monospace", "monospace"),
    ).set(
        body_background_fill="#f5f1e8",
        body_background_fill_dark="#13161d",
        body_text_color="#1c2333",
        body_text_color_dark="#f4eee2",
        body_text_color_subdued="#5c6170",
        body_text_color_subdued_dark="#a9aebb",
        border_color_primary="#d8d1c2",
        border_color_primary_dark="#3a4150",
    )
