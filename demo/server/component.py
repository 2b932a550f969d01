"""Components of the page: HTML, CSS, and the module that brings them to life."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import gradio as gr

from demo.server.assets import asset
from demo.server.modules import loader
from demo.server.wire_format import errors_as_data


def create_component(
    path: str,
    css: str,
    answers: Sequence[Callable[[object], Awaitable[object]]] = (),
    **props: Any,
) -> gr.HTML:
    """A component from ``assets/<path>.html`` and ``.js``.

    Not a subclass of `gr.HTML`: Gradio writes a ``.pyi`` file beside the source of each subclass.

    Args:
        path: of the files.
        css: of the component.
        answers: the server functions of the module (`PriorityQueue.queued`); each takes one
            untrusted argument, and raises UserError with a sentence for the visitor.
        props: for the module. Lists are given as JSON: Gradio copies them number by number.
    """
    return gr.HTML(
        html_template=asset(f"{path}.html"),
        css_template=css,
        js_on_load=loader(f"{path}.js"),
        server_functions=[errors_as_data(answer) for answer in answers],
        apply_default_css=False,
        **props,
    )
