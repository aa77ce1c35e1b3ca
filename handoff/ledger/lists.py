"""What the work screen asks of lists: finding, filtering, labels, putting off, and saved views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from handoff.ledger.values import Row
from handoff.model import AgentId, Conversation, ConversationId, Message, State


@dataclass(frozen=True, slots=True)
class Filters:
    """Which conversations. An empty part leaves everything through. Moments are aware UTC."""

    states: tuple[State, ...] = ()
    channels: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    agents: tuple[AgentId, ...] = ()
    topics: tuple[str, ...] = ()
    since: datetime | None = None
    before: datetime | None = None
    snoozed: bool | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand next to each other. ``whole``: quoted, so no word of it is a beginning."""

    words: tuple[str, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for, read from what was typed (``handoff.wanted``)."""

    terms: tuple[Term, ...] = ()
    reference: str | None = None
    address: str | None = None
    """An address as typed; for a phone number the last nine digits."""


@dataclass(frozen=True, slots=True)
class Hit:
    row: Row
    message: Message | None
    """The newest message with the words; None when the reference or address itself was meant."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the list ended: the keys of its last row."""

    priority: int
    since: datetime
    id: ConversationId


@dataclass(frozen=True, slots=True)
class Label:
    id: str
    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class SavedView:
    id: str
    agent: AgentId
    name: str
    shared: bool
    filters: dict[str, object]


@dataclass(frozen=True, slots=True)
class TopicCorrection:
    """Staff say what it really is about. ``trainable`` is False for the texts of a crisis."""

    id: str
    conversation: ConversationId
    turn: str | None
    from_topic: str | None
    to_topic: str
    agent: AgentId
    at: datetime
    trainable: bool


class Lists(Protocol):
    def page(
        self, filters: Filters, after: Place | None, limit: int, reader: AgentId
    ) -> Sequence[Row]:
        """Urgent first, then who waits or talks longest; the page after ``after``."""

    def count(self, filters: Filters) -> int: ...

    def search(
        self, wanted: Wanted, filters: Filters, limit: int, reader: AgentId
    ) -> Sequence[Hit]:
        """Newest message first, one hit per conversation; what was named outright on top."""

    def labels(self) -> Sequence[Label]: ...

    def put_label(self, label: Label) -> bool:
        """Write it; False when another label has this name."""

    def drop_label(self, id: str) -> bool: ...

    def add_label(self, id: ConversationId, label: str, agent: AgentId, now: datetime) -> None: ...

    def remove_label(self, id: ConversationId, label: str) -> None: ...

    def snooze(self, conversation: Conversation, agent: AgentId, until: datetime) -> None:
        """Put off until then; ends by itself when the tenant writes or the holder changes."""

    def wake(self, id: ConversationId) -> bool:
        """End a snooze; False when there was none."""

    def views(self, agent: AgentId) -> Sequence[SavedView]:
        """One's own and the shared ones."""

    def put_view(self, view: SavedView) -> None: ...

    def drop_view(self, id: str) -> None: ...

    def correct_topic(self, correction: TopicCorrection) -> None: ...

    def corrections(self, limit: int) -> Sequence[TopicCorrection]:
        """The latest training candidates, newest first."""
