import numpy as np
import pytest

from mnist_model.read.calibration import (
    area_under_roc,
    digit_score_threshold,
    expected_calibration_error,
    fit_temperature,
    log_sum_exp,
    negative_log_likelihood,
    reliability,
)


def softmax(logits):
    return np.exp(logits - log_sum_exp(logits)[:, None])


@pytest.fixture(scope="module")
def honest():
    """Logits whose probabilities are true: the labels are drawn from them."""
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 2.5, (20_000, 10))
    labels = (softmax(logits).cumsum(axis=1) > rng.random((20_000, 1))).argmax(axis=1)
    return logits, labels


def test_log_sum_exp_and_likelihood_by_hand():
    np.testing.assert_allclose(log_sum_exp(np.full((1, 10), 1000.0)), 1000 + np.log(10))
    assert negative_log_likelihood(np.zeros((5, 10)), np.arange(5)) == pytest.approx(np.log(10))


@pytest.mark.parametrize("factor", [0.25, 1, 4])
def test_the_temperature_undoes_a_factor(honest, factor):
    logits, labels = honest
    assert fit_temperature(logits * factor, labels) == pytest.approx(factor, rel=0.03)


def test_calibration_error_is_small_when_honest_and_large_when_boastful(honest):
    logits, labels = honest
    assert expected_calibration_error(softmax(logits), labels) < 0.01
    assert expected_calibration_error(softmax(4 * logits), labels) > 0.1


def test_calibration_error_and_reliability_by_hand():
    # Two bins of two: sure 0.6 and right half the time, sure 0.9 and always right.
    top = np.array([0.6, 0.6, 0.9, 0.9])
    probabilities = np.column_stack([top, 1 - top])
    labels = np.array([0, 1, 0, 0])
    assert expected_calibration_error(probabilities, labels, bins=2) == pytest.approx(0.1)
    sure, right = reliability(probabilities, labels, bins=2)
    np.testing.assert_allclose(sure, [0.6, 0.9])
    np.testing.assert_allclose(right, [0.5, 1.0])


def test_area_under_roc_by_hand():
    assert area_under_roc(np.array([3.0, 2.0]), np.array([1.0, 0.0])) == 1
    assert area_under_roc(np.array([0.0]), np.array([1.0])) == 0
    assert area_under_roc(np.array([1.0, 2.0]), np.array([1.0, 3.0])) == pytest.approx(1.5 / 4)
    rng = np.random.default_rng(0)
    # Two normal distributions d apart: Phi(d / sqrt 2).
    assert area_under_roc(rng.normal(1, 1, 20_000), rng.normal(0, 1, 20_000)) == pytest.approx(
        0.7602, abs=0.01
    )


def test_the_threshold_refuses_the_share_asked_for():
    scores = np.random.default_rng(0).normal(size=10_000).astype(np.float32)
    threshold = digit_score_threshold(scores, 0.01)
    assert (scores < threshold).mean() == pytest.approx(0.01, abs=1e-3)
