"""The networks, one short function each.

Every network takes ``(n, 28, 28, 1)`` grey levels 0..255 and gives ``(n, 10)`` logits, so that what
turns pixels into numbers travels in the same file as the weights.
"""

from typing import Any

import keras
from keras import layers


def sketchpad(softness: float = 0.0) -> keras.Model:
    """Six convolutions in three stages, each with batch normalisation; 214,650 parameters.

    Taught by `teacher`: see there. Its widths are those that LiteRT multiplies fastest.
    """
    return _stages("sketchpad", ((16,), (32, 32), (96, 96, 96)), softness, dropout=0.0)


def teacher(softness: float = 0.0) -> keras.Model:
    """Seven convolutions in three stages, each with batch normalisation; 380,150 parameters.

    In the manner of VGG (Simonyan and Zisserman 2015). It ends in a global depthwise convolution
    (Chen et al., "MobileFaceNets", CCBR 2018): a mean over the 7×7 that are left, in which each
    feature learns where it counts, for a drawing is always centred.

    Args:
        softness: share of each pixel that is the mean of its neighbourhood of 3×3 (`_soften`).
    """
    return _stages("teacher", ((20, 20), (60, 60), (120, 120, 120)), softness, dropout=0.2)


def dense() -> keras.Model:
    """One dense layer: a template for each digit, blank to begin with; 7,850 parameters."""
    pixels = keras.Input((28, 28, 1), name="pixels")
    x = layers.Flatten()(layers.Rescaling(1 / 255)(pixels))
    logits = layers.Dense(10, kernel_initializer="zeros", name="logits")(x)
    return keras.Model(pixels, logits, name="dense")


def small() -> keras.Model:
    """Two convolutions, each with a pooling, and dropout; 8,882 parameters."""
    pixels = keras.Input((28, 28, 1), name="pixels")
    x = layers.Rescaling(1 / 255)(pixels)
    for filters in (8, 24):
        x = layers.Conv2D(filters, 5, activation="relu")(x)
        x = layers.MaxPooling2D()(x)
    x = layers.Dropout(0.4)(layers.Flatten()(x))
    return _reader(pixels, x, "small")


def mlp() -> keras.Model:
    """Two fully connected layers on the flattened pixels; 535,818 parameters."""
    pixels = keras.Input((28, 28, 1), name="pixels")
    x = layers.Flatten()(layers.Rescaling(1 / 255)(pixels))
    x = layers.Dense(512, activation="relu")(x)
    x = layers.Dense(256, activation="relu")(x)
    return _reader(pixels, x, "mlp")


def cnn() -> keras.Model:
    """Two convolutions, each with a pooling, and a dense layer; 225,034 parameters."""
    pixels = keras.Input((28, 28, 1), name="pixels")
    x = layers.Rescaling(1 / 255)(pixels)
    x = layers.Conv2D(32, 3, activation="relu")(x)
    x = layers.MaxPooling2D()(x)
    x = layers.Conv2D(64, 3, activation="relu")(x)
    x = layers.MaxPooling2D()(x)
    x = layers.Dense(128, activation="relu")(layers.Flatten()(x))
    return _reader(pixels, x, "cnn")


def cnn_deep() -> keras.Model:
    """Two convolutions and a pooling, twice, a dense layer, and dropout; 197,482 parameters."""
    pixels = keras.Input((28, 28, 1), name="pixels")
    x = layers.Rescaling(1 / 255)(pixels)
    for filters in (32, 64):
        x = layers.Conv2D(filters, 3, activation="relu")(x)
        x = layers.Conv2D(filters, 3, activation="relu")(x)
        x = layers.MaxPooling2D()(x)
        x = layers.Dropout(0.25)(x)
    x = layers.Dense(128, activation="relu")(layers.Flatten()(x))
    x = layers.Dropout(0.5)(x)
    return _reader(pixels, x, "cnn-deep")


def cnn_dropout() -> keras.Model:
    """One convolution and a pooling, dropout, and a dense layer; 347,146 parameters."""
    pixels = keras.Input((28, 28, 1), name="pixels")
    x = layers.Rescaling(1 / 255)(pixels)
    x = layers.Conv2D(32, 3, activation="relu")(x)
    x = layers.MaxPooling2D()(x)
    x = layers.Dropout(0.25)(x)
    x = layers.Dense(64, activation="relu")(layers.Flatten()(x))
    return _reader(pixels, x, "cnn-dropout")


def cnn_plain() -> keras.Model:
    """Two convolutions and a pooling, three times, and a dense layer; 248,766 parameters."""
    return _plain("cnn-plain", normalised=False)


def cnn_batchnorm() -> keras.Model:
    """`cnn_plain` with batch normalisation after each convolution and dense; 250,510 parameters."""
    return _plain("cnn-batchnorm", normalised=True)


def _stages(
    name: str, stages: tuple[tuple[int, ...], ...], softness: float, dropout: float
) -> keras.Model:
    pixels = keras.Input((28, 28, 1), name="pixels")
    x = layers.Rescaling(1 / 255)(pixels)
    x = _soften(x, softness)
    for index, stage in enumerate(stages):
        if index:
            x = layers.MaxPooling2D()(x)
        for filters in stage:
            x = _convolution(x, filters)
    mean: Any = keras.initializers.Constant(1 / 49)  # to begin with
    x = layers.DepthwiseConv2D(7, use_bias=False, depthwise_initializer=mean)(x)
    x = layers.Dropout(dropout)(layers.Flatten()(x))
    return _reader(pixels, x, name)


def _plain(name: str, normalised: bool) -> keras.Model:
    def activated(x: keras.KerasTensor) -> keras.KerasTensor:
        if normalised:
            x = layers.BatchNormalization()(x)
        return layers.ReLU()(x)

    pixels = keras.Input((28, 28, 1), name="pixels")
    x = layers.Rescaling(1 / 255)(pixels)
    for filters in (24, 48, 96):
        for _ in range(2):
            x = activated(layers.Conv2D(filters, 3, padding="same")(x))
        x = layers.MaxPooling2D()(x)
    x = activated(layers.Dense(100)(layers.Flatten()(x)))
    return _reader(pixels, x, name)


def _reader(pixels: Any, x: Any, name: str) -> keras.Model:
    """A network that ends in ten logits; softmax comes with the calibration (`classifier`)."""
    return keras.Model(pixels, layers.Dense(10, name="logits")(x), name=name)


def _soften(x: keras.KerasTensor, softness: float) -> keras.KerasTensor:
    """Takes as much sharpness out of an image as distorting took out of those trained on.

    A distorted digit was interpolated between pixels, and so is softer than one that was not. What
    changes between training and use has to be made good (Touvron et al., "Fixing the train-test
    resolution discrepancy", NeurIPS 2019); `training.fit_softness` finds out how much.
    """
    if not softness:
        return x
    return x * (1 - softness) + layers.AveragePooling2D(3, strides=1, padding="same")(x) * softness


def _convolution(x: keras.KerasTensor, filters: int) -> keras.KerasTensor:
    x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return layers.ReLU()(x)
