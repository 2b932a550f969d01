"""/healthz: whether the server reads, for load balancers and container engines."""

import asyncio
import time

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from mnist_model import MicroBatcher

SEVEN = [[[0.0, 0.0], [1.0, 0.0], [0.4, 1.4]]]
TIMEOUT_S = 5.0


def health(batcher: MicroBatcher) -> Route:
    """``/healthz`` reads a 7: status 200 and the milliseconds it took, or 503 and the reason."""

    async def healthz(_: Request) -> JSONResponse:
        started = time.perf_counter()
        try:
            reading = await asyncio.wait_for(batcher.classify(SEVEN), TIMEOUT_S)
        except Exception as error:  # for any error this server should get no more visitors
            return JSONResponse({"status": "failing", "why": repr(error)}, 503)
        if reading.digit != 7:
            return JSONResponse(
                {"status": "failing", "why": f"A 7 was read as {reading.digit}."}, 503
            )
        milliseconds = round(1000 * (time.perf_counter() - started), 1)
        return JSONResponse({"status": "ok", "milliseconds": milliseconds})

    return Route("/healthz", healthz)
