"""Reading the log of who looked at what. It is only ever added to."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, or_, select

from handoff.ledger.accounts import Looked, LookedFor
from handoff.store import tables as t


def looked(connection: Connection, asked: LookedFor, limit: int, offset: int) -> Sequence[Looked]:
    """Newest first."""
    log, agent, talk = t.access_log.c, t.agent.c, t.conversation.c
    query = (
        select(log.at, log.what, log.agent_id, agent.login, agent.name, talk.reference, log.relatie)
        .select_from(t.access_log)
        .outerjoin(t.agent, agent.id == log.agent_id)
        .outerjoin(t.conversation, talk.id == log.conversation_id)
        .order_by(log.at.desc(), log.id.desc())
        .limit(limit)
        .offset(offset)
    )
    if asked.person:
        part = asked.person.casefold()
        login, name = func.lower(agent.login), func.lower(agent.name)
        query = query.where(
            or_(login.contains(part, autoescape=True), name.contains(part, autoescape=True))
        )
    if asked.reference:
        query = query.where(func.upper(talk.reference) == asked.reference.upper())
    if asked.since is not None:
        query = query.where(log.at >= asked.since)
    if asked.until is not None:
        query = query.where(log.at < asked.until)
    return [
        Looked(
            row["at"],
            row["login"] or row["agent_id"],
            row["name"] or "",
            row["what"],
            row["reference"] or "",
            row["relatie"] or "",
        )
        for row in connection.execute(query).mappings()
    ]
