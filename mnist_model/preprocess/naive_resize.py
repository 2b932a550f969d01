"""The preprocessing of most other demos: the whole pad resized to 28×28."""

import numpy as np
from PIL import Image, ImageDraw

from mnist_model.preprocess.mnist_format import SIZE
from mnist_model.preprocess.strokes import Drawing, parse

BRUSH = 0.075  # of the pad's width, as in assets/shared/strokes.js; 2 pixels of the 28

_PAD = 280  # pixels along a side, as in such demos


def naive_resize(strokes: object, brush: float = BRUSH) -> np.ndarray:
    """Draw strokes on a pad with a round brush, and shrink the pad, without MNIST's framing.

    Args:
        strokes: sequence of ``(n, 2)`` points on a pad from (0, 0) to (1, 1) (`strokes.parse`);
            ink outside the pad is lost.
        brush: its width as a share of the pad's.

    Returns:
        ``(28, 28)`` uint8, ink 255 on 0.

    Raises:
        ValueError: if ``strokes`` is not a drawing.
    """
    pad = Image.new("L", (_PAD, _PAD))
    pen = ImageDraw.Draw(pad)
    radius = brush * _PAD / 2
    for stroke in parse(strokes):
        # Clip, since Pillow's coordinates overflow far outside the pad.
        points = np.clip(stroke * _PAD, -_PAD, 2 * _PAD)
        pen.line([tuple(point) for point in points], fill=255, width=round(2 * radius))
        for x, y in points:  # round ends and joints
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(pad.resize((SIZE, SIZE), Image.Resampling.BILINEAR))


def placed(
    strokes: object, rng: np.random.Generator, sizes: tuple[float, float] = (0.35, 0.9)
) -> Drawing:
    """Place a drawing at random on a pad from (0, 0) to (1, 1), in a random size.

    Args:
        strokes: a drawing in any unit (`strokes.parse`).
        rng: a random generator.
        sizes: limits of the longer side, as a share of the pad. Half a `BRUSH` around the drawing
            stays free.

    Raises:
        ValueError: if ``strokes`` is not a drawing.
    """
    drawing = parse(strokes)
    if not drawing:
        return []
    points = np.concatenate(drawing)
    lowest, extent = points.min(axis=0), np.ptp(points, axis=0)
    size = rng.uniform(*sizes)
    scale = size / max(extent.max(), np.finfo(float).tiny)
    room = np.maximum(1 - BRUSH - extent * scale, 0)
    corner = BRUSH / 2 + rng.uniform(0, 1, 2) * room
    return [(stroke - lowest) * scale + corner for stroke in drawing]
