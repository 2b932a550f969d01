"""What a request may carry, and how many there may be at once."""

import contextlib

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LARGEST_BODY = 2_000_000  # bytes; the fullest drawing that the page sends is a quarter of a million
MOST_DISCARDED = 100_000_000  # bytes of a body that is too large; then the connection is closed


class BodyLimit:
    """ASGI middleware that refuses large bodies: to parse one would stall everybody's drawing.

    It refuses files, too: the page sends none, and Gradio would keep them.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 413."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["path"].rstrip("/").endswith("gradio_api/upload"):
            await _discard(receive)
            answer = JSONResponse({"error": "This server takes no files."}, 403)
            await answer(scope, receive, send)
            return
        headers = dict(scope["headers"])
        length = headers.get(b"content-length", b"0")
        is_small = length.isdigit() and int(length) <= LARGEST_BODY
        if is_small and b"transfer-encoding" in headers:  # it doesn't say how long it is
            is_small, receive = await _read_up_to_limit(receive)
        if is_small:
            await self.app(scope, receive, send)
        else:
            await _discard(receive)
            sentence = f"The body of a request is at most {LARGEST_BODY:,} bytes."
            await JSONResponse({"error": sentence}, 413)(scope, receive, send)


def allow_many_connections() -> None:
    """As many as the system allows this process: each is a file, and the usual limit is 1,024."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


async def _discard(receive: Receive) -> None:
    """Let the sender finish, within reason: who is still sending does not hear the answer."""
    size = 0
    while size < MOST_DISCARDED:
        message = await receive()
        size += len(message.get("body", b""))
        if not message.get("more_body"):
            break


async def _read_up_to_limit(receive: Receive) -> tuple[bool, Receive]:
    """Whether the body ends within the limit, and a `receive` that gives what was read again."""
    messages = []
    size = 0
    while size <= LARGEST_BODY:
        messages.append(await receive())
        size += len(messages[-1].get("body", b""))
        if not messages[-1].get("more_body"):
            break

    async def again():
        return messages.pop(0) if messages else await receive()

    return size <= LARGEST_BODY, again
