"""Limits of a request's body and of the number of connections."""

import contextlib
import json
import re
from typing import Any

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 2_000_000  # bytes; the largest drawing of the page has a quarter of a million
MAX_DISCARDED = 100_000_000  # bytes of a refused body; then the connection is closed
# The routes that the page and Gradio's clients need. Not those that take, keep or download a file:
# upload, file, proxy, deep_link, process_recording, ...
GRADIO_ROUTES = {
    *("api", "call", "cancel", "component_server", "heartbeat", "info", "openapi.json", "queue"),
    *("reset", "run", "startup-events", "theme.css"),
    *("app_id", "login_check", "token", "user"),
}
_FILE_TYPE = "gradio.FileData"  # Gradio downloads the address in an object of this type


class RequestLimits:
    """ASGI middleware that refuses large bodies and files.

    Parsing a large body would delay all readings. Gradio would keep files, and would download files
    from any address in a request.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 400, 403 or 413."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        if (
            _is_file_route(scope["path"])
            or b"multipart" in headers.get(b"content-type", b"").lower()
        ):
            await _discard(receive)
            await _refuse(403, "This server accepts no files.", scope, receive, send)
            return
        length = headers.get(b"content-length", b"0")
        if not (length.isdigit() and int(length) <= MAX_BODY):
            await _discard(receive)
            await _refuse(413, _TOO_LARGE, scope, receive, send)
            return
        if length == b"0" and b"transfer-encoding" not in headers:
            await self.app(scope, receive, send)
            return
        body = await _read(receive)
        if body is None:
            return
        if len(body) > MAX_BODY:
            await _discard(receive)
            await _refuse(413, _TOO_LARGE, scope, receive, send)
            return
        try:
            has_file = names_file(body)
        except (ValueError, RecursionError):
            await _refuse(400, "The body of a request must be JSON.", scope, receive, send)
            return
        if has_file:
            await _refuse(403, "This server accepts no files.", scope, receive, send)
            return
        await self.app(scope, _again(body, receive), send)


_TOO_LARGE = f"The body of a request may have at most {MAX_BODY:,} bytes."


def names_file(body: bytes) -> bool:
    """Whether a body contains a file for Gradio, at any depth.

    Raises:
        ValueError, RecursionError: if the body is not JSON.
    """
    if _FILE_TYPE.encode() in body:
        return True
    # Only an escape, or UTF-16 and UTF-32 with their zeros, can write the type in another way. A
    # drawing has none of them, so it is not parsed here.
    if b"\\" not in body and b"\0" not in body:
        return False
    found = False

    def look(pairs: list[tuple[str, Any]]) -> None:
        nonlocal found
        found = found or _FILE_TYPE in [value for _, value in pairs]

    json.loads(body, object_pairs_hook=look)
    return found


def _is_file_route(path: str) -> bool:
    route = re.search("/gradio_api/+([^/=]*)", path)
    return route is not None and route[1] not in GRADIO_ROUTES


def allow_many_connections() -> None:
    """Raise the limit of open files, of 1,024 mostly, as far as the system allows."""
    try:
        import resource
    except ImportError:  # on Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


async def _refuse(status: int, sentence: str, scope: Scope, receive: Receive, send: Send) -> None:
    await JSONResponse({"error": sentence}, status)(scope, receive, send)


async def _discard(receive: Receive) -> None:
    """Read and drop the rest of a body: a client that is still sending does not read the answer."""
    size = 0
    while size < MAX_DISCARDED:
        message = await receive()
        size += len(message.get("body", b""))
        if not message.get("more_body"):
            break


async def _read(receive: Receive) -> bytes | None:
    """The body, or more than `MAX_BODY` bytes of it; None if the client disconnects."""
    body = bytearray()
    while len(body) <= MAX_BODY:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """A `receive` that returns a body that has been read, and then what comes after it."""
    bodies = [body]

    async def again() -> Message:
        return {"type": "http.request", "body": bodies.pop()} if bodies else await receive()

    return again
