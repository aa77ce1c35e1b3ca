"""The port to sentence embeddings, and the list of those we have.

An embedder is optional: where its package cannot load, the assistant goes on without that view.
"""

import logging
from collections.abc import Sequence
from importlib import import_module

import numpy as np
from typing_extensions import Protocol

logger = logging.getLogger(__name__)


class Embedder(Protocol):
    """Turns texts into vectors. ``name`` changes whenever its vectors do."""

    name: str
    dimensions: int

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """One row per text. The texts are already cleaned."""


_KNOWN: dict[str, str] = {
    "e5": "bot.server.components.embedder_e5:E5Embedder",
    "use": "bot.server.components.embedder_use:UseEmbedder",
}


def load_embedders(names: Sequence[str]) -> list[Embedder]:
    """Those of the wanted embedders that load here; the others are named in the log."""
    loaded: list[Embedder] = []
    for name in names:
        module, _, cls = _KNOWN[name].partition(":")
        try:
            loaded.append(getattr(import_module(module), cls)())
        except (ImportError, OSError, RuntimeError) as why:
            logger.warning("Embedder %s does not load, going on without it: %s", name, why)
    return loaded
