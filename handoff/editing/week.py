"""A week of opening hours as editors write it, and what must be right about it. Pure.

Hours and days are wall-clock in Europe/Amsterdam.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from handoff.hours import WEEKDAYS, OpeningHours, read_hours

_CLOCK = re.compile(r"\b\d{2}:\d{2}\b")
_MOST_DAYS = 200
_LONGEST_REASON = 100


class WeekBroken(ValueError):
    """These opening hours cannot hold; the message is a code of the console's words."""


@dataclass(frozen=True, slots=True)
class Week:
    """``closed_on``: days when nobody is there, with the reason. ``in_words``: for tenants."""

    blocks: Mapping[str, Sequence[str]]
    closed_on: Mapping[date, str]
    in_words: str

    @property
    def hours(self) -> OpeningHours:
        return read_hours(
            {day: list(spans) for day, spans in self.blocks.items()}, list(self.closed_on)
        )

    def written(self) -> str:
        """As it is kept: one line per part, the same for the same week."""
        days = {day.isoformat(): why for day, why in sorted(self.closed_on.items())}
        blocks = {day: list(self.blocks.get(day, ())) for day in WEEKDAYS}
        raw = {"blocks": blocks, "closed_on": days, "in_words": self.in_words}
        return json.dumps(raw, ensure_ascii=False, indent=1)


def read_week(text: str) -> Week:
    """Read and check what ``written`` made, or what an editor sent.

    Raises:
        WeekBroken: with the code of the first mistake.
    """
    try:
        raw = json.loads(text)
        blocks = {str(day): tuple(map(str, spans)) for day, spans in raw["blocks"].items()}
        days = {date.fromisoformat(day): str(why).strip() for day, why in raw["closed_on"].items()}
        week = Week(blocks, days, str(raw["in_words"]).strip())
        hours = week.hours
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise WeekBroken("hours_unreadable") from wrong
    for mistake in _mistakes(week, hours):
        raise WeekBroken(mistake)
    return week


def _mistakes(week: Week, hours: OpeningHours) -> Iterator[str]:
    if not any(hours.blocks.values()):
        yield "hours_never_open"
    for blocks in hours.blocks.values():
        ordered = sorted(blocks, key=lambda block: block.opens)
        if any(a.closes > b.opens for a, b in pairwise(ordered)):
            yield "hours_overlap"
    if not all(0 < len(why) <= _LONGEST_REASON for why in week.closed_on.values()):
        yield "closing_without_reason"
    if len(week.closed_on) > _MOST_DAYS:
        yield "too_many_days"
    clocks = {
        clock for spans in week.blocks.values() for span in spans for clock in _CLOCK.findall(span)
    }
    if set(_CLOCK.findall(week.in_words)) != clocks:
        yield "words_other_hours"
