"""How far each provider's own list of messages was read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from handoff.store import tables as t


class SqlProviderReads:
    """The ``ProviderReads`` port."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def until(self, channel: str) -> datetime | None:
        c = t.provider_read.c
        found: datetime | None = self._connection.scalar(
            select(c.until).where(c.channel == channel)
        )
        return found

    def put(self, channel: str, until: datetime) -> None:
        c, before = t.provider_read.c, self.until(channel)
        if before is None:
            row = {"channel": channel, "until": until}
            self._connection.execute(insert(t.provider_read).values(**row))
        elif before < until:
            known = update(t.provider_read).where(c.channel == channel)
            self._connection.execute(known.values(until=until))
