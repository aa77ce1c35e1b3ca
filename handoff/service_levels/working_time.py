"""Time in opening hours: how much passed, and when so much will have passed. Pure.

Moments are aware UTC. Opening hours are wall-clock times in Europe/Amsterdam; a block that lies
over a change of the clock is as long as it really lasts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from handoff.clock import AMSTERDAM
from handoff.hours import NeverOpen, OpeningHours

_MOST_DAYS = 730
"""How far a due moment is looked for: further than any promise goes."""


def opening_spans(hours: OpeningHours, first: date) -> Iterator[tuple[datetime, datetime]]:
    """Opening and closing of each block from this day on, in order, for two years."""
    for days in range(_MOST_DAYS):
        day = first + timedelta(days=days)
        for block in sorted(hours.blocks_on(day), key=lambda one: one.opens):
            opens = datetime.combine(day, block.opens, AMSTERDAM).astimezone(UTC)
            closes = datetime.combine(day, block.closes, AMSTERDAM).astimezone(UTC)
            if closes > opens:
                yield opens, closes


def worked(hours: OpeningHours | None, start: datetime, end: datetime) -> timedelta:
    """The working time between two moments; nothing when ``end`` is not after ``start``.

    ``hours`` None: work goes on around the clock.
    """
    if end <= start:
        return timedelta(0)
    if hours is None:
        return end - start
    total = timedelta(0)
    for opens, closes in opening_spans(hours, start.astimezone(AMSTERDAM).date()):
        if opens >= end:
            break
        total += max(min(closes, end) - max(opens, start), timedelta(0))
    return total


def after_working(hours: OpeningHours | None, start: datetime, budget: timedelta) -> datetime:
    """The first moment at which this much working time has passed since ``start``.

    Raises:
        NeverOpen: the opening hours do not hold so much in two years.
    """
    if budget <= timedelta(0):
        return start
    if hours is None:
        return start + budget
    for opens, closes in opening_spans(hours, start.astimezone(AMSTERDAM).date()):
        begins = max(opens, start)
        if closes <= begins:
            continue
        if closes - begins >= budget:
            return begins + budget
        budget -= closes - begins
    raise NeverOpen("the opening hours do not hold this much working time in two years")
