"""What the hops need of the database, as ports. Implemented in ``handoff.store`` (SQLAlchemy 2).

A ``Ledger`` is one open transaction. ``Store.write`` runs a function inside one and commits when it
returns; nothing inside may wait for a network. ``Store.read`` gives a consistent view.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from handoff.change import Applied, Change
from handoff.model import (
    Agent,
    AgentId,
    Assignment,
    Choice,
    Conversation,
    ConversationId,
    Message,
    MessageId,
    Promise,
    State,
    Turn,
)

T = TypeVar("T")


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


class Conversations(Protocol):
    def get(self, id: ConversationId, *, lock: bool = False) -> Conversation | None: ...

    def latest_at(self, channel: str, address: str) -> Conversation | None:
        """The last conversation with this address, open or closed, locked."""

    def open(self, conversation: Conversation) -> Conversation: ...

    def apply(self, id: ConversationId, term: int, change: Change, now: datetime) -> Applied:
        """Write a change if the term is still this one.

        Raises:
            StaleTerm: somebody else became the holder first.
        """

    def listed(
        self, states: Sequence[State], limit: int, offset: int, reader: AgentId
    ) -> Sequence[Row]:
        """Urgent first, then longest waiting, then the latest activity."""

    def row(self, conversation: Conversation, reader: AgentId) -> Row: ...

    def mark_read(self, id: ConversationId, agent: AgentId, pos: int) -> None: ...


class Messages(Protocol):
    def after(self, id: ConversationId, pos: int, limit: int = 5_000) -> Sequence[Message]: ...

    def seen_by_tenant(
        self, id: ConversationId, seq: int, limit: int = 500
    ) -> Sequence[Message]: ...

    def receipt(self, channel: str, account: str, external_id: str) -> Receipt | None: ...

    def add_receipt(
        self, channel: str, account: str, external_id: str, receipt: Receipt, now: datetime
    ) -> None: ...

    def by_client_id(self, id: ConversationId, client_msg_id: str) -> Message | None: ...

    def choice(self, id: ConversationId, choice_id: str) -> Choice | None: ...

    def told_since(self, id: ConversationId, since: datetime, text: str) -> bool: ...


class Turns(Protocol):
    def unanswered(self, conversation: Conversation) -> Sequence[Message]: ...

    def begin(self, turn: Turn) -> None:
        """Write a running turn; a second begin of the same turn (after a crash) is harmless."""

    def finish(self, turn: Turn, now: datetime) -> None: ...

    def recent(self, id: ConversationId, count: int) -> Sequence[Turn]:
        """The latest turns that ended, newest first."""

    def of(self, id: ConversationId) -> Sequence[Turn]: ...

    def session(self, id: ConversationId) -> SessionRecord: ...

    def save_session(self, id: ConversationId, session: SessionRecord) -> None: ...


class Jobs(Protocol):
    def put(
        self,
        kind: str,
        id: ConversationId,
        due_at: datetime,
        dedupe_key: str,
        payload: Mapping[str, str],
    ) -> None: ...

    def claim(
        self, kinds: Sequence[str], owner: str, now: datetime, lease_until: datetime, limit: int
    ) -> Sequence[Job]: ...

    def finish(self, job: Job) -> bool:
        """False when the lease was lost meanwhile: the result must be dropped."""

    def retry(self, job: Job, due_at: datetime, error: str) -> None: ...

    def bury(self, job: Job, error: str) -> None: ...

    def release_leases(self, now: datetime) -> int:
        """At the start of the only process: what a dead process leased is free again."""


class Deliveries(Protocol):
    def get(self, message: MessageId) -> Delivery | None: ...

    def mark(
        self, message: MessageId, state: str, now: datetime, ref: str | None, detail: str
    ) -> None: ...

    def by_ref(self, ref: str) -> MessageId | None:
        """The message that a provider knows by this name."""


class OptOuts(Protocol):
    """Addresses that want no messages."""

    def put(self, channel: str, address: str, now: datetime) -> None:
        """A second time changes nothing: the first moment is what was asked."""

    def remove(self, channel: str, address: str) -> None: ...

    def since(self, channel: str, address: str) -> datetime | None:
        """Since when nothing may be sent there (aware UTC); None when it may."""


class Desk(Protocol):
    def assignment(self, id: ConversationId) -> Assignment | None: ...

    def promises(self, id: ConversationId) -> Sequence[Promise]: ...

    def log_access(self, agent: AgentId, id: ConversationId, what: str, now: datetime) -> None: ...


class Staff(Protocol):
    def by_login(self, login: str) -> tuple[Agent, str] | None:
        """The agent and the password hash."""

    def agent(self, id: AgentId) -> Agent | None: ...

    def put(self, agent: Agent, password_hash: str) -> None: ...

    def count(self) -> int: ...

    def open_session(
        self, token_hash: str, agent: AgentId, now: datetime, expires: datetime
    ) -> None: ...

    def session_agent(self, token_hash: str, now: datetime) -> Agent | None: ...

    def close_session(self, token_hash: str) -> None: ...


class Tokens(Protocol):
    def put(self, token_hash: str, id: ConversationId, now: datetime) -> None: ...

    def allows(self, token_hash: str, id: ConversationId) -> bool: ...


class Ledger(Protocol):
    """One open transaction."""

    @property
    def conversations(self) -> Conversations: ...

    @property
    def messages(self) -> Messages: ...

    @property
    def turns(self) -> Turns: ...

    @property
    def jobs(self) -> Jobs: ...

    @property
    def deliveries(self) -> Deliveries: ...

    @property
    def opt_outs(self) -> OptOuts: ...

    @property
    def desk(self) -> Desk: ...

    @property
    def staff(self) -> Staff: ...

    @property
    def tokens(self) -> Tokens: ...


class Store(Protocol):
    async def write(self, work: Callable[[Ledger], T]) -> T:
        """Run in one writing transaction.

        Raises:
            StoreBusy: the database was locked or away; nothing was written.
        """

    async def read(self, work: Callable[[Ledger], T]) -> T: ...


__all__ = [
    "Conversations",
    "Delivery",
    "Job",
    "Ledger",
    "OptOuts",
    "Receipt",
    "ReusedId",
    "Row",
    "SessionRecord",
    "StaleTerm",
    "Store",
    "StoreBusy",
]
