"""The Rasa component around the topic model."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.server.components.confidence import CHOICES, Confidence, Promise
from bot.server.components.embedder import load_embedders
from bot.server.components.encoder_store import EncoderStore, Lesson
from bot.server.components.topic_model import Texts, TopicModel
from bot.server.components.vectors import VectorStore

logger = logging.getLogger(__name__)

FALLBACK = "nlu_fallback"
BAND, ALARM = "band", "alarm"
ANSWER, ASK, PERSON = "answer", "ask", "person"
"""Sure enough to answer; choices are worth offering; better a person than a guess."""
_WARM_UP = "goedemorgen, ik heb een vraag over mijn woning"


@dataclass(frozen=True)
class Reading:
    """``intent`` is ``nlu_fallback`` when the model is not sure enough of its best guess."""

    intent: str
    band: str
    ranking: list[tuple[str, float]]
    alarm: str | None = None
    """The likeliest intent of danger, when danger as such is likely enough."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(IntentClassifier, GraphComponent):
    """Ranks all topics. Below the threshold the message becomes ``nlu_fallback``."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "embedders": ["e5", "use"],
            "vectors": "models/.vectors",
            "encoders": "models/.encoders",
            "apart": [],
            "allowed_wrong": Promise.allowed_wrong,
            "strict": {},
            "refusals": [],
            "alarms": [],
            "also_right": {},
        }

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = {**self.get_default_config(), **config}
        self._storage = storage
        self._resource = resource
        self._model: TopicModel | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "TopicClassifier":
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        examples = [e for e in training_data.intent_examples if e.get(INTENT) and e.get(TEXT)]
        given = Texts.of(
            [example.get(TEXT) for example in examples],
            [example.get(INTENT) for example in examples],
            [_about(example, "writer") for example in examples],
            [_about(example, "language") for example in examples],
            self._config["apart"],
        )
        store = VectorStore(Path(self._config["vectors"]))
        with self._storage.write_to(self._resource) as folder:
            self._bring_encoder(given, folder)
            embedders = load_embedders(self._config["embedders"], folder)
            model = TopicModel.train(given, embedders, store, self._promise)
            _say(f"all views: {_in_short(model.full.confidence)}")
            _say(f"without encoders: {_in_short(model.spare.confidence)}")
            model.save(folder)
        return self._resource

    @property
    def _promise(self) -> Promise:
        return Promise(
            allowed_wrong=float(self._config["allowed_wrong"]),
            strict={str(name): float(share) for name, share in self._config["strict"].items()},
            refusals=tuple(self._config["refusals"]),
            alarms=tuple(self._config["alarms"]),
            also_right=self._config["also_right"],
        )

    def _bring_encoder(self, given: Texts, folder: Path) -> None:
        """The encoder learns without the writers on whom confidence is measured."""
        if "e5" not in self._config["embedders"]:
            return
        seen = [place for place, held in enumerate(given.held) if not held]
        lesson = Lesson([given.texts[n] for n in seen], [given.labels[n] for n in seen])
        EncoderStore(Path(self._config["encoders"])).into(folder, lesson, _say)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "TopicClassifier":
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._model = open_model(folder, component._config["embedders"])
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            # A button payload: Rasa reads its intent from the text itself, after us.
            if not text.startswith("/"):
                self._classify(message, text)
        return messages

    def _classify(self, message: Message, text: str) -> None:
        assert self._model is not None
        reading = read(self._model, text)
        ranking = [{"name": name, "confidence": share} for name, share in reading.ranking]
        best = {"name": reading.intent, "confidence": ranking[0]["confidence"]}
        message.set(INTENT, best, add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)
        message.set(BAND, reading.band, add_to_output=True)
        message.set(ALARM, reading.alarm, add_to_output=True)


def _about(example: Message, what: str) -> str:
    about = (example.get(METADATA) or {}).get(METADATA_INTENT)
    return str(about.get(what, "")) if isinstance(about, dict) else ""


def _say(what: str) -> None:
    print(f"  {what}", flush=True)


def _in_short(sure: Confidence) -> str:
    return (
        f"on {sure.texts} texts of writers set apart: right {sure.accuracy:.3f}, answered"
        f" {sure.answered:.3f}, of those wrong {sure.wrong_among_answers:.3f}, calibration error"
        f" {sure.calibration_error:.3f}, common threshold {sure.threshold:.3f}"
    )


def open_model(folder: Path, embedders: Sequence[str]) -> TopicModel:
    """The trained model in ``folder``, warmed: its first text loads weights."""
    model = TopicModel.load(folder, load_embedders(embedders, folder))
    if model.missing:
        logger.error("The model needs the views %s: answering on n-grams alone.", model.missing)
    model.rank(_WARM_UP)
    return model


def read(model: TopicModel, text: str) -> Reading:
    """What the model makes of one text."""
    ranking, sure = model.rank(text), model.confidence
    best, share = ranking[0]
    alarm = _alarm(ranking, sure)
    if alarm is not None:
        # Advice for a danger that is none harms nobody; silence on one that is may.
        return Reading(alarm, ANSWER, ranking, alarm)
    if share >= sure.threshold_of(best):
        return Reading(best, ANSWER, ranking)
    likely = sum(share for _, share in ranking[:CHOICES])
    return Reading(FALLBACK, ASK if likely >= sure.ask_from else PERSON, ranking)


def _alarm(ranking: Sequence[tuple[str, float]], sure: Confidence) -> str | None:
    dangers = [(name, share) for name, share in ranking if name in sure.alarms]
    if not dangers or sum(share for _, share in dangers) < sure.alarm_from:
        return None
    return dangers[0][0]
