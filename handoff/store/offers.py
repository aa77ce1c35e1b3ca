"""Offers: one open one per conversation, and who let it pass."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, insert, select, update

from handoff.model import AgentId, Conversation, ConversationId, Held
from handoff.routing.values import REFUSALS, Offer, OfferOutcome
from handoff.store import tables as t


def _offer_from(row: RowMapping) -> Offer:
    return Offer(
        row["id"],
        ConversationId(row["conversation_id"]),
        row["term"],
        AgentId(row["agent_id"]),
        row["made_at"],
        row["expires_at"],
        OfferOutcome(row["outcome"]),
    )


class SqlOffers:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def make(self, offer: Offer) -> None:
        self._connection.execute(
            insert(t.offer).values(
                id=offer.id,
                conversation_id=offer.conversation,
                term=offer.term,
                agent_id=offer.agent,
                made_at=offer.made_at,
                expires_at=offer.expires_at,
                outcome=offer.outcome.value,
            )
        )

    def open_of(self, id: ConversationId) -> Offer | None:
        found = self._open(t.offer.c.conversation_id == id)
        return found[0] if found else None

    def open_for(self, agent: AgentId) -> Sequence[Offer]:
        return self._open(t.offer.c.agent_id == agent)

    def lapsed(self, now: datetime) -> Sequence[Offer]:
        return self._open(t.offer.c.expires_at <= now)

    def _open(self, which: ColumnElement[bool]) -> list[Offer]:
        query = (
            select(t.offer)
            .where(t.offer.c.outcome == OfferOutcome.OPEN.value, which)
            .order_by(t.offer.c.expires_at)
        )
        return [_offer_from(row) for row in self._connection.execute(query).mappings()]

    def end(self, offer: Offer, outcome: OfferOutcome, now: datetime) -> bool:
        open_still = update(t.offer).where(
            t.offer.c.id == offer.id, t.offer.c.outcome == OfferOutcome.OPEN.value
        )
        ended = self._connection.execute(open_still.values(outcome=outcome.value, ended_at=now))
        return ended.rowcount == 1

    def refused_by(self, id: ConversationId, term: int) -> frozenset[AgentId]:
        query = select(t.offer.c.agent_id).where(
            t.offer.c.conversation_id == id,
            t.offer.c.term == term,
            t.offer.c.outcome.in_([outcome.value for outcome in REFUSALS]),
        )
        return frozenset(AgentId(agent) for agent in self._connection.scalars(query))

    def holder_changed(self, after: Conversation, now: datetime) -> None:
        """Whoever became the holder: what was offered before is settled by it."""
        offer = self.open_of(after.id)
        if offer is not None:
            taken = isinstance(after.holder, Held) and after.holder.agent == offer.agent
            outcome = OfferOutcome.ACCEPTED if taken else OfferOutcome.WITHDRAWN
            self.end(offer, outcome, now)
