"""What a 7 looks like to it: the input that excites a digit's logit most."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from mnist_model.classifier import Classifier
from mnist_model.explain.checks import checked_digit
from mnist_model.explain.gradients import functions
from mnist_model.mnist_format import strokes_to_mnist
from mnist_model.penmanship import NEAT, VARIANTS, write_digit
from mnist_model.synthetic import write_digits

STEPS = 60
_STEP = 1.5  # standard deviations, in the first step
_SAMPLE = 1_500  # digits of the writer's that the prior is made of
_DIRECTIONS = 64  # in which they differ most
_AS_USUAL = 1.0  # how far from the mean, beside how far the writer's digits are


@dataclass(frozen=True, eq=False)
class MaximalInput:
    """The input that excites a digit's logit most, under a prior.

    Attributes:
        pixels: ``(28, 28)`` uint8.
        logit: of the digit, for these pixels.
        probabilities: ``(10,)`` of these pixels.
        typical: ``(28, 28)`` uint8, the digit in the writer's neat hand, for comparison.
        typical_logit: of the digit, for that.
    """

    pixels: np.ndarray
    logit: float
    probabilities: np.ndarray
    typical: np.ndarray
    typical_logit: float


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


def maximise_activation(
    classifier: Classifier,
    digit: int,
    seed: int = 0,
) -> MaximalInput:
    """Climb the logit's gradient, from the mean of all ten digits.

    Without a prior the result is noise to the eye (Nguyen, Yosinski and Clune, "Deep neural
    networks are easily fooled", CVPR 2015). The prior here knows what ink looks like but of no
    digit which it is: a Gaussian fitted to the writer's digits, all ten together; the result is as
    far from its mean as they are. Source of the method: Erhan et al., "Visualizing higher-layer
    features of a deep network", 2009.

    Args:
        classifier: whose network is asked.
        digit: 0 to 9.
        seed: of the typical digit.

    Raises:
        ValueError: if the digit is none.
    """
    digit = checked_digit(digit)
    run, prior = functions(classifier), _prior()
    weights = np.zeros((1, 10), np.float32)
    weights[0, digit] = 1
    place = np.zeros(len(prior.directions), np.float32)
    for step in range(STEPS):
        _, gradient = run.gradients(_image(prior, place)[None], weights)
        slope = prior.directions @ gradient.ravel()
        place = place + _STEP * (1 - step / STEPS) * slope / max(np.linalg.norm(slope), 1e-12)
        place *= min(1.0, _AS_USUAL * prior.distance / max(np.linalg.norm(place), 1e-12))
    pixels = np.rint(_image(prior, place)).astype(np.uint8)
    usual = next(iter(VARIANTS[digit]))  # the first variant is the commonest
    typical = strokes_to_mnist(write_digit(digit, np.random.default_rng(seed), usual, NEAT))
    logits = run.logits(np.stack([pixels, typical]))[:, digit]
    return MaximalInput(
        pixels=pixels,
        logit=float(logits[0]),
        probabilities=classifier.probabilities(pixels[None])[0],
        typical=typical,
        typical_logit=float(logits[1]),
    )


def _image(prior: _Prior, place: np.ndarray) -> np.ndarray:
    return np.clip(prior.mean + place @ prior.directions, 0, 255).reshape(28, 28)


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
