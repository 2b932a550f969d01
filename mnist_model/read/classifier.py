"""The classifier: 28×28 pixels to calibrated probabilities."""

import dataclasses
import functools
import json
import math
import os
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from mnist_model.preprocess.errors import UserError
from mnist_model.preprocess.images import mnist_candidates
from mnist_model.preprocess.mnist_format import strokes_to_mnist
from mnist_model.read.calibration import log_sum_exp, softmax
from mnist_model.read.keras_file import read_keras_file
from mnist_model.read.litert import Logits, is_available, load_litert
from mnist_model.read.number import lattice
from mnist_model.read.picture_number import picture_lattice
from mnist_model.read.reading import NumberReading, Reading, likeliest

TRAINED = Path(__file__).parents[1] / "trained"
DEFAULT = "sketchpad"  # the recipe that the page reads with
TEACHER = "teacher"  # the recipe that taught it; nothing reads with it
MODEL, LITE, CARD = "model.keras", "model.tflite", "card.json"


class Classifier:
    """A trained network with its calibration. Thread-safe.

    Attributes:
        folder: of its files.
        card: its settings and figures, from ``card.json``.
        temperature: the logits are divided by it.
        digit_threshold: a drawing with a lower score is refused.
        logits: ``(n, 28, 28)`` grey levels, 0..255 -> ``(n, 10)`` float32, before calibration.
    """

    def __init__(self, folder: Path) -> None:
        """Load the files that ``train.py`` wrote, and run the network once to warm up.

        Raises:
            FileNotFoundError: if there is no trained model in ``folder``.
            ValueError: if its files are damaged.
        """
        self.folder = folder
        card_file, model_file = folder / CARD, folder / MODEL
        if not (card_file.is_file() and model_file.is_file()):
            raise FileNotFoundError(
                f"There is no trained model in {folder}. `python train.py` trains the app's model; "
                "`python train.py --help` lists others."
            )
        try:
            self.card: dict[str, Any] = json.loads(card_file.read_text())
            self.digit_threshold = float(self.card["digit_threshold"])
            self.temperature = float(self.card["temperature"])
            if not 0 < self.temperature < math.inf or math.isnan(self.digit_threshold):
                raise ValueError("its temperature or digit_threshold is invalid")
            if not zipfile.is_zipfile(model_file):  # it is read later, or not at all
                raise ValueError(f"{MODEL} is not a zip file")
            self.logits = self._load_logits()
        except ImportError:
            raise
        except Exception as error:  # a damaged file makes Keras and zipfile raise nearly anything
            raise ValueError(
                f"The trained model in {folder} is damaged ({error}). Train it again: train.py."
            ) from error
        self.probabilities_and_scores(np.zeros((1, 28, 28), np.uint8))

    def _load_logits(self) -> Logits:
        lite = self.folder / LITE
        if lite.is_file() and is_available():
            return load_litert(lite)
        from mnist_model.read.forward import Forward  # which imports this module

        _warn_of_numpy("LiteRT is not installed" if lite.is_file() else f"no {LITE}")
        return Forward(read_keras_file(self.folder / MODEL)).logits

    def save_card(self) -> None:
        """Write the card into the model's folder."""
        write_card(self.card, self.folder)

    def classify(self, strokes: object) -> Reading:
        """Read a drawing.

        Args:
            strokes: sequence of ``(n, 2)`` points, x right and y down, in any unit.

        Raises:
            ValueError: if ``strokes`` is not a drawing, with a sentence that says why.
        """
        return self.read_pixels([strokes_to_mnist(strokes)])[0]

    def read_number(self, strokes: object) -> NumberReading:
        """Read a drawing as a whole number of up to 20 digits (`number`).

        Args:
            strokes: as for `classify`; digits side by side, in one line or several lines.

        Raises:
            ValueError: if ``strokes`` is not a drawing or has more digits, with a sentence.
        """
        candidates = lattice(strokes)
        return candidates.decide(self.read_pixels(candidates.pixels))

    def read_number_image(self, image: Image.Image) -> NumberReading:
        """Read a picture of a whole number, on any plain background or on paper.

        Raises:
            ValueError: if the picture is too large, cannot be decoded or has more than 20 digits.
        """
        candidates = picture_lattice(image)
        number = candidates.decide(self.read_pixels(candidates.pixels))
        return dataclasses.replace(number, whole=self.classify_image(image))

    def classify_many(self, drawings: Sequence[object]) -> list[Reading]:
        """Read many drawings in batched forward passes.

        Raises:
            ValueError: if one is not a drawing, with a sentence that says which, and why.
        """
        if not isinstance(drawings, Sequence | np.ndarray):
            raise UserError(
                f"A sequence of drawings is needed; this is a {type(drawings).__name__}."
            )
        pixels = []
        for position, strokes in enumerate(drawings, start=1):
            try:
                pixels.append(strokes_to_mnist(strokes))
            except UserError as error:
                raise UserError(f"Drawing {position}: {error}") from error
        return self.read_pixels(pixels)

    def classify_image(self, image: Image.Image) -> Reading:
        """Read a picture of a digit on any plain background.

        Raises:
            ValueError: if the picture is too large or cannot be decoded.
        """
        candidates = mnist_candidates(image)
        readings = self.read_pixels([pixels for pixels, _ in candidates])
        return likeliest(readings, [way for _, way in candidates])

    def probabilities(self, pixels: np.ndarray) -> np.ndarray:
        """Read digits that are already in MNIST format.

        Args:
            pixels: ``(n, 28, 28)`` uint8, ink 255 on 0.

        Returns:
            ``(n, 10)`` float32, calibrated, each row summing to 1.

        Raises:
            ValueError: if ``pixels`` has another shape or type.
        """
        return self.probabilities_and_scores(pixels)[0]

    def probabilities_and_scores(self, pixels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """As `probabilities`, and the ``(n,)`` float32 digit scores."""
        if not isinstance(pixels, np.ndarray) or pixels.shape[1:] != (28, 28):
            shape = pixels.shape if isinstance(pixels, np.ndarray) else type(pixels).__name__
            raise UserError(f"An (n, 28, 28) uint8 array is needed; this is {shape}.")
        if pixels.dtype != np.uint8:
            raise UserError(f"The pixels are uint8, 0 to 255; these are {pixels.dtype}.")
        logits = self.logits(pixels)
        return softmax(logits / np.float32(self.temperature)), log_sum_exp(logits)

    def read_pixels(self, pixels: Sequence[np.ndarray] | np.ndarray) -> list[Reading]:
        """Read digits that are already in MNIST format: ``(28, 28)`` uint8 each."""
        readings = [
            Reading(np.full(10, 0.1, np.float32), None, -math.inf, image, -math.inf)
            for image in pixels
        ]
        inked = [index for index, image in enumerate(pixels) if image.any()]
        if inked:
            shown = np.stack([pixels[index] for index in inked])
            answers = zip(inked, *self.probabilities_and_scores(shown), strict=True)
            for index, row, score in answers:
                margin = float(score) - self.digit_threshold
                digit = int(row.argmax())
                readings[index] = Reading(row, digit, float(score), pixels[index], margin)
        return readings


def write_card(card: dict[str, Any], folder: Path) -> None:
    """Write a model's card into its folder."""
    new = folder / f"{CARD}.new"
    new.write_text(json.dumps(card, indent=1) + "\n")
    new.replace(folder / CARD)  # atomically: no model loads without a card


@functools.cache  # printed once
def _warn_of_numpy(why: str) -> None:
    print(f"NumPy reads the drawings, at half the speed: {why}.", file=sys.stderr)


def load_classifier(recipe: str | Path = DEFAULT) -> Classifier:
    """Load a trained model.

    Args:
        recipe: its recipe's name, or the path of its folder: a `Path`, or text with a slash.

    Raises:
        FileNotFoundError: if it is not trained.
        ValueError: if its files are damaged.
    """
    is_path = isinstance(recipe, Path) or "/" in recipe or os.sep in recipe
    return Classifier(Path(recipe) if is_path else TRAINED / recipe)


def trained_recipes(known: Classifier | None = None) -> dict[str, Classifier]:
    """Load all trained recipes, by name: the default first, then by their parameters.

    Args:
        known: a loaded classifier, which is not loaded again.
    """
    # Folders whose name is not their recipe's are results of --quick or --shown.
    folders = [
        card.parent
        for card in TRAINED.glob(f"[!.]*/{CARD}")
        if json.loads(card.read_text())["recipe"] == card.parent.name != TEACHER
    ]
    classifiers = [
        known if known is not None and known.folder == folder else Classifier(folder)
        for folder in folders
    ]
    classifiers.sort(key=lambda found: (found.folder.name != DEFAULT, found.card["parameters"]))
    return {found.folder.name: found for found in classifiers}
