"""The second step of logging in: a code of the phone, or one of the codes on paper."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from handoff.clock import Clock
from handoff.console import totp
from handoff.console.rights import Role
from handoff.console.sealing import NotOpened, Seal
from handoff.console.sessions import hash_token
from handoff.http_errors import ApiError
from handoff.ledger import Ledger, Store
from handoff.ledger.accounts import SecondFactor
from handoff.model import Agent
from handoff.rate_limits import RateLimits

_HALF = timedelta(minutes=5)
_MOST_TRIES = 6
"""Per password given; after that the password is asked again."""
_NEED_IT = frozenset({Role.LEAD, Role.ADMIN})


class Step(StrEnum):
    """What is still to do after the password."""

    CODE = "code"
    ENROL = "enrol"


@dataclass(frozen=True, slots=True)
class Enrolment:
    secret: str
    address: str
    picture: str


@dataclass(frozen=True, slots=True)
class SecondFactors:
    store: Store
    clock: Clock
    limits: RateLimits
    seal: Seal
    required: bool

    async def next_step(self, agent: Agent) -> Step | None:
        """None: the password was enough."""
        factor = await self.store.read(lambda ledger: ledger.accounts.second_factor(agent.id))
        if factor is not None and factor.confirmed:
            return Step.CODE
        return Step.ENROL if self.required and _NEED_IT & set(agent.roles) else None

    async def open_half(self, agent: Agent) -> str:
        """A token for the second step, good for five minutes and a few tries."""
        token, expires = secrets.token_urlsafe(32), self.clock.now() + _HALF
        await self.store.write(
            lambda ledger: ledger.accounts.open_half(hash_token(token), agent.id, expires)
        )
        return token

    async def enrol_half(self, token: str) -> Enrolment:
        """A new secret for somebody who must have one before they may come in.

        Raises:
            ApiError: 401 when the token is over; 409 when they have a second factor already.
        """
        agent = await self._half(token)
        return await self.enrol(agent)

    async def enrol(self, agent: Agent) -> Enrolment:
        """Make a new secret, which counts once a code of it was given.

        Raises:
            ApiError: 409 when there is one that counts; an administrator can take that away.
        """
        secret = totp.new_secret()
        sealed = self.seal.close(secret)

        def work(ledger: Ledger) -> None:
            factor = ledger.accounts.second_factor(agent.id)
            if factor is not None and factor.confirmed:
                raise ApiError(409, "second_factor_known")
            ledger.accounts.put_second_factor(agent.id, sealed)

        await self.store.write(work)
        address = totp.address(secret, agent.login)
        return Enrolment(secret, address, totp.picture(address))

    async def finish_half(self, token: str, code: str) -> tuple[Agent, Sequence[str]]:
        """Who has now proved who they are, and new codes on paper when this was the first code.

        Raises:
            ApiError: 401 for a wrong or used code, or a token that is over; 429 after many tries.
        """
        agent = await self._half(token)
        backup = await self.check(agent, code)
        await self.store.write(lambda ledger: ledger.accounts.close_half(hash_token(token)))
        return agent, backup

    async def check(self, agent: Agent, code: str) -> Sequence[str]:
        """Take a code. The first one confirms the secret and gives the codes on paper.

        Raises:
            ApiError: 401 for a wrong or used code; 429 after many tries.
        """
        self.limits.hit("login_code", agent.id)
        fresh = totp.backup_codes()

        def work(ledger: Ledger) -> Sequence[str] | None:
            factor = ledger.accounts.second_factor(agent.id)
            if factor is None:
                return None
            step = self._step(factor, code)
            if step is None:
                known = factor.confirmed and ledger.accounts.take_backup(
                    agent.id, totp.backup_hash(code)
                )
                return () if known else None
            if not ledger.accounts.take_step(agent.id, step):
                return None
            if factor.confirmed:
                return ()
            hashes = [totp.backup_hash(one) for one in fresh]
            ledger.accounts.confirm(agent.id, self.clock.now(), hashes)
            return fresh

        given = await self.store.write(work)
        if given is None:
            raise ApiError(401, "code_wrong")
        return given

    def _step(self, factor: SecondFactor, code: str) -> int | None:
        try:
            return totp.matching_step(self.seal.open(factor.secret), code, self.clock.now())
        except NotOpened:
            return None

    async def _half(self, token: str) -> Agent:
        now = self.clock.now()
        half = await self.store.write(lambda ledger: ledger.accounts.half(hash_token(token), now))
        if half is None or half.tries > _MOST_TRIES:
            raise ApiError(401, "login_over")
        return half.agent
