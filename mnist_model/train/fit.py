"""Trains a recipe's network: the optimizer, the loss, the schedule."""

import functools
import itertools
import signal
import threading
from collections.abc import Callable, Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras import ops

from mnist_model.preprocess.examples import NOT_A_DIGIT, Examples
from mnist_model.read.calibration import fit_temperature, negative_log_likelihood
from mnist_model.read.classifier import TRAINED
from mnist_model.train import networks
from mnist_model.train.augment import EPOCHS_A_PAGE, distorted_batches, taught_batches
from mnist_model.train.keras_model import load_keras
from mnist_model.train.recipes import TEACHERS, Recipe

History = dict[str, list[float]]
SOFTNESSES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
TEACHER_SHARE = 0.7  # of the loss, where a teacher is right
TEACHER_TEMPERATURE = 3.0  # both networks' logits are divided by it
POPULATION_BATCH = 256  # training digits, over which batch normalisation takes statistics
POPULATION_BATCHES = 80  # of which the mean is taken, at most


def fit(
    recipe: Recipe,
    training: Sequence[Examples],
    validation: Examples,
    seed: int,
    told: Callable[[int], object] = lambda _: None,
    teacher: keras.Model | None = None,
) -> tuple[keras.Model, History]:
    """Train the recipe's network from scratch; the same seed gives the same weights.

    Args:
        recipe: says how.
        training: what to train on, a page each epoch, in turn, all equally long; labels up to
            `NOT_A_DIGIT`.
        validation: digits that are read after each epoch, for the history.
        seed: of everything that is left to chance.
        told: is called after each step with how many examples were in it.
        teacher: a network whose logits are learned, too (`distillation`).

    Returns:
        The network, without its optimizer's state, and its history: loss and accuracy (of the
        digits) in training and validation, a number an epoch.
    """
    keras.utils.set_random_seed(seed)
    tf.config.experimental.enable_op_determinism()

    network = getattr(networks, recipe.network)()
    (page,) = {len(examples) for examples in training}
    batch_size = min(recipe.batch_size, page)
    steps = page // batch_size
    callbacks: list[keras.callbacks.Callback] = [
        keras.callbacks.LambdaCallback(on_train_batch_end=lambda batch, logs: told(batch_size))
    ]
    if recipe.optimizer == "adam":
        # A rate that falls to 0 leaves weights that rest, and moving averages that are right.
        callbacks.append(PopulationStatistics(recipe, training, seed))
    history: History = {}
    done = 0
    for stage in recipe.stages():
        network.compile(
            optimizer=_optimizer(stage, stage.epochs * steps),
            loss=distillation if teacher else _loss(stage),
            metrics=[DigitAccuracy(name="accuracy")],
        )
        turn = done // (EPOCHS_A_PAGE if teacher else 1) % len(training)
        pages, amounts = [*training[turn:], *training[:turn]], stage.distortions()
        distorted = distorted_batches(pages, batch_size, amounts, seed + done)
        if teacher:
            read = functools.partial(predict, teacher)
            distorted = taught_batches(pages, batch_size, amounts, seed + done, read)
        with Stoppable() as stoppable:
            more: History = network.fit(
                distorted,
                epochs=stage.epochs,
                steps_per_epoch=steps,
                shuffle=False,  # the batches come shuffled
                callbacks=[*callbacks, stoppable],
                validation_data=(validation.images[..., None], validation.labels[:, None]),
                validation_batch_size=512,
                verbose=2,  # a line an epoch
            ).history
        history = {name: history.get(name, []) + values for name, values in more.items()}
        done += stage.epochs
    trained = getattr(networks, recipe.network)()  # without the optimizer's state: it is no use now
    trained.set_weights(network.get_weights())
    return trained, {name: [round(v, 5) for v in values] for name, values in history.items()}


def load_teacher(name: str) -> keras.Model:
    """A trained teacher, without softening: what it will read is distorted, and soft already.

    Raises:
        ValueError: if it has not been trained, or its file is damaged.
    """
    teacher = getattr(networks, TEACHERS[name].network)()
    teacher.set_weights(load_keras(TRAINED / name).get_weights())
    return teacher


