"""Learns which topic a text is about, how sure it is, and from when on it may answer."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from bot.server.components import calibration, confidence, dutch
from bot.server.components.confidence import Confidence, Promise
from bot.server.components.embedder import Embedder
from bot.server.components.evidence import Evidence
from bot.server.components.linear import LinearHead
from bot.server.components.ngrams import KINDS
from bot.server.components.spelling import Spelling
from bot.server.components.vectors import VectorStore
from bot.server.components.views import Rows, Views


@dataclass(frozen=True)
class Texts:
    """Training texts, mended, with their topics. ``held`` marks those of writers set apart.

    Confidence is measured on those writers: people whom the model has never met write as
    differently from the others as they do.
    """

    texts: list[str]
    labels: list[str]
    held: np.ndarray
    spelling: Spelling

    @classmethod
    def of(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        writers: Sequence[str],
        languages: Sequence[str],
        apart: Collection[str],
    ) -> "Texts":
        """``languages`` are ``nl`` or another; ``apart`` are the writers to measure on."""
        held = np.array([writer in apart for writer in writers], dtype=bool)
        clean = [dutch.clean(text) for text in texts]
        own = [place for place, language in enumerate(languages) if language == "nl"]
        spelling = Spelling.learn([clean[n] for n in own], [writers[n] for n in own])
        return cls([spelling.mend(text) for text in clean], list(labels), held, spelling)

    @property
    def names(self) -> list[str]:
        return sorted(set(self.labels))

    @property
    def truth(self) -> np.ndarray:
        number = {name: place for place, name in enumerate(self.names)}
        return np.array([number[label] for label in self.labels])


@dataclass(frozen=True)
class Judges:
    """One opinion per view: a head over the sentence vectors, and the evidence of each kind."""

    head: LinearHead
    evidence: list[Evidence]

    @classmethod
    def learn(cls, rows: Rows, truth: np.ndarray, topics: int) -> "Judges":
        kinds = [Evidence.learn(kind, truth, topics) for kind in rows.sparse]
        return cls(LinearHead.learn(rows.dense, truth, topics), kinds)

    def opinions(self, rows: Rows) -> np.ndarray:
        """Scores (judge, text, topic); the head comes first."""
        kinds = [one.scores(kind) for one, kind in zip(self.evidence, rows.sparse, strict=True)]
        return np.stack([self.head.scores(rows.dense), *kinds])

    def save(self, folder: Path) -> None:
        self.head.save(folder / "head.npz")
        for name, one in zip(KINDS, self.evidence, strict=True):
            one.save(folder / f"evidence_{name}.npz")

    @classmethod
    def load(cls, folder: Path) -> "Judges":
        kinds = [Evidence.load(folder / f"evidence_{name}.npz") for name in KINDS]
        return cls(LinearHead.load(folder / "head.npz"), kinds)


@dataclass(frozen=True)
class Verdict:
    """How much each judge counts, and what that is worth. Without a head its weight is nought."""

    weights: list[float]
    confidence: Confidence

    @classmethod
    def fit(
        cls, opinions: np.ndarray, truth: np.ndarray, names: list[str], promise: Promise
    ) -> "Verdict":
        weights = calibration.fit_weights(opinions, truth)
        scores = np.tensordot(weights, opinions, axes=1)
        return cls(weights.tolist(), confidence.measure(scores, truth, names, promise))

    @classmethod
    def of(cls, body: dict[str, object]) -> "Verdict":
        return cls(list(body["weights"]), Confidence(**body["confidence"]))  # type: ignore[call-overload,arg-type]


class TopicModel:
    """``full`` is the verdict of all judges, ``spare`` that of the n-grams alone."""

    def __init__(
        self,
        names: list[str],
        spelling: Spelling,
        views: Views,
        judges: Judges,
        full: Verdict,
        spare: Verdict,
    ) -> None:
        self._names, self._spelling = names, spelling
        self._views, self._judges = views, judges
        self.full, self.spare = full, spare
        self.missing: Sequence[str] = ()
        """The embedders, by full name, without which this model has to do."""
        self.use(full)

    def use(self, verdict: Verdict) -> None:
        self._weights = np.array(verdict.weights)
        self.confidence = verdict.confidence

    @classmethod
    def train(
        cls, given: Texts, embedders: Sequence[Embedder], store: VectorStore, promise: Promise
    ) -> "TopicModel":
        views, rows = Views.fit(given.texts, embedders, store)
        names, truth, held = given.names, given.truth, given.held
        seen = Judges.learn(rows.where(~held), truth[~held], len(names))
        opinions = seen.opinions(rows.where(held))
        full = Verdict.fit(opinions, truth[held], names, promise)
        mute = np.zeros_like(opinions[:1])
        spare = Verdict.fit(np.vstack([mute, opinions[1:]]), truth[held], names, promise)
        judges = Judges.learn(rows, truth, len(names))
        return cls(names, given.spelling, views, judges, full, spare)

    def rank(self, text: str) -> list[tuple[str, float]]:
        """All topics, likeliest first."""
        rows = self._views.row(self._spelling.mend(dutch.clean(text)))
        scores = np.tensordot(self._weights, self._judges.opinions(rows), axes=1)
        shares = calibration.probabilities(scores)[0]
        order = np.argsort(-shares)
        return [(self._names[index], float(shares[index])) for index in order]

    def save(self, folder: Path) -> None:
        self._spelling.save(folder)
        self._views.save(folder)
        self._judges.save(folder)
        body = {
            "topics": self._names,
            "views": self._views.names,
            "full": asdict(self.full),
            "spare": asdict(self.spare),
        }
        (folder / "model.json").write_text(json.dumps(body, indent=1), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, embedders: Sequence[Embedder]) -> "TopicModel":
        """The stored model. Where an embedder it was trained with is missing, its spare verdict.

        Raises:
            OSError, KeyError, ValueError: the folder holds no whole model.
        """
        body = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        full, spare = Verdict.of(body["full"]), Verdict.of(body["spare"])
        whole = body["views"] == [embedder.name for embedder in embedders]
        views = Views.load(folder, embedders if whole else [])
        judges = Judges.load(folder)
        if not whole:
            judges = Judges(LinearHead.none(len(body["topics"])), judges.evidence)
        model = cls(body["topics"], Spelling.load(folder), views, judges, full, spare)
        model.missing = [] if whole else body["views"]
        model.use(full if whole else spare)
        return model
