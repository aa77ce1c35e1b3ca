"""Learns which topic a text is about, how sure it is, and from when on it may answer."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from bot.server.components import calibration, dutch
from bot.server.components.embedder import Embedder
from bot.server.components.linear import LinearHead
from bot.server.components.vectors import VectorStore
from bot.server.components.views import Views


@dataclass(frozen=True)
class Settings:
    strength: float = 20.0
    folds: int = 5
    allowed_wrong: float = 0.02


@dataclass(frozen=True)
class Confidence:
    """What held-out texts said about this model. Stored with it."""

    temperature: float = 1.0
    threshold: float = 0.6
    accuracy: float = 0.0
    answered: float = 0.0
    wrong_among_answers: float = 0.0
    calibration_error: float = 0.0


class TopicModel:
    def __init__(self, views: Views, head: LinearHead, confidence: Confidence) -> None:
        self._views = views
        self._head = head
        self.confidence = confidence

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        embedders: Sequence[Embedder],
        store: VectorStore,
        settings: Settings,
    ) -> "TopicModel":
        cleaned = [dutch.clean(text) for text in texts]
        views = Views.fit(cleaned, embedders, store)
        rows = views.training_rows(cleaned, store)
        confidence = _held_out(rows, labels, settings)
        return cls(views, LinearHead.fit(rows, labels, settings.strength), confidence)

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
        confidence = Confidence(**body["confidence"])
        return cls(Views.load(folder, embedders), LinearHead.load(folder), confidence)


def _held_out(rows: csr_matrix, labels: Sequence[str], settings: Settings) -> Confidence:
    """Train without each fold in turn and look at what the fold's texts are taken for."""
    count = min(settings.folds, min(Counter(labels).values()))
    if count < 2:
        return Confidence()
    names = sorted(set(labels))
    truth = np.array([names.index(label) for label in labels])
    place = calibration.folds(labels, count)
    scores = np.zeros((len(truth), len(names)), dtype=np.float32)
    for fold in range(count):
        seen, held = np.nonzero(place != fold)[0], np.nonzero(place == fold)[0]
        head = LinearHead.fit(rows[seen], [labels[index] for index in seen], settings.strength)
        scores[held] = head.scores(rows[held])
    return _measure(scores, truth, settings.allowed_wrong)


def _measure(scores: np.ndarray, truth: np.ndarray, allowed: float) -> Confidence:
    temperature = calibration.fit_temperature(scores, truth)
    shares = calibration.probabilities(scores, temperature)
    sure, right = shares.max(axis=1), shares.argmax(axis=1) == truth
    threshold = calibration.fit_threshold(sure, right, allowed)
    answered, wrong = calibration.coverage(sure, right, threshold)
    return Confidence(
        temperature=round(temperature, 4),
        threshold=round(threshold, 4),
        accuracy=round(float(right.mean()), 4),
        answered=round(answered, 4),
        wrong_among_answers=round(wrong, 4),
        calibration_error=round(calibration.expected_error(sure, right), 4),
    )
