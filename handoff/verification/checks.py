"""What actions ask of identity (``actions.services.Identity``), kept by the hub.

Right and wrong guesses do the same work: the same transactions, the same single question to the
back office, and for a code the same job.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from actions.backoffice.errors import BackOfficeDown, BackOfficeError, NotFound
from actions.backoffice.port import BackOffice
from actions.backoffice.values import Claim
from actions.backoffice.verification import ANONYMOUS, Level, RelatieId, Verification
from actions.services import Proof
from handoff.clock import Clock
from handoff.hints import Hints
from handoff.ledger import Ledger, Store
from handoff.ledger.verifications import Code, Proven
from handoff.model import Conversation
from handoff.verification.giving import Giving, step
from handoff.verification.hashes import CODE_LIFE, Pepper, hash_of_code
from handoff.verification.limits import CODE, FAILURE, Limits, Scopes
from handoff.verification.numbers import Numbers
from handoff.verification.portal import PortalLinks
from handoff.verification.sending import SEND_CODE
from handoff.verification.sweeping import sweep_later
from handoff.verification.talk import Tellers, UnknownSession, number_of, talk_of

MOST_TRIES = 3
"""Per code."""
_NO_HASH = "0" * 64


@dataclass(frozen=True, slots=True)
class _Begun:
    """A try that was written down before it is checked."""

    talk: Conversation
    who: Scopes
    name: str


@dataclass(frozen=True, slots=True)
class _Known:
    """``number``: the one that is written from."""

    talk: Conversation
    third_party: bool
    proven: Proven | None
    number: str | None


@dataclass(frozen=True, slots=True)
class Checks:
    store: Store
    back_office: BackOffice
    tellers: Tellers
    limits: Limits
    giving: Giving
    clock: Clock
    hints: Hints
    can_send: Callable[[], bool]
    """Whether a code can go anywhere: there is a channel for text messages."""
    portal: PortalLinks | None = None

    @property
    def numbers(self) -> Numbers:
        return Numbers(self.store, self.back_office, self.clock)

    @property
    def pepper(self) -> Pepper:
        return self.tellers.pepper

    async def verification(self, session: str) -> Verification:
        try:
            known = await self.store.read(lambda ledger: self._known(ledger, session))
        except UnknownSession:
            return ANONYMOUS
        proven, number = known.proven, known.number
        if proven is None or (
            number is not None and not await self.numbers.still_theirs(known.talk, proven, number)
        ):
            return Verification(third_party=known.third_party)
        return Verification(proven.level, proven.relatie, proven.until, known.third_party)

    def _known(self, ledger: Ledger, session: str) -> _Known:
        talk = talk_of(ledger, session)
        proven = ledger.verifications.of(talk.id)
        holds = proven is not None and proven.holds(self.clock.now())
        third_party = self.tellers.for_another(ledger, talk)
        return _Known(talk, third_party, proven if holds else None, number_of(ledger, talk))

    async def claim(self, session: str, claim: Claim, level: Level) -> Proof:
        if level not in (Level.CLAIMED, Level.VERIFIED):
            raise ValueError(level)
        by_code = level is Level.VERIFIED
        if by_code and not self.can_send():
            return Proof.NO_WAY
        begun = await self._begin(session, CODE if by_code else FAILURE, self.pepper.home(claim))
        if begun is None:
            return Proof.PERSON
        relatie = await self._only(begun, self.back_office.find(claim))
        if by_code:
            return await self._ask_code(begun, relatie, level)
        return await self._settle(begun, relatie)

    async def code_to_known_number(self, session: str) -> Proof:
        try:
            number = await self.store.read(
                lambda ledger: number_of(ledger, talk_of(ledger, session))
            )
        except UnknownSession:
            return Proof.PERSON
        if number is None or not self.can_send():
            return Proof.NO_WAY
        begun = await self._begin(session, CODE, self.pepper.hash_of("home", number))
        if begun is None:
            return Proof.PERSON
        relatie = await self._only(begun, self.back_office.find_by_number(number))
        return await self._ask_code(begun, relatie, Level.CLAIMED)

    async def code(self, session: str, code: str) -> Proof:
        digits = "".join(one for one in code if one in "0123456789")
        try:
            proof, changed = await self.store.write(
                lambda ledger: self._check_code(ledger, session, digits)
            )
        except UnknownSession:
            return Proof.PERSON
        if changed is not None:
            self.hints.changed(changed)
        return proof

    async def end(self, session: str) -> None:
        def work(ledger: Ledger) -> None:
            talk = talk_of(ledger, session, lock=True)
            if ledger.verifications.end(talk.id):
                step(ledger, talk, "ended", self.clock.now())

        try:
            await self.store.write(work)
        except UnknownSession:
            return

    async def portal_link(self, session: str) -> str | None:
        if self.portal is None:
            return None
        try:
            return await self.portal.link(session)
        except UnknownSession:
            return None

    async def _begin(self, session: str, kind: str, home: str) -> _Begun | None:
        """Write the try down. None: too many before, or somebody who writes for another."""

        def work(ledger: Ledger) -> _Begun | None:
            talk, now = talk_of(ledger, session, lock=True), self.clock.now()
            who = {**self.tellers.scopes(ledger, talk), "home": home}
            too_often = self.limits.full(ledger, FAILURE, who, now) or (
                kind != FAILURE and self.limits.full(ledger, kind, who, now)
            )
            if too_often or self.tellers.for_another(ledger, talk):
                step(ledger, talk, "not_checked", now)
                return None
            sweep_later(ledger, talk, now)
            return _Begun(talk, who, self.limits.count(ledger, kind, who, now))

        try:
            return await self.store.write(work)
        except UnknownSession:
            return None

    async def _only(self, begun: _Begun, asked: Awaitable[Sequence[RelatieId]]) -> RelatieId | None:
        """The one who fits. Two who fit are nobody.

        Raises:
            BackOfficeDown: it cannot be checked now; the try does not count.
        """
        try:
            found = await asked
        except NotFound:
            return None
        except BackOfficeError as down:
            await self.store.write(lambda ledger: ledger.identity_checks.take_back(begun.name))
            raise BackOfficeDown(type(down).__name__) from down
        return found[0] if len(found) == 1 else None

    async def _settle(self, begun: _Begun, relatie: RelatieId | None) -> Proof:
        """The claim alone decides: given, or a failure that stays written down."""

        def work(ledger: Ledger) -> Proof:
            now = self.clock.now()
            if relatie is not None:
                ledger.identity_checks.take_back(begun.name)
                self.giving.give(ledger, begun.talk, relatie, Level.CLAIMED, now)
                return Proof.GIVEN
            step(ledger, begun.talk, "claim_wrong", now)
            return self._wrong(ledger, begun.who, now)

        return await self.store.write(work)

    async def _ask_code(self, begun: _Begun, relatie: RelatieId | None, level: Level) -> Proof:
        """A code is asked for, and a job put for it, also when it can never be right."""

        def work(ledger: Ledger) -> Proof:
            talk = ledger.conversations.get(begun.talk.id, lock=True) or begun.talk
            id, now = uuid4().hex, self.clock.now()
            target = begun.who["home"]
            asked = Code(id, talk.id, relatie, level, target, now + CODE_LIFE)
            ledger.identity_checks.put_code(asked)
            ledger.jobs.put(SEND_CODE, talk.id, now, f"{SEND_CODE}:{id}", {"code": id})
            step(ledger, talk, "code_asked", now)
            return Proof.CODE_SENT

        proof = await self.store.write(work)
        self.hints.work.set()
        return proof

    def _check_code(
        self, ledger: Ledger, session: str, digits: str
    ) -> tuple[Proof, Conversation | None]:
        talk, now = talk_of(ledger, session, lock=True), self.clock.now()
        kept = ledger.identity_checks.code(talk.id)
        who = {**self.tellers.scopes(ledger, talk), "home": kept.target if kept else ""}
        if self.limits.full(ledger, FAILURE, who, now) or self.tellers.for_another(ledger, talk):
            step(ledger, talk, "not_checked", now)
            return Proof.PERSON, None
        if kept is not None and self._is_right(kept, digits, now):
            relatie = kept.relatie
            if relatie is not None and ledger.identity_checks.drop_code(kept.id):
                applied = self.giving.give(ledger, talk, relatie, kept.level, now)
                return Proof.GIVEN, applied.conversation if applied else None
        if kept is not None:
            ledger.identity_checks.count_try(kept.id)
        sweep_later(ledger, talk, now)
        self.limits.count(ledger, FAILURE, who, now)
        step(ledger, talk, "code_wrong", now)
        return self._wrong(ledger, who, now), None

    def _is_right(self, kept: Code, digits: str, now: datetime) -> bool:
        alive = now < kept.expires_at and kept.tries < MOST_TRIES and bool(kept.code_hash)
        given = hash_of_code(self.pepper, kept, digits)
        return self.pepper.same(given, kept.code_hash or _NO_HASH) and alive

    def _wrong(self, ledger: Ledger, who: Scopes, now: datetime) -> Proof:
        return Proof.PERSON if self.limits.full(ledger, FAILURE, who, now) else Proof.WRONG
