"""The Rasa component around the topic model."""

import logging
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.server.components.embedder import Embedder, load_embedders
from bot.server.components.topic_model import Settings, TopicModel
from bot.server.components.vectors import VectorStore

logger = logging.getLogger(__name__)

FALLBACK = "nlu_fallback"
_FULL, _SPARE = "full", "spare"
"""All views; and n-grams alone, for an environment where an encoder does not load."""
_WARM_UP = "goedemorgen, ik heb een vraag over mijn woning"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(IntentClassifier, GraphComponent):
    """Ranks all topics. Below the threshold the message becomes ``nlu_fallback``."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "embedders": ["e5", "use"],
            "vectors": "models/.vectors",
            "strength": Settings.strength,
            "folds": Settings.folds,
            "allowed_wrong": Settings.allowed_wrong,
            "refusals": [],
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
        settings = Settings(
            strength=float(self._config["strength"]),
            folds=int(self._config["folds"]),
            allowed_wrong=float(self._config["allowed_wrong"]),
            refusals=tuple(self._config["refusals"]),
        )
        texts = [example.get(TEXT) for example in examples]
        labels = [example.get(INTENT) for example in examples]
        store = VectorStore(Path(self._config["vectors"]))
        with self._storage.write_to(self._resource) as folder:
            for variant, names in ((_FULL, self._config["embedders"]), (_SPARE, [])):
                model = TopicModel.train(texts, labels, load_embedders(names), store, settings)
                print(f"  {variant}, on held-out texts: {model.confidence}", flush=True)
                (folder / variant).mkdir()
                model.save(folder / variant)
        return self._resource

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
            component._model = _load(folder, load_embedders(component._config["embedders"]))
        component._model.rank(_WARM_UP)  # the first call loads weights; no tenant waits for it
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
        ranking = [{"name": n, "confidence": c} for n, c in self._model.rank(text)]
        best = ranking[0]
        if best["confidence"] < self._model.confidence.threshold:
            best = {"name": FALLBACK, "confidence": best["confidence"]}
        message.set(INTENT, best, add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)


def _load(folder: Path, here: list[Embedder]) -> TopicModel:
    """A model only fits the views it was trained with; the spare one needs no encoder."""
    trained = TopicModel.views_of(folder / _FULL)
    if trained == [embedder.name for embedder in here]:
        return TopicModel.load(folder / _FULL, here)
    logger.error("The model needs the views %s: answering on n-grams alone.", trained)
    return TopicModel.load(folder / _SPARE, [])
