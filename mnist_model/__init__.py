"""Reads a drawn digit: strokes or a picture in, calibrated probabilities out."""

from mnist_model.classifier import Classifier, load_classifier, trained_recipes
from mnist_model.errors import UserError
from mnist_model.examples import Examples
from mnist_model.images import image_to_mnist
from mnist_model.micro_batcher import BusyError, MicroBatcher
from mnist_model.mnist_format import strokes_to_mnist
from mnist_model.passes import wait_between_passes
from mnist_model.penmanship import NEAT, write_digit, write_non_digit
from mnist_model.reading import NumberReading, PlacedReading, Reading
from mnist_model.segmentation import MOST_DIGITS, TooManyDigitsError
from mnist_model.shown import GROUPS, Shown, write_held_out, write_shown
from mnist_model.strokes import Drawing, first_points

__all__ = [
    "GROUPS",
    "MOST_DIGITS",
    "NEAT",
    "BusyError",
    "Classifier",
    "Drawing",
    "Examples",
    "MicroBatcher",
    "NumberReading",
    "PlacedReading",
    "Reading",
    "Shown",
    "TooManyDigitsError",
    "UserError",
    "first_points",
    "image_to_mnist",
    "load_classifier",
    "strokes_to_mnist",
    "trained_recipes",
    "wait_between_passes",
    "write_digit",
    "write_held_out",
    "write_non_digit",
    "write_shown",
]
