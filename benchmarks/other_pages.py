"""What the page is compared with: python -m benchmarks.other_pages sketchpad|stub"""

import os
import sys

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import gradio as gr
import numpy as np
from PIL import Image
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mnist_model.read.classifier import DEFAULT, MODEL, TRAINED


def sketchpad() -> None:
    """What most demos do: a gr.Sketchpad, a change event, model.predict on the shrunk canvas."""
    import keras

    model = keras.saving.load_model(TRAINED / DEFAULT / MODEL, compile=False)

    def read(drawing):
        grey = Image.fromarray(drawing["composite"]).convert("L").resize((28, 28))
        pixels = 255 - np.asarray(grey, np.float32)
        logits = model.predict(pixels[None, :, :, None], verbose=0)[0]
        probabilities = np.exp(logits - logits.max())
        return {str(digit): float(p) for digit, p in enumerate(probabilities / probabilities.sum())}

    with gr.Blocks() as page, gr.Row():
        pad = gr.Sketchpad(canvas_size=(400, 400), brush=gr.Brush(default_size=30), label="pad")
        label = gr.Label(num_top_classes=10, elem_id="answer")
        pad.change(read, pad, label, show_progress="hidden")
    page.launch(run_history=False, ssr_mode=False)


def stub() -> None:
    """A page that answers every request at once, without reading: what HTTP alone costs."""

    async def read(request):
        await request.json()
        return JSONResponse({"digit": None})

    async def network(request):
        await request.json()
        return Response(bytes(4))  # an empty head

    with gr.Blocks(analytics_enabled=False) as page:
        gr.HTML("Nothing")
    routes = [Route("/read", read, methods=["POST"]), Route("/network", network, methods=["POST"])]
    page.launch(share=False, pwa=False, ssr_mode=False, quiet=True, app_kwargs={"routes": routes})


if __name__ == "__main__":
    {"sketchpad": sketchpad, "stub": stub}[sys.argv[1]]()
