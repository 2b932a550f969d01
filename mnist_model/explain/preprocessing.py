"""What the network sees: the steps from a drawing to the 28×28, and what most demos make of it."""

from dataclasses import dataclass

import numpy as np

from mnist_model.preprocess.mnist_format import Framing, frame
from mnist_model.preprocess.naive_resize import naive_resize
from mnist_model.preprocess.strokes import parse
from mnist_model.read.classifier import Classifier
from mnist_model.read.reading import Reading


@dataclass(frozen=True, eq=False)
class PreprocessingSteps:
    """The steps from a drawing to what the network is shown, and the naive resizing beside them.

    Attributes:
        framing: the page's own steps (`mnist_format.frame`).
        reading: what is read in their result.
        naive: ``(28, 28)`` uint8, the whole pad resized, as most demos do it.
        naive_reading: what the same network reads in that.
    """

    framing: Framing
    reading: Reading
    naive: np.ndarray
    naive_reading: Reading


def preprocessing_steps(
    classifier: Classifier, strokes: object, pad: float = 1.0
) -> PreprocessingSteps | None:
    """Bring a drawing into MNIST format step by step, and resize it naively beside that.

    Args:
        classifier: whose network is shown both.
        strokes: a drawing on a pad from (0, 0) to (pad, pad) (`strokes.parse`).
        pad: the pad's side, in the drawing's unit.

    Returns:
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
    return PreprocessingSteps(framing, ours, naive, theirs)
