"""Edits of the shipped content in the database."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, select, text, update

from handoff.ledger.edits import OPEN, Edit, EditState, Subject
from handoff.model import AgentId
from handoff.store import tables as t

_OPEN = [state.value for state in OPEN]


class SqlEdits:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def in_force(self) -> Sequence[Edit]:
        c = t.content_edit.c
        query = _all().where(c.state == EditState.APPROVED.value)
        approved = self._read(query.order_by(c.decided_at, c.id))
        # Two of one moment: the one that was written over the other came later.
        written_over = {edit.base for edit in approved}
        newest = {edit.subject: edit for edit in approved}
        newest |= {edit.subject: edit for edit in approved if edit.id not in written_over}
        return list(newest.values())

    def undecided(self) -> Sequence[Edit]:
        c = t.content_edit.c
        return self._read(_all().where(c.state.in_(_OPEN)).order_by(c.written_at, c.id))

    def history(self, subject: Subject) -> Sequence[Edit]:
        c = t.content_edit.c
        mine = _all().where(c.kind == subject.kind, c.key == subject.key)
        return self._read(mine.order_by(c.written_at.desc(), c.id.desc()))

    def by_id(self, id: str) -> Edit | None:
        found = self._read(_all().where(t.content_edit.c.id == id))
        return found[0] if found else None

    def lock_subject(self, subject: Subject) -> None:
        # SQLite has one writer at a time; PostgreSQL is asked for a lock on the name.
        if self._connection.dialect.name == "postgresql":
            number = zlib.crc32(f"{subject.kind}/{subject.key}".encode())
            self._connection.execute(
                text("SELECT pg_advisory_xact_lock(:number)"), {"number": number}
            )

    def add(self, edit: Edit) -> None:
        self._connection.execute(
            insert(t.content_edit).values(
                id=edit.id,
                kind=edit.subject.kind,
                key=edit.subject.key,
                base=edit.base,
                before=edit.before,
                after=edit.after,
                reason=edit.reason,
                state=edit.state.value,
                author_id=edit.author,
                written_at=edit.written_at,
                decided_by=edit.decided_by,
                decided_at=edit.decided_at,
                refusal=edit.refusal,
                alone=edit.alone,
            )
        )

    def rewrite(self, id: str, after: str, reason: str, state: EditState, now: datetime) -> bool:
        values = {"after": after, "reason": reason, "state": state.value, "written_at": now}
        return self._change(id, values)

    def settle(
        self, id: str, state: EditState, by: AgentId, now: datetime, refusal: str = ""
    ) -> bool:
        return self._change(
            id, {"state": state.value, "decided_by": by, "decided_at": now, "refusal": refusal}
        )

    def word_canned(self, key: str, text: str) -> None:
        c = t.canned_reply.c
        self._connection.execute(update(t.canned_reply).where(c.key == key).values(text=text))

    def _change(self, id: str, values: dict[str, Any]) -> bool:
        c = t.content_edit.c
        change = update(t.content_edit).where(c.id == id, c.state.in_(_OPEN)).values(**values)
        return self._connection.execute(change).rowcount == 1

    def _read(self, query: Select[Any]) -> list[Edit]:
        return [_edit(row) for row in self._connection.execute(query)]


def _all() -> Select[Any]:
    author, decider = t.agent.alias("author"), t.agent.alias("decider")
    c = t.content_edit.c
    return (
        select(
            t.content_edit, author.c.name.label("author_name"), decider.c.name.label("decider_name")
        )
        .join(author, author.c.id == c.author_id)
        .outerjoin(decider, decider.c.id == c.decided_by)
    )


def _edit(row: Any) -> Edit:
    return Edit(
        row.id,
        Subject(row.kind, row.key),
        row.base,
        row.before,
        row.after,
        row.reason,
        EditState(row.state),
        AgentId(row.author_id),
        row.written_at,
        row.author_name,
        AgentId(row.decided_by) if row.decided_by else None,
        row.decider_name or "",
        row.decided_at,
        row.refusal,
        row.alone,
    )
