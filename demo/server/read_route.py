"""/read: the pad asks it up to 30 times a second.

It is a route of Starlette: Gradio's queue and server functions take longer than the network.
"""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from demo.server.wire_format import (
    drawing_for_page,
    errors_as_data,
    reading_for_page,
    too_many_for_page,
)
from mnist_model import MicroBatcher, TooManyDigitsError


def read_route(batcher: MicroBatcher) -> Route:
    """``POST /read`` a drawing as JSON; the answer is `drawing_for_page`, or an error as data.

    For a drawing with too many digits the answer is `too_many_for_page`.
    """

    async def read(strokes: Any):
        if (
            isinstance(strokes, list) and len(strokes) == 1
        ):  # most drawings: one stroke is never a number
            return reading_for_page(await batcher.classify(strokes))
        try:
            return drawing_for_page(await batcher.read_number(strokes))
        except TooManyDigitsError:
            return too_many_for_page(await batcher.classify(strokes))

    answer = errors_as_data(read)

    async def serve(request: Request) -> Response:
        try:
            strokes = json.loads(await request.body())
        except (ValueError, RecursionError):
            return JSONResponse({"error": "A drawing must be JSON."}, 400)
        return JSONResponse(await answer(strokes))

    return Route("/read", serve, methods=["POST"])
