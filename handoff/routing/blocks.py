"""A stretch of time a tenant can be called in: concrete, inside opening hours. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from handoff.clock import AMSTERDAM
from handoff.hours import NeverOpen, OpeningHours

LENGTH = timedelta(hours=2)
SHORTEST = timedelta(minutes=30)
"""A rest of a day shorter than this is no block to promise."""
NOTICE = timedelta(minutes=15)
"""Somebody must be able to see the promise before the block begins."""
_LOOK_AHEAD_DAYS = 60


@dataclass(frozen=True, slots=True)
class TimeBlock:
    """From and to, aware UTC; both fall on one day in Europe/Amsterdam."""

    opens: datetime
    closes: datetime


def next_block(
    hours: OpeningHours,
    now: datetime,
    taken: Mapping[datetime, int] | None = None,
    most: int = 0,
) -> TimeBlock:
    """The first block that begins after ``now`` and is not full.

    ``taken``: how many calls each block (by its first moment) has; ``most``: 0 means no limit.

    Raises:
        NeverOpen: nothing is open, or free, in the next two months.
    """
    for block in _blocks(hours, now):
        full = most and (taken or {}).get(block.opens, 0) >= most
        if block.opens >= now + NOTICE and not full:
            return block
    raise NeverOpen("no block is free in the next 60 days")


def _blocks(hours: OpeningHours, now: datetime) -> Iterator[TimeBlock]:
    first = now.astimezone(AMSTERDAM).date()
    for days in range(_LOOK_AHEAD_DAYS):
        day = first + timedelta(days=days)
        for span in sorted(hours.blocks_on(day), key=lambda block: block.opens):
            start = datetime.combine(day, span.opens, AMSTERDAM).astimezone(UTC)
            end = datetime.combine(day, span.closes, AMSTERDAM).astimezone(UTC)
            while end - start >= SHORTEST:
                yield TimeBlock(start, min(start + LENGTH, end))
                start += LENGTH
