"""What staff are writing, the replies they choose from, and who is named in a note."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from handoff.model import AgentId, ConversationId, MessageId


class DraftKind(StrEnum):
    """For whom the words are meant."""

    REPLY = "reply"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class AgentDraft:
    """Words that were not sent yet. ``revision`` goes up at each writing, an emptying too."""

    kind: DraftKind
    text: str = ""
    revision: int = 0


class ActionKind(StrEnum):
    """What a macro does after its text was sent."""

    CLOSE = "close"
    TRANSFER = "transfer"
    LABEL = "label"
    SNOOZE = "snooze"


@dataclass(frozen=True, slots=True)
class MacroAction:
    """``value``: the queue to go to, the name of a label, or for how many hours; else empty."""

    kind: ActionKind
    value: str = ""


@dataclass(frozen=True, slots=True)
class CannedReply:
    """A reply to choose from. With actions it is a macro. ``queue`` None: for every queue."""

    key: str
    title: str
    text: str
    queue: str | None = None
    actions: tuple[MacroAction, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A colleague was named in a note. ``excerpt`` is its beginning."""

    message: MessageId
    conversation: ConversationId
    reference: str
    named_by: str
    named_at: datetime
    excerpt: str
    seen: bool


class Writing(Protocol):
    """Drafts, replies to choose from, and mentions."""

    def drafts(self, id: ConversationId, agent: AgentId) -> Sequence[AgentDraft]:
        """What this agent has written here, one per kind; what was never written is left out."""

    def put_draft(
        self,
        id: ConversationId,
        agent: AgentId,
        kind: DraftKind,
        text: str,
        base: int,
        now: datetime,
    ) -> bool:
        """Write over revision ``base`` (0: there is none). False when somebody was first."""

    def canned(self) -> Sequence[CannedReply]:
        """All replies to choose from, in their order."""

    def seed_canned(self, replies: Iterable[CannedReply]) -> None:
        """Fill an empty table; one that staff have changed stays as it is."""

    def name_in_note(
        self,
        message: MessageId,
        id: ConversationId,
        named: Iterable[AgentId],
        by: AgentId,
        now: datetime,
    ) -> None: ...

    def mentions(self, agent: AgentId, limit: int) -> Sequence[Mention]:
        """Where this agent was named, what is not seen yet first, then the newest first."""

    def see_mentions(self, agent: AgentId, id: ConversationId, now: datetime) -> None:
        """The agent has read this conversation."""
