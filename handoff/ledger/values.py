"""What the ports of the ledger take and give, and how they fail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from handoff.model import Assignment, Conversation, ConversationId, Message, MessageId
from handoff.service_levels.measure import ServiceClock


class StaleTerm(Exception):
    """The holder changed since this step was decided on; nothing was written."""


class ReusedId(Exception):
    """The same client message id came back with another body."""


class StoreBusy(Exception):
    """The database did not let us write in time; the sender must try again."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that this inbound message is already in the log."""

    message: MessageId
    seq: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work that survives a crash. ``attempt`` counts from 1."""

    id: int
    kind: str
    conversation: ConversationId
    payload: Mapping[str, str]
    attempt: int
    lease_owner: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message on its way to a provider."""

    message: Message
    conversation: ConversationId
    channel: str
    address: str
    state: str
    attempt: int
    detail: str = ""
    ref: str | None = None
    """The provider's name for it, once it has one."""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """The Rasa conversation a talk is in now, and what it should remember (ADR 0008)."""

    no: int
    rotation: int
    turns: int
    last_used: datetime | None
    carry: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Row:
    """A conversation as the console lists it."""

    conversation: Conversation
    assignment: Assignment | None
    holder_name: str | None
    last: Message | None
    unread: int
    said: int
    """Messages of the tenant, read or not."""
    window_closes_at: datetime | None = None
    """Until when free text may be sent there (aware UTC); None without such a rule."""
    labels: tuple[str, ...] = ()
    """Ids of the labels that staff gave it."""
    snoozed_until: datetime | None = None
    """Put off until then (aware UTC); None when it is not, or no longer."""
    clock: ServiceClock | None = None
    """What the tenant is owed first, while we do not wait for the tenant."""
