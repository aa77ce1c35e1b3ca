"""The head: multinomial logistic regression, kept as plain arrays."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.linalg import cholesky, solve_triangular
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

_STEPS = 60
"""More steps change nothing in what held-out texts are taken for."""
_EASE = 1e-6


class Rotation:
    """The same texts in as many columns as there are texts: the same head, in far fewer steps.

    Tens of thousands of n-grams span no more directions than there are texts, so the head is
    fitted there and its weights are turned back. Meant for some thousands of texts: the time
    grows with their number squared and more.
    """

    def __init__(self, sparse: csr_matrix, dense: np.ndarray) -> None:
        likeness = (sparse @ sparse.T).toarray().astype(np.float64) + dense @ dense.T
        # Equal texts would make it singular.
        likeness[np.diag_indices_from(likeness)] += _EASE
        self._lower = cholesky(likeness, lower=True)
        self._sparse, self._dense = sparse, dense
        self.rows = self._lower.astype(np.float32)

    def turn_back(self, weights: np.ndarray) -> np.ndarray:
        shares = solve_triangular(self._lower, weights, lower=True, trans="T")
        return np.vstack([self._sparse.T @ shares, self._dense.T @ shares])


def solve(
    rows: np.ndarray, truth: np.ndarray, classes: int, strength: float
) -> tuple[np.ndarray, np.ndarray]:
    """Weights and bias of the likeliest model; every class weighs the same, however small."""
    counts = np.bincount(truth, minlength=classes)
    present = np.maximum(counts, 1) * np.count_nonzero(counts)
    pull = (strength * (len(truth) / present)[truth]).astype(np.float32)
    wide = np.hstack([rows, np.ones((len(rows), 1))]).astype(np.float32)
    hits = np.eye(classes, dtype=np.float32)[truth]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.astype(np.float32).reshape(wide.shape[1], classes)
        scores = wide @ weights
        scores -= scores.max(axis=1, keepdims=True)
        odds = np.exp(scores)
        total = odds.sum(axis=1)
        wrong = pull @ (np.log(total) - scores[np.arange(len(truth)), truth])
        slope = wide.T @ (pull[:, None] * (odds / total[:, None] - hits))
        slope[:-1] += weights[:-1]  # the bias is not held small
        size = 0.5 * float(np.square(weights[:-1]).sum())
        return float(wrong) + size, slope.ravel().astype(np.float64)

    start = np.zeros(wide.shape[1] * classes)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS})
    weights = found.x.reshape(wide.shape[1], classes)
    return weights[:-1], weights[-1]


class LinearHead:
    """Scores (logits) per label; ``labels`` gives their order."""

    def __init__(self, labels: Sequence[str], weights: np.ndarray, bias: np.ndarray) -> None:
        self.labels = list(labels)
        self._weights = weights.astype(np.float32)
        self._bias = bias.astype(np.float32)

    def scores(self, rows: csr_matrix) -> np.ndarray:
        return np.asarray(rows @ self._weights + self._bias)

    def save(self, folder: Path) -> None:
        np.savez(
            folder / "head.npz",
            labels=np.array(self.labels),
            weights=self._weights,
            bias=self._bias,
        )

    @classmethod
    def load(cls, folder: Path) -> "LinearHead":
        with np.load(folder / "head.npz", allow_pickle=False) as stored:
            return cls(stored["labels"].tolist(), stored["weights"], stored["bias"])
