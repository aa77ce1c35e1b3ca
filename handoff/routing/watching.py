"""By when somebody must do something for a conversation that waits or is held. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handoff.model import Conversation, Held, Promise, Waiting
from handoff.policy import DEFAULT_QUEUE, Service
from handoff.routing.values import Owner, Watch

QUIET_FOR = timedelta(hours=24)
"""A held conversation in which the tenant has the last word of a person is looked at again."""

REMINDER_SLACK = timedelta(minutes=2)
"""A promise that passes has a reminder of its own; this watch only sees that it came."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the watch is decided on. ``tenant_at``: an unanswered word of the tenant."""

    conversation: Conversation
    queue: str
    promises: Sequence[Promise]
    tenant_at: datetime | None
    last_at: datetime


def needs_watch(conversation: Conversation) -> bool:
    return isinstance(conversation.holder, Waiting | Held)


def due_at(facts: Facts, service: Service) -> datetime:
    """The next moment by which something was said to happen, or ought to."""
    if facts.promises:
        return min(promise.due_at for promise in facts.promises) + REMINDER_SLACK
    if facts.tenant_at is not None:
        return service.answer_by(facts.queue, facts.tenant_at)
    return facts.last_at + QUIET_FOR


@dataclass(frozen=True, slots=True)
class Looked:
    """The watch as it is now, and whether somebody must be told that it passed."""

    watch: Watch
    raise_now: bool


def look(
    facts: Facts, owner: Owner, before: Watch | None, service: Service, now: datetime
) -> Looked:
    """Bring the watch up to date; a deadline that passed is raised once, and again at the next."""
    due = due_at(facts, service)
    same = before is not None and before.due_at == due
    raised_at = before.raised_at if same and before is not None else None
    deadline = before.deadline if same and before is not None else due
    if deadline > now:
        return Looked(Watch(facts.conversation.id, owner, due, deadline, raised_at), False)
    again = service.answer_by(facts.queue or DEFAULT_QUEUE, now)
    return Looked(Watch(facts.conversation.id, owner, due, again, now), True)


def is_orphan(conversation: Conversation, watch: Watch | None, now: datetime) -> bool:
    """Whether a person is owed something that nobody answers for by a moment still to come."""
    if not needs_watch(conversation):
        return False
    if watch is None or watch.deadline <= now:
        return True
    holder = conversation.holder
    if isinstance(holder, Held):
        return watch.owner.agent != holder.agent
    return watch.owner.agent is None and not watch.owner.queue
