"""Staff, what they are asked and promised, and who may read a conversation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from actions.backoffice.verification import RelatieId
from handoff.model import Agent, AgentId, Assignment, ConversationId, Promise


class Desk(Protocol):
    def assignment(self, id: ConversationId) -> Assignment | None: ...

    def promises(self, id: ConversationId) -> Sequence[Promise]: ...

    def log_access(
        self,
        agent: AgentId,
        id: ConversationId,
        what: str,
        now: datetime,
        relatie: RelatieId | None = None,
    ) -> None:
        """``relatie``: of whom the back office told something."""


class Staff(Protocol):
    def by_login(self, login: str) -> tuple[Agent, str] | None:
        """The agent and the password hash."""

    def agent(self, id: AgentId) -> Agent | None: ...

    def put(self, agent: Agent, password_hash: str) -> None: ...

    def count(self) -> int: ...

    def open_session(
        self, token_hash: str, agent: AgentId, now: datetime, expires: datetime
    ) -> None: ...

    def session_agent(self, token_hash: str, now: datetime) -> Agent | None: ...

    def close_session(self, token_hash: str) -> None: ...


class Tokens(Protocol):
    def put(self, token_hash: str, id: ConversationId, now: datetime) -> None: ...

    def allows(self, token_hash: str, id: ConversationId) -> bool: ...
