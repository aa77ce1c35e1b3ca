"""The values of the hub: who holds a conversation, what was said, what must happen next.

Plain frozen values without behaviour that needs a clock, a database or a network.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.signals import EscalationReason

ConversationId = NewType("ConversationId", str)
MessageId = NewType("MessageId", str)
TurnId = NewType("TurnId", str)
AgentId = NewType("AgentId", str)


@dataclass(frozen=True, slots=True)
class Bot:
    """The assistant answers."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A person was asked; nobody has taken the conversation yet."""

    queue: str


@dataclass(frozen=True, slots=True)
class Held:
    """This member of staff answers; the assistant is silent."""

    agent: AgentId


@dataclass(frozen=True, slots=True)
class Closed:
    """Nobody owes the tenant an answer."""


Holder = Bot | Waiting | Held | Closed


class State(StrEnum):
    """The holder, as the outside world sees it."""

    BOT = "bot"
    WAITING = "waiting"
    HELD = "held"
    CLOSED = "closed"


def state_of(holder: Holder) -> State:
    match holder:
        case Bot():
            return State.BOT
        case Waiting():
            return State.WAITING
        case Held():
            return State.HELD
        case Closed():
            return State.CLOSED


class AuthorKind(StrEnum):
    TENANT = "tenant"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Author:
    """Who spoke. ``name`` is what a reader sees; ``ref`` is an agent id for agents."""

    kind: AuthorKind
    name: str
    ref: str | None = None


class Visibility(StrEnum):
    TENANT = "tenant"
    DESK = "desk"


class MessageKind(StrEnum):
    TEXT = "text"
    NOTE = "note"
    WITHHELD = "withheld"
    """A reply of the assistant that came too late: a person had taken over."""
    EVENT = "event"
    """A change of holder, told to everybody who reads along."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A quick reply. The payload stays with us; the tenant's side only ever holds the id."""

    id: str
    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A message that is about to be written."""

    author: Author
    text: str
    kind: MessageKind = MessageKind.TEXT
    visibility: Visibility = Visibility.TENANT
    choices: tuple[Choice, ...] = ()
    payload: str | None = None
    """For a tenant's quick reply: what the chosen button means to the assistant."""
    client_msg_id: str | None = None
    state: State | None = None
    """For an event: the state after it."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message in the log. ``pos`` orders everything; ``seq`` counts what the tenant sees.

    Both are taken under the conversation's row lock, so their order is the order of commit.
    ``seq`` is None for what only the desk sees, so the tenant's count has no gaps.
    """

    id: MessageId
    conversation: ConversationId
    pos: int
    seq: int | None
    author: Author
    text: str
    kind: MessageKind
    visibility: Visibility
    choices: tuple[Choice, ...]
    payload: str | None
    client_msg_id: str | None
    state: State | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Conversation:
    """One talk with one tenant on one channel address.

    ``term`` goes up by one at each change of holder and never back (ADR 0002).
    ``answered_pos``: what the tenant said up to here has an answer or a person's eye on it.
    Times are aware UTC.
    """

    id: ConversationId
    reference: str
    channel: str
    address: str
    holder: Holder
    term: int
    last_pos: int
    last_seq: int
    answered_pos: int
    opened_at: datetime
    pushed: bool = False
    """Whether messages must be sent to a provider; the web chat reads the log itself."""
    topic: str | None = None
    urgent_kind: str | None = None
    priority: int = 0
    session_no: int = 1
    waiting_since: datetime | None = None
    closed_at: datetime | None = None

    @property
    def state(self) -> State:
        return state_of(self.holder)


class Outcome(StrEnum):
    """How a turn ended."""

    RUNNING = "running"
    ANSWERED = "answered"
    ASKED_BACK = "asked_back"
    HANDED_OVER = "handed_over"
    WITHHELD = "withheld"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Turn:
    """What the tenant said since the last answer, and what came of it."""

    id: TurnId
    conversation: ConversationId
    term: int
    from_pos: int
    to_pos: int
    text: str
    started_at: datetime
    outcome: Outcome = Outcome.RUNNING
    intent: str | None = None
    confidence: float | None = None
    ranking: tuple[tuple[str, float], ...] = ()
    form: tuple[tuple[str, str], ...] = ()
    milliseconds: float | None = None
    model: str = ""


class AssignmentOutcome(StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    RELEASED = "released"
    CLOSED = "closed"
    REQUEUED = "requeued"


@dataclass(frozen=True, slots=True)
class Assignment:
    """One stretch of asking for, and having, a person. Append-only: the history is the report."""

    id: str
    conversation: ConversationId
    queue: str
    reason: EscalationReason
    note: str
    asked_at: datetime
    agent: AgentId | None = None
    taken_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: AssignmentOutcome = AssignmentOutcome.OPEN


@dataclass(frozen=True, slots=True)
class Promise:
    """Something a person will do later, with a deadline somebody is reminded of (aware UTC)."""

    text: str
    due_at: datetime
    id: str = ""
    kept_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Agent:
    """A member of staff."""

    id: AgentId
    login: str
    name: str
    roles: tuple[str, ...] = field(default=("agent",))
