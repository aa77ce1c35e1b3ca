"""Learns which topic a text is about, how sure it is, and from when on it may answer."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from bot.server.components import calibration, confidence, dutch
from bot.server.components.confidence import Confidence, Promise
from bot.server.components.embedder import Embedder
from bot.server.components.linear import LinearHead, Sketch, solve
from bot.server.components.vectors import VectorStore
from bot.server.components.views import Views


@dataclass(frozen=True)
class Texts:
    """Training texts with their topics. ``held`` marks those of a writer set apart.

    Confidence is measured on that writer: people whom the model has never met write as
    differently from the others as this one does.
    """

    texts: list[str]
    labels: list[str]
    held: np.ndarray

    @classmethod
    def of(cls, texts: Sequence[str], labels: Sequence[str], writers: Sequence[str]) -> "Texts":
        apart = set_apart(labels, writers)
        held = np.array([writer == apart for writer in writers], dtype=bool)
        return cls([dutch.clean(text) for text in texts], list(labels), held)

    @property
    def names(self) -> list[str]:
        return sorted(set(self.labels))

    @property
    def truth(self) -> np.ndarray:
        number = {name: place for place, name in enumerate(self.names)}
        return np.array([number[label] for label in self.labels])


def set_apart(labels: Sequence[str], writers: Sequence[str]) -> str | None:
    """The writer to measure on: who wrote for most topics, but not most of the texts."""
    texts = Counter(writers)
    wide = Counter(writer for writer, _ in set(zip(writers, labels, strict=True)))
    able = [writer for writer in wide if texts[writer] <= len(labels) / 3]
    return max(able, key=lambda writer: (wide[writer], writer), default=None)


class TopicModel:
    def __init__(self, views: Views, head: LinearHead, sure: Confidence) -> None:
        self._views = views
        self._head = head
        self.confidence = sure

    @classmethod
    def train(
        cls,
        given: Texts,
        embedders: Sequence[Embedder],
        store: VectorStore,
        strength: float,
        promise: Promise,
    ) -> "TopicModel":
        views = Views.fit(given.texts, embedders, store)
        sketch = Sketch(*views.training_rows(given.texts, store))
        names, truth = given.names, given.truth
        seen, held = ~given.held, given.held
        weights, bias = solve(sketch.rows[seen], truth[seen], len(names), strength)
        scores = sketch.rows[held] @ weights + bias
        sure = confidence.measure(scores, truth[held], names, promise)
        weights, bias = solve(sketch.rows, truth, len(names), strength)
        return cls(views, LinearHead(names, sketch.turn_back(weights), bias), sure)

    def rank(self, text: str) -> list[tuple[str, float]]:
        """All topics, likeliest first."""
        scores = self._head.scores(self._views.row(dutch.clean(text)))
        shares = calibration.probabilities(scores, self.confidence.temperature)[0]
        order = np.argsort(-shares)
        return [(self._head.labels[index], float(shares[index])) for index in order]

    def save(self, folder: Path) -> None:
        self._views.save(folder)
        self._head.save(folder)
        body = {"confidence": asdict(self.confidence), "views": self._views.names}
        (folder / "model.json").write_text(json.dumps(body, indent=1), encoding="utf-8")

    @staticmethod
    def views_of(folder: Path) -> list[str]:
        """The embedders, by full name, that the stored model was trained with."""
        return list(json.loads((folder / "model.json").read_text(encoding="utf-8"))["views"])

    @classmethod
    def load(cls, folder: Path, embedders: Sequence[Embedder]) -> "TopicModel":
        body = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        sure = Confidence(**body["confidence"])
        return cls(Views.load(folder, embedders), LinearHead.load(folder), sure)
