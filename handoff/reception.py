"""The tenant's side of the desk: the greeting, and what a new message changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.signals import EscalationReason
from channels.port import Wish
from handoff import policy
from handoff.change import Change
from handoff.counter import Counter, event
from handoff.handover import hand_over
from handoff.model import (
    Author,
    Bot,
    Choice,
    Closed,
    Conversation,
    ConversationId,
    Draft,
    Held,
    MessageKind,
    State,
    Visibility,
    Waiting,
)
from handoff.policy import HandOver

CHANNEL_WISH = f"{policy.OWN_PAYLOAD}channel_wish"
"""Payload of what a tenant asks of the channel itself; never put to the assistant."""


@dataclass(frozen=True, slots=True)
class SafetyText:
    """An urgent kind that was recognised, and what the tenant must read at once."""

    kind: str
    label: str
    priority: int
    text: str


def new_conversation(
    id: str, reference: str, channel: str, address: str, pushed: bool, now: datetime
) -> Conversation:
    """A conversation before its first word; the assistant holds it."""
    return Conversation(
        id=ConversationId(id),
        reference=reference,
        channel=channel,
        address=address,
        holder=Bot(),
        term=1,
        last_pos=0,
        last_seq=0,
        answered_pos=0,
        opened_at=now,
        pushed=pushed,
    )


def greet(counter: Counter) -> Change:
    """The first words: that it is a digital assistant (AI Act art. 50), and where to begin."""
    first = [
        Choice(counter.new_id(), counter.catalogue[name].title, f"/{name}")
        for name in counter.first_choices
    ]
    return Change(
        drafts=(Draft(counter.bot, counter.words.text("greeting"), choices=tuple(first)),)
    )


def receive(
    now_holding: Conversation,
    said: Draft,
    safety: Sequence[SafetyText],
    asks_for_person: bool,
    waited_for: bool,
    counter: Counter,
    now: datetime,
) -> Change:
    """The tenant said something.

    ``asks_for_person``: plain code read a wish for a person in it.
    ``waited_for``: since the wait began the tenant was already told that messages are read.
    """
    if safety:
        return _urgent(now_holding, said, safety, counter, now)
    match now_holding.holder:
        case Held():
            return Change(drafts=(said,), answered=True)
        case Waiting():
            told = () if waited_for else (Draft(counter.system, counter.words.text("waiting_ack")),)
            return Change(drafts=(said, *told), answered=True)
        case Closed():
            again = event(counter, "reopened", State.BOT)
            reopened = replace(now_holding, holder=Bot())
            rest = _to_assistant(reopened, said, asks_for_person, counter, now)
            return replace(
                rest,
                drafts=(rest.drafts[0], again, *rest.drafts[1:]),
                holder=rest.holder or Bot(),
                new_session=True,
            )
        case Bot():
            return _to_assistant(now_holding, said, asks_for_person, counter, now)


def _to_assistant(
    conversation: Conversation,
    said: Draft,
    asks_for_person: bool,
    counter: Counter,
    now: datetime,
) -> Change:
    pressed = said.payload is not None and policy.is_person_payload(said.payload)
    if pressed or asks_for_person:
        queue = policy.queue_of(counter.catalogue.get(conversation.topic or ""))
        asked = HandOver(EscalationReason.ASKED, queue)
        return hand_over(conversation, asked, counter, now, before=(said,))
    if said.payload == policy.OTHER:
        queue = policy.queue_of(counter.catalogue.get(conversation.topic or ""))
        lost = HandOver(EscalationReason.NOT_UNDERSTOOD, queue)
        return hand_over(conversation, lost, counter, now, before=(said,))
    if said.payload == policy.UNREADABLE:
        told = Draft(counter.bot, counter.words.text("not_supported"))
        return Change(drafts=(said, told), answered=True)
    if not policy.is_readable(said.text):
        return Change(
            drafts=(said, Draft(counter.bot, counter.words.text("not_readable"))), answered=True
        )
    return Change(drafts=(said,), turn_due=True)


def _urgent(
    conversation: Conversation,
    said: Draft,
    safety: Sequence[SafetyText],
    counter: Counter,
    now: datetime,
) -> Change:
    """Safety text first, at any hour and whoever holds; then the top of the queue (ADR 0007)."""
    worst = max(safety, key=lambda kind: kind.priority)
    held = isinstance(conversation.holder, Held)
    # A person who holds the conversation is not talked over twice for the same danger.
    told = () if held and conversation.urgent_kind == worst.kind else safety
    author = _voice(conversation, counter)
    texts = tuple(Draft(author, kind.text) for kind in told)
    alarm = Draft(
        counter.system,
        counter.words.text("urgent_for_staff", label=worst.label),
        kind=MessageKind.NOTE,
        visibility=Visibility.DESK,
    )
    marks = Change(urgent_kind=worst.kind, priority=max(conversation.priority, worst.priority))
    if held:
        return replace(marks, drafts=(said, *texts, alarm), answered=True)
    urgent = HandOver(EscalationReason.URGENT, policy.URGENT_QUEUE, worst.label)
    change = hand_over(conversation, urgent, counter, now, before=(said, *texts, alarm))
    return replace(change, urgent_kind=marks.urgent_kind, priority=marks.priority)


def channel_wish(
    now_holding: Conversation, wish: Wish, client_msg_id: str, counter: Counter
) -> Change:
    """STOP, START or HELP: the holder stays, and the assistant is not asked.

    STOP is answered by nobody (the provider confirms it) and ends what waited for an answer.
    """
    words = counter.words
    match wish:
        case Wish.STOP:
            said = words.text("tenant_opt_out")
            told: tuple[Draft, ...] = ()
        case Wish.START:
            said = words.text("tenant_opt_in")
            told = (_opt_in_line(now_holding, counter),)
        case Wish.HELP:
            said = words.text("tenant_opt_out_help")
            told = (Draft(_voice(now_holding, counter), words.text("opt_out_help")),)
    drafts = (
        Draft(counter.tenant, said, payload=CHANNEL_WISH, client_msg_id=client_msg_id),
        *told,
    )
    # A question that waits for the assistant still gets its answer, but not after a STOP.
    answered = wish is Wish.STOP or not isinstance(now_holding.holder, Bot)
    return Change(drafts=drafts, answered=answered)


def group_refusal(client_msg_id: str, counter: Counter) -> Change:
    """We were called in a group: say once that we talk in private only, and leave it at that."""
    called = Draft(
        counter.tenant,
        counter.words.text("tenant_group"),
        payload=CHANNEL_WISH,
        client_msg_id=client_msg_id,
    )
    refused = Draft(counter.system, counter.words.text("group_refused"))
    return Change(drafts=(called, refused), holder=Closed(), answered=True)


def opted_in_again(change: Change, now_holding: Conversation, counter: Counter) -> Change:
    """Who writes after a STOP is told, behind his own words, that messages come again."""
    said, *rest = change.drafts
    return replace(change, drafts=(said, _opt_in_line(now_holding, counter), *rest))


def _opt_in_line(conversation: Conversation, counter: Counter) -> Draft:
    return Draft(_voice(conversation, counter), counter.words.text("opt_in_again"))


def _voice(conversation: Conversation, counter: Counter) -> Author:
    """Who says what neither an assistant's topic nor a person says."""
    return counter.bot if isinstance(conversation.holder, Bot) else counter.system
