"""What a request may carry, and how many there may be at once."""

import contextlib
import json
import re
from typing import Any

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 2_000_000  # bytes; the fullest drawing that the page sends is a quarter of a million
MAX_DISCARDED = 100_000_000  # bytes of a body that is refused; then the connection is closed
# What the page and Gradio's clients ask of Gradio. Left out is all that takes a file, keeps one,
# or fetches one from another address: upload, file, proxy, deep_link, process_recording, ...
GRADIO_ROUTES = {
    *("api", "call", "cancel", "component_server", "heartbeat", "info", "openapi.json", "queue"),
    *("reset", "run", "startup-events", "theme.css"),
    *("app_id", "login_check", "token", "user"),
}
_FILE_TYPE = "gradio.FileData"  # Gradio downloads the address in an object of this type


class RequestLimits:
    """ASGI middleware that refuses large bodies and files.

    To parse a large body would stall everybody's drawing. Files are none of this page's business:
    Gradio would keep them, and would download those of which it is given an address.
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
        if _is_of_files(scope["path"]) or b"multipart" in headers.get(b"content-type", b"").lower():
            await _discard(receive)
            await _refuse(403, "This server takes no files.", scope, receive, send)
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
            await _refuse(400, "The body of a request is JSON.", scope, receive, send)
            return
        if has_file:
            await _refuse(403, "This server takes no files.", scope, receive, send)
            return
        await self.app(scope, _again(body, receive), send)


_TOO_LARGE = f"The body of a request is at most {MAX_BODY:,} bytes."


def names_file(body: bytes) -> bool:
    """Whether a body of JSON holds a file for Gradio, at any depth.

    Raises:
        ValueError, RecursionError: if that cannot be said, since it is no JSON.
    """
    if _FILE_TYPE.encode() in body:
        return True
    # Without an escape, and without the zeros of UTF-16 and UTF-32, it can be written in no other
    # way. A drawing has none of them, and is not parsed here.
    if b"\\" not in body and b"\0" not in body:
        return False
    found = False

    def look(pairs: list[tuple[str, Any]]) -> None:
        nonlocal found
        found = found or _FILE_TYPE in [value for _, value in pairs]

    json.loads(body, object_pairs_hook=look)
    return found


def _is_of_files(path: str) -> bool:
    route = re.search("/gradio_api/+([^/=]*)", path)
    return route is not None and route[1] not in GRADIO_ROUTES


def allow_many_connections() -> None:
    """As many as the system allows this process: each is a file, and the usual limit is 1,024."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


async def _refuse(status: int, sentence: str, scope: Scope, receive: Receive, send: Send) -> None:
    await JSONResponse({"error": sentence}, status)(scope, receive, send)


async def _discard(receive: Receive) -> None:
    """Let the sender finish, within reason: who is still sending does not hear the answer."""
    size = 0
    while size < MAX_DISCARDED:
        message = await receive()
        size += len(message.get("body", b""))
        if not message.get("more_body"):
            break


async def _read(receive: Receive) -> bytes | None:
    """The body, or as much of it as shows that it is too large; None if its sender hangs up."""
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
    """A `receive` that gives a body that has been read, and then what comes after it."""
    is_given = False

    async def again() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body}

    return again
