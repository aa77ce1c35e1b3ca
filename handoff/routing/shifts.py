"""Staff come, go and say whether they are there. Each change of it gives out work anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handoff.clock import Clock
from handoff.counter import Counter
from handoff.ledger import Ledger, Store
from handoff.model import Agent, AgentId, Conversation, Held
from handoff.routing.returning import back_to_queue
from handoff.routing.router import Router
from handoff.routing.values import LEASE, WRAP_UP, Alarm, Offer, Presence, Status
from handoff.routing.watches import queue_of


@dataclass(frozen=True, slots=True)
class Standing:
    """What the console of one member of staff shows: how they stand, and what is asked of them."""

    presence: Presence
    offers: Sequence[tuple[Offer, Conversation]]
    alarms: Sequence[tuple[Alarm, Conversation]]
    now: datetime


class Shifts:
    def __init__(self, store: Store, counter: Counter, clock: Clock, router: Router) -> None:
        self._store = store
        self._counter = counter
        self._clock = clock
        self._router = router

    async def renew(self, agent: Agent) -> Standing:
        """A sign of life of an open console. Who was not there is now, as they were before."""
        return await self._say(agent, None, reassign=False)

    async def say(self, agent: Agent, status: Status, *, reassign: bool = False) -> Standing:
        """How this person stands from now; with ``reassign`` what they hold goes to colleagues."""
        return await self._say(agent, status, reassign=reassign)

    async def _say(self, agent: Agent, status: Status | None, *, reassign: bool) -> Standing:
        def work(ledger: Ledger) -> tuple[Standing, Sequence[Conversation]]:
            now = self._clock.now()
            before = ledger.routing.attendance.presence(agent.id)
            after = _after(agent.id, before, status, now)
            ledger.routing.attendance.put(after)
            touched: list[Conversation] = []
            if reassign:
                touched += give_back(ledger, agent.id, "requeued", self._counter, now)
            stood = before.at(now) if before else Status.OFFLINE
            if reassign or stood is not after.at(now):
                touched += self._router.give_out(ledger)
            return _standing(ledger, after, now), touched

        standing, touched = await self._store.write(work)
        await self._router.tell(touched)
        return standing


def _after(agent: AgentId, before: Presence | None, said: Status | None, now: datetime) -> Presence:
    lease = now + LEASE
    if said is not None:
        until = now + WRAP_UP if said is Status.WRAP_UP else None
        return Presence(agent, said, lease, now, until)
    if before is None or before.status is Status.OFFLINE:
        return Presence(agent, Status.ONLINE, lease, now)
    if before.until is not None and before.until <= now:
        return Presence(agent, Status.ONLINE, lease, before.until)
    return Presence(agent, before.status, lease, before.changed_at, before.until)


def give_back(
    ledger: Ledger, agent: AgentId, told: str, counter: Counter, now: datetime
) -> list[Conversation]:
    """Everything this person holds goes back to its queue; each tenant is told so."""
    given = []
    for held, _ in ledger.routing.attendance.held():
        conversation = ledger.conversations.get(held.id, lock=True)
        if conversation is not None and conversation.holder == Held(agent):
            change = back_to_queue(queue_of(ledger, conversation), told, counter, now)
            said = ledger.messages.after(conversation.id, 0)
            change = counter.lines.added_to(change, said)
            applied = ledger.conversations.apply(conversation.id, conversation.term, change, now)
            given.append(applied.conversation)
    return given


def _standing(ledger: Ledger, presence: Presence, now: datetime) -> Standing:
    offers = []
    for offer in ledger.routing.offers.open_for(presence.agent):
        conversation = ledger.conversations.get(offer.conversation)
        if conversation is not None and offer.expires_at > now:
            offers.append((offer, conversation))
    return Standing(presence, offers, ledger.routing.alarms.unacknowledged(), now)
