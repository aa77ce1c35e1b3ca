"""Who tenants proved to be, and whom staff hold them for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from actions.backoffice.verification import Level, RelatieId
from handoff.identities import Address
from handoff.ledger.verifications import Proven, Whose
from handoff.model import AgentId, ConversationId
from handoff.store import tables as t
from handoff.store.upsert import upsert


class SqlVerifications:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, conversation: ConversationId) -> Proven | None:
        query = select(t.verification).where(t.verification.c.conversation_id == conversation)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            return None
        by = AgentId(row["given_by"]) if row["given_by"] else None
        relatie, level = RelatieId(row["relatie"]), Level(row["level"])
        whose = Whose(row["number_of"]) if row["number_of"] else None
        return Proven(
            relatie, level, row["until"], row["given_at"], by, whose, row["number_looked_at"]
        )

    def give(self, conversation: ConversationId, proven: Proven) -> None:
        upsert(
            self._connection,
            t.verification,
            {
                "conversation_id": conversation,
                "relatie": proven.relatie,
                "level": int(proven.level),
                "until": proven.until,
                "given_at": proven.at,
                "given_by": proven.by,
                "number_of": proven.number_of,
                "number_looked_at": proven.looked_at,
            },
        )

    def looked(self, conversation: ConversationId, whose: Whose, at: datetime) -> None:
        proof = t.verification
        found = update(proof).where(proof.c.conversation_id == conversation)
        self._connection.execute(found.values(number_of=whose, number_looked_at=at))

    def end(self, conversation: ConversationId) -> bool:
        code, proof = t.identity_code, t.verification
        self._connection.execute(delete(code).where(code.c.conversation_id == conversation))
        ended = delete(proof).where(proof.c.conversation_id == conversation)
        return self._connection.execute(ended).rowcount == 1

    def link(
        self, conversation: ConversationId, relatie: RelatieId, by: AgentId, at: datetime
    ) -> None:
        values = {"relatie": relatie, "linked_by": by, "linked_at": at}
        upsert(self._connection, t.relatie_link, {"conversation_id": conversation, **values})

    def linked(self, conversation: ConversationId) -> RelatieId | None:
        c = t.relatie_link.c
        query = select(c.relatie).where(c.conversation_id == conversation)
        found = self._connection.execute(query).scalar_one_or_none()
        return RelatieId(found) if found is not None else None

    def unlink(self, conversation: ConversationId) -> bool:
        link = t.relatie_link
        undone = delete(link).where(link.c.conversation_id == conversation)
        return self._connection.execute(undone).rowcount == 1

    def relaties_at(self, at: Address) -> Sequence[RelatieId]:
        c = t.verified_address.c
        here = select(c.relatie).where(c.channel == at.channel, c.address == at.address)
        return [RelatieId(one) for one in self._connection.scalars(here.order_by(c.verified_at))]

    def verified_at(self, relatie: RelatieId, at: Address, now: datetime) -> Sequence[Address]:
        c = t.verified_address.c
        row = {"channel": at.channel, "address": at.address, "relatie": relatie}
        upsert(self._connection, t.verified_address, {**row, "verified_at": now})
        if self._is_shared(at):
            return []
        theirs = select(c.channel, c.address).where(c.relatie == relatie).order_by(c.verified_at)
        places = [Address(one.channel, one.address) for one in self._connection.execute(theirs)]
        return [one for one in places if one != at and not self._is_shared(one)]

    def _is_shared(self, at: Address) -> bool:
        return len(self.relaties_at(at)) > 1
