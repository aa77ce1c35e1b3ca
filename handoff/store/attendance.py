"""Who of staff is there, what they may be given, and how much they have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, RowMapping, and_, func, select

from bot.topic import QUEUES
from handoff.model import Agent, AgentId, Conversation
from handoff.routing.values import LEAD, Colleague, Presence, Skills, Status
from handoff.store import tables as t
from handoff.store.conversations import conversation_from
from handoff.store.staff import agent_from
from handoff.store.upsert import upsert

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_ONE_CHOOSER = 0x7468_7569


def _presence_from(row: RowMapping) -> Presence:
    return Presence(
        AgentId(row["agent_id"]),
        Status(row["status"]),
        row["lease_until"],
        row["changed_at"],
        row["until"],
    )


def _skills_from(row: RowMapping) -> Skills:
    return Skills(frozenset(row["queues"]) & QUEUES, row["capacity"])


class SqlAttendance:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def presence(self, agent: AgentId) -> Presence | None:
        query = select(t.presence).where(t.presence.c.agent_id == agent)
        row = self._connection.execute(query).mappings().first()
        return _presence_from(row) if row else None

    def put(self, presence: Presence) -> None:
        upsert(
            self._connection,
            t.presence,
            {
                "agent_id": presence.agent,
                "status": presence.status.value,
                "until": presence.until,
                "lease_until": presence.lease_until,
                "changed_at": presence.changed_at,
            },
        )

    def skills(self, agent: AgentId) -> Skills:
        query = select(t.agent_routing).where(t.agent_routing.c.agent_id == agent)
        row = self._connection.execute(query).mappings().first()
        return _skills_from(row) if row else Skills()

    def put_skills(self, agent: AgentId, skills: Skills) -> None:
        values = {
            "agent_id": agent,
            "queues": sorted(skills.queues),
            "capacity": skills.capacity,
        }
        upsert(self._connection, t.agent_routing, values)

    def lock(self) -> None:
        """Let one chooser count at a time. SQLite has one writer anyway."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(_ONE_CHOOSER)))

    def agents(self) -> Sequence[Agent]:
        query = select(t.agent).where(t.agent.c.active.is_(True)).order_by(t.agent.c.name)
        return [agent_from(row) for row in self._connection.execute(query).mappings()]

    def colleagues(self, now: datetime) -> Sequence[Colleague]:
        presences = {
            row["agent_id"]: _presence_from(row)
            for row in self._connection.execute(select(t.presence)).mappings()
        }
        skills = {
            row["agent_id"]: _skills_from(row)
            for row in self._connection.execute(select(t.agent_routing)).mappings()
        }
        held, offered, last = self._held_by(), self._offered_to(), self._last_given()
        return [
            Colleague(
                agent.id,
                agent.name,
                skills.get(agent.id, Skills()),
                presences[agent.id].at(now) if agent.id in presences else Status.OFFLINE,
                held.get(agent.id, 0) + offered.get(agent.id, 0),
                last.get(agent.id, _LONG_AGO),
                LEAD in agent.roles,
            )
            for agent in self.agents()
        ]

    def held(self) -> Sequence[tuple[Conversation, datetime]]:
        query = (
            select(t.conversation, t.assignment.c.taken_at)
            .join(
                t.assignment,
                and_(
                    t.assignment.c.conversation_id == t.conversation.c.id,
                    t.assignment.c.ended_at.is_(None),
                ),
            )
            .where(t.conversation.c.holder_kind == "held", t.assignment.c.taken_at.is_not(None))
        )
        rows = self._connection.execute(query).mappings()
        return [(conversation_from(row), row["taken_at"]) for row in rows]

    def _held_by(self) -> Mapping[str, int]:
        c = t.conversation.c
        query = select(c.holder_ref, func.count()).where(c.holder_kind == "held")
        rows = self._connection.execute(query.group_by(c.holder_ref))
        return {row[0]: row[1] for row in rows}

    def _offered_to(self) -> Mapping[str, int]:
        c = t.offer.c
        query = select(c.agent_id, func.count()).where(c.outcome == "open")
        rows = self._connection.execute(query.group_by(c.agent_id))
        return {row[0]: row[1] for row in rows}

    def _last_given(self) -> Mapping[str, datetime]:
        taken, made = t.assignment.c, t.offer.c
        latest: dict[str, datetime] = {}
        for query in (
            select(taken.agent_id, func.max(taken.taken_at)).group_by(taken.agent_id),
            select(made.agent_id, func.max(made.made_at)).group_by(made.agent_id),
        ):
            for agent, moment in self._connection.execute(query):
                if agent is not None and moment is not None:
                    latest[agent] = max(latest.get(agent, moment), moment)
        return latest
