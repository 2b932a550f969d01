"""Calibration: from logits to probabilities that match the accuracy, and a score for digits."""

import numpy as np


def log_sum_exp(logits: np.ndarray) -> np.ndarray:
    """``(n, 10)`` logits -> ``(n,)`` log of the sum of their exponentials."""
    highest = logits.max(axis=1)
    return highest + np.log(np.exp(logits - highest[:, None]).sum(axis=1))


def softmax(logits: np.ndarray) -> np.ndarray:
    """``(n, 10)`` logits -> probabilities, each row summing to 1."""
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def negative_log_likelihood(logits: np.ndarray, labels: np.ndarray) -> float:
    """Mean cross-entropy, in nats, of ``(n, 10)`` logits for ``(n,)`` labels."""
    return float((log_sum_exp(logits) - logits[np.arange(len(labels)), labels]).mean())


def fit_temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """The temperature for which held-out labels are likeliest; logits are divided by it.

    Source: Guo et al., "On calibration of modern neural networks", ICML 2017.

    Args:
        logits: ``(n, 10)``, of digits that the network was not trained on.
        labels: ``(n,)``.

    Returns:
        A temperature between 0.05 and 20.
    """
    logits = logits.astype(np.float64)
    low, high = np.log(0.05), np.log(20)
    for _ in range(60):  # a ternary search: the likelihood has one peak over the logarithm
        left, right = low + (high - low) / 3, high - (high - low) / 3
        if negative_log_likelihood(logits / np.exp(left), labels) < negative_log_likelihood(
            logits / np.exp(right), labels
        ):
            high = right
        else:
            low = left
    return float(np.exp((low + high) / 2))


def expected_calibration_error(
    probabilities: np.ndarray, labels: np.ndarray, bins: int = 15
) -> float:
    """Mean gap between confidence and accuracy, over bins of equally many digits.

    Source: Nixon et al., "Measuring calibration in deep learning", 2019 (adaptive bins).

    Args:
        probabilities: ``(n, 10)``.
        labels: ``(n,)``.
        bins: number of bins, in order of confidence.

    Returns:
        The gap, 0..1, weighted by the bins' sizes.
    """
    sure, right, sizes = _bins(probabilities, labels, bins)
    return float((np.abs(sure - right) * sizes).sum() / sizes.sum())


def reliability(
    probabilities: np.ndarray, labels: np.ndarray, bins: int = 15
) -> tuple[np.ndarray, np.ndarray]:
    """Mean confidence and accuracy in bins of equally many digits."""
    return _bins(probabilities, labels, bins)[:2]


def _bins(
    probabilities: np.ndarray, labels: np.ndarray, bins: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    confidence = probabilities.max(axis=1).astype(float)
    correct = (probabilities.argmax(axis=1) == labels).astype(float)
    order = np.argsort(confidence, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    means = [(confidence[part].mean(), correct[part].mean(), len(part)) for part in parts]
    sure, right, sizes = np.array(means).T
    return sure, right, sizes


def area_under_roc(positive: np.ndarray, negative: np.ndarray) -> float:
    """How often a score from ``positive`` is above one from ``negative``; a tie counts half.

    The area under the receiver operating characteristic (Hanley and McNeil, Radiology 1982).
    """
    ordered = np.sort(negative)
    below = np.searchsorted(ordered, positive, side="left")
    not_above = np.searchsorted(ordered, positive, side="right")
    return float((below + not_above).mean() / (2 * len(negative)))


def digit_score_threshold(scores: np.ndarray, refused: float) -> float:
    """The score below which a given share of digits is refused.

    The score is the negative free energy, the log of the sum of the exponentials of the logits
    (Liu et al., "Energy-based out-of-distribution detection", NeurIPS 2020).
    """
    return float(np.quantile(scores.astype(np.float64), refused))
