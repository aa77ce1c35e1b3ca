"""Keeps, for each conversation that waits or is held, who answers for it and by when."""

from __future__ import annotations

from datetime import datetime

from handoff import handover
from handoff.change import Applied, Change
from handoff.counter import Counter
from handoff.ledger import Ledger
from handoff.model import Conversation, ConversationId, Held, Waiting
from handoff.policy import DEFAULT_QUEUE
from handoff.routing.choose import owner_of_queue
from handoff.routing.returning import for_staff
from handoff.routing.values import Owner, Watch
from handoff.routing.watching import Facts, Looked, is_orphan, look, needs_watch


def look_at(
    ledger: Ledger, conversation: Conversation, counter: Counter, now: datetime
) -> tuple[Watch | None, Looked]:
    """The watch that is written, and the one that ought to be. Writes nothing."""
    queue = queue_of(ledger, conversation)
    tenant_at, last_at = ledger.routing.line.last_words(conversation)
    facts = Facts(conversation, queue, ledger.desk.promises(conversation.id), tenant_at, last_at)
    before = ledger.routing.line.watch(conversation.id)
    owner = _owner(ledger, conversation, queue, now)
    return before, look(facts, owner, before, counter.service, now)


def keep_watch(
    ledger: Ledger, conversation: Conversation, counter: Counter, now: datetime
) -> Applied | None:
    """Write the watch; what passed is raised: the tenant is told, or the holder reminded."""
    if not needs_watch(conversation):
        return None
    before, looked = look_at(ledger, conversation, counter, now)
    applied = None
    if looked.raise_now:
        change = _reminder(conversation, looked, counter, now)
        applied = ledger.conversations.apply(conversation.id, conversation.term, change, now)
        if change.promise is not None:
            _, looked = look_at(ledger, applied.conversation, counter, now)
    if looked.watch != before:
        ledger.routing.line.put_watch(looked.watch)
    return applied


def _reminder(
    conversation: Conversation, looked: Looked, counter: Counter, now: datetime
) -> Change:
    if isinstance(conversation.holder, Waiting):
        # The reminder of the promise got lost, or there was none: the same words, a new promise.
        return handover.overdue(conversation, counter, now)
    return Change(drafts=(for_staff(counter, "held_overdue_for_staff"),))


def queue_of(ledger: Ledger, conversation: Conversation) -> str:
    if isinstance(conversation.holder, Waiting):
        return conversation.holder.queue
    assignment = ledger.desk.assignment(conversation.id)
    return assignment.queue if assignment else DEFAULT_QUEUE


def _owner(ledger: Ledger, conversation: Conversation, queue: str, now: datetime) -> Owner:
    if isinstance(conversation.holder, Held):
        return Owner(conversation.holder.agent, queue)
    lead = owner_of_queue(queue, ledger.routing.attendance.colleagues(now))
    return Owner(lead.agent if lead else None, queue)


def orphans(ledger: Ledger, now: datetime) -> list[ConversationId]:
    """Conversations that nobody answers for by a moment to come. Ought to be empty, always."""
    return [
        one.id
        for one in ledger.routing.line.manned()
        if is_orphan(one, ledger.routing.line.watch(one.id), now)
    ]
