"""Days and times in a text, seen from a given moment: "volgende week dinsdag na vijven".

Pure: the caller says what moment it is. Days are Dutch days (Europe/Amsterdam).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from actions.dutch_clock import Clock, clocks_at
from actions.dutch_days import days_at
from actions.dutch_place import Days, Place
from actions.dutch_time_words import Part, TimeWords, Token, time_words, tokens_of

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_ROLES = ("between", "until", "before", "after", "around", "and", "or")
_ANNOUNCE_HOUR = ("between", "until", "before", "after", "around")
_JOIN = ("and", "or")
_RANGE_AHEAD = 6


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of time; what is None is open. ``weekly`` are days of every week (0 is Monday)."""

    first: date | None = None
    last: date | None = None
    weekly: frozenset[int] = frozenset()
    start: time | None = None
    end: time | None = None


def find_when(text: str, now: datetime) -> tuple[When, ...]:
    """What the text says about days and hours that come; empty when it says none.

    Where something is ruled out ("niet op dinsdag") nothing is returned: then only the
    tenant's own words are safe.
    """
    local = now.astimezone(AMSTERDAM)
    reading = _read(text, local.date())
    if reading.ruled_out:
        return ()
    return tuple(_finished(stretch, local) for stretch in _shared_hours(reading.stretches))


def tells_time(text: str, now: datetime) -> bool:
    """Whether the text tells any day or hour, even one that is ruled out."""
    return bool(_read(text, now.astimezone(AMSTERDAM).date()).stretches)


def _read(text: str, today: date) -> _Reading:
    reading = _Reading(tokens_of(text), today, time_words())
    reading.run()
    return reading


@dataclass(slots=True)
class _Stretch:
    """What has been read of one stretch."""

    days: Days | None = None
    open_end: bool = False
    open_start: bool = False
    part: Part | None = None
    start: Clock | None = None
    end: Clock | None = None
    after: bool = False
    exact: bool = False
    joined: bool = False
    """Bound to the one before it by "and" or "or"."""

    @property
    def timed(self) -> bool:
        return bool(self.part or self.start or self.end or (self.days and self.days.hours))


@dataclass(slots=True)
class _Reading:
    tokens: Sequence[Token]
    today: date
    words: TimeWords
    stretches: list[_Stretch] = field(default_factory=list)
    ruled_out: bool = False
    bound: str = ""
    joined: bool = False
    gap: int = 0

    def run(self) -> None:
        at = 0
        while at < len(self.tokens):
            at += self._step(Place(self.tokens, at, self.today, False, self.words))

    def _step(self, place: Place) -> int:
        days = days_at(place)
        if days:
            self._days(days[0])
            return self._heard(place, days[1])
        hours = clocks_at(place, expected=self.bound in _ANNOUNCE_HOUR and self.gap == 0)
        if hours:
            self._clocks(hours[0])
            return self._heard(place, hours[1])
        if place.word() in self.words.parts:
            self._part(place)
            return self._heard(place, 1)
        role = self._role(place)
        if role in _JOIN and self.bound in ("between", "until"):
            self.gap = 0  # "tussen 9 en 12", "tot en met donderdag"
        elif role in _JOIN:
            self.joined, self.gap = True, 0
        elif role:
            self.bound, self.gap = role, 0
        elif not place.is_one("of") and not place.is_one("early"):
            self.gap += 1
            self.joined = self.joined and self.gap < 2
        return 1

    def _role(self, place: Place) -> str:
        """What a small word announces; "tussen" and "van" only where a range follows."""
        role = next((role for role in _ROLES if place.is_one(role)), "")
        if role == "between" and not _follows(place, "and") and not self._is_noon(place):
            return ""
        if place.is_one("from") and _follows(place, "until"):
            return "between"
        return role

    def _is_noon(self, place: Place) -> bool:
        return self.words.noon_word in (place.word(1), place.word(2))

    def _heard(self, place: Place, length: int) -> int:
        near = (place.word(-2), place.word(-1), place.word(length))
        self.ruled_out |= any(self.words.is_one("negation", word) for word in near)
        if not (self.bound == "between" and self.stretches and self.stretches[-1].end is None):
            self.bound = ""
        self.joined, self.gap = False, 0
        return length

    def _last(self) -> _Stretch:
        if not self.stretches:
            self.stretches.append(_Stretch())
        return self.stretches[-1]

    def _next(self) -> _Stretch:
        self.stretches.append(_Stretch(joined=self.joined))
        return self.stretches[-1]

    def _days(self, days: Days) -> None:
        stretch = self._last()
        known = stretch.days
        if known and known.first and days.first and self.bound in ("until", "between"):
            last = days.last or days.first
            while last < known.first:
                last += timedelta(7)
            stretch.days, stretch.open_end = Days(known.first, last), False
            return
        more_exact = known and not self.joined and self.gap == 0 and not stretch.timed
        if known and not more_exact:
            stretch = self._next()
        stretch.days, stretch.part = days, days.part or stretch.part
        stretch.open_end = self.bound == "after" and bool(days.first)
        stretch.open_start = self.bound in ("before", "until") and bool(days.first)

    def _part(self, place: Place) -> None:
        part = self.words.parts[place.word()]
        if self.bound == "between" and place.word() == self.words.noon_word:
            part = self.words.noon
        stretch = self._last()
        if stretch.part and stretch.part != part:
            days, stretch = stretch.days, self._next()
            stretch.days = days
        stretch.part = part

    def _clocks(self, clocks: tuple[Clock, ...]) -> None:
        stretch = self._last()
        ends = self.bound == "until" or (self.bound == "between" and stretch.start is not None)
        if (stretch.start or stretch.end) and not (ends and (stretch.end is None or stretch.exact)):
            days, stretch = stretch.days, self._next()
            stretch.days, ends = days, self.bound == "until"
        if len(clocks) > 1:
            stretch.start, stretch.end = clocks
            stretch.exact = False
        elif ends or self.bound == "before":
            stretch.end, stretch.exact = clocks[0], False
        else:
            stretch.start = clocks[0]
            stretch.after = self.bound == "after"
            stretch.exact = not (stretch.after or self.bound == "between")
            stretch.end = clocks[0] if stretch.exact else None


def _follows(place: Place, kind: str) -> bool:
    return any(place.is_one(kind, ahead) for ahead in range(2, _RANGE_AHEAD))


def _shared_hours(stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """ "maandag en woensdag na vijven": the hours are for both days."""
    shared = list(stretches)
    for at in range(len(shared) - 1, 0, -1):
        mine, before = shared[at], shared[at - 1]
        if mine.joined and mine.timed and before.days and not before.timed:
            shared[at - 1] = replace(
                before, part=mine.part, start=mine.start, end=mine.end, after=mine.after
            )
    return shared


def _finished(stretch: _Stretch, now: datetime) -> When:
    days = stretch.days or Days()
    if days.hours:
        moment = now + timedelta(hours=days.hours)
        clock = moment.time().replace(second=0, microsecond=0)
        return When(moment.date(), moment.date(), start=clock, end=clock)
    start = stretch.start.at(stretch.part, stretch.after) if stretch.start else None
    end = stretch.end.at(stretch.part) if stretch.end else None
    if start and end and end < start and end.hour < 12:
        end = end.replace(hour=end.hour + 12)
    if stretch.part and not (start or end):
        start, end = stretch.part
    return When(
        None if stretch.open_start else days.first,
        None if stretch.open_end else days.last,
        days.weekly,
        start,
        end,
    )
