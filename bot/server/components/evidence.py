"""What each word of a text says for each topic: counts, kept as plain sparse arrays.

Naive Bayes with a background: how much more often a word stands in the texts of a topic than in
all texts. Beside a head that weighs sentence vectors it brings most, for those vectors come from
an encoder that has learned the training texts by heart, and trust in them is too high.
"""

from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

_BACKGROUND = 1000.0
"""Weight of all texts together beside the texts of one topic, in words."""


class Evidence:
    """``weights`` (word, topic) where the topic has the word, ``absent`` (topic) where not."""

    def __init__(self, weights: csr_matrix, absent: np.ndarray) -> None:
        self._weights = weights
        self._absent = absent

    @classmethod
    def learn(cls, rows: csr_matrix, truth: np.ndarray, topics: int) -> "Evidence":
        texts = np.arange(len(truth))
        ones = np.ones(len(truth), dtype=np.float32)
        of_topic = csr_matrix((ones, (truth, texts)), shape=(topics, len(truth)))
        found = (of_topic @ rows).tocoo()
        everywhere = np.asarray(rows.sum(axis=0)).ravel()
        everywhere /= max(float(everywhere.sum()), 1e-9)
        more = np.log1p(found.data / (_BACKGROUND * everywhere[found.col])).astype(np.float32)
        weights = csr_matrix((more, (found.col, found.row)), shape=(rows.shape[1], topics))
        size = np.bincount(found.row, found.data, minlength=topics)
        return cls(weights, np.log(_BACKGROUND / (size + _BACKGROUND)).astype(np.float32))

    def scores(self, rows: csr_matrix) -> np.ndarray:
        length = np.asarray(rows.sum(axis=1))
        return np.asarray((rows @ self._weights).todense()) + length * self._absent

    def save(self, file: Path) -> None:
        np.savez(
            file,
            data=self._weights.data.astype(np.float16),
            indices=self._weights.indices.astype(np.int16),
            indptr=self._weights.indptr.astype(np.int32),
            shape=np.array(self._weights.shape),
            absent=self._absent,
        )

    @classmethod
    def load(cls, file: Path) -> "Evidence":
        with np.load(file, allow_pickle=False) as stored:
            data = stored["data"].astype(np.float32)
            parts = (data, stored["indices"].astype(np.int32), stored["indptr"])
            return cls(csr_matrix(parts, shape=tuple(stored["shape"])), stored["absent"])
