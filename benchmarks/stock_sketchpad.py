"""What most demos do, for comparison: a gr.Sketchpad, a change event and model.predict."""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr
import keras
import numpy as np
from PIL import Image

from mnist_model.read.classifier import DEFAULT, MODEL, TRAINED

model = keras.saving.load_model(TRAINED / DEFAULT / MODEL, compile=False)


def read(drawing: dict) -> dict[str, float]:
    """The whole canvas shrunk to 28×28, inverted and shown to the same model."""
    grey = Image.fromarray(drawing["composite"]).convert("L").resize((28, 28))
    pixels = 255 - np.asarray(grey, np.float32)
    logits = model.predict(pixels[None, :, :, None], verbose=0)[0]
    probabilities = np.exp(logits - logits.max())
    return {str(digit): float(p) for digit, p in enumerate(probabilities / probabilities.sum())}


with gr.Blocks() as demo:
    with gr.Row():
        pad = gr.Sketchpad(canvas_size=(400, 400), brush=gr.Brush(default_size=30), label="pad")
        label = gr.Label(num_top_classes=10, elem_id="answer")
    pad.change(read, pad, label, show_progress="hidden")

if __name__ == "__main__":
    demo.launch(run_history=False, ssr_mode=False)
