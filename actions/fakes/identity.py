"""Identity in memory: one tenant who is known, one code, five tries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from actions.backoffice.errors import BackOfficeDown
from actions.backoffice.values import Claim
from actions.backoffice.verification import Level, RelatieId, Verification
from actions.services import Proof

_MOST_WRONG = 5


@dataclass(slots=True)
class FakeIdentity:
    """``known`` are right claims with whose they are; ``owner`` has the number written from."""

    now: Callable[[], datetime]
    known: dict[Claim, RelatieId] = field(default_factory=dict)
    owner: RelatieId | None = None
    right_code: str = "482913"
    link: str | None = None
    third_party: bool = False
    can_send: bool = True
    down: bool = False
    wrong: int = 0
    claims: list[Claim] = field(default_factory=list)
    _given: Verification = field(default_factory=Verification)
    _waiting: tuple[RelatieId | None, Level] | None = None

    def give(self, relatie: RelatieId, level: Level) -> None:
        self._given = Verification(level, relatie, self.now() + timedelta(minutes=30))

    async def verification(self, session: str) -> Verification:
        given = self._given
        return Verification(given.level, given.relatie, given.until, self.third_party)

    async def claim(self, session: str, claim: Claim, level: Level) -> Proof:
        self.claims.append(claim)
        if self.down:
            raise BackOfficeDown("claim")
        if level is Level.VERIFIED:
            return self._send(self.known.get(claim), level)
        relatie = self.known.get(claim)
        if relatie is None:
            return self._missed()
        self.give(relatie, level)
        return Proof.GIVEN

    async def code_to_known_number(self, session: str) -> Proof:
        return self._send(self.owner, Level.CLAIMED)

    async def code(self, session: str, code: str) -> Proof:
        relatie, level = self._waiting or (None, Level.ANONYMOUS)
        if code != self.right_code or relatie is None:
            return self._missed()
        self.give(relatie, level)
        return Proof.GIVEN

    async def end(self, session: str) -> None:
        self._given = Verification()

    async def portal_link(self, session: str) -> str | None:
        return self.link

    def _send(self, relatie: RelatieId | None, level: Level) -> Proof:
        if not self.can_send:
            return Proof.NO_WAY
        self._waiting = (relatie, level)
        return Proof.CODE_SENT

    def _missed(self) -> Proof:
        self.wrong += 1
        return Proof.PERSON if self.wrong >= _MOST_WRONG else Proof.WRONG
