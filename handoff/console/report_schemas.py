"""Console: the shapes of reports and of the wallboard."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel


class ReportLine(BaseModel):
    key: str
    label: str
    now: float | None
    before: float | None


class ReportTable(BaseModel):
    name: str
    title: str
    counts: str
    lines: list[ReportLine]


class ReportsView(BaseModel):
    first: date
    last: date
    before_first: date
    before_last: date
    total: int
    total_before: int
    tables: list[ReportTable]


class QueueNow(BaseModel):
    queue: str
    label: str
    waiting: int
    longest_since: datetime | None


class PersonNow(BaseModel):
    name: str
    status: str
    held: int
    capacity: int | None


class UrgentNow(BaseModel):
    label: str
    count: int


class TrendHour(BaseModel):
    """``at``: when the hour begins."""

    at: datetime
    opened: int
    asked: int


class WallboardView(BaseModel):
    """Nothing of a tenant is in it."""

    at: datetime
    queues: list[QueueNow]
    held: int
    offered: int
    people: list[PersonNow]
    met_today: int
    missed_today: int
    urgent: list[UrgentNow]
    promises_late: int
    promises_soon: int
    kept_waiting: int
    """Requests that the back office could not take yet."""
    kept_given_up: int
    """Requests that a person has to put into the back office."""
    trend: list[TrendHour]
