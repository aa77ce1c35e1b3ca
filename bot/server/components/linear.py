"""The head: multinomial logistic regression, kept as plain arrays."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

_STEPS = 60
"""More steps change nothing in what held-out texts are taken for."""
_COLUMNS = 4096
_SEED = 11


class Sketch:
    """The same texts in far fewer columns: each n-gram is added to one column or taken off it.

    A hundred thousand n-grams share 4096 columns. By chance they hardly get in each other's way
    (the likeness of two texts changes by about one part in sixty), and the head is fitted in
    seconds. Its weights are written back per n-gram, so that reading a text needs no sketch.
    """

    def __init__(self, sparse: csr_matrix, dense: np.ndarray) -> None:
        chance = np.random.default_rng(_SEED)
        width = sparse.shape[1]
        place = chance.integers(0, _COLUMNS, width)
        sign = chance.choice(np.array([-1.0, 1.0], dtype=np.float32), width)
        self._spread = csr_matrix((sign, (np.arange(width), place)), shape=(width, _COLUMNS))
        few = np.asarray((sparse @ self._spread).todense(), dtype=np.float32)
        self.rows = np.hstack([few, dense]).astype(np.float32)

    def turn_back(self, weights: np.ndarray) -> np.ndarray:
        """The weights per n-gram and per column of the dense views."""
        return np.vstack([self._spread @ weights[:_COLUMNS], weights[_COLUMNS:]])


def solve(
    rows: np.ndarray, truth: np.ndarray, classes: int, strength: float
) -> tuple[np.ndarray, np.ndarray]:
    """Weights and bias of the likeliest model; every class weighs the same, however small."""
    counts = np.bincount(truth, minlength=classes)
    present = np.maximum(counts, 1) * np.count_nonzero(counts)
    pull = (strength * (len(truth) / present)[truth]).astype(np.float32)
    size = rows.shape[1]
    wanted = truth, np.arange(len(truth))

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.astype(np.float32).reshape(size + 1, classes)
        scores = rows @ weights[:-1]
        scores += weights[-1]
        scores -= scores.max(axis=1, keepdims=True)
        hit = scores[wanted[1], wanted[0]]
        np.exp(scores, out=scores)
        total = scores.sum(axis=1, keepdims=True)
        wrong = pull @ (np.log(total[:, 0]) - hit)
        scores /= total
        scores[wanted[1], wanted[0]] -= 1
        scores *= pull[:, None]
        slope = np.vstack([rows.T @ scores, scores.sum(axis=0, keepdims=True)])
        slope[:-1] += weights[:-1]  # the bias is not held small
        held = 0.5 * float(np.square(weights[:-1]).sum())
        return float(wrong) + held, slope.ravel().astype(np.float64)

    start = np.zeros((size + 1) * classes)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS})
    best = found.x.reshape(size + 1, classes)
    return best[:-1], best[-1]


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
            weights=self._weights.astype(np.float16),
            bias=self._bias,
        )

    @classmethod
    def load(cls, folder: Path) -> "LinearHead":
        with np.load(folder / "head.npz", allow_pickle=False) as stored:
            return cls(stored["labels"].tolist(), stored["weights"], stored["bias"])
