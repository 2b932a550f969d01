"""Errors: a malformed request gets status 400, a fault of this program status 500.

The log gets a line for the first, and for the second a traceback (`activity_log` throttles them).
"""

import contextlib
import logging
import os
import sys
import traceback
from collections.abc import Generator
from pathlib import Path

import gradio as gr
from gradio.route_utils import FnIndexInferError
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import mnist_model
from mnist_model import BusyError, UserError

LOG = logging.getLogger("demo")
FAULT = "Something went wrong on the server, and was logged. Try again."
_OUR_FOLDERS = tuple(
    f"{Path(module).parent}{os.sep}" for module in (__file__, str(mnist_model.__file__))
)
_OF_BAD_REQUESTS = (KeyError, ValueError, TypeError, AttributeError, FnIndexInferError)


class ErrorAnswers:
    """ASGI middleware that turns an application's exceptions into answers; the innermost one."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer 400 or 500 if the application raises an error."""
        has_begun = False

        async def watched(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            if has_begun or scope["type"] != "http":
                raise
            request = f"{scope['method']} {scope['path']:.100}"
            if isinstance(error, _OF_BAD_REQUESTS) and not _has_our_code(error):
                print(f"refused {request}: {error!r:.200}", file=sys.stderr)
                answer = JSONResponse({"error": "This request is malformed."}, 400)
            else:
                LOG.error("fault at %s", request, exc_info=error)
                answer = JSONResponse({"error": FAULT}, 500)
            await answer(scope, receive, send)


def _has_our_code(error: Exception) -> bool:
    """Whether the error passed through this project's code below the middleware."""
    passed = list(traceback.walk_tb(error.__traceback__))[1:]  # the first is `ErrorAnswers`
    return any(frame.f_code.co_filename.startswith(_OUR_FOLDERS) for frame, _ in passed)


@contextlib.contextmanager
def errors_for_api() -> Generator[None]:
    """Turn any error into `gr.Error`: only its sentence reaches the caller of the API."""
    try:
        yield
    except (UserError, BusyError) as error:
        raise gr.Error(str(error), print_exception=False) from error
    except Exception as error:
        LOG.error("fault in a call of the API", exc_info=error)
        raise gr.Error(FAULT, print_exception=False) from error
