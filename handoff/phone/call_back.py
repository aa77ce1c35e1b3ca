"""A caller who spoke to nobody is called back, in a block of time or as soon as danger asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handoff.change import Change
from handoff.clock import AMSTERDAM
from handoff.counter import Counter, block_words, say_when
from handoff.hours import NeverOpen
from handoff.ledger import Ledger
from handoff.model import Conversation, Promise, Waiting
from handoff.policy import DEFAULT_QUEUE
from handoff.routing.blocks import next_block
from handoff.routing.router import CALL_BACK
from handoff.routing.values import CallBack, OfferOutcome
from handoff.routing.waiting_room import MOST_PER_BLOCK


@dataclass(frozen=True, slots=True)
class Promised:
    """``when`` a caller is called back, in words, and the promise that goes with it."""

    when: str
    change: Change


def promise_call(
    ledger: Ledger, talk: Conversation, number: str, counter: Counter, now: datetime
) -> Promised:
    """Promise a call on this number, instead of what was promised before.

    Who is in danger keeps the first place in line: somebody calls as soon as one can.
    """
    block = None if talk.urgent_kind else _block(ledger, talk, number, counter, now)
    if block is None:
        queue = talk.holder.queue if isinstance(talk.holder, Waiting) else DEFAULT_QUEUE
        due = counter.service.answer_by(queue, now)
        when = say_when(due, now, counter.words)
    else:
        due, when = block[1], _in_words(*block, now, counter)
    text = counter.words.text("phone_promise", number=number, when=when)
    return Promised(when, Change(promise=Promise(text, due), keep_promises=True))


def promised_call(ledger: Ledger, talk: Conversation, counter: Counter, now: datetime) -> str:
    """When a caller is called back, as it was promised before, in words; "" when it was not."""
    call = ledger.routing.line.call_back(talk.id)
    if call is not None and call.from_at is not None and call.to_at is not None:
        return _in_words(call.from_at, call.to_at, now, counter)
    open_ones = ledger.desk.promises(talk.id)
    return say_when(open_ones[0].due_at, now, counter.words) if open_ones else ""


def withdraw_call(ledger: Ledger, talk: Conversation) -> None:
    """Nobody has to call any more."""
    ledger.routing.line.drop_call_back(talk.id)


def _block(
    ledger: Ledger, talk: Conversation, number: str, counter: Counter, now: datetime
) -> tuple[datetime, datetime] | None:
    line = ledger.routing.line
    try:
        block = next_block(counter.service.hours, now, line.calls_from(now), MOST_PER_BLOCK)
    except NeverOpen:
        return None
    line.put_call_back(CallBack(talk.id, talk.term, number, now, block.opens, block.closes))
    offer = ledger.routing.offers.open_of(talk.id)
    if offer is not None:  # nobody is asked for it before the block begins
        ledger.routing.offers.end(offer, OfferOutcome.WITHDRAWN, now)
    name = f"{CALL_BACK}:{talk.id}:{talk.term}:{block.opens.isoformat()}"
    ledger.jobs.put(CALL_BACK, talk.id, block.opens, name, {})
    return block.opens, block.closes


def _in_words(opens: datetime, closes: datetime, now: datetime, counter: Counter) -> str:
    today = now.astimezone(AMSTERDAM).date()
    return block_words(
        opens.astimezone(AMSTERDAM), closes.astimezone(AMSTERDAM), today, counter.words
    )
