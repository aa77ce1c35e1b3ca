"""Until when free text may be sent to an address."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert as upsert_postgres
from sqlalchemy.dialects.sqlite import insert as upsert_sqlite

from handoff.store import tables as t
from handoff.window import ReplyWindow


class SqlWindows:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, channel: str, address: str) -> ReplyWindow | None:
        c = t.reply_window.c
        query = select(c.heard_at, c.closes_at, c.asked_at).where(
            c.channel == channel, c.address == address
        )
        row = self._connection.execute(query).first()
        return ReplyWindow(row.heard_at, row.closes_at, row.asked_at) if row else None

    def put(self, channel: str, address: str, window: ReplyWindow) -> None:
        upsert = upsert_sqlite if self._connection.dialect.name == "sqlite" else upsert_postgres
        values = {
            "heard_at": window.heard_at,
            "closes_at": window.closes_at,
            "asked_at": window.asked_at,
        }
        self._connection.execute(
            upsert(t.reply_window)
            .values(channel=channel, address=address, **values)
            .on_conflict_do_update(index_elements=["channel", "address"], set_=values)
        )
