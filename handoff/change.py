"""A change: all that one step of the desk does, as a value that is written whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.signals import EscalationReason
from handoff.model import (
    AgentId,
    AssignmentOutcome,
    Conversation,
    Draft,
    Holder,
    Message,
    Promise,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Open an assignment: a person is asked."""

    queue: str
    reason: EscalationReason
    note: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """The open assignment, if there is one, now has this agent."""

    agent: AgentId


@dataclass(frozen=True, slots=True)
class Ended:
    """The running assignment ends this way."""

    outcome: AssignmentOutcome


AssignmentStep = Asked | Taken | Ended


@dataclass(frozen=True, slots=True)
class Change:
    """Everything one step of the desk does, to be written in one transaction or not at all."""

    drafts: tuple[Draft, ...] = ()
    holder: Holder | None = None
    """The new holder; None leaves holder and term as they are."""
    steps: tuple[AssignmentStep, ...] = ()
    topic: str | None = None
    urgent_kind: str | None = None
    priority: int | None = None
    answered: bool = False
    """All the tenant said so far now has an answer or a person."""
    answered_to: int | None = None
    """What the tenant said up to this position now has an answer."""
    turn_due: bool = False
    turn_delay: timedelta = timedelta(0)
    """How long the assistant waits for more of the same burst."""
    promise: Promise | None = None
    keep_promises: bool = False
    new_session: bool = False
    ask_opinion: bool = False
    """The tenant is asked later how well we helped."""
    keeps_place: bool = False
    """Still waiting, in another queue: since the same moment as before."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A change as it was written."""

    conversation: Conversation
    messages: tuple[Message, ...]
