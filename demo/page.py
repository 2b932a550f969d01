"""Puts the page together."""

from typing import Any

import gradio as gr
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from demo.pad.sketchpad import create_sketchpad
from demo.server.assets import ASSETS
from demo.server.blocks import Blocks
from demo.server.errors import ErrorAnswers, errors_for_api
from demo.server.headers import SecurityHeaders
from demo.server.health import health
from demo.server.limits import RequestLimits
from demo.server.modules import modules
from demo.server.priority_queue import Queues
from demo.server.read_route import read_route
from demo.server.wire_format import number_for_api, reading_for_api
from demo.skeleton import Skeleton
from demo.tabs import TABS, create_tabs
from demo.tabs.network import network_route
from demo.tabs.teach import written_route
from demo.tabs.tour import create_tour
from demo.texts import TEXTS
from demo.theme import theme
from mnist_model import Classifier, MicroBatcher

TITLE = "Draw a digit"
MAX_SESSIONS = 500  # that Gradio remembers, 40 kB each; nothing is kept in them
COMPRESSED = 10_000  # bytes and more: the page itself, but no reading


def create_page(classifier: Classifier, batcher: MicroBatcher, queues: Queues) -> gr.Blocks:
    """The page and its API.

    Args:
        classifier: that questions are asked of.
        batcher: the same, reading what is being drawn.
        queues: that its slow answers wait in.

    Returns:
        Blocks to be launched with `launch_options`.
    """

    async def classify(strokes: list[list[list[float]]]) -> dict[str, Any]:
        """Read a drawing: a list of strokes, each a list of [x, y] points, y downwards."""
        with errors_for_api():
            return reading_for_api(await batcher.classify(strokes))

    async def read_number(strokes: list[list[list[float]]]) -> dict[str, Any]:
        """Read a whole number, digit by digit: a list of strokes, as for /classify."""
        with errors_for_api():
            return number_for_api(await batcher.read_number(strokes))

    with Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as page:
        with gr.Row(elem_id="workbench"):
            with gr.Column(elem_id="pad"):
                create_sketchpad(classifier, queues)
            with gr.Column(elem_id="stage"):
                create_tour(list(TABS))
                create_tabs(classifier, queues, gr.I18n(**TEXTS))
        page.space_id = None  # else, on a Space, Gradio asks huggingface.co and Google for a header
        gr.api(classify, api_name="classify", concurrency_limit=None)
        gr.api(read_number, api_name="read_number", concurrency_limit=None)
    return page


def launch_options(classifier: Classifier, batcher: MicroBatcher, queues: Queues) -> dict[str, Any]:
    """What the page needs `launch` to know: its looks, its limits, nothing of the visitor kept."""
    return {
        "theme": theme(),
        "i18n": gr.I18n(**TEXTS),  # the browser's language chooses
        "css_paths": [ASSETS / "page/page.css", ASSETS / "stage/presenting.css"],
        "favicon_path": ASSETS / "page/favicon.svg",
        "footer_links": [],
        "max_file_size": "1mb",
        "app_kwargs": {
            "routes": [
                health(batcher),
                modules(),
                read_route(batcher),
                network_route(classifier, queues),
                written_route(queues),
            ],
            "middleware": [
                Middleware(SecurityHeaders),
                Middleware(RequestLimits),
                Middleware(GZipMiddleware, minimum_size=COMPRESSED),
                Middleware(Skeleton),
                Middleware(ErrorAnswers),
            ],
        },
        "state_session_capacity": MAX_SESSIONS,
        "run_history": False,
        "share": False,
        "pwa": False,
        "ssr_mode": False,
        "_frontend": False,  # else Gradio ends the app if its first page takes over three seconds
    }
