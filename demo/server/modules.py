"""Serves the browser's ES modules and their files, and makes the script that loads a module.

Their address contains a hash of all files: browsers may cache them for ever, relative imports stay
within one version, and a page from before an update gets a 404 instead of mixed versions.
"""

import functools
import gzip
import hashlib
import json
from pathlib import PurePath

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from demo.server.assets import ASSETS
from demo.server.bundle import BUNDLE, bundled
from demo.texts import TEXTS

_TYPES = {
    ".js": "text/javascript",
    ".wasm": "application/wasm",
    ".css": "text/css",
    ".html": "text/html",
    ".json": "application/json",
}
_FIRST = ("pad/sketchpad.js", "stage/tour.js", "tabs/network/network.js")  # of the first screen
_SOURCES = {
    path.relative_to(ASSETS).as_posix(): path.read_bytes()
    for path in sorted(ASSETS.rglob("*"))
    if path.suffix in _TYPES
}
_FILES = _SOURCES | bundled(_SOURCES, _FIRST)
VERSION = hashlib.sha256(
    b"".join(name.encode() + b"\0" + content + b"\0" for name, content in _FILES.items())
).hexdigest()[:16]
_FOR_EVER = {"cache-control": "public, max-age=31536000, immutable"}
_LARGE = 1_000  # bytes and more are sent compressed

# Gradio runs this with `element`, `props` and `server`. It retries, since connections break.
_LOADER = """
const { pathname } = new URL(window.gradio_config?.root || "./", location.href);
const root = location.origin + pathname.replace(/\\/$/, "");
const load = () => import(`${root}/modules/%(version)s/%(name)s`);
const words = document.createElement("p");
words.setAttribute("role", "alert");
const tell = (error) => {
  console.error(error);
  const sentences = %(sentences)s;
  words.lang = (navigator.languages ?? []).map((tag) => tag.split("-")[0])
    .find((tag) => tag in sentences) ?? "en";
  words.textContent = sentences[words.lang];
  element.classList.add("unloaded");
  element.prepend(words);
};
const start = (tries) => load()
  .then(({ mount }) => mount({ element, props, server }))
  .then(() => {
    element.classList.remove("unloaded");
    words.remove();
  })
  .catch((error) => {
    if (tries) tell(error);
    if (!element.isConnected || tries === %(tries)s) return;
    setTimeout(() => start(tries + 1), 1000 * (tries + 1));
  });
start(0);
"""
_MAX_TRIES = 20  # with growing pauses: three and a half minutes


def loader(name: str) -> str:
    """The ``js_on_load`` of a component whose module is ``assets/<name>``.

    The module exports ``mount({element, props, server})``. If it cannot be loaded, the visitor sees
    a message.
    """
    sentences = {language: texts["load_failed"] for language, texts in TEXTS.items()}
    return _LOADER % {
        "version": VERSION,
        "name": name,
        "tries": _MAX_TRIES,
        "sentences": json.dumps(sentences, ensure_ascii=False),
    }


def preload() -> str:
    """HTML that fetches the modules of the first screen while Gradio is still on its way."""
    names = (BUNDLE, *_FIRST)
    return "".join(f'<link rel="modulepreload" href="modules/{VERSION}/{name}">' for name in names)


@functools.cache
def _compressed(name: str) -> bytes:
    return gzip.compress(_FILES[name])


def modules() -> Route:
    """The route of the modules: ``/modules/<version>/<name>``."""

    def serve(request: Request) -> Response:
        name = request.path_params["name"]
        content = _FILES.get(name)
        if content is None or request.path_params["version"] != VERSION:
            return Response("There is no such module.", 404, media_type="text/plain")
        headers = dict(_FOR_EVER)
        if len(content) > _LARGE and "gzip" in request.headers.get("accept-encoding", ""):
            content = _compressed(name)
            headers |= {"content-encoding": "gzip", "vary": "accept-encoding"}
        return Response(content, headers=headers, media_type=_TYPES[PurePath(name).suffix])

    return Route("/modules/{version}/{name:path}", serve)
