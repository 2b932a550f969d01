import numpy as np
import pytest

from mnist_model.copybook import NOT_A_DIGIT
from mnist_model.quiet import import_tensorflow

import_tensorflow()
from mnist_model.training import (  # noqa: E402  after TensorFlow, which is imported quietly
    DigitAccuracy,
    cross_entropy,
    cross_entropy_with_refusal,
)


def test_the_eleventh_logit_is_zero():
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 3, (50, 10)).astype(np.float32)
    labels = rng.integers(0, 11, 50)
    eleven = np.column_stack([logits, np.zeros(50)])
    by_hand = np.log(np.exp(eleven).sum(axis=1)) - eleven[np.arange(50), labels]
    loss = np.asarray(cross_entropy_with_refusal(labels, logits))
    np.testing.assert_allclose(loss, by_hand, rtol=1e-4, atol=1e-5)


def test_without_refusal_it_is_the_usual_loss():
    assert np.asarray(cross_entropy(np.array([3]), np.zeros((1, 10)))) == pytest.approx(np.log(10))


def test_what_is_no_digit_does_not_count_towards_the_accuracy():
    metric = DigitAccuracy()
    logits = np.eye(10)[[1, 2, 3, 4]]
    metric.update_state(np.array([1, 2, 9, NOT_A_DIGIT]), logits)
    assert float(metric.result()) == pytest.approx(2 / 3)
    metric.update_state(np.array([[5]]), np.eye(10)[[5]])
    assert float(metric.result()) == pytest.approx(3 / 4)
