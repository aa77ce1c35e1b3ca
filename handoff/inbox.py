"""Hop 2: one thing a tenant sent becomes a row, a number and a job, in one transaction.

Only after that transaction may the sender be told that the message was accepted (P1).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from channels.port import (
    Aside,
    Body,
    Capabilities,
    Chosen,
    GroupCall,
    Inbound,
    OptOut,
    Text,
    Wish,
)
from handoff import asides, attachments, policy, reception
from handoff.change import Applied, Change
from handoff.choices import ChoiceWords, chosen, offered_in, shipped_words
from handoff.clock import Clock
from handoff.counter import Counter
from handoff.crash_points import crash_point
from handoff.held_replies import heard
from handoff.hints import Hints
from handoff.ledger import Ledger, Receipt, ReusedId, Store
from handoff.model import Choice, Conversation, Draft
from handoff.opinion.hearing import Hearing
from handoff.reception import SafetyText
from handoff.references import new_reference
from handoff.routing.waiting_room import WaitingRoom
from handoff.said import edit_mark, words_of
from handoff.unasked import Kept, NotKept, in_need, kept_of

_SHORT = 1_000
"""Characters that are scanned for danger in well under a millisecond or two."""


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


class Inbox:
    def __init__(
        self,
        store: Store,
        counter: Counter,
        clock: Clock,
        hints: Hints,
        understand: Understand,
        choice_words: ChoiceWords | None = None,
    ) -> None:
        self._store = store
        self._counter = counter
        self._clock = clock
        self._hints = hints
        self._understand = understand
        self._choice_words = choice_words or shipped_words()
        self._waiting = WaitingRoom(counter)
        self._opinions = Hearing.shipped(counter)
        self._not_kept = NotKept(counter)

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
        opened = self._open_silently(ledger, channel, address, capabilities)
        greeting = reception.greet(self._counter)
        return ledger.conversations.apply(opened.id, opened.term, greeting, self._clock.now())

    def _open_silently(
        self, ledger: Ledger, channel: str, address: str, capabilities: Capabilities
    ) -> Conversation:
        id = self._counter.new_id()
        return ledger.conversations.open(
            reception.new_conversation(
                id, new_reference(), channel, address or id, capabilities.push, self._clock.now()
            )
        )

    async def receive(self, inbound: Inbound, capabilities: Capabilities) -> Accepted:
        """Store one inbound message, or find that it is stored already.

        Raises:
            ReusedId: the same id with another body.
            UnknownChoice: a quick reply that is not of this conversation.
            EmptyMessage: nothing readable or storable in it.
            StoreBusy: nothing was stored; the sender must try again.
        """
        meaning = await self._meaning(inbound.body)
        kept = await kept_of(inbound.body)

        def work(ledger: Ledger) -> tuple[Accepted, Applied | None]:
            known = ledger.messages.receipt(inbound.channel, inbound.account, inbound.external_id)
            if known is None:
                return self._store_it(ledger, inbound, capabilities, kept, meaning)
            if known.fingerprint != kept.fingerprint:
                raise ReusedId(inbound.external_id)
            return Accepted(known.seq, again=True), None

        accepted, applied = await self._store.write(work)
        if applied is not None:
            crash_point("after_inbox_commit")
            self._hints.changed(applied.conversation)
        return accepted

    async def _meaning(self, body: Body) -> Meaning:
        words = words_of(body)
        if not words:
            return Meaning()
        if len(words) <= _SHORT:
            return self._understand(words)
        return await asyncio.to_thread(self._understand, words)  # others must not wait for it

    def _store_it(
        self,
        ledger: Ledger,
        inbound: Inbound,
        capabilities: Capabilities,
        kept: Kept,
        meaning: Meaning,
    ) -> tuple[Accepted, Applied]:
        now = self._clock.now()
        conversation = ledger.conversations.latest_at(inbound.channel, inbound.address)
        in_danger = bool(meaning.safety) or in_need(conversation)
        inbound = replace(inbound, body=kept.body(frank=in_danger))
        if isinstance(inbound.body, OptOut):
            conversation = conversation or self._open_silently(
                ledger, inbound.channel, inbound.address, capabilities
            )
            before = ledger.messages.after(conversation.id, 0)
            change = self._wished(ledger, conversation, inbound, inbound.body.wish)
        elif isinstance(inbound.body, GroupCall):
            if conversation is not None:
                raise EmptyMessage  # the group was told already
            conversation = self._open_silently(
                ledger, inbound.channel, inbound.address, capabilities
            )
            before = ()
            change = reception.group_refusal(inbound.external_id, self._counter)
        else:
            # A greeting that was not read yet is no question that "1" could answer.
            greeted = conversation is not None
            conversation = (
                conversation
                or self._open(ledger, inbound.channel, inbound.address, capabilities).conversation
            )
            before = ledger.messages.after(conversation.id, 0)
            offered = offered_in(before) if greeted else ()
            change = self._said(ledger, conversation, inbound, meaning, offered)
            if not capabilities.blocks_after_stop:
                change = self._opted_in(ledger, conversation, inbound, change)
            change = replace(change, turn_delay=capabilities.gather)
        change = self._not_kept.told_at_once(change, conversation, before)
        change = self._counter.lines.added_to(change, before)
        heard(ledger, conversation, capabilities.window, now)
        applied = ledger.conversations.apply(conversation.id, conversation.term, change, now)
        mine = applied.messages[0]
        attachments.write_down(ledger, mine, inbound.body, now)
        receipt = Receipt(mine.id, mine.seq or 0, kept.fingerprint)
        ledger.messages.add_receipt(
            inbound.channel, inbound.account, inbound.external_id, receipt, now
        )
        crash_point("before_inbox_commit")
        return Accepted(receipt.seq, again=False), applied

    def _said(
        self,
        ledger: Ledger,
        conversation: Conversation,
        inbound: Inbound,
        meaning: Meaning,
        offered: Sequence[Choice],
    ) -> Change:
        if isinstance(inbound.body, Aside):
            return asides.take(conversation, inbound.body, inbound.external_id, self._counter)
        told = self._waiting.was_told(ledger, conversation)
        talk = attachments.talk_of(ledger, conversation, told)
        if attachments.without_words(inbound.body):
            return attachments.take(talk, inbound.body, inbound.external_id, self._counter)
        asks_for_person = meaning.asks_for_person and not self._asked_how_to_reach(
            ledger, conversation
        )
        if meaning.safety or asks_for_person:
            offered = ()  # danger and the wish for a person go before any choice
        said, now = self._draft(ledger, conversation, inbound, offered), self._clock.now()
        if not (meaning.safety or asks_for_person):
            opinion = self._opinions.heard(ledger, conversation, said, now)
            if opinion is not None:
                return opinion
        change = reception.receive(
            conversation,
            said,
            meaning.safety,
            asks_for_person,
            talk.waited_for,
            self._counter,
            now,
        )
        if not meaning.safety:
            change = self._waiting.heard(ledger, conversation, change, asks_for_person, now)
        return attachments.thanked(change, talk, inbound.body, self._counter)

    def _opted_in(
        self, ledger: Ledger, conversation: Conversation, inbound: Inbound, change: Change
    ) -> Change:
        """Who writes again wants messages again."""
        says_something = isinstance(inbound.body, Chosen) or bool(words_of(inbound.body))
        if not says_something or not ledger.opt_outs.since(inbound.channel, inbound.address):
            return change
        ledger.opt_outs.remove(inbound.channel, inbound.address)
        return reception.opted_in_again(change, conversation, self._counter)

    def _wished(
        self, ledger: Ledger, conversation: Conversation, inbound: Inbound, wish: Wish
    ) -> Change:
        match wish:
            case Wish.STOP:
                ledger.opt_outs.put(inbound.channel, inbound.address, self._clock.now())
            case Wish.START:
                ledger.opt_outs.remove(inbound.channel, inbound.address)
            case Wish.HELP:
                pass
        return reception.channel_wish(conversation, wish, inbound.external_id, self._counter)

    def _asked_how_to_reach(self, ledger: Ledger, conversation: Conversation) -> bool:
        asked = ledger.turns.session(conversation.id).carry.get("requested_slot")
        return asked in policy.HOW_TO_REACH

    def _draft(
        self,
        ledger: Ledger,
        conversation: Conversation,
        inbound: Inbound,
        offered: Sequence[Choice],
    ) -> Draft:
        tenant, client_id = self._counter.tenant, inbound.external_id
        match inbound.body:
            case Chosen(policy.PERSON_CHOICE_ID):
                title = self._counter.words.text("choice_person")
                return Draft(tenant, title, payload=policy.PERSON, client_msg_id=client_id)
            case Chosen(choice_id):
                choice = ledger.messages.choice(conversation.id, choice_id)
                if choice is None:
                    raise UnknownChoice(choice_id)
                return self._pressed(choice, client_id)
        if text := words_of(inbound.body):
            if typed := chosen(text, offered, self._choice_words):
                return self._pressed(typed, client_id)
            return Draft(tenant, text, payload=edit_mark(inbound.body), client_msg_id=client_id)
        if isinstance(inbound.body, Text):
            raise EmptyMessage
        unreadable = self._counter.words.text("tenant_unreadable")
        return Draft(tenant, unreadable, payload=policy.UNREADABLE, client_msg_id=client_id)

    def _pressed(self, choice: Choice, client_id: str) -> Draft:
        tenant = self._counter.tenant
        return Draft(tenant, choice.title, payload=choice.payload, client_msg_id=client_id)
