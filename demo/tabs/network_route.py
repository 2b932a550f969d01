"""The network on the stage, asked about twenty times a second: /network.

Pens go first: all stages share one thread, which rests longer than it works where several ask
(`Queues.stage`). Each page waits for an answer, then asks about its newest drawing
(`assets/shared/question.js`).
"""

import json
import struct
from typing import Any

import numpy as np
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from demo.server.priority_queue import Queues
from demo.server.wire_format import errors_as_data
from demo.tabs.tab import part, pixels_of, rounded
from mnist_model import Classifier, UserError
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
    for one in found.layers:
        values = one.maps[..., one.shown]
        highest = _highest(values)
        layers.append({**_description(one.layer, highest), **_flowing(one, before)})
        maps.append(_bytes(values, highest, one.layer.is_signed))
        before = one.shown
    logits = rounded(found.logits, 3)
    return _packed({"digit": found.digit, "logits": logits, "layers": layers}, *maps)


def _compared(classifier: Classifier, pixels: np.ndarray, question: dict[str, Any]) -> bytes:
    """Both drawings' maps on one scale, the pinned drawing's first; without poolings."""
    pinned = pixels_of(question, "pinned")
    count, shown = part(question, "count", int, 3), part(question, "shown", list, [])
    found = difference(classifier, pixels, pinned, count, shown)
    layers, maps = [], [_bytes(one[..., None], 1.0) for one in found.drawings]
    for index, one in enumerate(found.layers):
        if not one.layer.sees_all:
            continue
        highest = _highest(one.maps)
        layers.append(
            {
                "number": index,
                **_description(one.layer, highest),
                "shown": one.shown,
                "highests": rounded(np.abs(one.maps).max(axis=(1, 2))),
            }
        )
        maps += [_bytes(values, highest, one.layer.is_signed) for values in one.maps]
    shown = [*(one.shown for one in found.layers), []]  # and of the scores
    return _packed({"digits": found.digits, "shown": shown, "layers": layers}, *maps)


def _flowing(one: LayerFlow, before: list[int]) -> dict[str, Any]:
    """What the shown maps add to the score, and what of it comes from the shown maps before."""
    flowing = {"shown": one.shown, "contributions": rounded(one.contributions[one.shown])}
    if one.incoming is not None:
        flowing["incoming"] = rounded(one.incoming[before])
    return flowing


def _opened(outputs: list[LayerOutput], place: Any) -> bytes:
    """All maps of a layer; with a channel, one map and the arithmetic of one of its pixels."""
    if not isinstance(place, dict):
        raise UserError('An open layer is named by "layer".')
    number = part(place, "layer", int)
    layer = checked_layer(outputs, number)
    maps = outputs[number].maps
    highest = _highest(maps)
    head = {"number": number, **_description(layer, highest)}
    if place.get("channel") is None:
        return _packed(head, _bytes(maps, highest, layer.is_signed))
    channel = part(place, "channel", int)
    pixel = None
    if place.get("row") is not None:
        pixel = part(place, "row", int), part(place, "column", int)
    one = unit(outputs, number, channel, pixel)
    inputs = outputs[number].inputs[..., one.channels]
    brightest = _highest(inputs)
    is_signed = number > 0 and outputs[number - 1].layer.is_signed
    kernels = np.zeros(0) if one.kernels is None else one.kernels
    numbers = [np.ascontiguousarray(array, "<f4") for array in (kernels, one.patches, one.sums)]
    head |= {
        "channel": channel,
        "input": {
            "side": inputs.shape[0],
            "highest": round(brightest, 4),
            "isSigned": is_signed,
        },
        "stride": layer.stride,
        "before": layer.before,
        "unit": _arithmetic(one),
    }
    map_ = maps[..., channel : channel + 1]
    pictures = _bytes(map_, highest, layer.is_signed), _bytes(inputs, brightest, is_signed)
    return _packed(head, *numbers, *pictures)


def _arithmetic(one: Unit) -> dict[str, Any]:
    return {
        "row": one.row,
        "column": one.column,
        "channels": one.channels,
        "size": one.patches.shape[1],
        "hasKernels": one.kernels is not None,
        "bias": one.bias,
        "sum": one.sum,
        "normalisation": one.normalisation,
        "normalised": one.normalised,
        "isRectified": one.is_rectified,
        "value": one.value,
        "window": one.window,
        "field": one.field,
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
