"""Requests that Gradio fails to understand: they get a sentence, and the log a line."""

import sys
from typing import Any

import gradio as gr
from starlette.requests import Request
from starlette.responses import JSONResponse


async def _answer(request: Request, error: Exception) -> JSONResponse:
    """400, instead of a traceback in the log."""
    print(f"refused {request.method} {request.url.path:.100}: {error!r:.200}", file=sys.stderr)
    return JSONResponse({"error": "This request cannot be understood."}, 400)


MISUNDERSTANDINGS = dict.fromkeys((KeyError, ValueError, TypeError, AttributeError), _answer)


class Page(gr.Blocks):
    """Blocks that answer a call without its values; Gradio prints a traceback for each."""

    def validate_inputs(self, block_fn: Any, inputs: list[Any]) -> None:
        """Raise `gr.Error` where fewer values came than the function takes."""
        needed = len(block_fn.inputs)
        if len(inputs) < needed:
            sentence = f"This call takes {needed} in its data, and {len(inputs)} came."
            raise gr.Error(sentence, print_exception=False)
