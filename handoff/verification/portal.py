"""A link to the corporation's portal, in which the tenant proves who it is (OpenID Connect)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from actions.backoffice.errors import BackOfficeError
from actions.backoffice.port import BackOffice
from actions.backoffice.verification import Level, RelatieId, Verification
from handoff.change import Change
from handoff.clock import Clock
from handoff.console import oidc
from handoff.console.sessions import hash_token
from handoff.console.sign_on import Caller, SignOnFailed
from handoff.counter import Counter
from handoff.hints import Hints
from handoff.ledger import Ledger, Store
from handoff.ledger.verifications import Code, PortalVisit
from handoff.model import AuthorKind, Conversation, Draft, Message
from handoff.settings import PortalSettings
from handoff.verification.giving import step
from handoff.verification.hashes import CODE_LIFE, hash_of_code, new_code
from handoff.verification.limits import LINK, Limits
from handoff.verification.sweeping import sweep_later
from handoff.verification.talk import Tellers, since_closing, talk_of

LINK_LIFE = timedelta(minutes=15)
RETURN = "/portal/return"
_TOKEN_BYTES = 24
_LONGEST = 200
_LONGEST_WORDS = 120


class PortalNotSetUp(ValueError):
    """The portal is half set up."""


class PortalRefused(Exception):
    """Nobody was identified. Who tried reads the same whatever was wrong; the log says why."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a tenant knows of the own conversation. ``words``: the first the tenant typed in it."""

    reference: str
    channel: str
    began: datetime
    words: str


def recognised(talk: Conversation, messages: Sequence[Message]) -> Recognised:
    said = [one for one in messages if one.author.kind is AuthorKind.TENANT and one.text]
    words = " ".join(said[0].text.split()) if said else ""
    shown = words if len(words) <= _LONGEST_WORDS else f"{words[:_LONGEST_WORDS]}..."
    began = messages[0].at if messages else talk.opened_at
    return Recognised(talk.reference, talk.channel, began, shown)


