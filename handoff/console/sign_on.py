"""Single sign-on: away to the provider, back with a code, and in when a role says so."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol
from urllib.parse import urlencode
from uuid import uuid4

import aiohttp
import structlog

from handoff.clean_text import clean_text
from handoff.clock import Clock
from handoff.console import oidc
from handoff.console.rights import Role
from handoff.console.sessions import StaffSessions, hash_token
from handoff.ledger import Ledger, Store
from handoff.ledger.accounts import SignOnAttempt
from handoff.model import Agent, AgentId
from handoff.settings import SignOnSettings

log = structlog.get_logger()
ATTEMPT = timedelta(minutes=10)
_PATIENCE = aiohttp.ClientTimeout(total=10)
_LARGEST = 512_000
_LONGEST_NAME = 120


class SignOnNotSetUp(ValueError):
    """Single sign-on is half set up, or a role in ``SSO__ROLES`` does not exist."""


class SignOnFailed(Exception):
    """Nobody came in. ``code`` is for the login page; the reason is for the log."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code


class Caller(Protocol):
    """Calls the provider."""

    async def get(self, address: str) -> Mapping[str, Any]: ...

    async def post(self, address: str, form: Mapping[str, str]) -> Mapping[str, Any]: ...


class HttpCaller:
    """
    Raises:
        SignOnFailed: the provider cannot be reached, refuses, or answers no JSON object.
    """

    async def get(self, address: str) -> Mapping[str, Any]:
        return await self._call("GET", address, None)

    async def post(self, address: str, form: Mapping[str, str]) -> Mapping[str, Any]:
        return await self._call("POST", address, form)

    async def _call(
        self, method: str, address: str, form: Mapping[str, str] | None
    ) -> Mapping[str, Any]:
        try:
            async with (
                aiohttp.ClientSession(timeout=_PATIENCE) as session,
                session.request(method, address, data=form, allow_redirects=False) as answer,
            ):
                if answer.status != 200:
                    raise SignOnFailed("sso_failed", f"provider answered {answer.status}")
                if (answer.content_length or 0) > _LARGEST:
                    raise SignOnFailed("sso_failed", "provider answered too much")
                found = await answer.json(content_type=None)
        except (TimeoutError, aiohttp.ClientError, ValueError) as wrong:
            raise SignOnFailed("sso_unreachable", type(wrong).__name__) from wrong
        if not isinstance(found, dict):
            raise SignOnFailed("sso_failed", "no JSON object")
        return found


