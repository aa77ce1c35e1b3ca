"""Opening hours: when a person is there, and when the next one will be.

Hours are wall-clock times in Europe/Amsterdam; moments are aware UTC.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

import holidays

from handoff.clock import AMSTERDAM

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LOOK_AHEAD_DAYS = 60


class NeverOpen(ValueError):
    """The opening hours hold no opening in the next two months."""


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of a day. ``closes`` is the first moment that is no longer open."""

    opens: time
    closes: time


@lru_cache(maxsize=16)
def _dutch_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NL", years=year))


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Blocks per weekday (0 = Monday), closed on Dutch public holidays and on ``closed_on``."""

    blocks: Mapping[int, Sequence[Block]]
    closed_on: Set[date] = frozenset()

    def blocks_on(self, day: date) -> Sequence[Block]:
        if day in self.closed_on or day in _dutch_holidays(day.year):
            return ()
        return self.blocks.get(day.weekday(), ())

    def is_open(self, at: datetime) -> bool:
        local = at.astimezone(AMSTERDAM)
        wall = local.time().replace(tzinfo=None)
        return any(block.opens <= wall < block.closes for block in self.blocks_on(local.date()))

    def next_opening(self, at: datetime) -> datetime:
        """The next moment somebody starts work, strictly after ``at``, in UTC.

        Raises:
            NeverOpen: nothing opens in the next two months.
        """
        first = at.astimezone(AMSTERDAM).date()
        for days in range(_LOOK_AHEAD_DAYS):
            day = first + timedelta(days=days)
            for block in sorted(self.blocks_on(day), key=lambda b: b.opens):
                opening = datetime.combine(day, block.opens, AMSTERDAM).astimezone(UTC)
                if opening > at:
                    return opening
        raise NeverOpen("the opening hours hold no opening in the next 60 days")


def read_hours(raw: Mapping[str, object], closed_on: Sequence[date] = ()) -> OpeningHours:
    """Read ``{monday: ["08:30-17:00"], ...}`` as it stands in ``corporation.yml``.

    Raises:
        ValueError: an unknown weekday, or a block that is not ``HH:MM-HH:MM``.
    """
    blocks: dict[int, list[Block]] = {}
    for name, spans in raw.items():
        if name not in WEEKDAYS:
            raise ValueError(f"opening hours: unknown weekday {name!r}")
        if not isinstance(spans, list):
            raise ValueError(f"opening hours: {name} must be a list of HH:MM-HH:MM")
        blocks[WEEKDAYS.index(name)] = [_read_block(str(span)) for span in spans]
    return OpeningHours(blocks, frozenset(closed_on))


def _read_block(span: str) -> Block:
    opens, dash, closes = span.partition("-")
    if not dash:
        raise ValueError(f"opening hours: {span!r} is not HH:MM-HH:MM")
    block = Block(time.fromisoformat(opens.strip()), time.fromisoformat(closes.strip()))
    if block.opens >= block.closes:
        raise ValueError(f"opening hours: {span!r} ends before it starts")
    return block
