"""Where we are in a text that tells a day, and what a day, days or a stretch of days is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from actions.dutch_time_words import Part, TimeWords, Token

WORKING_DAYS, WEEKEND = frozenset(range(5)), frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class Days:
    """One day, a stretch of days, or days of every week."""

    first: date | None = None
    last: date | None = None
    weekly: frozenset[int] = frozenset()
    part: Part | None = None
    hours: int = 0
    """"over twee uur": that many hours from now, on the first day."""

    @classmethod
    def on(cls, day: date, part: Part | None = None) -> Days:
        return cls(day, day, part=part)


@dataclass(frozen=True, slots=True)
class Place:
    """Where we are reading, and from which day we look."""

    tokens: Sequence[Token]
    at: int
    today: date
    past: bool
    words: TimeWords

    def word(self, ahead: int = 0) -> str:
        at = self.at + ahead
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def is_one(self, kind: str, ahead: int = 0) -> bool:
        return self.words.is_one(kind, self.word(ahead))

    def ahead(self, steps: int) -> Place:
        return Place(self.tokens, self.at + steps, self.today, self.past, self.words)


Found = tuple[Days, int]
