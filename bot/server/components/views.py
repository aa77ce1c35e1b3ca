"""Puts all views of a text side by side in one row of features."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack

from bot.server.components.embedder import Embedder
from bot.server.components.ngrams import NGrams
from bot.server.components.vectors import VectorStore


def _unit(rows: np.ndarray, parts: Sequence[int]) -> np.ndarray:
    """Each part of each row of length one."""
    pieces = np.split(rows, np.cumsum(parts)[:-1], axis=1)
    lengths = [np.linalg.norm(piece, axis=1, keepdims=True) for piece in pieces]
    units = [
        piece / np.maximum(length, 1e-9) for piece, length in zip(pieces, lengths, strict=True)
    ]
    return np.hstack(units)


class Views:
    """N-grams plus each embedding, centred on the training texts and of unit length.

    Centring matters: raw cosines of E5 all lie between 0.73 and 0.93.
    """

    def __init__(self, ngrams: NGrams, embedders: Sequence[Embedder], means: Sequence[np.ndarray]):
        self._ngrams = ngrams
        self._embedders = list(embedders)
        self._means = list(means)

    @classmethod
    def fit(
        cls, texts: Sequence[str], embedders: Sequence[Embedder], store: VectorStore
    ) -> "Views":
        means = [store.encode(embedder, texts).mean(axis=0) for embedder in embedders]
        return cls(NGrams.fit(texts), embedders, means)

    @property
    def names(self) -> list[str]:
        return [embedder.name for embedder in self._embedders]

    def training_rows(
        self, texts: Sequence[str], store: VectorStore
    ) -> tuple[csr_matrix, np.ndarray]:
        """The n-grams, and all embeddings side by side."""
        vectors = [store.encode(embedder, texts) for embedder in self._embedders]
        return self._ngrams.transform(texts), np.hstack(
            [np.zeros((len(texts), 0)), *self._centred(vectors)]
        )

    def row(self, text: str) -> csr_matrix:
        """One text, n-grams before embeddings."""
        vectors = [embedder.encode([text]) for embedder in self._embedders]
        dense = [csr_matrix(rows, dtype=np.float32) for rows in self._centred(vectors)]
        # One number of double length would make a copy of all weights at every reading.
        return hstack([self._ngrams.transform([text]), *dense], format="csr", dtype=np.float32)

    def _centred(self, vectors: Sequence[np.ndarray]) -> list[np.ndarray]:
        given = zip(vectors, self._means, self._embedders, strict=True)
        return [_unit(rows - mean, embedder.parts) for rows, mean, embedder in given]

    def save(self, folder: Path) -> None:
        self._ngrams.save(folder)
        np.savez(folder / "means.npz", *self._means)

    @classmethod
    def load(cls, folder: Path, embedders: Sequence[Embedder]) -> "Views":
        with np.load(folder / "means.npz", allow_pickle=False) as stored:
            means = [stored[f"arr_{index}"] for index in range(len(stored.files))]
        return cls(NGrams.load(folder), embedders, means)
