"""Reads a drawn digit: strokes or a picture in, calibrated probabilities out."""

from mnist_model.classifier import Classifier, load_classifier, trained_recipes
from mnist_model.images import image_to_mnist
from mnist_model.micro_batcher import BusyError, MicroBatcher
from mnist_model.mnist_format import strokes_to_mnist
from mnist_model.penmanship import NEAT, write_digit, write_other
from mnist_model.reading import NumberReading, PlacedReading, Reading
from mnist_model.strokes import Drawing, first_points

__all__ = [
    "NEAT",
    "BusyError",
    "Classifier",
    "Drawing",
    "MicroBatcher",
    "NumberReading",
    "PlacedReading",
    "Reading",
    "first_points",
    "image_to_mnist",
    "load_classifier",
    "strokes_to_mnist",
    "trained_recipes",
    "write_digit",
    "write_other",
]
