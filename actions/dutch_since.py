"""Since when something is wrong: "sinds gisteren", "al drie dagen", "vorige week begonnen"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from actions.dutch_days import days_at, moved, stem
from actions.dutch_place import Place
from actions.dutch_time_words import time_words, tokens_of
from actions.dutch_when import AMSTERDAM

_MOST_FILLERS = 3


@dataclass(frozen=True, slots=True)
class Since:
    """The tenant's own words for it, and the day where they tell one."""

    words: str
    day: date | None = None


def find_since(text: str, now: datetime) -> Since | None:
    """The first thing in the text that tells since when."""
    words, tokens = time_words(), tokens_of(text)
    local = now.astimezone(AMSTERDAM)
    for at in range(len(tokens)):
        place = Place(tokens, at, local.date(), True, words)
        found = _since(place) or _already(place) or _in_the_past(place, local.time())
        if found:
            day, length = found
            return Since(text[tokens[at].start : tokens[at + length - 1].end], day)
    return None


def _since(place: Place) -> tuple[date | None, int] | None:
    """sinds dinsdag; sinds een week."""
    if not place.is_one("since"):
        return None
    for ahead in range(1, _MOST_FILLERS):
        found = days_at(place.ahead(ahead))
        if found and found[0].first and found[0].first <= place.today:
            return found[0].first, ahead + found[1]
        lasted = _lasted(place.ahead(ahead))
        if lasted:
            return lasted[0], ahead + lasted[1]
    return None


def _already(place: Place) -> tuple[date | None, int] | None:
    """al drie dagen; al ruim een week; al weken."""
    if not place.is_one("already"):
        return None
    ahead = 1
    while place.is_one("already", ahead):
        ahead += 1
    lasted = _lasted(place.ahead(ahead))
    if lasted:
        return lasted[0], ahead + lasted[1]
    if place.is_one("long_time", ahead):
        return None, ahead + 1
    return None


def _lasted(place: Place) -> tuple[date | None, int] | None:
    """drie dagen; een paar weken; weken."""
    number, unit = place.words.number(place.word()), place.words.units.get(place.word(1))
    if number and place.is_one("vague", 1) and place.words.units.get(place.word(2)):
        return None, 3
    if number and unit:
        return (None if place.is_one("vague") else moved(place.today, -number, unit)), 2
    return (None, 1) if place.is_one("long_time") else None


def _in_the_past(place: Place, clock: time) -> tuple[date | None, int] | None:
    """gisteravond; vorige week; drie dagen geleden; vannacht."""
    relative = place.words.relative_days.get(stem(place, 0)[0])
    sure = place.is_one("last") or place.words.units.get(place.word(1)) or (relative or 0) < 0
    found = None if place.is_one("this") else days_at(place)
    if not found or found[0].first is None:
        return None
    part = found[0].part
    this_part = part is not None and found[0].first == place.today and part[0] <= clock
    before = found[0].first < place.today
    return (found[0].first, found[1]) if this_part or (sure and before) else None
