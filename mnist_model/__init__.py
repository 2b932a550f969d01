"""Reads a drawn digit: strokes or a picture in, calibrated probabilities out."""

from mnist_model.classifier import Classifier, Reading, load_classifier
from mnist_model.mnist_format import image_to_mnist, strokes_to_mnist

__all__ = [
    "Classifier",
    "Reading",
    "image_to_mnist",
    "load_classifier",
    "strokes_to_mnist",
]
