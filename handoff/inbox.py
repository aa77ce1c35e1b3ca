"""Hop 2: one thing a tenant sent becomes a row, a number and a job, in one transaction.

Only after that transaction may the sender be told that the message was accepted (P1).
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from channels.port import (
    Attached,
    Body,
    Capabilities,
    Chosen,
    Inbound,
    OptOut,
    Text,
    Unsupported,
)
from handoff import policy, reception
from handoff.change import Applied
from handoff.clean_text import clean_text
from handoff.clock import Clock
from handoff.counter import Counter
from handoff.crash_points import crash_point
from handoff.hints import Hints
from handoff.ledger import Ledger, Receipt, ReusedId, Store
from handoff.model import Conversation, Draft, Waiting
from handoff.reception import SafetyText

_SHORT = 1_000
"""Characters that are scanned for danger in well under a millisecond or two."""
_REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What plain code reads in a text, before and regardless of the assistant (ADR 0007)."""

    safety: Sequence[SafetyText] = ()
    asks_for_person: bool = False


Understand = Callable[[str], Meaning]


class UnknownChoice(Exception):
    """This quick reply does not belong to this conversation."""


class EmptyMessage(Exception):
    """There is nothing in the message that can be kept."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The message is in the log, now or before."""

    seq: int
    again: bool


def new_reference() -> str:
    """A short name for a conversation that can be read out over the phone."""
    return "TB-" + "".join(secrets.choice(_REFERENCE_LETTERS) for _ in range(6))


class Inbox:
    def __init__(
        self, store: Store, counter: Counter, clock: Clock, hints: Hints, understand: Understand
    ) -> None:
        self._store = store
        self._counter = counter
        self._clock = clock
        self._hints = hints
        self._understand = understand

    async def open(
        self, channel: str, address: str, capabilities: Capabilities, token_hash: str
    ) -> Conversation:
        """Open a conversation whose first words are ours (web chat)."""

        def work(ledger: Ledger) -> Applied:
            applied = self._open(ledger, channel, address, capabilities)
            ledger.tokens.put(token_hash, applied.conversation.id, self._clock.now())
            return applied

        applied = await self._store.write(work)
        return applied.conversation

    def _open(
        self, ledger: Ledger, channel: str, address: str, capabilities: Capabilities
    ) -> Applied:
        now = self._clock.now()
        id = self._counter.new_id()
        opened = ledger.conversations.open(
            reception.new_conversation(
                id, new_reference(), channel, address or id, capabilities.push, now
            )
        )
        greeting = reception.greet(self._counter)
        return ledger.conversations.apply(opened.id, opened.term, greeting, now)

    async def receive(self, inbound: Inbound, capabilities: Capabilities) -> Accepted:
        """Store one inbound message, or find that it is stored already.

        Raises:
            ReusedId: the same id with another body.
            UnknownChoice: a quick reply that is not of this conversation.
            EmptyMessage: nothing readable or storable in it.
            StoreBusy: nothing was stored; the sender must try again.
        """
        fingerprint = hashlib.sha256(repr(inbound.body).encode("utf-8", "replace")).hexdigest()
        meaning = await self._meaning(inbound.body)

        def work(ledger: Ledger) -> tuple[Accepted, Applied | None]:
            known = ledger.messages.receipt(inbound.channel, inbound.account, inbound.external_id)
            if known is None:
                return self._store_it(ledger, inbound, capabilities, fingerprint, meaning)
            if known.fingerprint != fingerprint:
                raise ReusedId(inbound.external_id)
            return Accepted(known.seq, again=True), None

        accepted, applied = await self._store.write(work)
        if applied is not None:
            crash_point("after_inbox_commit")
            self._hints.changed(applied.conversation)
        return accepted

    async def _meaning(self, body: Body) -> Meaning:
        if not isinstance(body, Text):
            return Meaning()
        if len(body.text) <= _SHORT:
            return self._understand(body.text)
        return await asyncio.to_thread(self._understand, body.text)  # others must not wait for it

    def _store_it(
        self,
        ledger: Ledger,
        inbound: Inbound,
        capabilities: Capabilities,
        fingerprint: str,
        meaning: Meaning,
    ) -> tuple[Accepted, Applied]:
        now = self._clock.now()
        conversation = ledger.conversations.latest_at(inbound.channel, inbound.address)
        if conversation is None:
            opened = self._open(ledger, inbound.channel, inbound.address, capabilities)
            conversation = opened.conversation
        said = self._draft(ledger, conversation, inbound)
        change = reception.receive(
            conversation,
            said,
            meaning.safety,
            meaning.asks_for_person and not self._asked_how_to_reach(ledger, conversation),
            self._waited_for(ledger, conversation),
            self._counter,
            now,
        )
        before = ledger.messages.after(conversation.id, 0)
        change = self._counter.lines.added_to(change, before)
        change = replace(change, turn_delay=capabilities.gather)
        applied = ledger.conversations.apply(conversation.id, conversation.term, change, now)
        mine = applied.messages[0]
        receipt = Receipt(mine.id, mine.seq or 0, fingerprint)
        ledger.messages.add_receipt(
            inbound.channel, inbound.account, inbound.external_id, receipt, now
        )
        crash_point("before_inbox_commit")
        return Accepted(receipt.seq, again=False), applied

    def _asked_how_to_reach(self, ledger: Ledger, conversation: Conversation) -> bool:
        asked = ledger.turns.session(conversation.id).carry.get("requested_slot")
        return asked in policy.HOW_TO_REACH

    def _waited_for(self, ledger: Ledger, conversation: Conversation) -> bool:
        since = conversation.waiting_since
        if since is None or not isinstance(conversation.holder, Waiting):
            return False
        words = self._counter.words.text("waiting_ack")
        return ledger.messages.told_since(conversation.id, since, words)

    def _draft(self, ledger: Ledger, conversation: Conversation, inbound: Inbound) -> Draft:
        tenant, client_id = self._counter.tenant, inbound.external_id
        match inbound.body:
            case Text(raw):
                text = clean_text(raw)
                if not text:
                    raise EmptyMessage
                return Draft(tenant, text, client_msg_id=client_id)
            case Chosen(policy.PERSON_CHOICE_ID):
                title = self._counter.words.text("choice_person")
                return Draft(tenant, title, payload=policy.PERSON, client_msg_id=client_id)
            case Chosen(choice_id):
                choice = ledger.messages.choice(conversation.id, choice_id)
                if choice is None:
                    raise UnknownChoice(choice_id)
                return Draft(tenant, choice.title, payload=choice.payload, client_msg_id=client_id)
            case Attached(words) if words.strip():
                return Draft(tenant, clean_text(words), client_msg_id=client_id)
            case Attached() | OptOut() | Unsupported():
                text = self._counter.words.text("tenant_unreadable")
                return Draft(tenant, text, payload=policy.UNREADABLE, client_msg_id=client_id)
