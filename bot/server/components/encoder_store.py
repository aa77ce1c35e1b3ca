"""Keeps tuned encoders on disk, so that tuning is repeated only when the texts have changed.

Tuning takes minutes; a few new examples do not change what it learns. An encoder is used again
while nearly all texts it learned from are still there, with the same topics, and nearly all
texts of today were among them.
"""

import hashlib
import json
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from bot.server.components.embedder import E5_GRAPH

_KEPT = 4
_ALIKE = 0.97
"""Share of all texts, old and new, that must be the same."""


@dataclass(frozen=True)
class Lesson:
    """What an encoder learns from."""

    texts: Sequence[str]
    labels: Sequence[str]

    @property
    def pairs(self) -> frozenset[str]:
        pairs = zip(self.texts, self.labels, strict=True)
        return frozenset(_digest(f"{label}\0{text}") for text, label in pairs)


class EncoderStore:
    """One folder per encoder, with the digests of what it learned from; no words."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def into(self, folder: Path, lesson: Lesson, say: Callable[[str], None]) -> None:
        """Put a fitting encoder into ``folder``: one that is there, or a newly tuned one."""
        from bot.server.components.e5_tuning import TuningSettings

        recipe = _digest(json.dumps(asdict(TuningSettings()), sort_keys=True) + _tuner_digest())
        kept = self._alike(lesson, recipe)
        if kept is None:
            kept = self._tuned(lesson, recipe, say)
        else:
            say("tuning: the encoder of last time still fits")
        (kept / "used").touch()
        shutil.copyfile(kept / E5_GRAPH, folder / E5_GRAPH)
        self._forget()

    def _alike(self, lesson: Lesson, recipe: str) -> Path | None:
        pairs = lesson.pairs
        best, found = _ALIKE, None
        for known in sorted(self._folder.glob("*/lesson.json")):
            body = json.loads(known.read_text(encoding="utf-8"))
            then = frozenset(body["pairs"])
            alike = len(pairs & then) / max(1, len(pairs | then))
            if body["recipe"] == recipe and alike >= best:
                best, found = alike, known.parent
        return found

    def _tuned(self, lesson: Lesson, recipe: str, say: Callable[[str], None]) -> Path:
        place = self._folder / f"{time.time_ns():x}"
        place.mkdir(parents=True)
        self._graph(lesson, say, place / E5_GRAPH)
        body = {"recipe": recipe, "pairs": sorted(lesson.pairs)}
        # Written last: a folder without it is half done and never found.
        (place / "lesson.json").write_text(json.dumps(body), encoding="utf-8")
        return place

    def _graph(self, lesson: Lesson, say: Callable[[str], None], file: Path) -> None:
        # JAX and the graph writer are needed for this alone, and slow to import.
        from bot.server.components import e5_graph, e5_tuning
        from bot.server.components.e5_package import load_package
        from bot.server.components.e5_tokens import word_pieces

        package, settings = load_package(), e5_tuning.TuningSettings()
        pieces = [word_pieces(text, package.pieces) for text in lesson.texts]
        names = sorted(set(lesson.labels))
        number = {name: place for place, name in enumerate(names)}
        truth = np.array([number[label] for label in lesson.labels], dtype=np.int32)
        upper = e5_tuning.tune(package, pieces, truth, settings, say)
        below = package.depth - len(upper)
        layers = [*(package.layer(number) for number in range(below)), *upper]
        shape = e5_graph.Shape(package.hidden, package.heads, package.epsilon)
        e5_graph.write_graph(layers, below, shape, file)

    def _forget(self) -> None:
        by_use = sorted(self._folder.glob("*/used"), key=lambda used: used.stat().st_mtime)
        for used in by_use[:-_KEPT]:
            shutil.rmtree(used.parent)


def _tuner_digest() -> str:
    """Changes when the way of tuning does."""
    here = Path(__file__).parent
    files = ("e5_tuning.py", "e5_layers.py", "e5_graph.py", "e5_package.py", "e5_tokens.py")
    return _digest("".join((here / name).read_text(encoding="utf-8") for name in files))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8"), digest_size=8).hexdigest()
