"""Addresses that want no messages."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, select
from sqlalchemy.dialects.postgresql import insert as upsert_postgres
from sqlalchemy.dialects.sqlite import insert as upsert_sqlite

from handoff.store import tables as t


class SqlOptOuts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, channel: str, address: str, now: datetime) -> None:
        upsert = upsert_sqlite if self._connection.dialect.name == "sqlite" else upsert_postgres
        self._connection.execute(
            upsert(t.opt_out)
            .values(channel=channel, address=address, since=now)
            .on_conflict_do_nothing()
        )

    def remove(self, channel: str, address: str) -> None:
        self._connection.execute(delete(t.opt_out).where(_at(channel, address)))

    def since(self, channel: str, address: str) -> datetime | None:
        return self._connection.scalar(select(t.opt_out.c.since).where(_at(channel, address)))


def _at(channel: str, address: str) -> ColumnElement[bool]:
    return and_(t.opt_out.c.channel == channel, t.opt_out.c.address == address)
