"""An answer by another channel of the same person: what it changes on both sides. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handoff import desk
from handoff.change import Change
from handoff.counter import Counter
from handoff.model import (
    Agent,
    Bot,
    Closed,
    Conversation,
    Draft,
    MessageKind,
    Visibility,
)


def answer_there(
    there: Conversation,
    here: Conversation,
    agent: Agent,
    text: str,
    reason: str,
    client_msg_id: str,
    counter: Counter,
    labels: Sequence[str] = (),
) -> Change:
    """The answer in the other conversation, which this agent then holds: a reply must find him.
    ``labels``: of the files that go with it, each a message behind the words.

    Raises:
        HeldByOther: a colleague has that conversation.
    """
    closed = isinstance(there.holder, Closed)
    taken = desk.take(replace(there, holder=Bot()) if closed else there, agent, counter)
    came = _note(counter, "note_answer_from_elsewhere", here, reason=reason)
    said = desk.drafts_of(agent, text, client_msg_id, labels)
    return replace(taken, drafts=(*taken.drafts, came, *said), answered=True, keep_promises=True)


def note_here(
    here: Conversation,
    there: Conversation,
    agent: Agent,
    text: str,
    reason: str,
    counter: Counter,
) -> Change:
    """What colleagues read where the answer did not go: where it went, why, and what it said.

    Raises:
        HeldByOther, NotHolder, ConversationClosed: this agent may not speak here now.
    """
    desk.must_hold(here, agent)
    note = _note(counter, "note_answer_elsewhere", there, answer=text, reason=reason)
    return Change(drafts=(note,), answered=True, keep_promises=True)


def _note(counter: Counter, key: str, other: Conversation, **more: str) -> Draft:
    name = f"channel_{other.channel}"
    channel = counter.words.text(name) if name in counter.words else other.channel
    text = counter.words.text(key, channel=channel, reference=other.reference, **more)
    return Draft(counter.system, text, MessageKind.NOTE, Visibility.DESK)