def _optimizer(recipe: Recipe, steps: int) -> keras.optimizers.Optimizer:
    if recipe.optimizer == "adam":
        return keras.optimizers.Adam(recipe.learning_rate)
    warmup = round(recipe.warmup * steps)
    schedule: Any = keras.optimizers.schedules.CosineDecay(
        initial_learning_rate=0.0,
        warmup_target=recipe.learning_rate,
        warmup_steps=warmup,
        decay_steps=steps - warmup,
    )
    return keras.optimizers.AdamW(schedule, weight_decay=recipe.weight_decay)


def _loss(recipe: Recipe) -> Callable[..., Any]:
    if recipe.written_non_digits:
        return cross_entropy_with_refusal
    return one_hot_cross_entropy if recipe.one_hot else cross_entropy


def fit_softness(
    recipe: Recipe, network: keras.Model, held_out: Sequence[Examples]
) -> tuple[keras.Model, float]:
    """The same network, softening what it is shown as much as suits digits that were not distorted.

    Args:
        recipe: what the network was made by.
        network: trained, without softening.
        held_out: digits that were not trained on; each set has the same say.

    Returns:
        The network and its softness, at which the mean log-likelihood of the sets is highest.
    """

    def unlikelihood(softer: keras.Model) -> float:
        logits = [predict(softer, examples.images) for examples in held_out]
        return sum(
            negative_log_likelihood(part / fit_temperature(part, examples.labels), examples.labels)
            for part, examples in zip(logits, held_out, strict=True)
        )

    candidates = {s: getattr(networks, recipe.network)(softness=s) for s in SOFTNESSES}
    for softer in candidates.values():
        softer.set_weights(network.get_weights())
    best = min(candidates, key=lambda softness: unlikelihood(candidates[softness]))
    return candidates[best], best


def predict(network: keras.Model, images: np.ndarray) -> np.ndarray:
    """``(n, 28, 28)`` uint8 -> ``(n, 10)`` logits."""
    silent: Any = 0
    with Stoppable() as stoppable:
        return network.predict(
            images[..., None], batch_size=512, verbose=silent, callbacks=[stoppable]
        )


def cross_entropy(labels: Any, logits: Any):
    """Of ten logits, for labels 0..9."""
    return keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)


def one_hot_cross_entropy(labels: Any, logits: Any):
    """The same, by way of ten numbers for each label, nine of them 0."""
    labels = ops.one_hot(ops.cast(ops.ravel(labels), "int32"), 10)
    return keras.losses.categorical_crossentropy(labels, logits, from_logits=True)


def cross_entropy_with_refusal(labels: Any, logits: Any):
    """Of ten logits and an eleventh that is always 0, for what is no digit.

    So the log of the ten's summed exponentials, the digit score, becomes the log-odds that it is a
    digit: outlier exposure (Hendrycks, Mazeika and Dietterich, ICLR 2019) of an energy score (Liu
    et al., NeurIPS 2020), without a threshold or margin to choose.
    """
    return cross_entropy(labels, ops.pad(logits, ((0, 0), (0, 1))))


def distillation(answers: Any, logits: Any):
    """`cross_entropy_with_refusal`, and against a teacher's eleven where the teacher is right.

    Hinton, Vinyals and Dean, "Distilling the knowledge in a neural network", 2015.

    Args:
        answers: ``(n, 1 + 10)`` labels and the teacher's logits, or ``(n, 1)`` labels alone.
        logits: ``(n, 10)``.
    """
    labels = answers[:, 0]
    hard: Any = cross_entropy_with_refusal(labels, logits)
    if answers.shape[1] == 1:
        return hard
    taught: Any = ops.pad(answers[:, 1:], ((0, 0), (0, 1)))
    own: Any = ops.pad(logits, ((0, 0), (0, 1)))
    right: Any = ops.cast(
        ops.equal(ops.argmax(taught, axis=1), ops.cast(labels, "int32")), "float32"
    )
    soft: Any = keras.losses.categorical_crossentropy(
        ops.softmax(taught / TEACHER_TEMPERATURE), own / TEACHER_TEMPERATURE, from_logits=True
    )
    return hard + TEACHER_SHARE * right * (TEACHER_TEMPERATURE**2 * soft - hard)


