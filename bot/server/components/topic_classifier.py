"""The Rasa component around the topic model."""

import logging
from pathlib import Path
from typing import Any, Dict, List, Optional, Text

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
_WARM_UP = "goedemorgen, ik heb een vraag over mijn woning"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(IntentClassifier, GraphComponent):
    """Ranks all topics. Below the threshold the message becomes ``nlu_fallback``."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {
            "embedders": ["e5", "use"],
            "vectors": "models/.vectors",
            "strength": Settings.strength,
            "folds": Settings.folds,
            "allowed_wrong": Settings.allowed_wrong,
        }

    def __init__(
        self, config: Dict[Text, Any], storage: ModelStorage, resource: Resource
    ) -> None:
        self._config = {**self.get_default_config(), **config}
        self._storage = storage
        self._resource = resource
        self._model: Optional[TopicModel] = None

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
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
        )
        self._model = TopicModel.train(
            [example.get(TEXT) for example in examples],
            [example.get(INTENT) for example in examples],
            load_embedders(self._config["embedders"]),
            VectorStore(Path(self._config["vectors"])),
            settings,
        )
        print(f"  held-out: {self._model.confidence}", flush=True)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "TopicClassifier":
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            embedders = _same_views(
                TopicModel.views_of(folder), load_embedders(component._config["embedders"])
            )
            component._model = TopicModel.load(folder, embedders)
        component._model.rank(_WARM_UP)  # the first call loads weights; no tenant waits for it
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            # A button payload: Rasa reads its intent from the text itself, after us.
            if not text.startswith("/"):
                self._classify(message, text)
        return messages

    def _classify(self, message: Message, text: Text) -> None:
        assert self._model is not None
        ranking = [{"name": n, "confidence": c} for n, c in self._model.rank(text)]
        best = ranking[0]
        if best["confidence"] < self._model.confidence.threshold:
            best = {"name": FALLBACK, "confidence": best["confidence"]}
        message.set(INTENT, best, add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)


def _same_views(trained: List[Text], here: List[Embedder]) -> List[Embedder]:
    """A model only fits the views it was trained with."""
    if trained != [embedder.name for embedder in here]:
        raise RuntimeError(
            f"The model was trained with {trained}, but this environment has "
            f"{[embedder.name for embedder in here]}: train again."
        )
    return here
