"""Which addresses staff hold for one person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    false,
    func,
    insert,
    or_,
    select,
    update,
)

from handoff.identities import Address
from handoff.model import AgentId, Conversation
from handoff.store import tables as t
from handoff.store.conversations import conversation_from

_link = t.person_link


class SqlPersons:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def joined_with(self, at: Address) -> Sequence[Address]:
        person = self._person_at(at)
        if person is None:
            return [at]
        query = (
            select(_link.c.channel, _link.c.address)
            .where(_link.c.person_id == person)
            .order_by(_link.c.joined_at, _link.c.channel, _link.c.address)
        )
        return [Address(row.channel, row.address) for row in self._connection.execute(query)]

    def join(self, one: Address, other: Address, agent: AgentId, now: datetime) -> bool:
        ours, theirs = self._person_at(one), self._person_at(other)
        if one == other or (ours is not None and ours == theirs):
            return False
        person = ours or theirs or uuid4().hex
        if ours and theirs:
            merged = update(_link).where(_link.c.person_id == theirs)
            self._connection.execute(merged.values(person_id=ours))
        for at, known in ((one, ours), (other, theirs)):
            if known is None:
                self._put(at, person, agent, now)
        return True

    def _put(self, at: Address, person: str, agent: AgentId, now: datetime) -> None:
        values = {"person_id": person, "joined_by": agent, "joined_at": now}
        self._connection.execute(
            insert(_link).values(channel=at.channel, address=at.address, **values)
        )

    def part(self, at: Address) -> bool:
        person = self._person_at(at)
        if person is None:
            return False
        self._connection.execute(delete(_link).where(_is(at)))
        left = select(func.count()).where(_link.c.person_id == person)
        if self._connection.scalar(left) == 1:  # one address alone is joined with nothing
            self._connection.execute(delete(_link).where(_link.c.person_id == person))
        return True

    def _person_at(self, at: Address) -> str | None:
        return self._connection.scalar(select(_link.c.person_id).where(_is(at)))

    def written_at(self, addresses: Iterable[str]) -> Sequence[Address]:
        c = t.conversation.c
        query = select(c.channel, c.address).where(c.address.in_(list(addresses))).distinct()
        found = self._connection.execute(query.order_by(c.channel, c.address))
        return [Address(row.channel, row.address) for row in found]

    def conversations(self, at: Sequence[Address], limit: int) -> Sequence[Conversation]:
        c = t.conversation.c
        anywhere = or_(false(), *(and_(c.channel == a.channel, c.address == a.address) for a in at))
        query = select(t.conversation).where(anywhere).order_by(c.changed_at.desc(), c.id)
        rows = self._connection.execute(query.limit(limit)).mappings()
        return [conversation_from(row) for row in rows]


def _is(at: Address) -> ColumnElement[bool]:
    return and_(_link.c.channel == at.channel, _link.c.address == at.address)
