"""How members of staff prove who they are, who they are, and what they read. Moments are UTC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from handoff.model import Agent, AgentId


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """``secret`` is encrypted; ``last_step`` is that of the last code taken, in 30 seconds."""

    secret: str
    confirmed: bool
    last_step: int


@dataclass(frozen=True, slots=True)
class HalfLogin:
    """The password was right; the code is still to come."""

    agent: Agent
    tries: int


@dataclass(frozen=True, slots=True)
class SignOnAttempt:
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff as the page of the administrator shows them."""

    agent: Agent
    active: bool
    has_second_factor: bool
    has_password: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """One reading. ``reference`` is empty when it was of no one conversation, as a search is."""

    at: datetime
    login: str
    name: str
    what: str
    reference: str
    relatie: str = ""
    """Of whom the back office told something; empty for what stands with us."""


@dataclass(frozen=True, slots=True)
class LookedFor:
    """Which readings: empty means all. From ``since``, before ``until``."""

    person: str = ""
    reference: str = ""
    since: datetime | None = None
    until: datetime | None = None


class Accounts(Protocol):
    def second_factor(self, agent: AgentId) -> SecondFactor | None: ...

    def put_second_factor(self, agent: AgentId, secret: str) -> None:
        """Begin again: not confirmed, without backup codes."""

    def confirm(self, agent: AgentId, now: datetime, backup_hashes: Sequence[str]) -> None: ...

    def take_step(self, agent: AgentId, step: int) -> bool:
        """Whether this step is newer than the last one taken. Of two at once, one wins."""

    def take_backup(self, agent: AgentId, code_hash: str) -> bool: ...

    def drop_second_factor(self, agent: AgentId) -> None: ...

    def open_half(self, token_hash: str, agent: AgentId, expires: datetime) -> None: ...

    def half(self, token_hash: str, now: datetime) -> HalfLogin | None:
        """Counts the look as one try."""

    def close_half(self, token_hash: str) -> None: ...

    def begin_sign_on(
        self, state_hash: str, attempt: SignOnAttempt, now: datetime, expires: datetime
    ) -> None: ...

    def take_sign_on(self, state_hash: str, now: datetime) -> SignOnAttempt | None:
        """Once only: the second time there is none."""

    def by_identity(self, issuer: str, subject: str) -> tuple[Agent, bool] | None:
        """The agent, and whether they are active."""

    def link(self, issuer: str, subject: str, agent: AgentId) -> None: ...

    def members(self) -> Sequence[Member]: ...

    def member(self, agent: AgentId) -> Member | None: ...

    def change(self, agent: AgentId, name: str, roles: Sequence[str], active: bool) -> None:
        """Not active, or other roles: every session ends at once."""

    def looked(self, asked: LookedFor, limit: int, offset: int) -> Sequence[Looked]:
        """Newest first."""
