"""The sketchpad component: a canvas that sends its strokes, and beside it what was read.

It is a `gr.HTML` with a canvas of its own and a server function, because `gr.Sketchpad` sends
pictures, and only after the pen has been lifted.
"""

import base64
from collections.abc import Callable
from pathlib import Path

import gradio as gr

from mnist_model import Reading

ASSETS = Path(__file__).parent.parent / "assets"
_SCRIPTS = ("ink.js", "reading.js", "sketchpad.js")  # one scope; the last one uses the others


def create_sketchpad(classify: Callable[[object], Reading]) -> gr.HTML:
    """A pad to draw on that shows what is read in it, many times within a stroke.

    Not a subclass of `gr.HTML`: Gradio writes a ``.pyi`` file beside the source of each subclass.

    Args:
        classify: strokes as JSON (`mnist_model.strokes.parse`) -> what is read in them; raises
            ValueError, with a sentence for the person drawing, for what is not a drawing.
    """

    def read(strokes):
        # Gradio does not pass on an exception's text: errors travel as data.
        try:
            return reading_for_page(classify(strokes))
        except ValueError as error:
            return {"error": str(error)}

    return gr.HTML(
        html_template=(ASSETS / "sketchpad.html").read_text(),
        css_template=(ASSETS / "sketchpad.css").read_text(),
        js_on_load="\n".join((ASSETS / name).read_text() for name in _SCRIPTS),
        server_functions=[read],
        apply_default_css=False,
    )


def reading_for_api(reading: Reading) -> dict:
    """A reading as JSON: ``digit``, ``is_digit`` and ten ``probabilities``."""
    return {
        "digit": reading.digit,
        "is_digit": reading.is_digit,
        "probabilities": [round(float(p), 6) for p in reading.probabilities],
    }


def reading_for_page(reading: Reading) -> dict:
    """As `reading_for_api`, with the 784 ``pixels`` the network was shown, as base64."""
    pixels = base64.b64encode(reading.pixels.tobytes()).decode()
    return {**reading_for_api(reading), "pixels": pixels}
