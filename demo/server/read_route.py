"""The pad's own question, asked up to 30 times a second: /read.

A route of Starlette's beside Gradio's queue and its server functions, which would take longer than
the network.
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

    Of a drawing with more digits than can be read it is `too_many_for_page`.
    """

    async def read(strokes: Any):
        if isinstance(strokes, list) and len(strokes) == 1:  # no number: what is on the pad mostly
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
            return JSONResponse({"error": "A drawing is sent as JSON."}, 400)
        return JSONResponse(await answer(strokes))

    return Route("/read", serve, methods=["POST"])
