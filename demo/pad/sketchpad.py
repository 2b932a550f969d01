"""The sketchpad: a canvas that sends its strokes, and the reading beside it.

A `gr.HTML` with its own canvas, because `gr.Sketchpad` sends pictures, and only after the pen was
lifted. `/read` (`read_route`) reads strokes; server functions read pictures and earlier moments.
"""

import base64
import io
import json
from typing import Any

import gradio as gr
from PIL import Image

from demo.pad.examples import examples
from demo.server.assets import asset
from demo.server.component import create_component
from demo.server.priority_queue import Priority, Queues
from demo.server.wire_format import (
    drawing_for_page,
    picture_for_page,
    reading_for_page,
    too_many_for_page,
)
from mnist_model import Classifier, TooManyDigitsError, UserError, first_points

_MAX_MOMENTS = 40
_MAX_MOMENT_POINTS = 2_000  # of a drawing whose moments are read, all of them
_MAX_PICTURE = 1_500_000  # characters of base64; the page sends 512 × 512 pixels at most
_MAX_SIDE = 1_024  # pixels


def create_sketchpad(classifier: Classifier, queues: Queues) -> gr.HTML:
    """A pad that shows the reading of the drawing, many times within a stroke.

    Args:
        classifier: reads pictures and earlier moments of a drawing.
        queues: hold these requests.
    """

    def read_picture(png: Any):
        picture = _decoded(png)
        try:
            return picture_for_page(classifier.read_number_image(picture))
        except TooManyDigitsError:
            return too_many_for_page(classifier.classify_image(picture))

    def read_moments(question: Any):
        return _moments(classifier, question)

    asked = [queues.readings.queued(ask, Priority.PAD) for ask in (read_picture, read_moments)]
    css = asset("pad/sketchpad.css") + asset("pad/layouts.css")
    return create_component("pad/sketchpad", css, asked, examples=json.dumps(examples()))


def _decoded(png: object) -> Image.Image:
    """A picture from base64 of a PNG file; UserError for anything else."""
    if not isinstance(png, str) or len(png) > _MAX_PICTURE:
        raise UserError(f"A picture is sent as at most {_MAX_PICTURE:,} characters of base64.")
    try:
        picture = Image.open(io.BytesIO(base64.b64decode(png, validate=True)), formats=("PNG",))
        is_small = max(picture.size) <= _MAX_SIDE  # before any pixel is decoded
        if is_small:
            picture.load()
    except Exception as error:  # a damaged file makes Pillow's decoders raise nearly anything
        raise UserError("The picture is not a PNG that can be read.") from error
    if not is_small:
        raise UserError(f"A picture is sent with at most {_MAX_SIDE:,} pixels a side.")
    return picture


def _moments(classifier: Classifier, question: object) -> list[dict[str, Any]]:
    """Readings of the first so many points of a drawing: ``strokes`` and ``counts``."""
    if not isinstance(question, dict) or not {"strokes", "counts"} <= question.keys():
        raise UserError('The moments of a drawing are asked for with its "strokes" and "counts".')
    counts = question["counts"]
    if not isinstance(counts, list) or len(counts) > _MAX_MOMENTS:
        raise UserError(f'"counts" is a list of at most {_MAX_MOMENTS} numbers of points.')
    strokes = question["strokes"]
    if isinstance(strokes, list):
        points = sum(len(stroke) for stroke in strokes if isinstance(stroke, list))
        if points > _MAX_MOMENT_POINTS:
            raise UserError(f"A drawing of over {_MAX_MOMENT_POINTS:,} points has no moments.")
    whole = first_points(strokes, _MAX_MOMENT_POINTS)  # lists become arrays once
    beginnings = [first_points(whole, count) for count in counts]
    try:
        is_number = "number" in drawing_for_page(classifier.read_number(whole))
    except TooManyDigitsError:
        is_number = False
    if not is_number:
        return [reading_for_page(reading) for reading in classifier.classify_many(beginnings)]
    readings = [drawing_for_page(classifier.read_number(strokes)) for strokes in beginnings]
    return [{name: reading[name] for name in reading if name != "number"} for reading in readings]
