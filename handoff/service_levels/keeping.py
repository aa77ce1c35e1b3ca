"""Keeps the clocks of service and the jobs that ring them, within the transaction of a change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from handoff.change import Applied, Asked, Change
from handoff.ledger import Ledger
from handoff.model import (
    AgentId,
    AuthorKind,
    Closed,
    Conversation,
    ConversationId,
    Held,
    Message,
    MessageKind,
    Visibility,
    Waiting,
)
from handoff.opinion.values import ASK, is_answer
from handoff.policy import DEFAULT_QUEUE
from handoff.reception import CHANNEL_WISH
from handoff.service_levels.measure import Happened, ServiceClock, advance, next_moment
from handoff.service_levels.targets import ClockKind, Targets

SERVICE = "service"
"""The kind of the job that warns before a clock is due, and tells when it was."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """``ask_after``: how long after closing the tenant is asked for an opinion."""

    targets: Targets
    ask_after: timedelta

    def changed(self, ledger: Ledger, applied: Applied, change: Change, now: datetime) -> None:
        """Bring clocks and jobs up to date with a change that was just written."""
        self._plan_opinion(ledger, applied.conversation, change, now)
        happened = happened_in(applied, change)
        if not happened.manned and change.holder is None and change.promise is None:
            return
        id = applied.conversation.id
        before = ledger.service.running(id)
        moved = advance(before, happened, _fresh(applied.conversation, now), self.targets, now)
        for clock in moved:
            ledger.service.put(clock)
        if moved:
            plan(ledger, id, now)

    def _plan_opinion(
        self, ledger: Ledger, conversation: Conversation, change: Change, now: datetime
    ) -> None:
        if change.holder is not None:
            ledger.jobs.drop(ASK, conversation.id)
        if change.ask_opinion:
            term = conversation.term
            ledger.jobs.put(
                ASK,
                conversation.id,
                now + self.ask_after,
                f"{ASK}:{conversation.id}:{term}",
                {"term": str(term)},
            )


def plan(ledger: Ledger, id: ConversationId, now: datetime) -> None:
    """One job at a time, for the moment that comes first: later ones would wait behind it."""
    ledger.jobs.drop(SERVICE, id)
    at = next_moment(ledger.service.running(id))
    if at is not None:
        key = f"{SERVICE}:{id}:{at.isoformat()}:{now.isoformat()}"
        ledger.jobs.put(SERVICE, id, at, key, {})


def happened_in(applied: Applied, change: Change) -> Happened:
    """What a change meant for who owes what. Pure."""
    after = applied.conversation
    asked = [step.queue for step in change.steps if isinstance(step, Asked)]
    answers = [message for message in applied.messages if _is_answer_of_staff(message)]
    agent = answers[-1].author.ref if answers else None
    if agent is None and isinstance(after.holder, Held):
        agent = after.holder.agent
    return Happened(
        manned=isinstance(after.holder, Waiting | Held),
        asked=asked[-1] if asked else None,
        agent=AgentId(agent) if agent else None,
        tenant_wrote=any(_is_said_by_tenant(message) for message in applied.messages),
        staff_answered=bool(answers),
        closed=isinstance(after.holder, Closed),
        promises_ended=change.keep_promises,
        promised=change.promise.due_at if change.promise else None,
    )


def _is_answer_of_staff(message: Message) -> bool:
    seen = message.visibility is Visibility.TENANT and message.kind is MessageKind.TEXT
    return seen and message.author.kind is AuthorKind.AGENT


def _is_said_by_tenant(message: Message) -> bool:
    own = message.payload == CHANNEL_WISH or is_answer(message.payload)
    return message.author.kind is AuthorKind.TENANT and not own


def _fresh(conversation: Conversation, now: datetime) -> ServiceClock:
    holder = conversation.holder
    queue = holder.queue if isinstance(holder, Waiting) else DEFAULT_QUEUE
    return ServiceClock(uuid4().hex, conversation.id, ClockKind.RESOLUTION, queue, 0, now)
