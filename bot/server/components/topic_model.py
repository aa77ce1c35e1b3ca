"""Learns which topic a text is about, how sure it is, and from when on it may answer."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np

from bot.server.components import calibration, dutch
from bot.server.components.embedder import Embedder
from bot.server.components.linear import LinearHead, Rotation, solve
from bot.server.components.vectors import VectorStore
from bot.server.components.views import Views


@dataclass(frozen=True)
class Settings:
    strength: float = 20.0
    folds: int = 5
    allowed_wrong: float = 0.02
    refusals: tuple[str, ...] = ()
    """Intents that answer nothing, ``other_*`` for all that begin so: taking a text for one of
    them is no wrong answer."""


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
        rotation = Rotation(*views.training_rows(cleaned, store))
        names = sorted(set(labels))
        truth = np.array([names.index(label) for label in labels])
        confidence = _held_out(rotation.rows, truth, names, settings)
        weights, bias = solve(rotation.rows, truth, len(names), settings.strength)
        return cls(views, LinearHead(names, rotation.turn_back(weights), bias), confidence)

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


def _held_out(
    rows: np.ndarray, truth: np.ndarray, names: Sequence[str], settings: Settings
) -> Confidence:
    """Train without each fold in turn and look at what the fold's texts are taken for."""
    count = min(settings.folds, int(np.bincount(truth).min()))
    if count < 2:
        return Confidence()
    place = calibration.folds(truth, count)
    scores = np.zeros((len(truth), len(names)))
    for fold in range(count):
        seen, held = place != fold, place == fold
        weights, bias = solve(rows[seen], truth[seen], len(names), settings.strength)
        scores[held] = rows[held] @ weights + bias
    refusals = np.array(
        [any(fnmatchcase(name, refusal) for refusal in settings.refusals) for name in names]
    )
    return _measure(scores, truth, refusals, settings.allowed_wrong)


def _measure(
    scores: np.ndarray, truth: np.ndarray, refusals: np.ndarray, allowed: float
) -> Confidence:
    temperature = calibration.fit_temperature(scores, truth)
    shares = calibration.probabilities(scores, temperature)
    sure, taken = shares.max(axis=1), shares.argmax(axis=1)
    right, answering = taken == truth, ~refusals[taken]
    threshold = calibration.fit_threshold(sure[answering], right[answering], allowed)
    answered, wrong = calibration.coverage(sure[answering], right[answering], threshold)
    return Confidence(
        temperature=round(temperature, 4),
        threshold=round(threshold, 4),
        accuracy=round(float(right.mean()), 4),
        answered=round(answered * float(answering.mean()), 4),
        wrong_among_answers=round(wrong, 4),
        calibration_error=round(calibration.expected_error(sure, right), 4),
    )
