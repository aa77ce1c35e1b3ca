"""Time comes from here and nowhere else. All moments are aware UTC."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
"""For display and opening hours only."""


class Clock(Protocol):
    def now(self) -> datetime:
        """This moment, aware, in UTC."""

    async def sleep(self, seconds: float) -> None:
        """Wait this long by this clock."""


class SystemClock:
    """The machine's clock, moved by ``offset`` (a demo can start at another moment)."""

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        self._offset = offset

    @classmethod
    def starting_at(cls, moment: datetime) -> SystemClock:
        """A clock that shows ``moment`` now and runs on from there."""
        return cls(moment - datetime.now(UTC))  # the one other place that may read the machine

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class TestClock:
    """A clock that stands still until it is moved."""

    __test__ = False

    def __init__(self, start: datetime = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def move(self, by: timedelta) -> None:
        self._now += by

    async def sleep(self, seconds: float) -> None:
        self.move(timedelta(seconds=seconds))
        await asyncio.sleep(0)
