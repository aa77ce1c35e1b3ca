"""Members of staff and their sessions. Of a session only the hash of its token is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from handoff.model import Agent, AgentId
from handoff.store import tables as t


def agent_from(row: RowMapping) -> Agent:
    return Agent(AgentId(row["id"]), row["login"], row["name"], tuple(row["roles"]))


class SqlStaff:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_login(self, login: str) -> tuple[Agent, str] | None:
        query = select(t.agent).where(t.agent.c.login == login, t.agent.c.active.is_(True))
        row = self._connection.execute(query).mappings().first()
        return (agent_from(row), row["password_hash"]) if row else None

    def agent(self, id: AgentId) -> Agent | None:
        query = select(t.agent).where(t.agent.c.id == id)
        row = self._connection.execute(query).mappings().first()
        return agent_from(row) if row else None

    def put(self, agent: Agent, password_hash: str) -> None:
        """Add a member of staff, or give one with this login a new name and password."""
        values = {
            "name": agent.name,
            "roles": list(agent.roles),
            "password_hash": password_hash,
            "active": True,
        }
        known = update(t.agent).where(t.agent.c.login == agent.login)
        if self._connection.execute(known.values(**values)).rowcount == 0:
            new = insert(t.agent).values(id=agent.id, login=agent.login, **values)
            self._connection.execute(new)

    def count(self) -> int:
        return self._connection.scalar(select(func.count()).select_from(t.agent)) or 0

    def open_session(
        self, token_hash: str, agent: AgentId, now: datetime, expires: datetime
    ) -> None:
        self._connection.execute(
            insert(t.agent_session).values(
                token_hash=token_hash, agent_id=agent, opened_at=now, expires_at=expires
            )
        )

    def session_agent(self, token_hash: str, now: datetime) -> Agent | None:
        query = (
            select(t.agent)
            .join(t.agent_session, t.agent_session.c.agent_id == t.agent.c.id)
            .where(
                t.agent_session.c.token_hash == token_hash,
                t.agent_session.c.expires_at > now,
                t.agent.c.active.is_(True),
            )
        )
        row = self._connection.execute(query).mappings().first()
        return agent_from(row) if row else None

    def close_session(self, token_hash: str) -> None:
        self._connection.execute(
            delete(t.agent_session).where(t.agent_session.c.token_hash == token_hash)
        )
