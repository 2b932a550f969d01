import contextlib
import re
import signal
import threading

import keras
import numpy as np
import pytest
from digits import DIGITS

from mnist_model.preprocess.examples import NOT_A_DIGIT, Examples
from mnist_model.preprocess.mnist_format import strokes_to_mnist
from mnist_model.train import augment, networks
from mnist_model.train import fit as training
from mnist_model.train.augment import Distortion
from mnist_model.train.fit import (
    DigitAccuracy,
    cross_entropy,
    cross_entropy_with_refusal,
    distillation,
    one_hot_cross_entropy,
    predict,
)
from mnist_model.train.rebuild import rebuild
from mnist_model.train.recipes import RECIPES, Recipe


def test_losses_by_hand():
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 3, (50, 10)).astype(np.float32)
    labels = rng.integers(0, 10, 50)
    assert np.asarray(cross_entropy(np.array([3]), np.zeros((1, 10)))) == pytest.approx(np.log(10))
    for shape in (50, (50, 1)):
        one_hot = one_hot_cross_entropy(labels.reshape(shape), logits)
        np.testing.assert_allclose(one_hot, cross_entropy(labels, logits), rtol=1e-4)
    labels[::7] = NOT_A_DIGIT
    eleven = np.column_stack([logits, np.zeros(50)])  # the eleventh logit is zero
    by_hand = np.log(np.exp(eleven).sum(axis=1)) - eleven[np.arange(50), labels]
    loss = np.asarray(cross_entropy_with_refusal(labels, logits))
    np.testing.assert_allclose(loss, by_hand, rtol=1e-4, atol=1e-5)


def test_a_teacher_is_followed_where_it_is_right_and_labels_where_it_is_wrong():
    logits = np.random.default_rng(0).normal(0, 3, (3, 10)).astype(np.float32)
    labels = np.array([3, 3, NOT_A_DIGIT])
    teacher = np.full((3, 10), -4, np.float32)
    teacher[0, 3] = teacher[1, 5] = 8  # right, wrong; the third reads no digit, and is right
    told = np.asarray(cross_entropy_with_refusal(labels, logits))
    loss = np.asarray(distillation(np.column_stack([labels, teacher]), logits))
    assert loss[1] == pytest.approx(told[1])
    t = training.TEACHER_TEMPERATURE
    theirs, own = (np.column_stack([part, np.zeros(3)]) / t for part in (teacher, logits))
    theirs, own = (part - np.log(np.exp(part).sum(axis=1, keepdims=True)) for part in (theirs, own))
    shown = -(t**2) * (np.exp(theirs) * own).sum(axis=1)
    expected = (1 - training.TEACHER_SHARE) * told + training.TEACHER_SHARE * shown
    np.testing.assert_allclose(loss[[0, 2]], expected[[0, 2]], rtol=1e-4)
    np.testing.assert_allclose(distillation(labels[:, None], logits), told, rtol=1e-6)


def test_a_teacher_reads_each_distorted_page_once_for_some_epochs():
    pages = [Examples(np.full((20, 28, 28), page, np.uint8), np.arange(20) % 10) for page in (1, 2)]
    asked = []

    def teacher(images):
        asked.append(images[0, 14, 14])
        return np.tile(images[:, 14, 14, None].astype(np.float32), 10)

    amounts = [Distortion(shift=1)] * (augment.EPOCHS_A_PAGE + 1)
    batches = list(augment.taught_batches(pages, 10, amounts, 0, teacher))
    assert asked == [1, 2]
    assert len(batches) == 2 * len(amounts)
    for images, answers in batches:
        assert (images.shape, answers.shape) == ((10, 28, 28, 1), (10, 11))
        np.testing.assert_array_equal(answers[:, 1], images[:, 14, 14, 0])
    orders = [np.concatenate([batches[i][1][:, 0], batches[i + 1][1][:, 0]]) for i in (0, 2)]
    assert sorted(orders[0]) == sorted(orders[1])
    assert list(orders[0]) != list(orders[1])


def test_what_is_no_digit_does_not_count_towards_the_accuracy():
    metric = DigitAccuracy()
    metric.update_state(np.array([1, 2, 9, NOT_A_DIGIT]), np.eye(10)[[1, 2, 3, 4]])
    assert float(metric.result()) == pytest.approx(2 / 3)
    metric.update_state(np.array([[5]]), np.eye(10)[[5]])
    assert float(metric.result()) == pytest.approx(3 / 4)


def network_with_batch_normalisation() -> keras.Model:
    """Small, with one batch normalisation in a network within the network."""
    inner = keras.Sequential(
        [keras.Input((28, 28, 1)), keras.layers.AveragePooling2D(4), keras.layers.Conv2D(3, 3),
         keras.layers.BatchNormalization()]
    )  # fmt: skip
    return keras.Sequential(
        [inner, keras.layers.Flatten(), keras.layers.BatchNormalization(), keras.layers.Dense(10)]
    )


def test_batch_normalisation_is_read_with_the_training_digits_own_statistics(monkeypatch):
    monkeypatch.setattr(networks, "own", network_with_batch_normalisation, raising=False)
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (256, 28, 28), dtype=np.uint8)
    page = Examples(images, rng.integers(0, 10, 256))
    recipe = Recipe("own", epochs=2, batch_size=50, learning_rate=1e-2)
    network, _ = training.fit(recipe, [page], page, seed=0)
    inner, flatten, outer, _ = network.layers
    *before, normalisation = inner.layers
    seen = images[..., None].astype(np.float32)
    for layer in before:
        seen = layer(seen)
    for layer, inputs in ((normalisation, seen), (outer, flatten(normalisation(seen)))):
        axes = tuple(range(inputs.ndim - 1))
        mean, variance = np.mean(inputs, axis=axes), np.var(inputs, axis=axes)
        np.testing.assert_allclose(layer.moving_mean, mean, atol=0.02 * np.sqrt(variance).max())
        np.testing.assert_allclose(layer.moving_variance, variance, rtol=0.02)


