"""What reports are counted from, read from the tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, select

from handoff.ledger.reports import AskedRow, OpenedRow, PresentRow, WaitingRow
from handoff.store import tables as t

_TALK, _ASKED = t.conversation.c, t.assignment.c


class SqlReports:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def opened(self, since: datetime, until: datetime) -> Sequence[OpenedRow]:
        query = select(_TALK.id, _TALK.channel, _TALK.topic, _TALK.opened_at)
        query = query.where(_TALK.opened_at >= since, _TALK.opened_at < until)
        return [OpenedRow(*row) for row in self._rows(query)]

    def outcomes(self, since: datetime, until: datetime) -> Sequence[tuple[str, str, int]]:
        c = t.turn.c
        query = (
            select(c.conversation_id, c.outcome, func.count())
            .join(t.conversation, _TALK.id == c.conversation_id)
            .where(_TALK.opened_at >= since, _TALK.opened_at < until)
            .group_by(c.conversation_id, c.outcome)
        )
        return [(str(id), str(outcome), int(n)) for id, outcome, n in self._rows(query)]

    def asked(self, since: datetime, until: datetime) -> Sequence[AskedRow]:
        query = _asking().where(_ASKED.asked_at >= since, _ASKED.asked_at < until)
        return [AskedRow(*row) for row in self._rows(query)]

    def asked_of_opened(self, since: datetime, until: datetime) -> Sequence[AskedRow]:
        query = (
            _asking()
            .join(t.conversation, _TALK.id == _ASKED.conversation_id)
            .where(_TALK.opened_at >= since, _TALK.opened_at < until)
        )
        return [AskedRow(*row) for row in self._rows(query)]

    def service(self, since: datetime, until: datetime) -> Sequence[tuple[str, str, int]]:
        c = t.service_clock.c
        query = select(c.kind, c.outcome, func.count()).group_by(c.kind, c.outcome)
        query = query.where(c.ended_at >= since, c.ended_at < until)
        return [(str(kind), str(outcome), int(n)) for kind, outcome, n in self._rows(query)]

    def scores(self, since: datetime, until: datetime) -> Sequence[tuple[int, int]]:
        c = t.opinion.c
        query = select(c.score, func.count()).group_by(c.score)
        query = query.where(c.scored_at >= since, c.scored_at < until, c.score.is_not(None))
        return [(int(score), int(n)) for score, n in self._rows(query)]

    def reopened(self, since: datetime, until: datetime, days: int) -> tuple[int, int]:
        closed = select(_TALK.id, _TALK.channel, _TALK.address, _TALK.closed_at)
        closed = closed.where(_TALK.closed_at >= since, _TALK.closed_at < until)
        ended = list(self._rows(closed))
        later = select(_TALK.channel, _TALK.address, _TALK.opened_at)
        later = later.where(_TALK.opened_at > since, _TALK.opened_at < until + timedelta(days=days))
        opened: dict[tuple[str, str], list[datetime]] = {}
        for channel, address, at in self._rows(later):
            opened.setdefault((channel, address), []).append(at)
        within = timedelta(days=days)
        back = sum(
            any(at < again <= at + within for again in opened.get((channel, address), ()))
            for _, channel, address, at in ended
        )
        return back, len(ended)

    def waiting(self) -> Sequence[WaitingRow]:
        query = (
            select(_ASKED.queue, _ASKED.asked_at, _TALK.urgent_kind)
            .join(t.conversation, _TALK.id == _ASKED.conversation_id)
            .where(_TALK.holder_kind == "waiting", _ASKED.ended_at.is_(None))
            .where(_ASKED.outcome == "open")
        )
        return [WaitingRow(*row) for row in self._rows(query)]

    def held(self) -> int:
        query = select(func.count()).where(_TALK.holder_kind == "held")
        return int(self._connection.scalar(query) or 0)

    def offered(self, now: datetime) -> int:
        c = t.offer.c
        query = select(func.count()).where(c.outcome == "open", c.expires_at > now)
        return int(self._connection.scalar(query) or 0)

    def present(self, now: datetime) -> Sequence[PresentRow]:
        there, who, may = t.presence.c, t.agent.c, t.agent_routing.c
        held = select(_TALK.holder_ref, func.count().label("held"))
        load = held.where(_TALK.holder_kind == "held").group_by(_TALK.holder_ref).subquery()
        query = (
            select(who.name, there.status, func.coalesce(load.c.held, 0), may.capacity)
            .select_from(t.presence)
            .join(t.agent, who.id == there.agent_id)
            .outerjoin(t.agent_routing, may.agent_id == there.agent_id)
            .outerjoin(load, load.c.holder_ref == there.agent_id)
            .where(there.lease_until > now, there.status != "offline")
            .order_by(who.name)
        )
        return [PresentRow(*row) for row in self._rows(query)]

    def promised(self, until: datetime) -> Sequence[datetime]:
        c = t.promise.c
        query = (
            select(c.due_at)
            .join(t.conversation, _TALK.id == c.conversation_id)
            .where(c.kept_at.is_(None), c.due_at <= until, _TALK.holder_kind != "closed")
        )
        return [due for (due,) in self._rows(query.order_by(c.due_at))]

    def open_urgent(self) -> Sequence[tuple[str, int]]:
        query = select(_TALK.urgent_kind, func.count()).group_by(_TALK.urgent_kind)
        query = query.where(_TALK.urgent_kind.is_not(None), _TALK.holder_kind != "closed")
        return [(str(kind), int(n)) for kind, n in self._rows(query)]

    def _rows(self, query: Select[Any]) -> Sequence[Any]:
        return self._connection.execute(query).all()


def _asking() -> Select[Any]:
    c = _ASKED
    return select(c.conversation_id, c.queue, c.reason, c.no, c.asked_at, c.taken_at)
