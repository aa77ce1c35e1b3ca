"""Staff sessions: a password once, then a cookie whose token we keep only as a hash."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from fastapi import Request, Response
from pwdlib import PasswordHash

from handoff.clock import Clock
from handoff.http_errors import ApiError
from handoff.ledger import Store
from handoff.model import Agent
from handoff.rate_limits import RateLimits

COOKIE = "thuisbalie_staff"
SHIFT = timedelta(hours=12)
_hasher = PasswordHash.recommended()
# Checked when the login is unknown, so that both answers take the same time.
_NOBODYS_HASH = _hasher.hash(secrets.token_urlsafe(16))


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class StaffSessions:
    store: Store
    clock: Clock
    limits: RateLimits
    origins: frozenset[str]
    secure_cookie: bool

    async def check_password(self, request: Request, login: str, password: str) -> Agent:
        """Who this is, by name and password. No session starts yet.

        Raises:
            ApiError: 401 for a wrong pair (the same for an unknown login), 429 after many tries.
        """
        address = request.client.host if request.client else "unknown"
        self.limits.hit("login_address", address)
        self.limits.hit("login_name", login.casefold())
        found = await self.store.read(lambda ledger: ledger.staff.by_login(login))
        # Who comes in by single sign-on has no password: nothing matches it.
        hashed = found[1] if found and found[1] else _NOBODYS_HASH
        if not await asyncio.to_thread(_hasher.verify, password, hashed) or found is None:
            raise ApiError(401, "login_wrong")
        return found[0]

    async def open(self, response: Response, agent: Agent) -> None:
        """Start a session with a fresh token, for somebody who has proved who they are."""
        token, now = secrets.token_urlsafe(32), self.clock.now()
        await self.store.write(
            lambda ledger: ledger.staff.open_session(hash_token(token), agent.id, now, now + SHIFT)
        )
        response.set_cookie(
            COOKIE,
            token,
            httponly=True,
            samesite="strict",
            secure=self.secure_cookie,
            max_age=int(SHIFT.total_seconds()),
            path="/console",
        )

    async def logout(self, request: Request, response: Response) -> None:
        token = request.cookies.get(COOKIE)
        if token:
            await self.store.write(lambda ledger: ledger.staff.close_session(hash_token(token)))
        response.delete_cookie(COOKIE, path="/console")

    async def agent(self, request: Request) -> Agent:
        """Who asks.

        Raises:
            ApiError: 401 without a living session.
        """
        token = request.cookies.get(COOKIE)
        if token:
            now = self.clock.now()
            agent = await self.store.read(
                lambda ledger: ledger.staff.session_agent(hash_token(token), now)
            )
            if agent is not None:
                return agent
        raise ApiError(401, "not_logged_in")

    def check_origin(self, request: Request) -> None:
        """A write must come from our own pages: SameSite=Strict, and the Origin when sent.

        Raises:
            ApiError: 403 for a page of somebody else.
        """
        origin = request.headers.get("origin")
        own = {*self.origins, f"{request.url.scheme}://{request.headers.get('host', '')}"}
        if origin is not None and origin not in own:
            raise ApiError(403, "foreign_origin")
