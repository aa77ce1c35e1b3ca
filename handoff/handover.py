"""Asking for a person: what the tenant is told, what is promised, and where the work waits."""

from __future__ import annotations

from datetime import datetime

from bot.signals import EscalationReason
from handoff import policy
from handoff.change import Asked, AssignmentStep, Change, Ended
from handoff.clock import AMSTERDAM
from handoff.counter import Counter, block_words, event_text, say_when
from handoff.model import (
    AssignmentOutcome,
    Conversation,
    Draft,
    MessageKind,
    Promise,
    State,
    Visibility,
    Waiting,
)
from handoff.policy import HandOver

_OPENING_LINE = {
    EscalationReason.BOT_ERROR: "handover_storing",
    EscalationReason.BOT_SILENT: "handover_storing",
    EscalationReason.BACKOFFICE_DOWN: "handover_storing",
    EscalationReason.NOT_UNDERSTOOD: "handover_not_understood",
    EscalationReason.GOING_IN_CIRCLES: "handover_not_understood",
    EscalationReason.SENSITIVE: "handover_sensitive",
    EscalationReason.THIRD_PARTY: "handover_third_party",
}


def hand_over(
    conversation: Conversation,
    decision: HandOver,
    counter: Counter,
    now: datetime,
    before: tuple[Draft, ...] = (),
) -> Change:
    """Ask for a person: the tenant is told what happens and when, and a promise is written."""
    due = counter.service.answer_by(decision.queue, now)
    notice = _hand_over_notice(decision, counter, now)
    steps: tuple[AssignmentStep, ...] = (Asked(decision.queue, decision.reason, decision.note),)
    if isinstance(conversation.holder, Waiting):
        steps = (Ended(AssignmentOutcome.REQUEUED), *steps)
    first = max(conversation.priority, policy.VULNERABLE_PRIORITY) if decision.first else None
    return Change(
        drafts=(*before, event_text(counter, notice, State.WAITING)),
        holder=Waiting(decision.queue),
        priority=first,
        steps=steps,
        answered=True,
        promise=Promise(
            counter.words.text("promise_answer", when=say_when(due, now, counter.words)), due
        ),
        keep_promises=isinstance(conversation.holder, Waiting),
    )


def _hand_over_notice(decision: HandOver, counter: Counter, now: datetime) -> str:
    words = counter.words
    if decision.reason is EscalationReason.URGENT:
        return _when(decision, "handover_urgent_open", "handover_urgent_closed", counter, now)
    what = _when(decision, "handover_open", "handover_closed", counter, now)
    opening = _OPENING_LINE.get(decision.reason)
    return f"{words.text(opening)} {what}" if opening else what


def _when(
    decision: HandOver, open_key: str, closed_key: str, counter: Counter, now: datetime
) -> str:
    """What happens next: in minutes while somebody is there, else a block of a day."""
    words, service = counter.words, counter.service
    if service.is_open(now):
        return words.text(open_key, minutes=service.minutes_for(decision.queue))
    opens = service.hours.next_opening(now).astimezone(AMSTERDAM)
    closes = service.answer_by(decision.queue, now).astimezone(AMSTERDAM)
    today = now.astimezone(AMSTERDAM).date()
    return words.text(closed_key, when=block_words(opens, closes, today, words))


def overdue(conversation: Conversation, counter: Counter, now: datetime) -> Change:
    """A promise has passed: the tenant is told so, it moves up, and a new promise is made (P5)."""
    if not isinstance(conversation.holder, Waiting):
        return Change(drafts=(_for_staff(counter, "promise_passed_for_staff"),))
    due = counter.service.answer_by(conversation.holder.queue, now)
    when = say_when(due, now, counter.words)
    told = Draft(counter.system, counter.words.text("still_waiting", when=when))
    return Change(
        drafts=(told, _for_staff(counter, "overdue_for_staff")),
        priority=max(conversation.priority, policy.OVERDUE_PRIORITY),
        keep_promises=True,
        promise=Promise(counter.words.text("promise_answer", when=when), due),
    )


def _for_staff(counter: Counter, key: str) -> Draft:
    return Draft(
        counter.system,
        counter.words.text(key),
        kind=MessageKind.NOTE,
        visibility=Visibility.DESK,
    )


def fail(
    conversation: Conversation, reason: EscalationReason, counter: Counter, now: datetime
) -> Change:
    """The assistant failed: say so, keep the message, ask for a person. Never silence.

    Who waits for a person already was told that messages are kept and read.
    """
    if isinstance(conversation.holder, Waiting):
        return Change(answered=True)
    queue = policy.queue_of(counter.catalogue.get(conversation.topic or ""))
    return hand_over(conversation, HandOver(reason, queue), counter, now)
