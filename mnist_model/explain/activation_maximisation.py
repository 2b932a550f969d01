"""What a 7 looks like to it: the input that excites each digit's logit most."""

import base64
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from mnist_model.handwriting import NEAT, VARIANTS, write_digit
from mnist_model.handwriting.synthetic import write_digits
from mnist_model.preprocess.mnist_format import strokes_to_mnist
from mnist_model.read.classifier import Classifier
from mnist_model.read.forward import forward

IDEALS = "ideals.json"  # in a trained model's folder: the drawing does not change them
STEPS = 60
_STEP = 1.5  # standard deviations, in the first step
_SAMPLE = 1_500  # digits of the writer's that the prior is made of
_DIRECTIONS = 64  # in which they differ most
_AS_USUAL = 1.0  # how far from the mean, beside how far the writer's digits are


@dataclass(frozen=True, eq=False)
class Ideals:
    """The inputs that excite the ten digits' logits most, under a prior.

    Attributes:
        pixels: ``(10, 28, 28)`` uint8, one for each digit.
        logits: ``(10,)``, each of its digit, for these pixels.
        typical: ``(10, 28, 28)`` uint8, the digits in the writer's neat hand, for comparison.
        typical_logits: ``(10,)``, each of its digit, for those.
    """

    pixels: np.ndarray
    logits: np.ndarray
    typical: np.ndarray
    typical_logits: np.ndarray

    def to_json(self) -> dict[str, Any]:
        """For `IDEALS` and the page: pictures as base64, logits with one decimal place."""
        return {
            name: base64.b64encode(value.tobytes()).decode()
            if value.dtype == np.uint8
            else np.round(value.astype(float), 1).tolist()
            for name, value in vars(self).items()
        }


@dataclass(frozen=True, eq=False)
class _Prior:
    """A Gaussian over images: what ink looks like, whatever the digit.

    Attributes:
        mean: ``(784,)`` grey levels.
        directions: ``(_DIRECTIONS, 784)``, each as long as its standard deviation.
        distance: the median of the digits' distances from the mean, in standard deviations.
    """

    mean: np.ndarray
    directions: np.ndarray
    distance: float


def maximise_activations(classifier: Classifier, seed: int = 0) -> Ideals:
    """Climb each logit's gradient, from the mean of all ten digits.

    Without a prior the result is noise to the eye (Nguyen, Yosinski and Clune, "Deep neural
    networks are easily fooled", CVPR 2015). The prior here knows what ink looks like but of no
    digit which it is: a Gaussian fitted to the writer's digits, all ten together; the result is as
    far from its mean as they are. Source of the method: Erhan et al., "Visualizing higher-layer
    features of a deep network", 2009.

    Args:
        classifier: whose network is asked.
        seed: of the typical digits.
    """
    network, prior = forward(classifier), _prior()
    weights = np.eye(10, dtype=np.float32)
    places = np.zeros((10, len(prior.directions)), np.float32)
    for step in range(STEPS):
        gradients = network.pixel_gradients(_images(prior, places), weights)
        slopes = gradients.reshape(10, -1) @ prior.directions.T
        places += _STEP * (1 - step / STEPS) * slopes / np.maximum(_lengths(slopes), 1e-12)
        farthest = _AS_USUAL * prior.distance
        places *= np.minimum(1.0, farthest / np.maximum(_lengths(places), 1e-12))
    pixels = np.rint(_images(prior, places)).astype(np.uint8)
    usual = [next(iter(VARIANTS[digit])) for digit in range(10)]  # the first is the commonest
    typical = np.stack(
        [
            strokes_to_mnist(write_digit(digit, np.random.default_rng(seed), variant, NEAT))
            for digit, variant in enumerate(usual)
        ]
    )
    logits, typical_logits = (classifier.logits(images).diagonal() for images in (pixels, typical))
    return Ideals(pixels, logits, typical, typical_logits)


def keep_ideals(classifier: Classifier) -> None:
    """Work out a network's `Ideals` and write them into its folder."""
    (classifier.folder / IDEALS).write_text(json.dumps(maximise_activations(classifier).to_json()))


def read_ideals(folder: Path) -> dict[str, Any] | None:
    """A trained model's `Ideals` as JSON; None if its folder has none yet.

    Raises:
        ValueError: if the file is damaged.
    """
    try:
        ideals = json.loads((folder / IDEALS).read_text())
        for name in ("pixels", "typical"):
            if len(base64.b64decode(ideals[name], validate=True)) != 10 * 28 * 28:
                raise ValueError(f"{name} is not ten pictures")
        for name in ("logits", "typical_logits"):
            ideals[name] = [float(ideals[name][digit]) for digit in range(10)]
    except FileNotFoundError:
        return None
    except (LookupError, TypeError, ValueError) as error:
        raise ValueError(
            f"{IDEALS} in {folder} is damaged ({error!r}). "
            f"Make it again: python -m mnist_model ideals --recipe {folder.name}"
        ) from error
    return ideals


def _images(prior: _Prior, places: np.ndarray) -> np.ndarray:
    return np.clip(prior.mean + places @ prior.directions, 0, 255).reshape(-1, 28, 28)


def _lengths(vectors: np.ndarray) -> np.ndarray:
    return np.linalg.norm(vectors, axis=1, keepdims=True)


@cache
def _prior() -> _Prior:
    """Principal components of what the writer wrote."""
    images = write_digits(_SAMPLE, seed=0).images.reshape(_SAMPLE, -1).astype(np.float32)
    mean = images.mean(axis=0)
    _, spread, directions = np.linalg.svd(images - mean, full_matrices=False)
    scaled = directions[:_DIRECTIONS] * (spread[:_DIRECTIONS, None] / np.sqrt(_SAMPLE))
    deviations = spread[:_DIRECTIONS] / np.sqrt(_SAMPLE)
    places = (images - mean) @ directions[:_DIRECTIONS].T / deviations
    return _Prior(mean, scaled, float(np.median(np.linalg.norm(places, axis=1))))
