"""What reports are counted from. No text and no address of a tenant is in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class OpenedRow:
    conversation: str
    channel: str
    topic: str | None
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A person was asked for. ``taken_at``: when somebody took it, None when nobody did."""

    conversation: str
    queue: str
    reason: str
    no: int
    asked_at: datetime
    taken_at: datetime | None


@dataclass(frozen=True, slots=True)
class WaitingRow:
    queue: str
    since: datetime
    urgent_kind: str | None


@dataclass(frozen=True, slots=True)
class PresentRow:
    """A member of staff whose console gives signs of life. ``capacity`` None: not set."""

    name: str
    status: str
    held: int
    capacity: int | None


class Reports(Protocol):
    """Moments are aware UTC; a span holds ``since`` and not ``until``."""

    def opened(self, since: datetime, until: datetime) -> Sequence[OpenedRow]: ...

    def outcomes(self, since: datetime, until: datetime) -> Sequence[tuple[str, str, int]]:
        """Of conversations opened in the span: conversation, outcome of a turn, how many."""

    def asked(self, since: datetime, until: datetime) -> Sequence[AskedRow]:
        """The asking for a person that began in the span."""

    def asked_of_opened(self, since: datetime, until: datetime) -> Sequence[AskedRow]:
        """The asking, whenever, in conversations opened in the span."""

    def service(self, since: datetime, until: datetime) -> Sequence[tuple[str, str, int]]:
        """Clocks that ended in the span: kind, outcome, how many."""

    def scores(self, since: datetime, until: datetime) -> Sequence[tuple[int, int]]:
        """Scores given in the span: score, how many."""

    def reopened(self, since: datetime, until: datetime, days: int) -> tuple[int, int]:
        """Of what closed in the span: after how many the same address came back within so many
        days, and how many closed."""

    def waiting(self) -> Sequence[WaitingRow]: ...

    def held(self) -> int: ...

    def offered(self, now: datetime) -> int: ...

    def present(self, now: datetime) -> Sequence[PresentRow]: ...

    def promised(self, until: datetime) -> Sequence[datetime]:
        """When promises that are not kept yet are due, up to ``until``; also those too late."""

    def open_urgent(self) -> Sequence[tuple[str, int]]:
        """Urgent conversations that are not closed: kind, how many."""
