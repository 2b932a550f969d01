"""Reads a drawn digit: strokes or a picture in, calibrated probabilities out."""

from mnist_model.handwriting import NEAT, write_digit, write_non_digit
from mnist_model.preprocess.errors import UserError
from mnist_model.preprocess.examples import Examples
from mnist_model.preprocess.images import image_to_mnist
from mnist_model.preprocess.mnist_format import strokes_to_mnist
from mnist_model.preprocess.strokes import Drawing, first_points
from mnist_model.read.classifier import Classifier, load_classifier, trained_recipes
from mnist_model.read.micro_batcher import BusyError, MicroBatcher
from mnist_model.read.passes import wait_between_passes
from mnist_model.read.reading import NumberReading, PlacedReading, Reading
from mnist_model.read.segmentation import MAX_DIGITS, TooManyDigitsError
from mnist_model.train.lesson import HANDS, Hands, write_held_out, write_sheet
