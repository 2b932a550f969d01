"""Teach one: visitors teach a network of their own, in their own browser.

The server writes sheets of digits for this, once each, in the thread of the explanations; pens go
first there. A class that does one lesson gets the same few sheets.
"""

import functools
import gzip
import json

import gradio as gr
import numpy as np
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from demo.pad.examples import lesson_drawings
from demo.server.priority_queue import Priority, Queues
from demo.tabs.tab import create_tab
from mnist_model import (
    HANDS,
    BusyError,
    Classifier,
    Examples,
    Hands,
    write_held_out,
    write_sheet,
)

MAX_SHEETS = 200  # of one kind: 1,000 of each digit take 50, even where most 1s are left out
_MAX_CACHED = 150  # sheets, some 60 kB each
_CACHED_S = 3_600  # that a browser keeps a sheet; the writer may learn new hands
_HELD_OUT = "held-out"
_SHEETS: dict[str, tuple[Hands, int, bool]] = {
    f"{hands}{'-distorted' if distorted else ''}/{index}": (hands, index, distorted)
    for hands in HANDS for distorted in (False, True) for index in range(MAX_SHEETS)
}  # fmt: skip


def create_teach(_: Classifier, __: Queues) -> gr.HTML:
    """The tab: it asks the server only for sheets of digits (`written_route`)."""
    return create_tab("teach", drawings=json.dumps(lesson_drawings()))


def packed(examples: Examples, group: np.ndarray) -> bytes:
    """Examples as bytes: n × 784 grey levels; then n digits; then n groups (`GROUPS`)."""
    parts = (examples.images, examples.labels, group)
    return b"".join(np.ascontiguousarray(part, np.uint8).tobytes() for part in parts)


@functools.lru_cache(_MAX_CACHED)
def _compressed(name: str) -> bytes:
    """What is held out, or the sheet of that name."""
    examples, group = write_held_out() if name == _HELD_OUT else write_sheet(*_SHEETS[name])
    return gzip.compress(packed(examples, group), 1)


def written_route(queues: Queues) -> Route:
    """``GET /written/<hands>[-distorted]/<index>`` and ``GET /written/held-out``.

    Args:
        queues: where requests wait while explanations are computed.
    """
    written = queues.explanations.queued(_compressed, Priority.SLOW)

    async def serve(request: Request) -> Response:
        name = request.path_params["name"]
        if name != _HELD_OUT and name not in _SHEETS:
            return JSONResponse({"error": "There is no such sheet of digits."}, 404)
        try:
            content = await written(name)
        except BusyError as error:
            return JSONResponse({"error": str(error)}, 503)
        assert isinstance(content, bytes)
        headers = {"cache-control": f"public, max-age={_CACHED_S}", "vary": "accept-encoding"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["content-encoding"] = "gzip"  # `GZipMiddleware` would compress it again
        else:
            content = gzip.decompress(content)
        return Response(content, headers=headers, media_type="application/octet-stream")

    return Route("/written/{name:path}", serve)