class LosesCtrlC(keras.callbacks.Callback):
    """Presses it in the third epoch, and catches what is raised, as code within TensorFlow may."""

    def __init__(self):
        super().__init__()
        self.epochs = []

    def on_epoch_begin(self, epoch, logs=None):
        self.epochs.append(epoch)
        if epoch == 2:
            with contextlib.suppress(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)


def test_a_lost_interrupt_stops_the_training_all_the_same(monkeypatch):
    loses = LosesCtrlC()
    monkeypatch.setattr(training, "PopulationStatistics", lambda *_: loses)
    rng = np.random.default_rng(0)
    page = Examples(rng.integers(0, 256, (20, 28, 28), dtype=np.uint8), np.arange(20) % 10)
    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background it is ignored
    try:
        with pytest.raises(KeyboardInterrupt):
            training.fit(Recipe("mlp", epochs=50, batch_size=20), [page], page, seed=0)
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)
    assert loses.epochs == [0, 1, 2]


@pytest.mark.parametrize(
    ("then", "come_to"),
    [
        (lambda stoppable: stoppable.on_train_batch_end(0), ["pressed"]),
        (lambda stoppable: stoppable.on_test_batch_end(0), ["pressed"]),
        (lambda stoppable: stoppable.on_predict_batch_end(0), ["pressed"]),
        (lambda stoppable: signal.raise_signal(signal.SIGTERM), ["pressed"]),
        (lambda stoppable: None, ["pressed", "end"]),
    ],
)
def test_an_interrupt_is_held_until_a_batch_ends_or_another_comes(then, come_to):
    steps = []

    def interrupted():
        with training.Stoppable() as stoppable:
            signal.raise_signal(signal.SIGTERM)
            steps.append("pressed")
            then(stoppable)
            steps.append("end")

    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            interrupted()
        assert signal.getsignal(signal.SIGTERM) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGTERM, before)
    assert steps == come_to


def test_signals_that_are_handled_otherwise_or_in_other_threads_are_left_alone():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    seen = []
    try:
        with training.Stoppable():
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        signal.signal(signal.SIGINT, signal.default_int_handler)

        def elsewhere():
            with training.Stoppable():
                seen.append(signal.getsignal(signal.SIGINT))

        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
        assert seen == [signal.default_int_handler]
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize(
    ("network", "told"),
    [
        (lambda: None, "not from None to None"),
        (
            lambda: keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()]),
            "(None, 28, 28)",
        ),
        (3, "has no own"),
    ],
)
def test_a_network_of_ones_own_that_does_not_fit_is_told(monkeypatch, tmp_path, network, told):
    monkeypatch.setattr(networks, "own", network, raising=False)
    page = Examples(np.zeros((60, 28, 28), np.uint8), np.arange(60) % 10)
    with pytest.raises(ValueError, match=re.escape(told)):
        rebuild("own", Recipe("own", 1, 10), 0, (page, page), tmp_path / "own")


def test_a_softened_network_sees_what_the_unsoftened_would_see_of_a_softened_digit():
    sharp, soft = networks.sketchpad(), networks.sketchpad(softness=0.4)
    soft.set_weights(sharp.get_weights())
    pixels = np.stack([strokes_to_mnist(strokes) for strokes in DIGITS.values()]).astype(np.float32)
    padded = np.pad(pixels, ((0, 0), (1, 1), (1, 1)))
    mean = sum(padded[:, r : r + 28, c : c + 28] for r in range(3) for c in range(3)) / 9
    np.testing.assert_allclose(
        predict(soft, pixels), predict(sharp, 0.6 * pixels + 0.4 * mean), atol=1e-3
    )


def test_the_softness_is_the_one_at_which_held_out_digits_are_likeliest(monkeypatch):
    likely = {0.0: 1.0, 0.1: 2.0, 0.2: 5.0, 0.3: 3.0}

    class Stub:
        def __init__(self, softness):
            self.softness = softness

        def set_weights(self, weights):
            assert weights == "trained"

        def get_weights(self):
            return "trained"

        def predict(self, images, **_):
            margin = np.random.default_rng(0).normal(likely[self.softness], 1, len(images))
            return np.column_stack([margin, np.zeros((len(images), 9))])

    monkeypatch.setattr(training, "SOFTNESSES", tuple(likely))
    monkeypatch.setattr(networks, "sketchpad", lambda softness=0.0: Stub(softness))
    held_out = Examples(np.zeros((100, 28, 28), np.uint8), np.zeros(100, int))
    network, softness = training.fit_softness(RECIPES["sketchpad"], Stub(0.0), [held_out])
    assert softness == network.softness == 0.2


def test_each_epoch_is_distorted_as_far_as_the_recipe_says(monkeypatch):
    gone = []

    def distort(images, amount, rng):
        gone.append(amount)
        return images.astype(np.float32)

    monkeypatch.setattr(augment, "distort", distort)
    page = Examples(np.zeros((20, 28, 28), np.uint8), np.arange(20) % 10)
    shift = Distortion(shift=1)
    recipe = Recipe(
        "mlp",
        epochs=3,
        batch_size=10,
        optimizer="adamw",
        distortion=shift,
        settling=1 / 3,
        polish=1,
    )
    _, history = training.fit(recipe, [page], page, seed=0)
    assert gone == [shift] * 4 + [shift.times(0.5)] * 4
    assert len(history["loss"]) == 4
