"""What was proved about who writes, and what is tried to prove it (docs/identity.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from actions.backoffice.verification import Level, RelatieId
from handoff.identities import Address
from handoff.model import AgentId, ConversationId


class Whose(StrEnum):
    """On whose file the number is that somebody writes from, who proved to be one tenant."""

    OWN = "own"
    NOBODYS = "nobodys"
    ANOTHERS = "anothers"


@dataclass(frozen=True, slots=True)
class Proven:
    """A level of identity, and until when (aware UTC). ``by``: the colleague who gave it."""

    relatie: RelatieId
    level: Level
    until: datetime
    at: datetime
    by: AgentId | None = None
    number_of: Whose | None = None
    """As it was found when the proof was first used; None: not looked up yet."""
    looked_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        return now < self.until


class Verifications(Protocol):
    """Who tenants proved to be, and whom staff hold them for. Neither is the other."""

    def of(self, conversation: ConversationId) -> Proven | None:
        """The last proof, also one whose time is over: ask it whether it ``holds``."""

    def give(self, conversation: ConversationId, proven: Proven) -> None:
        """In place of an earlier one."""

    def looked(self, conversation: ConversationId, whose: Whose, at: datetime) -> None:
        """On whose file the number was at this moment."""

    def end(self, conversation: ConversationId) -> bool:
        """Forget the proof, and a code that is on its way. False when there was none."""

    def link(
        self, conversation: ConversationId, relatie: RelatieId, by: AgentId, at: datetime
    ) -> None:
        """Staff say whom the conversation is about. It gives the tenant no level."""

    def linked(self, conversation: ConversationId) -> RelatieId | None: ...

    def unlink(self, conversation: ConversationId) -> bool:
        """Staff take that back. False when nobody was linked."""

    def relaties_at(self, at: Address) -> Sequence[RelatieId]:
        """Who was verified there, ever."""

    def verified_at(self, relatie: RelatieId, at: Address, now: datetime) -> Sequence[Address]:
        """Keep that this relatie was verified there; gives the other places of the same relatie.

        None of them when that address was verified for somebody else as well: it is shared.
        """


@dataclass(frozen=True, slots=True)
class Code:
    """A one-time code that was asked for. Nothing here can be turned back into the code.

    ``relatie`` is None when what was said is wrong: it can then never be right, and looks the
    same from outside. ``code_hash`` is empty until it is sent. ``target``: the hashed home or
    number, for the limits.
    """

    id: str
    conversation: ConversationId
    relatie: RelatieId | None
    level: Level
    target: str
    expires_at: datetime
    code_hash: str = ""
    tries: int = 0


@dataclass(frozen=True, slots=True)
class PortalVisit:
    """A link to the corporation's portal, until it is used or too old."""

    conversation: ConversationId
    nonce: str
    verifier: str
    expires_at: datetime


class IdentityChecks(Protocol):
    """What limits and one-time things need. All keys are hashes."""

    def put_code(self, code: Code) -> None:
        """In place of an earlier one of the same conversation."""

    def code(self, conversation: ConversationId) -> Code | None: ...

    def code_named(self, id: str) -> Code | None: ...

    def sent(self, id: str, code_hash: str, expires_at: datetime) -> bool:
        """This is its code now, with no tries yet. False: another code took its place."""

    def count_try(self, id: str) -> None: ...

    def drop_code(self, id: str) -> bool:
        """Use it up. Of two at once, one wins."""

    def alone(self) -> None:
        """Nobody else counts tries until this transaction ends."""

    def add(self, id: str, keys: Sequence[str], now: datetime) -> None:
        """One try, under each of these keys."""

    def take_back(self, id: str) -> None:
        """It was no failure after all."""

    def counted(self, key: str, since: datetime) -> int: ...

    def forget(self, before: datetime) -> None:
        """Tries, codes, links and proofs that count no more, and numbers of old calls."""

    def called_from(self, conversation: ConversationId, number: str, now: datetime) -> None:
        """The number (E.164) of a call, as its provider tells it. It proves nothing."""

    def caller(self, conversation: ConversationId) -> str | None:
        """None: hidden, or no call."""

    def came_from(self, conversation: ConversationId, origin: str, now: datetime) -> None:
        """The hashed place on the internet that the tenant writes from."""

    def origin(self, conversation: ConversationId) -> str | None: ...

    def add_visit(self, token_hash: str, visit: PortalVisit) -> None: ...

    def visit(self, token_hash: str, now: datetime) -> PortalVisit | None:
        """None: unknown, used or too old."""

    def leave(self, token_hash: str, state_hash: str) -> bool:
        """The browser goes to the portal with this state. False: the link is gone."""

    def drop_visit(self, token_hash: str) -> bool:
        """The link opens nothing any more. False: it did not before either."""

    def take_visit(self, state_hash: str, now: datetime) -> PortalVisit | None:
        """Once only: the second time there is none."""
