"""The head: multinomial logistic regression, kept as plain arrays."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

_STEPS = 200


class Rotation:
    """The same texts in as few columns as there are texts: the same answer in far fewer steps.

    Tens of thousands of n-grams span no more directions than there are texts, so the head is
    fitted there and its weights are turned back. Exact: only directions without length go.
    """

    def __init__(self, rows: csr_matrix) -> None:
        lengths, directions = np.linalg.eigh((rows @ rows.T).toarray().astype(np.float64))
        kept = lengths > 1e-9 * lengths.max()
        roots = np.sqrt(lengths[kept])
        self.rows = directions[:, kept] * roots
        self._back = directions[:, kept] / roots
        self._original = rows

    def turn_back(self, weights: np.ndarray) -> np.ndarray:
        return np.asarray(self._original.T @ (self._back @ weights))


def solve(
    rows: np.ndarray, truth: np.ndarray, classes: int, strength: float
) -> tuple[np.ndarray, np.ndarray]:
    """Weights and bias of the likeliest model; every class weighs the same, however small."""
    counts = np.bincount(truth, minlength=classes)
    present = np.maximum(counts, 1) * np.count_nonzero(counts)
    pull = strength * (len(truth) / present)[truth]
    wide = np.hstack([rows, np.ones((len(rows), 1))])
    hits = np.eye(classes)[truth]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(wide.shape[1], classes)
        scores = wide @ weights
        scores -= scores.max(axis=1, keepdims=True)
        total = np.log(np.exp(scores).sum(axis=1))
        wrong = pull @ (total - scores[np.arange(len(truth)), truth])
        slope = wide.T @ (pull[:, None] * (np.exp(scores - total[:, None]) - hits))
        slope[:-1] += weights[:-1]  # the bias is not held small
        return wrong + 0.5 * np.square(weights[:-1]).sum(), slope.ravel()

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
