"""What the network imagines: for each digit the input that raises its logit most."""

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

IDEALS = "ideals.json"  # in a trained model's folder
STEPS = 60
_STEP = 1.5  # standard deviations, in the first step
_SAMPLE = 1_500  # synthetic digits that the prior is fitted to
_DIRECTIONS = 64  # principal components of the prior


@dataclass(frozen=True, eq=False)
class _Prior:
    """A Gaussian over images of all ten digits: what ink looks like.

    Attributes:
        mean: ``(784,)`` grey levels.
        directions: ``(_DIRECTIONS, 784)``, each as long as its standard deviation.
        distance: the median of the digits' distances from the mean, in standard deviations.
    """

    mean: np.ndarray
    directions: np.ndarray
    distance: float


def maximise_activations(classifier: Classifier) -> dict[str, Any]:
    """Follow each logit's gradient upwards, from the mean of all ten digits.

    Without a prior the result looks like noise (Nguyen, Yosinski and Clune, "Deep neural networks
    are easily fooled", CVPR 2015). The prior here is a Gaussian fitted to synthetic digits, all ten
    together: it knows ink, but no digit. The result is as far from its mean as these digits are.
    Source of the method: Erhan et al., "Visualizing higher-layer features of a deep network", 2009.

    Returns:
        As JSON: "pixels", the results, and "typical", digits in a neat hand: ten ``(28, 28)`` uint8
        pictures each, as base64; "logits" and "typical_logits", each of its own digit.
    """
    network, prior = forward(classifier), _prior()
    weights = np.eye(10, dtype=np.float32)
    places = np.zeros((10, len(prior.directions)), np.float32)
    for step in range(STEPS):
        gradients = network.pixel_gradients(_images(prior, places), weights)
        slopes = gradients.reshape(10, -1) @ prior.directions.T
        places += _STEP * (1 - step / STEPS) * slopes / np.maximum(_lengths(slopes), 1e-12)
        places *= np.minimum(1.0, prior.distance / np.maximum(_lengths(places), 1e-12))
    pixels = np.rint(_images(prior, places)).astype(np.uint8)
    usual = [next(iter(VARIANTS[digit])) for digit in range(10)]  # the first is the most common
    typical = np.stack(
        [
            strokes_to_mnist(write_digit(digit, np.random.default_rng(0), variant, NEAT))
            for digit, variant in enumerate(usual)
        ]
    )
    ideals: dict[str, Any] = {}
    for name, logits, images in (
        ("pixels", "logits", pixels),
        ("typical", "typical_logits", typical),
    ):
        ideals[name] = base64.b64encode(images.tobytes()).decode()
        ideals[logits] = classifier.logits(images).diagonal().astype(float).round(1).tolist()
    return ideals


def keep_ideals(classifier: Classifier) -> None:
    """Write what a network imagines into its folder."""
    (classifier.folder / IDEALS).write_text(json.dumps(maximise_activations(classifier)))


def read_ideals(folder: Path) -> dict[str, Any] | None:
    """What `keep_ideals` wrote into a trained model's folder; None if there is nothing yet.

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
    """Principal components of synthetic digits."""
    images = write_digits(_SAMPLE, seed=0).images.reshape(_SAMPLE, -1).astype(np.float32)
    mean = images.mean(axis=0)
    _, spread, directions = np.linalg.svd(images - mean, full_matrices=False)
    scaled = directions[:_DIRECTIONS] * (spread[:_DIRECTIONS, None] / np.sqrt(_SAMPLE))
    deviations = spread[:_DIRECTIONS] / np.sqrt(_SAMPLE)
    places = (images - mean) @ directions[:_DIRECTIONS].T / deviations
    return _Prior(mean, scaled, float(np.median(np.linalg.norm(places, axis=1))))
