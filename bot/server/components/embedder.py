"""The port to sentence embeddings, and the list of those we have.

An embedder is optional: where its package cannot load, the assistant goes on without that view.
"""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from typing_extensions import Protocol

logger = logging.getLogger(__name__)

E5_GRAPH = "e5.onnx"
"""The file in a model's folder that holds the encoder's layers."""


class Embedder(Protocol):
    """Turns texts into vectors. ``name`` changes whenever its vectors do.

    ``parts`` are the sizes of the pieces that make up one vector; each is of length one later.
    """

    name: str
    parts: tuple[int, ...]

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """One row per text. The texts are already cleaned."""


def _e5(folder: Path) -> Embedder:
    from bot.server.components.embedder_e5 import E5Embedder

    return E5Embedder(folder / E5_GRAPH)


def _use(_: Path) -> Embedder:
    from bot.server.components.embedder_use import UseEmbedder

    return UseEmbedder()


_KNOWN: dict[str, Callable[[Path], Embedder]] = {"e5": _e5, "use": _use}


def load_embedders(names: Sequence[str], folder: Path) -> list[Embedder]:
    """Those of the wanted embedders that load here; the others are named in the log.

    ``folder`` holds what training made for them.
    """
    loaded: list[Embedder] = []
    for name in names:
        try:
            loaded.append(_KNOWN[name](folder))
        except (ImportError, OSError, RuntimeError) as why:
            logger.warning("Embedder %s does not load, going on without it: %s", name, why)
    return loaded
