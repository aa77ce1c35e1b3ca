"""Steps of staff that put a conversation in its place: another queue, or open again. Pure."""

from __future__ import annotations

from bot.signals import EscalationReason
from handoff.change import Asked, Change, Ended, Taken
from handoff.counter import Counter
from handoff.desk import HeldByOther
from handoff.model import (
    Agent,
    Assignment,
    AssignmentOutcome,
    Closed,
    Conversation,
    Draft,
    Held,
    MessageKind,
    Visibility,
    Waiting,
)

CRISIS = frozenset({"self_harm", "violence"})
"""Urgent kinds whose texts are never trained on."""


class NotWaiting(Exception):
    """Only a conversation that waits may be put in another queue."""


class NotClosed(Exception):
    """Only a closed conversation can be opened again."""


def to_queue(conversation: Conversation, queue: str, asked: Assignment | None) -> Change:
    """Who waits goes on waiting, since the same moment and with the same promise.

    Raises:
        NotWaiting: somebody has it, or nobody waits.
    """
    if not isinstance(conversation.holder, Waiting):
        raise NotWaiting
    if conversation.holder.queue == queue:
        return Change()
    reason = asked.reason if asked else EscalationReason.POLICY
    note = asked.note if asked else ""
    return Change(
        holder=Waiting(queue),
        steps=(Ended(AssignmentOutcome.REQUEUED), Asked(queue, reason, note)),
        keeps_place=True,
    )


def reopen(conversation: Conversation, agent: Agent, queue: str, counter: Counter) -> Change:
    """A closed conversation is this member of staff's again. Colleagues read that; the tenant
    hears nothing until there is something to say.

    Raises:
        HeldByOther: a colleague was first.
        NotClosed: it is open.
    """
    match conversation.holder:
        case Held(holder) if holder == agent.id:
            return Change()
        case Held(holder):
            raise HeldByOther(holder)
        case Closed():
            pass
        case _:
            raise NotClosed
    told = counter.words.text("desk_reopened", name=agent.name)
    return Change(
        drafts=(Draft(counter.system, told, MessageKind.NOTE, Visibility.DESK),),
        holder=Held(agent.id),
        steps=(Asked(queue, EscalationReason.POLICY), Taken(agent.id)),
        answered=True,
    )


def is_crisis(conversation: Conversation, counter: Counter, *topics: str | None) -> bool:
    """Whether this is about a crisis: by its mark, or by what it was or is called."""
    kinds = {danger.kind for name in topics if (danger := counter.dangers.get(name or ""))}
    return conversation.urgent_kind in CRISIS or bool(kinds & CRISIS)
