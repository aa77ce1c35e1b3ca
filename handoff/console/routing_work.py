"""What staff do with an offer, a transfer and an alarm: each one fenced transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.topic import QUEUES
from handoff import desk
from handoff.change import Change
from handoff.console.work import DeskWork, found
from handoff.hints import Matter
from handoff.http_errors import ApiError
from handoff.ledger import Ledger, Row
from handoff.model import Agent, AgentId, Conversation, ConversationId
from handoff.routing.assembly import DeskRouting
from handoff.routing.on_call import acknowledge
from handoff.routing.returning import back_to_queue
from handoff.routing.router import make_offer
from handoff.routing.values import (
    LEAD,
    TRANSFER_WITHIN,
    Colleague,
    Offer,
    OfferOutcome,
    Skills,
    Status,
)
from handoff.routing.watches import queue_of


@dataclass(frozen=True, slots=True)
class RoutingWork:
    work: DeskWork
    routing: DeskRouting

    async def accept(self, agent: Agent, offer_id: str) -> Row:
        """Take what was offered. One wins: the offer, the holder and the term are all checked.

        Raises:
            ApiError: 409 when the offer is over, or somebody else took it.
        """

        def accepted(ledger: Ledger) -> Row:
            offer = self._mine(ledger, agent, offer_id)
            conversation = found(ledger, offer.conversation, lock=True)
            take = self.work.apply(
                ledger,
                conversation,
                offer.term,
                lambda c: desk.take(c, agent, self.work.counter),
            )
            return ledger.conversations.row(take.conversation, agent.id)

        row = await self.work.store.write(accepted)
        self.work.hints.changed(row.conversation)
        return row

    async def decline(self, agent: Agent, offer_id: str) -> None:
        """Not me: the next person is asked at once, and this one not again in this wait."""

        def declined(ledger: Ledger) -> Sequence[Conversation]:
            offer = self._mine(ledger, agent, offer_id)
            ledger.routing.offers.end(offer, OfferOutcome.DECLINED, self.work.clock.now())
            return [found(ledger, offer.conversation), *self.routing.router.give_out(ledger)]

        await self.routing.router.tell(await self.work.store.write(declined))

    def _mine(self, ledger: Ledger, agent: Agent, offer_id: str) -> Offer:
        now = self.work.clock.now()
        for offer in ledger.routing.offers.open_for(agent.id):
            if offer.id == offer_id and offer.expires_at > now:
                return offer
        raise ApiError(409, "offer_gone")

    async def transfer(
        self,
        agent: Agent,
        id: ConversationId,
        term: int | None,
        to: AgentId | None,
        queue: str | None,
        note: str,
    ) -> Row:
        """Pass it on to a colleague who is there, or to a queue. The tenant is told.

        Raises:
            ApiError: 409 not the holder, or the colleague is not there; 422 nobody or both named.
        """
        if (to is None) == (queue is None):
            raise ApiError(422, "bad_request")
        if queue is not None and queue not in QUEUES:
            raise ApiError(422, "queue_unknown")

        def passed_on(ledger: Ledger) -> Row:
            now = self.work.clock.now()
            conversation = found(ledger, id, lock=True)
            if to is not None:
                self._must_be_there(ledger, agent, to)
            goal = queue or queue_of(ledger, conversation)

            def step(c: Conversation) -> Change:
                desk.must_hold(c, agent)
                change = back_to_queue(goal, "transferred", self.work.counter, now, note)
                written = desk.note(agent, note, self.work.counter.new_id()).drafts if note else ()
                return replace(change, drafts=(*change.drafts, *written))

            applied = self.work.apply(ledger, conversation, term, step)
            if to is not None:
                ends = now + TRANSFER_WITHIN
                after = applied.conversation
                new_id = self.work.counter.new_id()
                make_offer(ledger, Offer(new_id, id, after.term, to, now, ends))
            return ledger.conversations.row(applied.conversation, agent.id)

        row = await self.work.store.write(passed_on)
        self.work.hints.changed(row.conversation)
        if to is not None:
            self.work.hints.for_agent(to, id, Matter.OFFER)
        return row

    def _must_be_there(self, ledger: Ledger, agent: Agent, to: AgentId) -> None:
        known = {one.agent: one for one in self._all(ledger)}
        if to not in known or to == agent.id:
            raise ApiError(422, "agent_unknown")
        if known[to].status is not Status.ONLINE or not known[to].has_room:
            raise ApiError(409, "agent_unavailable")

    def _all(self, ledger: Ledger) -> Sequence[Colleague]:
        return ledger.routing.attendance.colleagues(self.work.clock.now())

    async def colleagues(self) -> Sequence[Colleague]:
        return await self.work.store.read(self._all)

    async def set_skills(self, agent: Agent, of: AgentId, skills: Skills) -> None:
        """Decide what a colleague may be given; for team leads.

        Raises:
            ApiError: 403 for who leads nobody, 404 for an unknown colleague, 422 unknown queue.
        """
        if LEAD not in agent.roles and "admin" not in agent.roles:
            raise ApiError(403, "not_lead")
        if not skills.queues <= QUEUES:
            raise ApiError(422, "queue_unknown")

        def decided(ledger: Ledger) -> Sequence[Conversation]:
            if all(one.agent != of for one in self._all(ledger)):
                raise ApiError(404, "agent_unknown")
            ledger.routing.attendance.put_skills(of, skills)
            return self.routing.router.give_out(ledger)

        await self.routing.router.tell(await self.work.store.write(decided))

    async def acknowledge(self, agent: Agent, id: ConversationId) -> None:
        """I have seen the alarm: nobody is told of it again in this wait.

        Raises:
            ApiError: 409 when there is none, or somebody was first.
        """

        def seen(ledger: Ledger) -> Conversation:
            now = self.work.clock.now()
            conversation = found(ledger, id, lock=True)
            if not acknowledge(ledger, conversation, agent.id, now):
                raise ApiError(409, "alarm_gone")
            ledger.desk.log_access(agent.id, id, "acknowledge", now)
            return conversation

        self.work.hints.changed(await self.work.store.write(seen))
