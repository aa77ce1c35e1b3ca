"""The head over sentence vectors: multinomial logistic regression, kept as plain arrays."""

from pathlib import Path

import numpy as np

_ROUNDS, _BATCH = 8, 512
_LEAST_STEPS = 200
_RATE = 0.02
_SEED = 1


class LinearHead:
    """Scores (logits) per topic."""

    def __init__(self, weights: np.ndarray, bias: np.ndarray) -> None:
        self._weights = weights
        self._bias = bias

    @classmethod
    def learn(cls, rows: np.ndarray, truth: np.ndarray, topics: int) -> "LinearHead":
        """Adam in a few rounds; stopping early keeps the weights small enough.

        Every topic weighs the same, however few its texts.
        """
        counts = np.bincount(truth, minlength=topics)
        pull = len(truth) / (np.maximum(counts, 1) * np.count_nonzero(counts))
        steps = max(_LEAST_STEPS, _ROUNDS * -(-len(truth) // _BATCH))
        chance = np.random.default_rng(_SEED)
        learned = _Learned(rows.shape[1], topics, steps)
        while not learned.done:
            order = chance.permutation(len(truth))
            for start in range(0, len(order), _BATCH):
                batch = order[start : start + _BATCH]
                learned.step(rows[batch], truth[batch], pull[truth[batch]])
        return cls(learned.weights[:-1], learned.weights[-1])

    @classmethod
    def none(cls, topics: int) -> "LinearHead":
        """A head for no vectors at all, to which every topic is the same."""
        return cls(np.zeros((0, topics), dtype=np.float32), np.zeros(topics, dtype=np.float32))

    def scores(self, rows: np.ndarray) -> np.ndarray:
        return rows @ self._weights + self._bias

    def save(self, file: Path) -> None:
        np.savez(file, weights=self._weights.astype(np.float16), bias=self._bias)

    @classmethod
    def load(cls, file: Path) -> "LinearHead":
        with np.load(file, allow_pickle=False) as stored:
            return cls(stored["weights"].astype(np.float32), stored["bias"])


class _Learned:
    """Weights with the bias as their last row, and Adam's two moments of them."""

    def __init__(self, size: int, topics: int, steps: int) -> None:
        self.weights, self._first, self._second = np.zeros((3, size + 1, topics), dtype=np.float32)
        self._steps, self._done = steps, 0

    @property
    def done(self) -> bool:
        return self._done >= self._steps

    def step(self, rows: np.ndarray, truth: np.ndarray, pull: np.ndarray) -> None:
        if self.done:
            return
        scores = rows @ self.weights[:-1] + self.weights[-1]
        scores -= scores.max(axis=1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=1, keepdims=True)
        scores[np.arange(len(truth)), truth] -= 1
        scores *= (pull / len(truth))[:, None].astype(np.float32)
        self._move(np.vstack([rows.T @ scores, scores.sum(axis=0, keepdims=True)]))

    def _move(self, slope: np.ndarray) -> None:
        self._done += 1
        rate = _RATE * (1 - self._done / self._steps)
        self._first += 0.1 * (slope - self._first)
        self._second += 0.02 * (slope * slope - self._second)
        mean = self._first / (1 - 0.9**self._done)
        root = np.sqrt(self._second / (1 - 0.98**self._done))
        self.weights -= rate * mean / (root + 1e-9)
