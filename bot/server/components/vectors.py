"""Keeps vectors on disk by text, so that a second training embeds only what is new."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.server.components.embedder import Embedder

_BATCH = 64
_KEPT = 4


class VectorStore:
    """One file per embedder. Texts are stored as digests, not as words."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def encode(self, embedder: Embedder, texts: Sequence[str]) -> np.ndarray:
        """The vectors of these texts; what was not on disk is embedded and written."""
        known = self._read(embedder)
        keys = [_digest(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            known.update(_embed(embedder, missing))
            self._write(embedder, known)
        return np.stack([known[key] for key in keys])

    def _file(self, embedder: Embedder) -> Path:
        return self._folder / f"{embedder.name}.npz"

    def _read(self, embedder: Embedder) -> dict[str, np.ndarray]:
        file = self._file(embedder)
        if not file.exists():
            return {}
        try:
            with np.load(file, allow_pickle=False) as stored:
                return dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))
        except (OSError, ValueError, KeyError):
            return {}  # a half-written cache is worth nothing; it is rebuilt

    def _write(self, embedder: Embedder, known: dict[str, np.ndarray]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        file = self._file(embedder)
        part = file.with_suffix(".part.npz")
        np.savez(part, keys=np.array(list(known)), vectors=np.stack(list(known.values())))
        part.replace(file)
        by_age = sorted(self._folder.glob("*.npz"), key=lambda kept: kept.stat().st_mtime)
        for old in by_age[:-_KEPT]:
            old.unlink()  # every tuned encoder has a file of its own


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8"), digest_size=16).hexdigest()


def _embed(embedder: Embedder, texts: dict[str, str]) -> dict[str, np.ndarray]:
    # Texts of like length together: the encoders pad a batch to its longest text.
    keys = sorted(texts, key=lambda key: len(texts[key]))
    rows: list[np.ndarray] = []
    for start in range(0, len(keys), _BATCH):
        rows.extend(embedder.encode([texts[key] for key in keys[start : start + _BATCH]]))
        done = min(start + _BATCH, len(keys))
        if done == len(keys) or (start // _BATCH) % 20 == 19:
            print(f"  {embedder.name}: {done} of {len(keys)} texts", flush=True)
    return dict(zip(keys, rows, strict=True))
