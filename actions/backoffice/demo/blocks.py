"""Blocks of time in which somebody can come: working days, never on a Dutch public holiday."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
BLOCK = timedelta(hours=4)
_BEGINS = (time(8), time(12))
_DAYS = 14
_FIRST_DAY = {"spoed": 0, "voorrang": 1}
_NORMAL_FIRST_DAY = 3


@lru_cache(maxsize=16)
def _free_days(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NL", years=year))


def works_on(day: date) -> bool:
    saturday = 5
    return day.weekday() < saturday and day not in _free_days(day.year)


def blocks_on(day: date) -> Iterator[datetime]:
    """When the blocks of this day begin (UTC)."""
    if works_on(day):
        for begin in _BEGINS:
            yield datetime.combine(day, begin, AMSTERDAM).astimezone(UTC)


def blocks_from(now: datetime, priority: str) -> Iterator[datetime]:
    """When blocks begin that can be chosen now, earliest first; sooner the more it presses."""
    today = now.astimezone(AMSTERDAM).date()
    first = _FIRST_DAY.get(priority, _NORMAL_FIRST_DAY)
    for ahead in range(first, first + _DAYS):
        for begin in blocks_on(today + timedelta(days=ahead)):
            if begin > now:
                yield begin
