"""Turns scores into honest probabilities, and finds from which one on we dare to answer.

Both are fitted on predictions for texts that the model had not seen (writers set apart).
"""

import numpy as np
from scipy.optimize import minimize

FLOOR, CEILING = 0.40, 0.97
"""Below the floor a guess is no answer; above the ceiling we would never answer at all."""
_PRIOR = 30
"""Texts that the common threshold counts for beside a topic's own texts."""


def probabilities(scores: np.ndarray) -> np.ndarray:
    exponents = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(exponents / exponents.sum(axis=1, keepdims=True))


def fit_weights(opinions: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """How much each judge counts, so that held-out confidence matches held-out success best.

    ``opinions`` are scores (judge, text, topic). None counts against itself. The size of the
    weights makes the confidence honest: of a judge who is too sure it is small.
    """
    judges, texts = len(opinions), np.arange(len(truth))
    start = np.full(judges, 1 / judges)
    if not len(truth):
        return start

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        shares = probabilities(np.tensordot(weights, opinions, axes=1))
        surprise = -np.log(np.maximum(shares[texts, truth], 1e-12)).mean()
        expected = (shares * opinions).sum(axis=2)
        return float(surprise), (expected - opinions[:, texts, truth]).mean(axis=1)

    bounds = [(0, None)] * judges
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x)


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
