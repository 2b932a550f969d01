"""The network in NumPy is Keras' own, its pixels add up, and what flows through it is conserved."""

import json
import zipfile

import keras
import numpy as np
import pytest
import tensorflow as tf
from digits import DIGITS

from mnist_model import load_classifier, strokes_to_mnist
from mnist_model.explain.difference import difference
from mnist_model.explain.feature_maps import layer_outputs, unit
from mnist_model.explain.flow import LOYALTY, MAX_SHOWN, choose, flow
from mnist_model.read.classifier import LITE, MODEL
from mnist_model.read.forward import Forward, forward, sure_weights
from mnist_model.read.keras_file import read_keras_file
from mnist_model.read.litert import load_litert
from mnist_model.train.keras_model import load_keras
from mnist_model.train.recipes import RECIPES


@pytest.fixture(scope="module")
def seven():
    return strokes_to_mnist(DIGITS[7])


def shown() -> list[np.ndarray]:
    """A digit, a blank and noise."""
    noise = np.random.default_rng(0).integers(0, 256, (28, 28)).astype(np.uint8)
    return [strokes_to_mnist(DIGITS[4]), np.zeros((28, 28), np.uint8), noise]


# Keras' own


@pytest.mark.parametrize("name", RECIPES)
def test_layers_logits_and_gradients_equal_those_of_keras(name):
    classifier = load_classifier(name)
    network, numpy_network = load_keras(classifier.folder), forward(classifier)
    images = np.stack([*shown(), *map(strokes_to_mnist, DIGITS.values())])
    outputs = [network.get_layer(layer.keras_name).output for layer in numpy_network.layers]
    all_of_keras = keras.Model(network.input, outputs)
    assert sum(layer.parameters for layer in numpy_network.layers) == network.count_params()
    assert numpy_network.layers[-1].name == "logits"
    expected = all_of_keras(images[..., None].astype(np.float32), training=False)
    for number, pixels in enumerate(shown()):
        for one, maps in zip(layer_outputs(classifier, pixels), expected, strict=True):
            assert one.maps == pytest.approx(np.reshape(maps[number], one.maps.shape), abs=1e-3)
    logits = expected[-1].numpy().reshape(-1, 10)
    lite = load_litert(classifier.folder / LITE)(images)
    np.testing.assert_allclose(lite, logits, atol=1e-4 * max(1, np.abs(logits).max() / 20))

    weights = np.random.default_rng(1).normal(size=10).astype(np.float32)
    for ask, of in (
        (weights, lambda logits: logits * weights),
        (sure_weights(weights), lambda logits: (logits + tf.nn.log_softmax(logits)) * weights),
    ):
        found = numpy_network.pixel_gradients(images[:3], ask)
        assert_close(found, tensorflow_gradients(network, images[:3], of))


def test_what_docs_extending_builds_can_be_looked_into(tmp_path):
    pixels = keras.Input((28, 28, 1))
    x = keras.layers.Rescaling(1 / 255)(pixels)
    for padding in ("valid", "same"):
        x = keras.layers.Conv2D(8, 5, strides=2, padding=padding, activation="relu")(x)
    x = keras.layers.AveragePooling2D(2)(x)
    x = keras.layers.Dense(10, name="logits")(keras.layers.Flatten()(x))
    network = keras.Model(pixels, x)
    network.save(tmp_path / MODEL)
    found = Forward(read_keras_file(tmp_path / MODEL))
    for image in shown():
        one = found.run(image)
        expected = network(image[None, ..., None].astype(np.float32), training=False).numpy()
        assert one.outputs[-1].ravel() == pytest.approx(expected.ravel(), abs=1e-4)
        weights = np.eye(10, dtype=np.float32)[3]
        expected = tensorflow_gradients(network, image[None], lambda logits: logits[:, 3])
        assert_close(found.pixel_gradients(image[None], weights), expected)


def tensorflow_gradients(network, images: np.ndarray, of) -> np.ndarray:
    pixels = tf.constant(images, tf.float32)
    with tf.GradientTape() as tape:
        tape.watch(pixels)
        total = tf.reduce_sum(of(network(pixels[..., None], training=False)))
    return tape.gradient(total, pixels).numpy()


def assert_close(found: np.ndarray, expected: np.ndarray) -> None:
    for one, other in zip(found, expected, strict=True):
        assert np.abs(one - other).max() <= 1e-4 * np.abs(other).max()