@dataclass(frozen=True, slots=True)
class SignOn:
    settings: SignOnSettings
    mapping: Mapping[str, frozenset[str]]
    return_address: str
    store: Store
    clock: Clock
    sessions: StaffSessions
    caller: Caller

    async def begin(self) -> tuple[str, str]:
        """Where the browser goes, and the state its cookie keeps."""
        provider = await self._provider()
        state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
        attempt, now = SignOnAttempt(secrets.token_urlsafe(24), verifier), self.clock.now()
        await self.store.write(
            lambda ledger: ledger.accounts.begin_sign_on(
                hash_token(state), attempt, now, now + ATTEMPT
            )
        )
        query = {
            "response_type": "code",
            "client_id": self.settings.client_id,
            "redirect_uri": self.return_address,
            "scope": "openid profile",
            "state": state,
            "nonce": attempt.nonce,
            "code_challenge": oidc.challenge(verifier),
            "code_challenge_method": "S256",
        }
        return f"{provider.authorization}?{urlencode(query)}", state

    async def finish(self, state: str, kept: str, code: str) -> Agent:
        """Who came back. ``kept``: the state of the cookie, of the browser that went away.

        Raises:
            SignOnFailed: one of the checks failed, or no role lets this person in.
        """
        if not state or not secrets.compare_digest(state.encode(), kept.encode()):
            raise SignOnFailed("sso_failed", "state is not of this browser")
        now = self.clock.now()
        attempt = await self.store.write(
            lambda ledger: ledger.accounts.take_sign_on(hash_token(state), now)
        )
        if attempt is None:
            raise SignOnFailed("sso_failed", "state unknown, used or too old")
        return await self._enter(await self._claims(attempt, code))

    async def _claims(self, attempt: SignOnAttempt, code: str) -> dict[str, Any]:
        provider = await self._provider()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.return_address,
            "client_id": self.settings.client_id,
            "client_secret": self.settings.client_secret.get_secret_value(),
            "code_verifier": attempt.verifier,
        }
        token = (await self.caller.post(provider.token, form)).get("id_token")
        keys = await self.caller.get(provider.jwks)
        expected = oidc.Expected(provider.issuer, self.settings.client_id, attempt.nonce)
        try:
            return oidc.claims_of(str(token), keys, expected, self.clock.now())
        except oidc.TokenRefused as refused:
            raise SignOnFailed("sso_failed", f"token: {refused}") from refused

    async def _provider(self) -> oidc.Provider:
        issuer = self.settings.issuer
        address = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
        try:
            return oidc.provider_from(await self.caller.get(address), issuer)
        except oidc.TokenRefused as refused:
            raise SignOnFailed("sso_failed", str(refused)) from refused

    async def _enter(self, claims: Mapping[str, Any]) -> Agent:
        subject = claims.get(self.settings.subject_claim)
        if not isinstance(subject, str) or not 0 < len(subject) <= 200:
            raise SignOnFailed("sso_failed", "no subject")
        roles = oidc.roles_from(claims.get(self.settings.roles_claim), self.mapping)
        ordered = tuple(role.value for role in Role if role.value in roles)
        name = clean_text(str(claims.get("name") or subject))[:_LONGEST_NAME]
        issuer = self.settings.issuer

        def work(ledger: Ledger) -> Agent | None:
            known = ledger.accounts.by_identity(issuer, subject)
            if not ordered:
                if known is not None:
                    ledger.accounts.change(known[0].id, known[0].name, (), False)
                return None
            if known is not None:
                # Without a role is what the provider did, and it may undo that. Put off with
                # roles is what an administrator did here.
                if not known[1] and known[0].roles:
                    return None
                return _as_now(ledger, known[0], name, ordered)
            # By issuer and subject only: a name or an address is what somebody typed.
            id = AgentId(uuid4().hex)
            agent = Agent(id, f"sso-{id[:12]}", name, ordered)
            ledger.staff.put(agent, "")
            ledger.accounts.link(issuer, subject, id)
            return agent

        agent = await self.store.write(work)
        if agent is None:
            raise SignOnFailed("sso_no_role", "no role for this person")
        return agent


def _as_now(ledger: Ledger, known: Agent, name: str, roles: tuple[str, ...]) -> Agent:
    """The roles are what the provider says today."""
    ledger.accounts.change(known.id, name, roles, True)
    return Agent(known.id, known.login, name, roles)


def sign_on_from(
    settings: SignOnSettings, base: str, store: Store, clock: Clock, sessions: StaffSessions
) -> SignOn | None:
    """
    Raises:
        SignOnNotSetUp: half set up, or an unknown role in the mapping.
    """
    if not settings.issuer:
        return None
    if not (settings.client_id and settings.roles and base):
        raise SignOnNotSetUp("SSO__CLIENT_ID, SSO__ROLES and PUBLIC_BASE_URL are needed")
    if not oidc.is_safe_address(settings.issuer):
        raise SignOnNotSetUp("SSO__ISSUER must begin with https://")
    back = f"{base.rstrip('/')}/console/api/sso/return"
    mapping = _mapping(settings.roles)
    return SignOn(settings, mapping, back, store, clock, sessions, HttpCaller())


def _mapping(text: str) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for part in text.split(","):
        group, _, roles = part.strip().rpartition("=")
        names = frozenset(roles.split("+"))
        if not group or not names <= set(Role):
            raise SignOnNotSetUp(f"SSO__ROLES: {part.strip()!r}")
        found[group] = found.get(group, frozenset()) | names
    return found
