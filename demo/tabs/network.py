"""The network: all layers in one frame, and any map of them opened; asked about at /network.

It is asked twenty times a second. Pens go first: all pages share one thread, which rests longer
than it works while drawings wait (`Queues.stage`). Each page waits for an answer, then asks about
its newest drawing (`assets/shared/question.js`).
"""

import json
import struct
from typing import Any

import gradio as gr
import numpy as np
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from demo.server.assets import asset
from demo.server.priority_queue import Queues
from demo.server.wire_format import errors_as_data
from demo.tabs.tab import create_tab, part, pixels_of, rounded
from mnist_model import Classifier
from mnist_model.explain import (
    Layer,
    LayerFlow,
    LayerOutput,
    Unit,
    checked_layer,
    difference,
    flow,
    layer_outputs,
    unit,
)

# Not `GZipMiddleware`: it would compress on the loop that the pens' answers come from.
_HEADERS = {"content-encoding": "identity"}


def create_network(_: Classifier, __: Queues) -> gr.HTML:
    """The tab: it asks at its own route."""
    return create_tab("network", css=asset("tabs/network/network.css"))


def network_route(classifier: Classifier, queues: Queues) -> Route:
    """``POST /network`` with a question as JSON; the answer is `_packed`, or an error as JSON.

    A question has "pixels", and "digit", "count" and "shown" as `flow` takes them; or "pinned", the
    pixels of another drawing, and "count" and "shown" as `difference` takes them; or "open" with a
    layer's number and, for one pixel's arithmetic, "channel", "row" and "column".
    """

    def ask(question: Any):
        pixels = pixels_of(question)
        if question.get("pinned") is not None:
            return _compared(classifier, pixels, question)
        if question.get("open") is None:
            return _network(classifier, pixels, question)
        return _opened(layer_outputs(classifier, pixels), question["open"])

    answer = errors_as_data(queues.stage.queued(ask))

    async def serve(request: Request) -> Response:
        try:
            question = json.loads(await request.body())
        except (ValueError, RecursionError):
            return JSONResponse({"error": "A question is sent as JSON."}, 400)
        found = await answer(question)
        if isinstance(found, bytes):
            return Response(found, media_type="application/octet-stream", headers=_HEADERS)
        return JSONResponse(found)

    return Route("/network", serve, methods=["POST"])


def _packed(head: dict[str, Any], *arrays: np.ndarray) -> bytes:
    """A length (uint32), the head as JSON, and arrays: all bytes little-endian, row by row."""
    text = json.dumps(head, separators=(",", ":")).encode()
    return b"".join([struct.pack("<I", len(text)), text, *(array.tobytes() for array in arrays)])


def _network(classifier: Classifier, pixels: np.ndarray, question: dict[str, Any]) -> bytes:
    count, shown = part(question, "count", int, 8), part(question, "shown", list, [])
    found = flow(classifier, pixels, question.get("digit"), count, shown)
    layers, maps = [], [_bytes(found.drawing, 1.0)]
    before = [0]
    for layer_flow in found.layers:
        values = layer_flow.maps[..., layer_flow.shown]
        highest = _highest(values)
        layers.append({**_description(layer_flow.layer, highest), **_flowing(layer_flow, before)})
        maps.append(_bytes(values, highest, layer_flow.layer.is_signed))
        before = layer_flow.shown
    logits = rounded(found.logits, 3)
    return _packed({"digit": found.digit, "logits": logits, "layers": layers}, *maps)


def _compared(classifier: Classifier, pixels: np.ndarray, question: dict[str, Any]) -> bytes:
    """Both drawings' maps on one scale, the pinned drawing's first; without poolings."""
    pinned = pixels_of(question, "pinned")
    count, shown = part(question, "count", int, 3), part(question, "shown", list, [])
    drawings, found = difference(classifier, pixels, pinned, count, shown)
    layers, maps = [], [_bytes(drawing[..., None], 1.0) for drawing in drawings]
    for index, compared in enumerate(found):
        if not compared.layer.sees_all:
            continue
        highest = _highest(compared.maps)
        highests = rounded(np.abs(compared.maps).max(axis=(1, 2)))
        described = {"number": index, **_description(compared.layer, highest)}
        layers.append({**described, "shown": compared.shown, "highests": highests})
        maps += [_bytes(values, highest, compared.layer.is_signed) for values in compared.maps]
    shown = [*(compared.shown for compared in found), []]  # and of the scores
    return _packed({"shown": shown, "layers": layers}, *maps)


def _flowing(layer: LayerFlow, before: list[int]) -> dict[str, Any]:
    """What the shown maps add to the score, and what of it comes from the shown maps before."""
    flowing = {"shown": layer.shown, "contributions": rounded(layer.contributions[layer.shown])}
    if layer.incoming is not None:
        flowing["incoming"] = rounded(layer.incoming[before])
    return flowing


def _opened(outputs: list[LayerOutput], place: Any) -> bytes:
    """All maps of a layer; with a channel, one map and the arithmetic of one of its pixels."""
    index = part(place, "layer", int)
    layer = checked_layer(outputs, index)
    maps = outputs[index].maps
    highest = _highest(maps)
    head = {"number": index, **_description(layer, highest)}
    if place.get("channel") is None:
        return _packed(head, _bytes(maps, highest, layer.is_signed))
    channel = part(place, "channel", int)
    pixel = None
    if place.get("row") is not None:
        pixel = part(place, "row", int), part(place, "column", int)
    found = unit(outputs, index, channel, pixel)
    inputs = outputs[index].inputs[..., found.channels]
    brightest = _highest(inputs)
    is_signed = index > 0 and outputs[index - 1].layer.is_signed
    kernels = np.zeros(0) if found.kernels is None else found.kernels
    arrays = (kernels, found.patches, found.sums)
    floats = [np.ascontiguousarray(array, "<f4") for array in arrays]
    seen = {"side": inputs.shape[0], "highest": round(brightest, 4), "isSigned": is_signed}
    head |= {"channel": channel, "input": seen, "stride": layer.stride, "before": layer.before}
    head["unit"] = _arithmetic(found)
    map_ = maps[..., channel : channel + 1]
    pictures = _bytes(map_, highest, layer.is_signed), _bytes(inputs, brightest, is_signed)
    return _packed(head, *floats, *pictures)


def _arithmetic(found: Unit) -> dict[str, Any]:
    """All of a unit but its arrays."""
    plain = {name: part for name, part in vars(found).items() if not isinstance(part, np.ndarray)}
    return {
        **plain,
        "size": found.patches.shape[1],
        "hasKernels": found.kernels is not None,
        "isRectified": found.is_rectified,
    }


def _description(layer: Layer, highest: float) -> dict[str, Any]:
    return {
        "name": layer.name,
        "kind": layer.kind,
        "shape": layer.shape,
        "parameters": layer.parameters,
        "isSigned": layer.is_signed,
        "highest": round(highest, 4),
    }


def _highest(values: np.ndarray) -> float:
    return max(float(np.abs(values).max()), 1e-6)


def _bytes(values: np.ndarray, highest: float, is_signed: bool = False) -> np.ndarray:
    """``(height, width, channels)`` as bytes, map by map: 0 is zero, 255 is ``highest``.

    If signed, 128 is zero, and 1 and 255 are the highest in either direction.
    """
    scaled = 128 + values * (127 / highest) if is_signed else values * (255 / highest)
    return np.rint(scaled).clip(0, 255).astype(np.uint8).transpose(2, 0, 1)
