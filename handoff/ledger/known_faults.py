"""Faults of a whole building: what tenants report, and what staff confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from actions.backoffice.verification import RelatieId
from handoff.model import AgentId, ConversationId


@dataclass(frozen=True, slots=True)
class FaultKind:
    """What is wrong where: the complex, with VERA's codes. An empty code fits every code."""

    cluster: str
    defect: str
    location: str

    def fits(self, other: FaultKind) -> bool:
        """Whether a report of the other is about this fault."""
        return self.cluster == other.cluster and all(
            not mine or mine == its
            for mine, its in ((self.defect, other.defect), (self.location, other.location))
        )


@dataclass(frozen=True, slots=True)
class FaultReport:
    """One conversation that reports it. ``told_at``: since when the tenant knows it is over."""

    conversation: ConversationId
    kind: FaultKind
    relatie: RelatieId | None
    at: datetime
    told_at: datetime | None = None

    @property
    def home(self) -> str:
        """What counts once: a home, or a conversation of which nobody knows the home."""
        return self.relatie or self.conversation


@dataclass(frozen=True, slots=True)
class BuildingFault:
    """A fault that staff confirmed; with empty words one that they said is none.

    ``until``: after this nobody is told of it any more. Moments are aware UTC.
    """

    id: str
    kind: FaultKind
    words: str
    since: datetime
    until: datetime
    expected_end: datetime | None
    confirmed_by: AgentId
    confirmed_at: datetime
    ended_at: datetime | None = None
    ended_by: AgentId | None = None

    def holds(self, now: datetime) -> bool:
        """Whether tenants are told of it."""
        return bool(self.words) and self.ended_at is None and now < self.until


class BuildingFaults(Protocol):
    def report(self, report: FaultReport) -> None:
        """Count it; the same conversation again only moves its moment."""

    def reports(self, since: datetime) -> Sequence[FaultReport]:
        """Newest last."""

    def told(self, report: FaultReport, now: datetime) -> bool:
        """Keep that this tenant knows. False: that was so already."""

    def add(self, fault: BuildingFault) -> None: ...

    def get(self, id: str) -> BuildingFault | None: ...

    def save(self, fault: BuildingFault) -> bool:
        """Write all but what it is and who confirmed it. False: it has ended already."""

    def since(self, moment: datetime) -> Sequence[BuildingFault]:
        """Those that run, and those that ended after this moment; newest first."""
