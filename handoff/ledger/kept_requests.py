"""Requests that the back office could not take: done later exactly once, or by a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from actions.backoffice.verification import Level, RelatieId
from handoff.model import AgentId, ConversationId


class KeptState(StrEnum):
    WAITING = "waiting"
    """Tried again at ``next_at``."""
    DONE = "done"
    GIVEN_UP = "given_up"
    """A person must do it."""


@dataclass(frozen=True, slots=True)
class KeptRequest:
    """One request, with who was proved to ask for it. Moments are aware UTC.

    ``body``: what the kind needs to be done. ``number``: what the back office called it.
    """

    id: str
    conversation: ConversationId
    kind: str
    body: Mapping[str, Any]
    key: str
    relatie: RelatieId | None
    level: Level
    asked_at: datetime
    next_at: datetime
    changed_at: datetime
    state: KeptState = KeptState.WAITING
    attempts: int = 0
    number: str = ""
    done_by: AgentId | None = None


class KeptOnes(Protocol):
    def add(self, request: KeptRequest) -> bool:
        """False when this key is kept already: nothing is written."""

    def get(self, id: str) -> KeptRequest | None: ...

    def save(self, request: KeptRequest, before: KeptState) -> bool:
        """Write what became of it. False: it is in another state than ``before`` by now."""

    def of(self, conversation: ConversationId) -> Sequence[KeptRequest]:
        """Oldest first, whatever became of them."""

    def undone(self, limit: int) -> Sequence[KeptRequest]:
        """What waits or was given up, oldest first."""

    def count(self, state: KeptState) -> int:
        """How many are in this state now."""
