"""Digits for who teaches a network in the browser: /written, as bytes, and /written/held-out.

They are written in the thread of the explanations, and pens go first there. `mnist_model` keeps
what it wrote: a class that does the same lesson waits for its digits once.
"""

import contextlib
import functools
import gzip
import re
from collections.abc import Callable

import numpy as np
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from demo.server.priority_queue import Priority, Queues
from mnist_model import BusyError, Examples, Shown, UserError, write_held_out, write_shown

MAX_AT_ONCE = 1_000  # digits in an answer: a second of writing
_LONGEST = 200  # characters of a parameter
_KEPT_FOR = 3_600  # s that a browser keeps an answer; the writer may learn new hands
_NAMES = {"digits", "shown", "skip", "hands", "without", "distorted", "anywhere", "wrong", "seed"}


def packed(examples: Examples, told: np.ndarray, group: np.ndarray) -> bytes:
    """Examples as bytes.

    Returns:
        n × 784 grey levels; then, n bytes each, the labels told, what the digits really are, and
        their groups.
    """
    parts = [examples.images, *(part.astype(np.uint8) for part in (told, examples.labels, group))]
    return b"".join(np.ascontiguousarray(part).tobytes() for part in parts)


def _packed_shown(shown: Shown, skip: int) -> bytes:
    examples, truth = write_shown(shown, skip)
    return packed(Examples(examples.images, truth), examples.labels, np.zeros_like(truth))


def _packed_held_out() -> bytes:
    examples, group = write_held_out()
    return packed(examples, examples.labels, group)


def asked_for(query: QueryParams) -> tuple[Shown, int]:
    """What a query asks for: what is shown, and how many of each digit are skipped.

    Raises:
        UserError: with a sentence that says what cannot be shown.
    """
    unknown = query.keys() - _NAMES
    if unknown:
        raise UserError(f"There is no {min(unknown):.20}; there are: {', '.join(sorted(_NAMES))}.")
    if any(len(value) > _LONGEST for value in query.values()):
        raise UserError(f"A choice has at most {_LONGEST} characters.")
    digits = query.get("digits", "0123456789")
    if not re.fullmatch("[0-9]*", digits, re.ASCII):
        raise UserError("The digits are written one after the other: digits=0147.")
    shown = Shown(
        digits=tuple(map(int, digits)),
        each=_whole(query, "shown", 100),
        hands=query.get("hands", "anybody"),  # pyright: ignore[reportArgumentType] it is checked
        without=tuple(sorted(filter(None, query.get("without", "").split(",")))),
        distorted=_whole(query, "distorted", 0) > 0,
        anywhere=_whole(query, "anywhere", 0) > 0,
        wrong=_share(query, "wrong"),
        seed=_whole(query, "seed", 0),
    )
    skip = _whole(query, "skip", 0)
    count = len(shown.digits) * (shown.each - skip)
    if count > MAX_AT_ONCE:
        raise UserError(
            f"At most {MAX_AT_ONCE:,} digits are written at once, and these are {count:,}: "
            "ask for the rest with skip."
        )
    if skip >= shown.each:
        raise UserError(f"Of {shown.each} that are shown at most {shown.each - 1} can be skipped.")
    return shown, skip


def _whole(query: QueryParams, name: str, default: int) -> int:
    text = query.get(name, str(default))
    if not re.fullmatch("[0-9]+", text, re.ASCII):
        raise UserError(f"{name} is a whole number without a sign, not {text!r:.20}.")
    return int(text)


def _share(query: QueryParams, name: str) -> float:
    with contextlib.suppress(ValueError):
        return float(query.get(name, "0"))
    raise UserError(f"{name} is a share from 0 to 1.")


def written_routes(queues: Queues) -> list[Route]:
    """``GET /written?digits=…`` (the words of `Shown`) and ``GET /written/held-out``.

    Args:
        queues: where requests wait while explanations are computed.
    """

    def write(question: tuple[Callable[[], bytes], bool]) -> bytes:
        packed_digits, is_compressed = question
        content = packed_digits()
        return gzip.compress(content, 1) if is_compressed else content

    written = queues.explanations.queued(write, Priority.SLOW)

    async def answer(request: Request, packed_digits: Callable[[], bytes]) -> Response:
        headers = {"cache-control": f"public, max-age={_KEPT_FOR}", "vary": "accept-encoding"}
        is_compressed = "gzip" in request.headers.get("accept-encoding", "")
        if is_compressed:  # here: `GZipMiddleware` would compress on the loop that answers pens
            headers["content-encoding"] = "gzip"
        try:
            content = await written((packed_digits, is_compressed))
        except BusyError as error:
            return JSONResponse({"error": str(error)}, 503)
        return Response(content, headers=headers, media_type="application/octet-stream")

    async def serve_shown(request: Request) -> Response:
        try:
            shown, skip = asked_for(request.query_params)
        except UserError as error:
            return JSONResponse({"error": str(error)}, 400)
        return await answer(request, functools.partial(_packed_shown, shown, skip))

    async def serve_held_out(request: Request) -> Response:
        return await answer(request, _packed_held_out)

    return [Route("/written", serve_shown), Route("/written/held-out", serve_held_out)]
