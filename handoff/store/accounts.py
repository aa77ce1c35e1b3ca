"""Second factors, half logins, single sign-on and the list of staff."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from handoff.ledger.accounts import (
    HalfLogin,
    Looked,
    LookedFor,
    Member,
    SecondFactor,
    SignOnAttempt,
)
from handoff.model import Agent, AgentId
from handoff.store import tables as t
from handoff.store.access_log import looked
from handoff.store.staff import agent_from

_factor, _codes, _half = t.second_factor.c, t.backup_code.c, t.half_login.c


class SqlAccounts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def second_factor(self, agent: AgentId) -> SecondFactor | None:
        query = select(t.second_factor).where(_factor.agent_id == agent)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            return None
        return SecondFactor(row["secret"], row["confirmed_at"] is not None, row["last_step"])

    def put_second_factor(self, agent: AgentId, secret: str) -> None:
        self.drop_second_factor(agent)
        new = insert(t.second_factor).values(agent_id=agent, secret=secret, last_step=0)
        self._connection.execute(new)

    def confirm(self, agent: AgentId, now: datetime, backup_hashes: Sequence[str]) -> None:
        mine = update(t.second_factor).where(_factor.agent_id == agent)
        self._connection.execute(mine.values(confirmed_at=now))
        rows = [{"code_hash": one, "agent_id": agent} for one in backup_hashes]
        self._connection.execute(insert(t.backup_code), rows)

    def take_step(self, agent: AgentId, step: int) -> bool:
        newer = update(t.second_factor).where(_factor.agent_id == agent, _factor.last_step < step)
        return self._connection.execute(newer.values(last_step=step)).rowcount == 1

    def take_backup(self, agent: AgentId, code_hash: str) -> bool:
        mine = delete(t.backup_code).where(_codes.agent_id == agent, _codes.code_hash == code_hash)
        return self._connection.execute(mine).rowcount == 1

    def drop_second_factor(self, agent: AgentId) -> None:
        self._connection.execute(delete(t.backup_code).where(_codes.agent_id == agent))
        self._connection.execute(delete(t.second_factor).where(_factor.agent_id == agent))

    def open_half(self, token_hash: str, agent: AgentId, expires: datetime) -> None:
        self._connection.execute(delete(t.half_login).where(_half.agent_id == agent))
        new = insert(t.half_login).values(
            token_hash=token_hash, agent_id=agent, expires_at=expires, tries=0
        )
        self._connection.execute(new)

    def half(self, token_hash: str, now: datetime) -> HalfLogin | None:
        alive = (_half.token_hash == token_hash, _half.expires_at > now)
        self._connection.execute(
            update(t.half_login).where(*alive).values(tries=t.half_login.c.tries + 1)
        )
        query = (
            select(t.agent, _half.tries)
            .join(t.half_login, _half.agent_id == t.agent.c.id)
            .where(*alive, t.agent.c.active.is_(True))
        )
        row = self._connection.execute(query).mappings().first()
        return HalfLogin(agent_from(row), row["tries"]) if row else None

    def close_half(self, token_hash: str) -> None:
        self._connection.execute(delete(t.half_login).where(_half.token_hash == token_hash))

    def begin_sign_on(
        self, state_hash: str, attempt: SignOnAttempt, now: datetime, expires: datetime
    ) -> None:
        kept = t.sign_on_attempt
        self._connection.execute(delete(kept).where(kept.c.expires_at <= now))
        new = insert(kept).values(
            state_hash=state_hash,
            nonce=attempt.nonce,
            verifier=attempt.verifier,
            expires_at=expires,
        )
        self._connection.execute(new)

    def take_sign_on(self, state_hash: str, now: datetime) -> SignOnAttempt | None:
        kept = t.sign_on_attempt.c
        query = select(t.sign_on_attempt).where(
            kept.state_hash == state_hash, kept.expires_at > now
        )
        row = self._connection.execute(query).mappings().first()
        taken = delete(t.sign_on_attempt).where(kept.state_hash == state_hash)
        if row is None or self._connection.execute(taken).rowcount != 1:
            return None
        return SignOnAttempt(row["nonce"], row["verifier"])

    def by_identity(self, issuer: str, subject: str) -> tuple[Agent, bool] | None:
        known = t.sign_on_identity.c
        query = (
            select(t.agent)
            .join(t.sign_on_identity, known.agent_id == t.agent.c.id)
            .where(known.issuer == issuer, known.subject == subject)
        )
        row = self._connection.execute(query).mappings().first()
        return (agent_from(row), bool(row["active"])) if row else None

    def link(self, issuer: str, subject: str, agent: AgentId) -> None:
        new = insert(t.sign_on_identity).values(issuer=issuer, subject=subject, agent_id=agent)
        self._connection.execute(new)

    def members(self) -> Sequence[Member]:
        return [_member(row) for row in self._connection.execute(_MEMBERS).mappings()]

    def member(self, agent: AgentId) -> Member | None:
        query = _MEMBERS.where(t.agent.c.id == agent)
        row = self._connection.execute(query).mappings().first()
        return _member(row) if row else None

    def change(self, agent: AgentId, name: str, roles: Sequence[str], active: bool) -> None:
        known = self.member(agent)
        values = {"name": name, "roles": list(roles), "active": active}
        self._connection.execute(update(t.agent).where(t.agent.c.id == agent).values(**values))
        if not active or known is None or set(known.agent.roles) != set(roles):
            ended = t.agent_session.c.agent_id == agent
            self._connection.execute(delete(t.agent_session).where(ended))
            self._connection.execute(delete(t.half_login).where(_half.agent_id == agent))

    def looked(self, asked: LookedFor, limit: int, offset: int) -> Sequence[Looked]:
        return looked(self._connection, asked, limit, offset)


_MEMBERS = (
    select(t.agent, _factor.confirmed_at)
    .outerjoin(t.second_factor, _factor.agent_id == t.agent.c.id)
    .order_by(t.agent.c.name, t.agent.c.id)
)


def _member(row: RowMapping) -> Member:
    confirmed = row["confirmed_at"] is not None
    return Member(agent_from(row), bool(row["active"]), confirmed, row["password_hash"] != "")
