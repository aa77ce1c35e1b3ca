"""Keeps the living tracker of each recent conversation in memory.

Stock stores serialise and re-read a whole conversation on each message. Ours holds the object,
forgets the longest-unused one beyond the limit, and can drop one after a failed turn: the gateway
sends slots and form along whenever Rasa no longer knows a conversation.
"""

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker


class LiveTrackers(TrackerStore):
    """In memory, bounded, least recently used first out."""

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        limit: int = 5000,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self._trackers: OrderedDict[str, DialogueStateTracker] = OrderedDict()
        self._limit = int(limit)

    async def save(self, tracker: DialogueStateTracker) -> None:
        self._trackers[tracker.sender_id] = tracker
        self._trackers.move_to_end(tracker.sender_id)
        while len(self._trackers) > self._limit:
            self._trackers.popitem(last=False)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        return self._trackers.get(sender_id)

    async def retrieve_full_tracker(self, sender_id: str) -> DialogueStateTracker | None:
        return self._trackers.get(sender_id)

    async def keys(self) -> Iterable[str]:
        return list(self._trackers)

    def drop(self, sender_id: str) -> None:
        """Forget a conversation whose last turn failed half-way."""
        self._trackers.pop(sender_id, None)


def living(store: TrackerStore) -> LiveTrackers:
    """Our store, out of the wrapper that Rasa puts around each store."""
    inner = getattr(store, "_tracker_store", store)
    if not isinstance(inner, LiveTrackers):
        raise TypeError("endpoints.yml does not name bot.server.tracker_store.LiveTrackers")
    return inner
