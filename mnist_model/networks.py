"""The networks, one short function each.

Every network takes ``(n, 28, 28, 1)`` grey levels 0..255 and gives ``(n, 10)`` logits, so that what
turns pixels into numbers travels in the same file as the weights.
"""

import keras
from keras import layers


def sketchpad(softness: float = 0.0) -> keras.Model:
    """Seven convolutions in three stages, each with batch normalisation; 244,794 parameters.

    In the manner of VGG (Simonyan and Zisserman 2015). It ends in a global depthwise convolution
    (Chen et al., "MobileFaceNets", CCBR 2018): a mean over the 7×7 that are left, in which each
    feature learns where it counts, for a drawing is always centred.

    Args:
        softness: share of each pixel that is the mean of its neighbourhood of 3×3 (`_soften`).
    """
    pixels = keras.Input((28, 28, 1), name="pixels")
    x = layers.Rescaling(1 / 255)(pixels)
    x = _soften(x, softness)
    x = _convolution(x, 16)
    x = _convolution(x, 16)
    x = layers.MaxPooling2D()(x)
    x = _convolution(x, 48)
    x = _convolution(x, 48)
    x = layers.MaxPooling2D()(x)
    x = _convolution(x, 96)
    x = _convolution(x, 96)
    x = _convolution(x, 96)
    mean = keras.initializers.Constant(1 / 49)  # to begin with
    x = layers.DepthwiseConv2D(7, use_bias=False, depthwise_initializer=mean)(x)
    x = layers.Dropout(0.2)(layers.Flatten()(x))
    return keras.Model(pixels, layers.Dense(10, name="logits")(x), name="sketchpad")


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
