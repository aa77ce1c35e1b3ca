"""Stretches of whole days of Europe/Amsterdam. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from handoff.clock import AMSTERDAM

MOST_DAYS = 366


class BadPeriod(ValueError):
    """It ends before it begins, or is longer than a year."""


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day up to and including the last, as the calendar in Amsterdam has them.

    Raises:
        BadPeriod: it ends before it begins, or is longer than 366 days.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if not 1 <= self.length <= MOST_DAYS or self.first.year < 2000 or self.last.year > 2200:
            raise BadPeriod(f"no period from {self.first} to {self.last}")

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def since(self) -> datetime:
        """The first moment, aware UTC."""
        return midnight(self.first)

    @property
    def until(self) -> datetime:
        """The first moment after it, aware UTC. A day of a clock change has 23 or 25 hours."""
        return midnight(self.last + timedelta(days=1))

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range(self.length)]

    def before(self) -> Period:
        """As many days, right before this one."""
        length = timedelta(days=self.length)
        return Period(self.first - length, self.last - length)


def midnight(day: date) -> datetime:
    """When this day begins in Amsterdam, in UTC."""
    return datetime.combine(day, time(), AMSTERDAM).astimezone(UTC)


def last_days(now: datetime, days: int) -> Period:
    """So many days, of which today is the last."""
    today = now.astimezone(AMSTERDAM).date()
    return Period(today - timedelta(days=days - 1), today)
