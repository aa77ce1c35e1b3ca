"""Edits of the shipped content: who wrote what, who agreed, and what holds now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from handoff.model import AgentId


class EditState(StrEnum):
    """How far an edit came. Only the newest approved one of a subject holds."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


OPEN = (EditState.DRAFT, EditState.PROPOSED)
"""A subject has at most one edit in one of these states."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What can be edited: its kind, and its name within the kind."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of one subject. Moments are aware UTC.

    ``base`` is the approved edit it was made on, empty for the shipped text. ``alone`` marks an
    emergency that nobody else agreed to beforehand.
    """

    id: str
    subject: Subject
    base: str
    before: str
    after: str
    reason: str
    state: EditState
    author: AgentId
    written_at: datetime
    author_name: str = ""
    decided_by: AgentId | None = None
    decided_by_name: str = ""
    decided_at: datetime | None = None
    refusal: str = ""
    alone: bool = False


class Edits(Protocol):
    def in_force(self) -> Sequence[Edit]:
        """The newest approved edit of every subject that has one."""

    def undecided(self) -> Sequence[Edit]:
        """All drafts and proposals, oldest first."""

    def history(self, subject: Subject) -> Sequence[Edit]:
        """All edits of a subject, newest first."""

    def by_id(self, id: str) -> Edit | None: ...

    def lock_subject(self, subject: Subject) -> None:
        """Until the end of this transaction nobody else writes an edit of this subject."""

    def add(self, edit: Edit) -> None: ...

    def rewrite(self, id: str, after: str, reason: str, state: EditState, now: datetime) -> bool:
        """Change a draft or proposal; False when it is neither any more."""

    def settle(
        self, id: str, state: EditState, by: AgentId, now: datetime, refusal: str = ""
    ) -> bool:
        """End a draft or proposal in this state; False when it had ended already."""

    def word_canned(self, key: str, text: str) -> None:
        """Give a reply to choose from these words."""