def test_a_damaged_file_is_told(tmp_path):
    for content in (b"no network", b"PK\x05\x06" + 18 * b"\0"):
        (tmp_path / MODEL).write_bytes(content)
        with pytest.raises(ValueError, match="cannot be read"):
            read_keras_file(tmp_path / MODEL)
    with zipfile.ZipFile(tmp_path / MODEL, "w") as archive:
        archive.writestr("config.json", json.dumps({"config": {"layers": []}}))
        archive.writestr("model.weights.h5", b"nothing")
    with pytest.raises(ValueError, match="cannot be read"):
        read_keras_file(tmp_path / MODEL)


# The arithmetic of a pixel


@pytest.mark.parametrize("name", ["sketchpad", "cnn-batchnorm", "mlp"])
def test_the_arithmetic_of_a_pixel_gives_the_feature_map(name, seven):
    outputs = layer_outputs(load_classifier(name), seven)
    rng = np.random.default_rng(0)
    for number, one in enumerate(outputs):
        height, width, channels = one.maps.shape
        for _ in range(3):
            channel = int(rng.integers(channels))
            place = int(rng.integers(height)), int(rng.integers(width))
            found = unit(outputs, number, channel, place)
            if found.kernels is not None:
                products = (found.kernels * found.patches).sum(axis=(1, 2))
                assert products == pytest.approx(found.sums, abs=1e-3)
            assert found.sums.sum() + found.bias == pytest.approx(found.sum, abs=1e-3)
            assert len(found.channels) == len(found.sums) == len(found.patches)
            value = found.sum
            if found.normalisation:
                mean, deviation, gamma, beta = found.normalisation
                value = gamma * (value - mean) / deviation + beta
            assert value == pytest.approx(found.normalised, abs=1e-3)
            value = max(0, value) if found.is_rectified else value
            assert value == pytest.approx(one.maps[(*place, channel)], abs=1e-3)
            assert found.value == one.maps[(*place, channel)]
        assert unit(outputs, number, 0).value == one.maps[..., 0].max()


def test_a_patch_is_what_lies_under_the_window(classifier, seven):
    outputs = layer_outputs(classifier, seven)
    for number, place in ((0, (0, 27)), (3, (7, 3))):
        found = unit(outputs, number, 2, place)
        top, left, bottom, right = found.window
        padded = np.pad(outputs[number].inputs, ((3, 3), (3, 3), (0, 0)))
        expected = padded[top + 3 : bottom + 3, left + 3 : right + 3].transpose(2, 0, 1)
        assert (found.patches == expected).all()


def test_a_pixel_depends_on_nothing_beyond_its_field(classifier, seven):
    outputs = layer_outputs(classifier, seven)
    for number, one in enumerate(outputs):
        size = one.maps.shape[0]
        place = size // 2, size // 3
        found = unit(outputs, number, 0, place)
        top, left, bottom, right = found.field
        changed = 255 - seven
        # The network softens what it is shown by a pixel on either side.
        inner = slice(max(top - 1, 0), bottom + 1), slice(max(left - 1, 0), right + 1)
        changed[inner] = seven[inner]
        again = unit(layer_outputs(classifier, changed), number, 0, place)
        assert again.value == pytest.approx(found.value, abs=1e-3)


# What flows


@pytest.mark.parametrize("name", RECIPES)
@pytest.mark.parametrize("digit", [None, 1])
def test_what_comes_into_maps_is_what_they_contribute_to_the_logit(name, digit, seven):
    classifier = load_classifier(name)
    found, network = flow(classifier, seven, digit), forward(classifier)
    assert found.digit == (found.logits.argmax() if digit is None else digit)
    *layers, logits = found.layers
    assert logits.contributions == pytest.approx(found.logits)
    into = logits.incoming.sum(axis=0) + logits.layer.offset
    assert into == pytest.approx(found.logits, abs=1e-3)
    *gradients, _ = network.gradients(network.run(seven), np.eye(10)[found.digit])
    constants = logits.layer.offset[found.digit]
    for flowing, gradient in reversed(list(zip(layers, gradients, strict=True))):
        total = flowing.contributions.sum() + constants
        assert total == pytest.approx(found.logits[found.digit], abs=1e-3)
        constant = flowing.layer.offset * gradient.sum(axis=(0, 1))
        constants += constant.sum()
        if flowing.incoming is not None:
            into = flowing.incoming.sum(axis=0) + constant[flowing.shown]
            assert into == pytest.approx(flowing.contributions[flowing.shown], abs=1e-3)


