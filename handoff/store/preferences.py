"""How each member of staff wants the console."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from handoff.model import AgentId
from handoff.store import tables as t
from handoff.store.upsert import upsert


class SqlPreferences:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, agent: AgentId) -> Mapping[str, Any] | None:
        c = t.agent_preference.c
        found: Mapping[str, Any] | None = self._connection.execute(
            select(c.wishes).where(c.agent_id == agent)
        ).scalar_one_or_none()
        return found

    def put(self, agent: AgentId, wishes: Mapping[str, Any], now: datetime) -> None:
        row = {"agent_id": agent, "wishes": dict(wishes), "saved_at": now}
        upsert(self._connection, t.agent_preference, row)
