"""Requests that Gradio fails to understand: they get a sentence, and the log a line."""

import sys

from starlette.requests import Request
from starlette.responses import JSONResponse


async def _answer(request: Request, error: Exception) -> JSONResponse:
    """400, instead of a traceback in the log."""
    print(f"refused {request.method} {request.url.path:.100}: {error!r:.200}", file=sys.stderr)
    return JSONResponse({"error": "This request cannot be understood."}, 400)


MISUNDERSTANDINGS = dict.fromkeys((KeyError, ValueError, TypeError, AttributeError), _answer)