class Stoppable(keras.callbacks.Callback):
    """While it is entered, Ctrl-C stops what Keras does between two batches.

    Raised wherever it comes, amid TensorFlow's own code, KeyboardInterrupt now and then ends as
    another error or is lost. Pressed twice, it is raised wherever it comes all the same. So is any
    signal that is handled like Ctrl-C (`signal.default_int_handler`).
    """

    def __init__(self) -> None:
        """Not yet entered."""
        super().__init__()
        self.asked = False
        self.handlers: dict[signal.Signals, Any] = {}

    def __enter__(self) -> "Stoppable":
        """From here on."""
        if threading.current_thread() is threading.main_thread():  # signals are no other's
            for number in (signal.SIGINT, signal.SIGTERM):
                if signal.getsignal(number) is signal.default_int_handler:
                    self.handlers[number] = signal.signal(number, self._ask)
        return self

    def __exit__(self, *error: object) -> None:
        """Until here; raises KeyboardInterrupt if it was asked for and no batch has come since."""
        for number, handler in self.handlers.items():
            signal.signal(number, handler)
        self._stop()

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Stop here, if that was asked for."""
        self._stop()

    on_test_batch_end = on_predict_batch_end = on_train_batch_end

    def _ask(self, number: int, frame: Any) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True

    def _stop(self) -> None:
        if self.asked:
            raise KeyboardInterrupt


class PopulationStatistics(keras.callbacks.Callback):
    """Batch normalisation's means and variances, of the weights as they are when they are read.

    The moving averages that are kept while training lag behind weights which a constant learning
    rate moves to the last step. So before each reading of the validation digits they are computed
    anew from training digits (Ioffe and Szegedy, ICML 2015, algorithm 2; Wu and Johnson,
    "Rethinking 'Batch' in BatchNorm", 2021). The last are those that are saved.
    """

    def __init__(self, recipe: Recipe, training: Sequence[Examples], seed: int) -> None:
        """Of what is trained on, and how, see `fit`."""
        super().__init__()
        size = min(POPULATION_BATCH, len(training[0]))
        amounts = itertools.repeat(recipe.distortions()[-1])  # of the weights that are saved
        self.batches = distorted_batches(training, size, amounts, seed)
        self.count = min(POPULATION_BATCHES, len(training[0]) // size)

    def on_test_begin(self, logs: dict[str, Any] | None = None) -> None:
        """Average over some batches."""
        model: Any = self.model
        normalisations = _normalisations(model)
        if not normalisations:
            return
        momenta = [layer.momentum for layer in normalisations]
        for seen, (images, _) in enumerate(itertools.islice(self.batches, self.count)):
            for layer in normalisations:
                layer.momentum = seen / (seen + 1)  # the moving average is now the mean so far
            model(images, training=True)
        for layer, momentum in zip(normalisations, momenta, strict=True):
            layer.momentum = momentum


def _normalisations(model: keras.Model) -> list[keras.layers.BatchNormalization]:
    """Of a network, and of networks within it."""
    found = []
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            found.append(layer)
        elif isinstance(layer, keras.Model):
            found += _normalisations(layer)
    return found


class DigitAccuracy(keras.metrics.SparseCategoricalAccuracy):
    """Share of the digits among the examples that are read right."""

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None):
        """Count a batch; what is no digit does not count."""
        # A teacher's logits follow a label.
        labels: Any = y_true if len(y_true.shape) == 1 else y_true[:, 0]
        super().update_state(labels, y_pred, ops.not_equal(labels, NOT_A_DIGIT))
