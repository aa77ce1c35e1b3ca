"""Codes, links to the portal and tries, as hashes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from actions.backoffice.verification import Level, RelatieId
from handoff.ledger.verifications import Code, PortalVisit
from handoff.model import ConversationId
from handoff.store import tables as t
from handoff.store.upsert import upsert

_LOCK = 1_509_001
"""A number of our own for PostgreSQL's advisory lock."""
_code, _try, _visit = t.identity_code.c, t.identity_try.c, t.portal_visit.c


class SqlIdentityChecks:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put_code(self, code: Code) -> None:
        before = delete(t.identity_code).where(_code.conversation_id == code.conversation)
        self._connection.execute(before)
        new = insert(t.identity_code).values(
            id=code.id,
            conversation_id=code.conversation,
            relatie=code.relatie,
            level=int(code.level),
            target=code.target,
            code_hash=code.code_hash,
            tries=code.tries,
            expires_at=code.expires_at,
        )
        self._connection.execute(new)

    def code(self, conversation: ConversationId) -> Code | None:
        query = select(t.identity_code).where(_code.conversation_id == conversation)
        row = self._connection.execute(query.with_for_update()).mappings().first()
        return _code_from(row) if row else None

    def code_named(self, id: str) -> Code | None:
        query = select(t.identity_code).where(_code.id == id)
        row = self._connection.execute(query).mappings().first()
        return _code_from(row) if row else None

    def sent(self, id: str, code_hash: str, expires_at: datetime) -> bool:
        values = {"code_hash": code_hash, "expires_at": expires_at, "tries": 0}
        made = update(t.identity_code).where(_code.id == id).values(**values)
        return self._connection.execute(made).rowcount == 1

    def count_try(self, id: str) -> None:
        one_more = update(t.identity_code).where(_code.id == id).values(tries=_code.tries + 1)
        self._connection.execute(one_more)

    def drop_code(self, id: str) -> bool:
        used = delete(t.identity_code).where(_code.id == id)
        return self._connection.execute(used).rowcount == 1

    def alone(self) -> None:
        if self._connection.dialect.name == "postgresql":  # SQLite has one writer anyway
            self._connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))

    def add(self, id: str, keys: Sequence[str], now: datetime) -> None:
        rows = [{"try_id": id, "key": key, "at": now} for key in keys]
        self._connection.execute(insert(t.identity_try), rows)

    def take_back(self, id: str) -> None:
        self._connection.execute(delete(t.identity_try).where(_try.try_id == id))

    def counted(self, key: str, since: datetime) -> int:
        query = select(func.count()).where(_try.key == key, _try.at > since)
        return int(self._connection.execute(query).scalar_one())

    def forget(self, before: datetime) -> None:
        for table, moment in (
            (t.identity_try, _try.at),
            (t.identity_origin, t.identity_origin.c.at),
            (t.identity_code, _code.expires_at),
            (t.portal_visit, _visit.expires_at),
            (t.verification, t.verification.c.until),
            (t.caller, t.caller.c.at),
        ):
            self._connection.execute(delete(table).where(moment <= before))

    def came_from(self, conversation: ConversationId, origin: str, now: datetime) -> None:
        values = {"conversation_id": conversation, "origin": origin, "at": now}
        upsert(self._connection, t.identity_origin, values)

    def origin(self, conversation: ConversationId) -> str | None:
        c = t.identity_origin.c
        query = select(c.origin).where(c.conversation_id == conversation)
        return self._connection.execute(query).scalar_one_or_none()

    def called_from(self, conversation: ConversationId, number: str, now: datetime) -> None:
        values = {"conversation_id": conversation, "number": number, "at": now}
        upsert(self._connection, t.caller, values)

    def caller(self, conversation: ConversationId) -> str | None:
        c = t.caller.c
        query = select(c.number).where(c.conversation_id == conversation)
        return self._connection.execute(query).scalar_one_or_none()

    def add_visit(self, token_hash: str, visit: PortalVisit) -> None:
        new = insert(t.portal_visit).values(
            token_hash=token_hash,
            conversation_id=visit.conversation,
            nonce=visit.nonce,
            verifier=visit.verifier,
            expires_at=visit.expires_at,
        )
        self._connection.execute(new)

    def visit(self, token_hash: str, now: datetime) -> PortalVisit | None:
        query = select(t.portal_visit).where(
            _visit.token_hash == token_hash, _visit.expires_at > now
        )
        row = self._connection.execute(query).mappings().first()
        return _visit_from(row) if row else None

    def leave(self, token_hash: str, state_hash: str) -> bool:
        gone = update(t.portal_visit).where(_visit.token_hash == token_hash)
        return self._connection.execute(gone.values(state_hash=state_hash)).rowcount == 1

    def drop_visit(self, token_hash: str) -> bool:
        gone = delete(t.portal_visit).where(_visit.token_hash == token_hash)
        return self._connection.execute(gone).rowcount == 1

    def take_visit(self, state_hash: str, now: datetime) -> PortalVisit | None:
        query = select(t.portal_visit).where(
            _visit.state_hash == state_hash, _visit.expires_at > now
        )
        row = self._connection.execute(query).mappings().first()
        taken = delete(t.portal_visit).where(_visit.state_hash == state_hash)
        if row is None or self._connection.execute(taken).rowcount != 1:
            return None
        return _visit_from(row)


def _code_from(row: RowMapping) -> Code:
    return Code(
        id=row["id"],
        conversation=ConversationId(row["conversation_id"]),
        relatie=RelatieId(row["relatie"]) if row["relatie"] is not None else None,
        level=Level(row["level"]),
        target=row["target"],
        expires_at=row["expires_at"],
        code_hash=row["code_hash"],
        tries=row["tries"],
    )


def _visit_from(row: RowMapping) -> PortalVisit:
    talk = ConversationId(row["conversation_id"])
    return PortalVisit(talk, row["nonce"], row["verifier"], row["expires_at"])
