"""Who waits is offered to who has room: at every change of capacity, one transaction a time.

An offer leaves the holder alone: the conversation waits until somebody takes it (ADR 0002).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handoff.change import Change
from handoff.clock import Clock
from handoff.counter import Counter
from handoff.hints import Hints, Matter
from handoff.ledger import Job, Ledger, Store
from handoff.model import AgentId, Conversation, ConversationId, Draft, Waiting
from handoff.routing.choose import choose
from handoff.routing.line_words import entering_text, in_line
from handoff.routing.on_call import raise_alarm
from handoff.routing.values import (
    ACCEPT_WITHIN,
    Colleague,
    Offer,
    OfferOutcome,
    Status,
)
from handoff.routing.watches import keep_watch

OFFER_ENDS = "offer_ends"
CALL_BACK = "call_back"


class Router:
    """The handler of ``route``, ``offer_ends`` and ``call_back`` jobs."""

    def __init__(self, store: Store, counter: Counter, clock: Clock, hints: Hints) -> None:
        self._store = store
        self._counter = counter
        self._clock = clock
        self._hints = hints

    async def run(self, job: Job) -> None:
        def work(ledger: Ledger) -> Sequence[Conversation]:
            if not ledger.jobs.finish(job):
                return ()
            touched = list(self.give_out(ledger))
            touched += self._look_after(ledger, job.conversation)
            return touched

        await self.tell(await self._store.write(work))

    async def route(self) -> None:
        """Give out what can be given out now."""
        await self.tell(await self._store.write(self.give_out))

    async def tell(self, touched: Sequence[Conversation]) -> None:
        """Tell the screens what changed, and each colleague what is put before them."""
        changed = {one.id: one for one in touched}

        def asked(ledger: Ledger) -> list[Offer]:
            found = [ledger.routing.offers.open_of(id) for id in changed]
            return [offer for offer in found if offer is not None]

        for conversation in changed.values():
            self._hints.changed(conversation)
        for offer in await self._store.read(asked) if changed else ():
            self._hints.for_agent(offer.agent, offer.conversation, Matter.OFFER)

    def give_out(self, ledger: Ledger) -> Sequence[Conversation]:
        """One pass over all who wait; gives the conversations whose offer changed."""
        now = self._clock.now()
        ledger.routing.attendance.lock()
        colleagues = {one.agent: one for one in ledger.routing.attendance.colleagues(now)}
        touched = self._end_offers(ledger, colleagues, now)
        if not self._counter.service.is_open(now):
            return _read(ledger, touched)  # nobody is given anything while they may be asleep
        colleagues = {one.agent: one for one in ledger.routing.attendance.colleagues(now)}
        for conversation in in_line(ledger, self._counter, now):
            if not any(one.has_room and one.status is Status.ONLINE for one in colleagues.values()):
                break
            chosen = self._offer(ledger, conversation, list(colleagues.values()), now)
            if chosen is not None:
                more = replace(chosen, load=chosen.load + 1, idle_since=now)
                colleagues[chosen.agent] = more
                touched.append(conversation.id)
        return _read(ledger, touched)

    def _offer(
        self,
        ledger: Ledger,
        conversation: Conversation,
        colleagues: Sequence[Colleague],
        now: datetime,
    ) -> Colleague | None:
        assert isinstance(conversation.holder, Waiting)
        if ledger.routing.offers.open_of(conversation.id) is not None:
            return None
        refused = ledger.routing.offers.refused_by(conversation.id, conversation.term)
        chosen = choose(conversation.holder.queue, colleagues, refused)
        if chosen is not None:
            expires = now + ACCEPT_WITHIN
            offer = Offer(
                self._counter.new_id(),
                conversation.id,
                conversation.term,
                chosen.agent,
                now,
                expires,
            )
            make_offer(ledger, offer)
        return chosen

    def _end_offers(
        self, ledger: Ledger, colleagues: dict[AgentId, Colleague], now: datetime
    ) -> list[ConversationId]:
        """Offers nobody answered in time, and those of people who went away."""
        offers, ended = ledger.routing.offers, []
        for offer in offers.lapsed(now):
            if offers.end(offer, OfferOutcome.TIMED_OUT, now):
                ended.append(offer.conversation)
        for one in colleagues.values():
            if one.status is Status.ONLINE:
                continue
            for offer in offers.open_for(one.agent):
                offers.end(offer, OfferOutcome.WITHDRAWN, now)
                ended.append(offer.conversation)
        return ended

    def _look_after(self, ledger: Ledger, id: ConversationId) -> Sequence[Conversation]:
        """What the conversation itself needs: a watch, an alarm at night, its place in line."""
        now = self._clock.now()
        conversation = ledger.conversations.get(id, lock=True)
        if conversation is None:
            return ()
        keep_watch(ledger, conversation, self._counter, now)
        if not isinstance(conversation.holder, Waiting):
            return ()
        raise_alarm(ledger, conversation, self._counter.service, now)
        told = entering_text(ledger, conversation, self._counter, now)
        if not told:
            return ()
        change = Change(drafts=(Draft(self._counter.system, told),))
        change = self._counter.lines.added_to(change, ledger.messages.after(id, 0))
        applied = ledger.conversations.apply(id, conversation.term, change, now)
        return (applied.conversation,)


def make_offer(ledger: Ledger, offer: Offer) -> None:
    """Put a conversation before somebody, with the job that looks again when time is up."""
    ledger.routing.offers.make(offer)
    ledger.jobs.drop(OFFER_ENDS, offer.conversation)
    ledger.jobs.put(
        OFFER_ENDS, offer.conversation, offer.expires_at, f"{OFFER_ENDS}:{offer.id}", {}
    )


def _read(ledger: Ledger, ids: Sequence[ConversationId]) -> Sequence[Conversation]:
    found = [ledger.conversations.get(id) for id in ids]
    return [one for one in found if one is not None]
