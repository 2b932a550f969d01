"""A page that reads nothing: python -m benchmarks.stub_page

For comparison only: what `benchmarks/load.py` measures the app against. It takes the same requests
and says at once that it read nothing, so that the rest is what Gradio, HTTP and JSON cost. The same
answer is there as a server function of Gradio's, for `benchmarks/route.py`.
"""

import os

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import gradio as gr
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

NOTHING = {"digit": None}


def read(strokes):
    """Nothing, whatever was drawn."""
    return NOTHING


async def serve(request: Request) -> JSONResponse:
    """Nothing, by a plain route."""
    await request.json()
    return JSONResponse(NOTHING)


async def serve_network(request: Request) -> Response:
    """An empty head, as bytes."""
    await request.json()
    return Response(bytes(4), media_type="application/octet-stream")


with gr.Blocks(analytics_enabled=False) as page:
    gr.HTML("Nothing", server_functions=[read])

if __name__ == "__main__":
    page.launch(
        share=False,
        pwa=False,
        ssr_mode=False,
        quiet=True,
        app_kwargs={
            "routes": [
                Route("/read", serve, methods=["POST"]),
                Route("/network", serve_network, methods=["POST"]),
            ]
        },
    )
