"""Which hour a few words mean: "half drie", "kwart voor acht", "na vijven", "16u30"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from actions.dutch_place import Place
from actions.dutch_time_words import Part

_NOON = 12
_FIRST_VISIT = 7
"""Nobody asks for a visit before seven: "drie uur" is in the afternoon."""
_EVENING_AFTER = 7
"""Behind "na", up to this hour means the evening: "na zevenen"."""


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour as it was said; morning or evening is decided when all is read."""

    hour: int
    minute: int = 0
    plural: bool = False

    def at(self, part: Part | None, after: bool = False) -> time:
        """The hour of the day that is meant."""
        hour = self.hour % 24
        if 0 < hour <= _NOON and part:
            afternoon = part[0].hour >= _NOON
            if afternoon and hour < _NOON:
                hour += _NOON
        elif 0 < hour < _FIRST_VISIT or (
            after and hour <= _EVENING_AFTER + self.plural and hour < _NOON
        ):
            hour += _NOON
        return time(hour, self.minute)

    def before_hour(self, minutes: int) -> Clock:
        total = (self.hour * 60 + self.minute - minutes) % (24 * 60)
        return Clock(total // 60 or _NOON, total % 60, self.plural)


Clocks = tuple[tuple[Clock, ...], int]


def clocks_at(place: Place, expected: bool) -> Clocks | None:
    """One hour, or two of a range ("9-12 uur"), and how many tokens they take.

    ``expected``: something before announces an hour, so that a bare number is one.
    """
    written = _written(place, expected)
    if written:
        return written
    spoken = _spoken(place) or _minutes_beside(place)
    if spoken:
        return (spoken[0],), spoken[1] + place.is_one("hour_word", spoken[1])
    hour = _hour(place)
    if hour is None:
        return None
    if place.words.units.get(place.word(1), "hour") != "hour":
        return None  # "van 3 weken"
    if place.is_one("hour_word", 1):
        minutes = place.word(2)
        if len(minutes) == 2 and minutes.isdecimal() and int(minutes) < 60:
            return (Clock(hour.hour, int(minutes)),), 3
        return (hour,), 2
    opens_range = place.is_one("until", 1) and _hour(place.ahead(2)) is not None
    expected = expected and not place.is_one("article")
    return ((hour,), 1) if expected or opens_range else None


def _written(place: Place, expected: bool) -> Clocks | None:
    """14:30; 9.00 uur; 9-12 uur."""
    word = place.word()
    spoken = expected or place.is_one("hour_word", 1)
    for mark in (":", ".", "-"):
        left, found, right = word.partition(mark)
        if not (found and left.isdecimal() and right.isdecimal()):
            continue
        first, second = int(left), int(right)
        length = 1 + place.is_one("hour_word", 1)
        if mark == "-":
            hours = first <= 24 and second <= 24 and spoken
            return ((Clock(first), Clock(second)), length) if hours else None
        if first < 24 and second < 60 and (mark == ":" or spoken):
            return (Clock(first, second),), length
    return None


def _spoken(place: Place) -> tuple[Clock, int] | None:
    """half drie; kwart voor acht; kwart over drie."""
    if place.is_one("half"):
        hour = _hour(place.ahead(1))
        return (hour.before_hour(30), 2) if hour else None
    if place.is_one("quarter"):
        return _beside(place, 15, 1)
    return None


def _minutes_beside(place: Place) -> tuple[Clock, int] | None:
    """tien voor half vier; vijf minuten over drie."""
    minutes = place.words.number(place.word())
    if not minutes or minutes > 30:
        return None
    return _beside(place, minutes, 2 if place.is_one("minutes_word", 1) else 1)


def _beside(place: Place, minutes: int, ahead: int) -> tuple[Clock, int] | None:
    to, past = place.is_one("to_hour", ahead), place.is_one("past_hour", ahead)
    if not (to or past):
        return None
    half = place.is_one("half", ahead + 1)
    hour = _hour(place.ahead(ahead + 1 + half))
    if hour is None or place.words.units.get(place.word(ahead + 2)) not in (None, "hour"):
        return None
    base = hour.before_hour(30) if half else hour
    return base.before_hour(minutes if to else -minutes), ahead + 2 + half


def _hour(place: Place) -> Clock | None:
    word = place.word()
    plural = place.words.hours_plural.get(word)
    if plural:
        return Clock(plural, plural=True)
    hour = place.words.number(word)
    if hour is None or hour > 24 or place.is_one("vague") or (word.isalpha() and len(word) == 1):
        return None
    return Clock(hour)
