"""Digits for who teaches a network in the browser: /written, as bytes, and /written/held-out.

They are written in a process of its own that pens do not wait for, a request at a time, and kept:
a class that does the same lesson is written for once.
"""

import asyncio
import contextlib
import gzip
import multiprocessing
import re
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import numpy as np
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from demo.background import step_back
from demo.priority_queue import PriorityQueue
from mnist_model import BusyError, Examples, Shown, UserError, write_held_out, write_shown

MOST_AT_ONCE = 2_500  # digits in an answer: a second or two of writing
MOST_KEPT = 32_000_000  # bytes of answers
_LONGEST = 200  # characters of a parameter
_LESS_URGENT = 10  # nice
_KEPT_FOR = 3_600  # s that a browser keeps an answer; the writer may learn new hands
_NAMES = {"digits", "shown", "skip", "hands", "without", "distorted", "anywhere", "wrong", "seed"}


class Writer:
    """A process that writes digits, and what it wrote lately."""

    def __init__(self) -> None:
        """The process starts with the first digits asked for."""
        self._queue = PriorityQueue("writing")
        self._pool: ProcessPoolExecutor | None = None
        self._kept: OrderedDict[object, bytes] = OrderedDict()

    async def shown(self, shown: Shown, skip: int) -> bytes:
        """What `write_shown` returns, `packed`; BusyError if too many ask."""
        return await self._answer((shown, skip), _packed_shown, shown, skip)

    async def held_out(self) -> bytes:
        """What `write_held_out` returns, `packed`; BusyError if too many ask."""
        return await self._answer("held out", _packed_held_out)

    async def _answer(self, key: object, work: Callable[..., bytes], *arguments: Any) -> bytes:
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]

        def write(_: object) -> object:
            if key not in self._kept:  # somebody may have asked the same while this one waited
                self._keep(key, self._in_process(work, *arguments))
            return self._kept[key]

        answer = await self._queue.queued(write)(None)
        assert isinstance(answer, bytes)
        return answer

    def _keep(self, key: object, answer: bytes) -> None:
        self._kept[key] = answer
        while sum(map(len, self._kept.values())) > MOST_KEPT and len(self._kept) > 1:
            self._kept.popitem(last=False)

    def _in_process(self, work: Callable[..., bytes], *arguments: Any) -> bytes:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")  # threads do not survive a fork
            self._pool = ProcessPoolExecutor(1, context, step_back, (_LESS_URGENT,))
        try:
            return self._pool.submit(work, *arguments).result()
        except BrokenProcessPool:
            self._pool = None  # a new one for the next request
            raise BusyError("The process that writes has ended. Ask again.") from None


def packed(examples: Examples, told: np.ndarray, group: np.ndarray) -> bytes:
    """Examples as bytes, compressed with gzip.

    Returns:
        n × 784 grey levels; then, n bytes each, the labels told, what the digits really are, and
        their groups.
    """
    parts = [examples.images, *(part.astype(np.uint8) for part in (told, examples.labels, group))]
    return gzip.compress(b"".join(np.ascontiguousarray(part).tobytes() for part in parts), 1)


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
    if count > MOST_AT_ONCE:
        raise UserError(
            f"At most {MOST_AT_ONCE:,} digits are written at once, and these are {count:,}: "
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


def written_routes() -> list[Route]:
    """``GET /written?digits=…`` (the words of `Shown`) and ``GET /written/held-out``."""
    writer = Writer()

    async def serve_shown(request: Request) -> Response:
        try:
            shown, skip = asked_for(request.query_params)
        except UserError as error:
            return JSONResponse({"error": str(error)}, 400)
        return await _answer(request, writer.shown(shown, skip))

    async def serve_held_out(request: Request) -> Response:
        return await _answer(request, writer.held_out())

    return [Route("/written", serve_shown), Route("/written/held-out", serve_held_out)]


async def _answer(request: Request, digits: Any) -> Response:
    try:
        content: bytes = await digits
    except BusyError as error:
        return JSONResponse({"error": str(error)}, 503)
    headers = {"cache-control": f"public, max-age={_KEPT_FOR}", "vary": "accept-encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
    else:
        content = await asyncio.to_thread(gzip.decompress, content)
    return Response(content, headers=headers, media_type="application/octet-stream")
