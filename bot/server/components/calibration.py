"""Turns scores into honest probabilities, and finds from which one on we dare to answer.

Both are fitted on predictions for texts that the model had not seen (held-out folds).
"""

import numpy as np
from scipy.optimize import minimize_scalar

FLOOR, CEILING = 0.40, 0.97
"""Below the floor a guess is no answer; above the ceiling we would never answer at all."""
_PRIOR = 30
"""Texts that the common threshold counts for beside a topic's own texts."""


def probabilities(scores: np.ndarray, temperature: float) -> np.ndarray:
    scaled = scores / temperature
    scaled = scaled - scaled.max(axis=1, keepdims=True)
    exponents = np.exp(scaled)
    return exponents / exponents.sum(axis=1, keepdims=True)


def fit_temperature(scores: np.ndarray, truth: np.ndarray) -> float:
    """The one number that makes held-out confidence match held-out success best."""

    def loss(log_temperature: float) -> float:
        right = probabilities(scores, float(np.exp(log_temperature)))[np.arange(len(truth)), truth]
        return float(-np.log(np.maximum(right, 1e-12)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-3.0, 3.0), method="bounded").x))


def fit_threshold(confidence: np.ndarray, right: np.ndarray, allowed: float) -> float:
    """The lowest confidence from which at most ``allowed`` of the answers are wrong."""
    order = np.argsort(-confidence)
    wrong = np.cumsum(~right[order]) / np.arange(1, len(order) + 1)
    kept = np.nonzero(wrong <= allowed)[0]
    found = float(confidence[order][kept[-1]]) if len(kept) else 1.0
    return min(max(found, FLOOR), CEILING)


def own_threshold(
    confidence: np.ndarray, right: np.ndarray, allowed: float, common: float
) -> float:
    """A topic's own threshold: the common one, moved by what its own texts say.

    A topic has few held-out texts, so the common experience counts as ``_PRIOR`` texts, of which
    the allowed share is wrong. A topic that is often mistaken for another has to be surer.
    """
    for bar in np.concatenate([[common], np.sort(confidence[confidence > common]), [CEILING]]):
        taken = confidence >= bar
        wrong = float((~right[taken]).sum()) + allowed * _PRIOR
        if wrong / (float(taken.sum()) + _PRIOR) <= 2 * allowed:
            return float(min(max(bar, FLOOR), CEILING))
    return CEILING


def expected_error(confidence: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error: how far confidence and success lie apart."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        (place == number).mean()
        * abs(confidence[place == number].mean() - right[place == number].mean())
        for number in np.unique(place)
    ]
    return float(sum(gaps))


def coverage(confidence: np.ndarray, right: np.ndarray, threshold: float) -> tuple[float, float]:
    """Share answered, and share wrong among the answers."""
    answered = confidence >= threshold
    if not answered.any():
        return 0.0, 0.0
    return float(answered.mean()), float((~right[answered]).mean())


def folds(truth: np.ndarray, count: int) -> np.ndarray:
    """A fold number per example, each label spread evenly over the folds."""
    numbers = np.zeros(len(truth), dtype=int)
    for label in np.unique(truth):
        mine = np.nonzero(truth == label)[0]
        numbers[mine] = np.arange(len(mine)) % count
    return numbers