@dataclass(frozen=True, slots=True)
class PortalLinks:
    settings: PortalSettings
    base: str
    store: Store
    back_office: BackOffice
    tellers: Tellers
    limits: Limits
    counter: Counter
    clock: Clock
    hints: Hints
    caller: Caller

    async def link(self, session: str) -> str | None:
        """A link for this conversation. None: too often, or somebody writes for another.

        Raises:
            UnknownSession: there is no such conversation.
        """
        token = secrets.token_urlsafe(_TOKEN_BYTES)

        def work(ledger: Ledger) -> bool:
            talk, now = talk_of(ledger, session, lock=True), self.clock.now()
            who = self.tellers.scopes(ledger, talk)
            if self.limits.full(ledger, LINK, who, now) or self.tellers.for_another(ledger, talk):
                return False
            self.limits.count(ledger, LINK, who, now)
            nonce, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
            visit = PortalVisit(talk.id, nonce, verifier, now + LINK_LIFE)
            ledger.identity_checks.add_visit(hash_token(token), visit)
            sweep_later(ledger, talk, now)
            step(ledger, talk, "portal_link", now)
            return True

        return f"{self.base}/portal/{token}" if await self.store.write(work) else None

    async def recognised_by(self, token: str) -> Recognised:
        """By what a tenant sees whether the link is of the own conversation.

        Raises:
            PortalRefused: the link is wrong, used or too old.
        """

        def work(ledger: Ledger) -> Recognised:
            visit = ledger.identity_checks.visit(hash_token(token), self.clock.now())
            talk = ledger.conversations.get(visit.conversation) if visit else None
            if talk is None:
                raise PortalRefused("link unknown, used or too old")
            return recognised(talk, since_closing(ledger.messages.after(talk.id, 0)))

        return await self.store.read(work)

    async def refuse(self, token: str) -> None:
        """Who opened the link says that it is another's conversation: it opens nothing any more."""

        def work(ledger: Ledger) -> None:
            visit = ledger.identity_checks.visit(hash_token(token), self.clock.now())
            talk = ledger.conversations.get(visit.conversation, lock=True) if visit else None
            if talk is not None and ledger.identity_checks.drop_visit(hash_token(token)):
                step(ledger, talk, "portal_not_mine", self.clock.now())

        await self.store.write(work)

    async def leave(self, token: str) -> tuple[str, str]:
        """Where the browser goes, and the state that its cookie keeps.

        Raises:
            PortalRefused: the link is dead, or the portal cannot be reached.
        """
        state = secrets.token_urlsafe(32)

        def work(ledger: Ledger) -> PortalVisit | None:
            visit = ledger.identity_checks.visit(hash_token(token), self.clock.now())
            left = visit and ledger.identity_checks.leave(hash_token(token), hash_token(state))
            return visit if left else None

        visit = await self.store.write(work)
        if visit is None:
            raise PortalRefused("link unknown, used or too old")
        provider = await self._provider()
        query = {
            "response_type": "code",
            "client_id": self.settings.client_id,
            "redirect_uri": self.base + RETURN,
            "scope": "openid",
            "state": state,
            "nonce": visit.nonce,
            "code_challenge": oidc.challenge(visit.verifier),
            "code_challenge_method": "S256",
            # Whoever was logged in on this device before is not who asks now.
            "prompt": "login",
        }
        return f"{provider.authorization}?{urlencode(query)}", state

    async def come_back(self, state: str, kept: str, code: str) -> str:
        """Check who logged in. ``kept``: the state of the cookie.

        Gives a code for who logged in. Only when it is typed in the conversation does the proof
        count, so that who sent the link to somebody else gains nothing by their logging in.

        Raises:
            PortalRefused: one of the checks failed.
        """
        if not state or not secrets.compare_digest(state.encode(), kept.encode()):
            raise PortalRefused("state is not of this browser")
        visit = await self.store.write(
            lambda ledger: ledger.identity_checks.take_visit(hash_token(state), self.clock.now())
        )
        if visit is None:
            raise PortalRefused("state unknown, used or too old")
        relatie = await self._tenant(await self._claims(visit, code))
        digits = new_code()
        talk = await self.store.write(lambda ledger: self._asked(ledger, visit, relatie, digits))
        self.hints.changed(talk)
        return digits

    def _asked(
        self, ledger: Ledger, visit: PortalVisit, relatie: RelatieId, digits: str
    ) -> Conversation:
        talk = ledger.conversations.get(visit.conversation, lock=True)
        if talk is None or talk.closed_at is not None or self.tellers.for_another(ledger, talk):
            raise PortalRefused("the conversation is over, or of somebody who writes for another")
        now = self.clock.now()
        pepper = self.tellers.pepper
        target = pepper.hash_of("relatie", relatie)
        asked = Code(uuid4().hex, talk.id, relatie, Level.VERIFIED, target, now + CODE_LIFE)
        ledger.identity_checks.put_code(
            replace(asked, code_hash=hash_of_code(pepper, asked, digits))
        )
        step(ledger, talk, "portal_logged_in", now)
        told = Draft(self.counter.bot, self.counter.words.text("identity_portal_done"))
        return ledger.conversations.apply(talk.id, talk.term, Change((told,)), now).conversation

    async def _tenant(self, claims: Mapping[str, Any]) -> RelatieId:
        """Who it is in the back office: somebody who lives, with a contract that runs."""
        named = claims.get(self.settings.relatie_claim)
        if not isinstance(named, str) or not 0 < len(named) <= _LONGEST:
            raise PortalRefused("no relatie in the token")
        relatie = RelatieId(named)
        until = self.clock.now() + LINK_LIFE
        who = Verification(Level.VERIFIED, relatie, until)
        try:
            found = await self.back_office.relatie(who)
            homes = await self.back_office.eenheden(who)
        except BackOfficeError as wrong:
            raise PortalRefused(type(wrong).__name__) from wrong
        if found.id != relatie or found.overlijdensdatum is not None or not homes:
            raise PortalRefused("no tenant with a running contract")
        return relatie

    async def _claims(self, visit: PortalVisit, code: str) -> Mapping[str, Any]:
        provider = await self._provider()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.base + RETURN,
            "client_id": self.settings.client_id,
            "client_secret": self.settings.client_secret.get_secret_value(),
            "code_verifier": visit.verifier,
        }
        expected = oidc.Expected(provider.issuer, self.settings.client_id, visit.nonce)
        try:
            token = (await self.caller.post(provider.token, form)).get("id_token")
            keys = await self.caller.get(provider.jwks)
            return oidc.claims_of(str(token), keys, expected, self.clock.now())
        except (SignOnFailed, oidc.TokenRefused) as wrong:
            raise PortalRefused(str(wrong)) from wrong

    async def _provider(self) -> oidc.Provider:
        issuer = self.settings.issuer
        address = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
        try:
            return oidc.provider_from(await self.caller.get(address), issuer)
        except (SignOnFailed, oidc.TokenRefused) as wrong:
            raise PortalRefused(str(wrong)) from wrong


def check_set_up(settings: PortalSettings, base: str) -> bool:
    """Whether there is a portal.

    Raises:
        PortalNotSetUp: there is half of one.
    """
    if not settings.issuer:
        return False
    if not (settings.client_id and settings.relatie_claim and base):
        raise PortalNotSetUp("PORTAL__CLIENT_ID and PUBLIC_BASE_URL are needed")
    if not oidc.is_safe_address(settings.issuer):
        raise PortalNotSetUp("PORTAL__ISSUER must begin with https://")
    return True
