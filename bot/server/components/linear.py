"""The head: multinomial logistic regression, kept as plain arrays."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression


class LinearHead:
    """Scores (logits) per label; ``labels`` gives their order."""

    def __init__(self, labels: Sequence[str], weights: np.ndarray, bias: np.ndarray) -> None:
        self.labels: list[str] = list(labels)
        self._weights = weights
        self._bias = bias

    @classmethod
    def fit(cls, rows: csr_matrix, labels: Sequence[str], strength: float) -> "LinearHead":
        fitted = LogisticRegression(
            C=strength, class_weight="balanced", max_iter=300, tol=1e-3, random_state=7
        ).fit(rows, list(labels))
        weights, bias = fitted.coef_, fitted.intercept_
        if len(fitted.classes_) == 2:  # scikit-learn keeps one row for two classes
            weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
        return cls(list(fitted.classes_), weights.astype(np.float32), bias.astype(np.float32))

    def scores(self, rows: csr_matrix) -> np.ndarray:
        return np.asarray(rows @ self._weights.T + self._bias)

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
