"""By when a repair is done, as the corporation promises its tenants (corporation.yml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

import yaml

from actions.dutch_when import AMSTERDAM
from actions.repairs.office_words import office_words
from actions.repairs.request import URGENT

_FILE = Path(__file__).resolve().parents[2] / "corporation.yml"
_COUNTED = re.compile(r"(\d+)\s+(\w+)")
_FRIDAY = 4


class NoSuchPromise(ValueError):
    """A promise of corporation.yml is not "binnen <number> <unit>"."""


@dataclass(frozen=True, slots=True)
class Promise:
    """``working_days`` do not count Saturdays and Sundays."""

    span: timedelta
    working_days: int = 0

    def until(self, start: datetime) -> datetime:
        """The last moment that keeps the promise; in days, the end of a Dutch day."""
        if not self.working_days:
            return start + self.span
        local = start.astimezone(AMSTERDAM).replace(hour=23, minute=59, second=59)
        left = self.working_days
        while left:
            local += timedelta(days=1)
            left -= local.weekday() <= _FRIDAY
        return local


@dataclass(frozen=True, slots=True)
class Promises:
    urgent: Promise
    done: Promise

    def until(self, priority: str, reported: datetime) -> datetime:
        """By when a repair of this priority, reported then, is promised to be done."""
        return (self.urgent if priority == URGENT else self.done).until(reported)


def read_promise(text: str) -> Promise:
    """ "binnen 10 werkdagen" as a span of time.

    Raises:
        NoSuchPromise: it has no number with a unit that we know.
    """
    found, units = _COUNTED.search(text), office_words().units
    if found:
        count, unit = int(found.group(1)), found.group(2).lower()
        if unit in units["working_days"]:
            return Promise(timedelta(), count)
        for name in ("hours", "days", "weeks"):
            if unit in units[name]:
                return Promise(timedelta(**{name: count}))
    raise NoSuchPromise(text)


@lru_cache(maxsize=1)
def promises() -> Promises:
    raw = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["promises"]
    return Promises(read_promise(str(raw["repair_urgent"])), read_promise(str(raw["repair_done"])))
