"""What the network sees: the steps from a drawing to the 28×28, and what most demos do instead."""

import numpy as np

from mnist_model.preprocess.mnist_format import Framing, frame
from mnist_model.preprocess.naive_resize import naive_resize
from mnist_model.preprocess.strokes import parse
from mnist_model.read.classifier import Classifier
from mnist_model.read.reading import Reading


def preprocessing_steps(
    classifier: Classifier, strokes: object, pad: float = 1.0
) -> tuple[Framing, Reading, Reading] | None:
    """Bring a drawing into MNIST format step by step, and for comparison resize the whole pad.

    Args:
        classifier: reads both results.
        strokes: a drawing on a pad from (0, 0) to (pad, pad) (`strokes.parse`).
        pad: the pad's side, in the drawing's unit.

    Returns:
        The steps (`mnist_format.frame`), the reading of their result, and that of the resized pad.
        None for a blank drawing.

    Raises:
        ValueError: if ``strokes`` is not a drawing.
    """
    drawing = parse(strokes)
    framing = frame(drawing)
    if framing is None:
        return None
    naive = naive_resize([stroke / pad for stroke in drawing])
    ours, theirs = classifier.read_pixels(np.stack([framing.pixels, naive]))
    return framing, ours, theirs
