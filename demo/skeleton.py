"""Changes Gradio's page before it is sent: outlines, and addresses at the page's own origin.

Gradio's own page is blank until its script has come, and then says "Loading...": on a slow link for
many seconds.

Gradio writes the address of its root into the page, as the request's headers tell it. Behind a
proxy that passes no Host header that is an address of the inside, which no visitor can reach.
"""

import html
import re
from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from demo.server.assets import asset
from demo.server.modules import preload
from demo.texts import TEXTS

_BEFORE = b"<gradio-app"
_ROOT = re.compile(rb'("root":|const root = )"(?:https?://[^/"]*)?([^"]*)"')  # twice in the page


class Skeleton:
    """ASGI middleware that puts the outlines into Gradio's empty page.

    It also takes the origin out of the root's address, so that the page asks where it came from.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app
        self._skeletons = {language: skeleton(texts) for language, texts in TEXTS.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; into a page that comes back goes the skeleton."""
        is_page = scope["type"] == "http" and scope["method"] == "GET"
        if not (is_page and scope["path"].endswith("/")):
            await self.app(scope, receive, send)
            return
        headers: Mapping[bytes, bytes] = dict(scope["headers"])
        wanted = headers.get(b"accept-language", b"").decode("latin-1")
        inserted = self._skeletons[preferred(wanted)]
        start: Message = {}
        body = bytearray()

        async def insert(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            page = at_own_origin(bytes(body)).replace(_BEFORE, inserted + _BEFORE, 1)
            start["headers"] = [
                (name, str(len(page)).encode() if name == b"content-length" else value)
                for name, value in start["headers"]
            ]
            await send(start)
            await send({"type": "http.response.body", "body": page})

        await self.app(scope, receive, insert)


def at_own_origin(page: bytes) -> bytes:
    """Gradio's page with the path of its root alone; without a path, the folder of the page."""
    return _ROOT.sub(lambda root: b'%b"%b"' % (root[1], root[2] or b"./"), page)


def skeleton(texts: Mapping[str, str]) -> bytes:
    """The outlines in one language, the modules to load and the frame's script, as HTML."""
    filled = asset("page/skeleton.html")
    for name in ("title", "subtitle", "subtitle_reads"):
        filled = filled.replace(f"{{{name}}}", html.escape(texts[name]))
    return f"{preload()}\n{filled}<script>\n{asset('shared/frame.js')}</script>\n".encode()


def preferred(accepted: str) -> str:
    """The language of the page that an Accept-Language header names first; else English."""
    tags = re.findall(r"(?:^|,)\s*([A-Za-z]+)", accepted)
    return next((tag.lower() for tag in tags if tag.lower() in TEXTS), "en")