def test_what_leaves_a_map_is_what_it_contributes(classifier, seven, monkeypatch):
    """Where all maps of the next layer are followed."""
    width = flow(classifier, seven).layers[3].maps.shape[2]
    monkeypatch.setitem(flow.__globals__, "MAX_SHOWN", width)
    first, second = flow(classifier, seven, count=width).layers[2:4]
    assert sorted(second.shown) == list(range(width))
    assert second.incoming.sum(axis=1) == pytest.approx(first.contributions, abs=1e-3)


# Which maps are shown


def test_maps_that_matter_most_stay_in_their_places_unless_another_matters_much_more():
    assert choose(np.array([1, -5, 0, 3, 2]), 3) == [1, 3, 4]
    assert choose(np.array([1, 2]), 8) == [1, 0]
    weights = np.array([1.0, 5, 2, 3, 4])
    assert choose(weights, 3, [3, 1, 4]) == [3, 1, 4]
    weights[2] = 3 * LOYALTY
    assert choose(weights, 3, [3, 1, 4]) == [3, 1, 4]
    weights[2] = -3 * LOYALTY - 0.1
    assert choose(weights, 3, [3, 1, 4]) == [2, 1, 4]
    assert choose(weights, 4, [3, 1, 4])[:3] == [3, 1, 4]
    assert choose(weights, 2, [3, 1, 4]) == [2, 1]


def test_whatever_was_shown_the_choice_is_sound():
    rng = np.random.default_rng(0)
    for _ in range(300):
        weights = rng.normal(size=rng.integers(1, 40))
        count = int(rng.integers(1, 17))
        before = rng.integers(0, 60, rng.integers(0, 17)).tolist()
        found = choose(weights, count, before)
        assert len(found) == min(count, len(weights)) == len(set(found))
        assert all(0 <= one < len(weights) for one in found)
        assert choose(weights, count, found) == found
        left_out = [abs(w) for i, w in enumerate(weights) if i not in found]
        if left_out:
            assert max(left_out) <= LOYALTY * min(abs(weights[found])) + 1e-9


# Bad questions


NO_PIXELS = [np.zeros((20, 28), np.uint8), np.zeros((28, 28)), None]
NO_UNITS = [(99, 0), (-1, 0), (0, 99), (0, True), (0, 0, (28, 0))]
NO_FLOWS = [(10,), ("7",), (7, 0), (7, MAX_SHOWN + 1)]
NO_FLOWS += [(7, 8, shown) for shown in ([[0]], [[-1]] * 11, ["7"] * 11, [list(range(99))] * 11)]


@pytest.mark.parametrize(
    "ask",
    [
        *(lambda c, _, no=no: layer_outputs(c, no) for no in NO_PIXELS),
        *(lambda c, _, no=no: flow(c, no) for no in NO_PIXELS),
        *(lambda c, p, no=no: unit(layer_outputs(c, p), *no) for no in NO_UNITS),
        *(lambda c, p, no=no: flow(c, p, *no) for no in NO_FLOWS),
    ],
)
def test_a_question_that_is_none_is_refused(classifier, seven, ask):
    with pytest.raises(ValueError, match=r"\.$"):
        ask(classifier, seven)


# Two drawings


def test_two_drawings_are_compared_in_the_maps_that_matter_to_either(classifier, seven):
    four = strokes_to_mnist(DIGITS[4])
    drawings, found = difference(classifier, four, seven, 3)
    both = [flow(classifier, pixels) for pixels in (seven, four)]
    for place, alone in enumerate(both):
        assert drawings[place] == pytest.approx(alone.drawing[..., 0])
        for compared, layer in zip(found, alone.layers, strict=False):
            expected = layer.maps[..., compared.shown]
            assert compared.maps[place] == pytest.approx(expected, abs=1e-4)
    for number, compared in enumerate(found):
        assert len(compared.shown) == 3
        if compared.layer.sees_all:
            matter = sum(np.abs(each.layers[number].contributions) for each in both)
            assert set(compared.shown) == set(np.argsort(-matter)[:3].tolist())


def test_drawing_does_not_differ_from_itself_and_maps_stay_in_their_places(classifier, seven):
    for compared in difference(classifier, seven, seven)[1]:
        assert (compared.maps[0] == compared.maps[1]).all()
    four = strokes_to_mnist(DIGITS[4])
    _, found = difference(classifier, four, seven, 3)
    turned = [compared.shown[::-1] for compared in found] + [[]]
    _, again = difference(classifier, four, seven, 3, turned)
    assert [compared.shown for compared in again] == turned[:-1]
