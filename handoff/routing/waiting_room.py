"""What a tenant who waits for a person hears: the place in line, a call-back, the assistant.

Everything here leaves the holder alone: the conversation keeps waiting (ADR 0002).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from handoff import policy
from handoff.change import Change
from handoff.clock import AMSTERDAM
from handoff.counter import Counter, block_words
from handoff.hours import NeverOpen
from handoff.ledger import Ledger
from handoff.model import Choice, Conversation, Draft, Promise, Waiting
from handoff.routing.blocks import TimeBlock, next_block
from handoff.routing.line_words import standing_in_line
from handoff.routing.place import AGAIN_AFTER
from handoff.routing.values import CallBack, OfferOutcome
from handoff.routing.waiting_words import WaitingWords, phone_number_in, shipped_waiting_words

CALL_BACK_JOB = "call_back"
MOST_PER_BLOCK = 4
"""More calls than this nobody makes in two hours beside other work."""
_SPOKEN = frozenset({"voice"})
"""Channels where a late answer would be spoken into the middle of something else."""
_OWN_NUMBER = re.compile(r"\+\d{9,15}$")


class WaitingRoom:
    def __init__(self, counter: Counter, words: WaitingWords | None = None) -> None:
        self._counter = counter
        self._words = words or shipped_waiting_words()

    def was_told(self, ledger: Ledger, conversation: Conversation) -> bool:
        """Whether since the wait began it was told already that messages are read."""
        since = conversation.waiting_since
        if since is None or not isinstance(conversation.holder, Waiting):
            return False
        words = self._counter.words.text("waiting_ack")
        return ledger.messages.told_since(conversation.id, since, words)

    def heard(
        self,
        ledger: Ledger,
        conversation: Conversation,
        change: Change,
        asks_for_person: bool,
        now: datetime,
    ) -> Change:
        """What a message of somebody who waits changes; ``change`` is what it does anyway."""
        if not isinstance(conversation.holder, Waiting) or change.holder is not None:
            return change
        said = change.drafts[0]
        called = self._call_back(ledger, conversation, said, now)
        if called is not None:
            return called
        wants_person = said.payload is not None and policy.is_person_payload(said.payload)
        if wants_person or asks_for_person or self._words.asks_how_long(said.text):
            return self._place(ledger, conversation, change, now)
        return self._meanwhile(conversation, change)

    def _place(
        self, ledger: Ledger, conversation: Conversation, change: Change, now: datetime
    ) -> Change:
        """The place in line, at most once in a few minutes."""
        first = self._counter.words.text("queue_in_line")
        if ledger.messages.told_since(conversation.id, now - AGAIN_AFTER, first):
            return change
        told = standing_in_line(ledger, conversation, self._counter, now)
        if not told:
            return self._with_choice(change)
        draft = Draft(self._counter.system, told, choices=self._choices())
        return replace(change, drafts=(change.drafts[0], draft))

    def _meanwhile(self, conversation: Conversation, change: Change) -> Change:
        """The assistant may answer what it knows; a person comes all the same."""
        said = change.drafts[0]
        own = said.payload is not None and said.payload.startswith(policy.OWN_PAYLOAD)
        change = self._with_choice(change)
        if own or conversation.channel in _SPOKEN or not policy.is_readable(said.text):
            return change
        return replace(change, turn_due=True, answered=False)

    def _with_choice(self, change: Change) -> Change:
        said, *told = change.drafts
        if not told or told[-1].choices:
            return change
        last = replace(told[-1], choices=self._choices())
        return replace(change, drafts=(said, *told[:-1], last))

    def _choices(self) -> tuple[Choice, ...]:
        title = self._counter.words.text("choice_call_back")
        return (Choice(self._counter.new_id(), title, policy.CALL_BACK),)

    def _call_back(
        self, ledger: Ledger, conversation: Conversation, said: Draft, now: datetime
    ) -> Change | None:
        """A wish to be called, or the number for it; None when this message is neither.

        Who is in danger keeps the first place in line; a call at another time is no help then.
        """
        if conversation.urgent_kind:
            return None
        known = ledger.routing.line.call_back(conversation.id)
        asked = known if known is not None and known.term == conversation.term else None
        typed = phone_number_in(said.text)
        if said.payload == policy.CALL_BACK or self._words.asks_for_call(said.text):
            own = _OWN_NUMBER.search(conversation.address)
            number = typed or (own.group() if own else None)
            if number is None:
                return self._ask_number(ledger, conversation, said, now)
            return self._promise(ledger, conversation, said, number, now)
        if asked is None:
            return None
        if typed is not None:
            return self._promise(ledger, conversation, said, typed, now)
        if asked.number is None and any(letter.isdigit() for letter in said.text):
            return self._told(said, self._counter.words.text("call_back_no_number"))
        return None

    def _ask_number(
        self, ledger: Ledger, conversation: Conversation, said: Draft, now: datetime
    ) -> Change:
        wish = CallBack(conversation.id, conversation.term, None, now)
        ledger.routing.line.put_call_back(wish)
        return self._told(said, self._counter.words.text("call_back_which_number"))

    def _promise(
        self, ledger: Ledger, conversation: Conversation, said: Draft, number: str, now: datetime
    ) -> Change:
        words, hours = self._counter.words, self._counter.service.hours
        # His own earlier place does not count: only the number may be new.
        ledger.routing.line.drop_call_back(conversation.id)
        try:
            block = next_block(hours, now, ledger.routing.line.calls_from(now), MOST_PER_BLOCK)
        except NeverOpen:
            return self._told(said, words.text("call_back_none_free"))
        wish = CallBack(conversation.id, conversation.term, number, now, block.opens, block.closes)
        ledger.routing.line.put_call_back(wish)
        offer = ledger.routing.offers.open_of(conversation.id)
        if offer is not None:  # nobody is asked for it before the block begins
            ledger.routing.offers.end(offer, OfferOutcome.WITHDRAWN, now)
        name = f"{CALL_BACK_JOB}:{conversation.id}:{conversation.term}:{block.opens.isoformat()}"
        ledger.jobs.put(CALL_BACK_JOB, conversation.id, block.opens, name, {})
        said_block = say_block(block, now, self._counter)
        told = self._told(said, words.text("call_back_promised", block=said_block, number=number))
        text = words.text("promise_call_back_block", block=said_block, number=number)
        return replace(told, keep_promises=True, promise=Promise(text, block.closes))

    def _told(self, said: Draft, text: str) -> Change:
        return Change(drafts=(said, Draft(self._counter.system, text)), answered=True)


def say_block(block: TimeBlock, now: datetime, counter: Counter) -> str:
    """As a person says it: "maandag 30 november tussen 10.00 en 12.00 uur"."""
    opens, closes = block.opens.astimezone(AMSTERDAM), block.closes.astimezone(AMSTERDAM)
    return block_words(opens, closes, now.astimezone(AMSTERDAM).date(), counter.words)
