"""Which day a few words mean, seen from a given day: "volgende week dinsdag", "over twee weken".

Every matcher looks at one place in the tokens and says what it found and how far it read.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from actions import dutch_dates
from actions.dutch_place import WEEKEND, WORKING_DAYS, Days, Found, Place
from actions.dutch_time_words import Part

_WEEK = 7


def days_at(place: Place) -> Found | None:
    """The day that begins here, and how many tokens it takes."""
    for matcher in _MATCHERS:
        found = matcher(place)
        if found:
            return found
    return None


def _named_day(place: Place) -> Found | None:
    """morgen, dinsdagmiddag, volgende week dinsdag, dinsdag over een week, elke dinsdag."""
    day, part = stem(place, 0)
    relative = place.words.relative_days.get(day)
    if relative is not None:
        return Days.on(place.today + timedelta(relative), part), 1
    weekday = place.words.weekday(day) if day else None
    if weekday is None or not _sure_of_day(place):
        return None
    if place.is_one("every", -1) or _is_plural(place):
        return Days(weekly=frozenset({weekday}), part=part), 1
    if place.is_one("past_behind", 1):
        back = Place(place.tokens, place.at, place.today, True, place.words)
        return Days.on(_nearest(weekday, back), part), 2
    if place.is_one("next_morning", 1):  # "dinsdag morgen" is the morning of that Tuesday
        return Days.on(_nearest(weekday, place), place.words.parts_joined[place.word(1)]), 2
    behind = _week_behind(place, weekday)
    if behind:
        return Days.on(behind[0], part), behind[1]
    return Days.on(_nearest(weekday, place), part), 1


def stem(place: Place, ahead: int) -> tuple[str, Part | None]:
    """A day with its part cut off: "maandagmiddag" is "maandag" and the afternoon."""
    words, word = place.words, place.word(ahead)
    for ending, part in words.parts_joined.items():
        day = word.removesuffix(ending)
        if day == word or not day:
            continue
        if day in words.lists["this_part"]:
            return next(w for w, off in words.relative_days.items() if off == 0), part
        if day in words.relative_days or words.weekday(day) is not None:
            return day, part
    return word, None


def _sure_of_day(place: Place) -> bool:
    """A short word ("wo", "do") is a day only beside something else about time."""
    if not place.is_one("doubtful"):
        return True
    around = (place.word(-2), place.word(-1), place.word(1), place.word(2))
    words = place.words
    if _joined_to_day(place, 1) or _joined_to_day(place, -1):
        return True
    return any(
        word in words.parts
        or word[:1].isdigit()
        or any(word in words.lists[kind] for kind in ("next", "coming", "last", "every"))
        for word in around
    )


def _joined_to_day(place: Place, step: int) -> bool:
    """ma t/m do; di of do."""
    joins = any(place.is_one(kind, step) for kind in ("and", "or", "until"))
    beside = place.word(2 * step if joins else step)
    return beside != place.word() and place.words.weekday(beside) is not None


def _is_plural(place: Place) -> bool:
    """dinsdags, maandagen: every week."""
    word = place.word()
    exact = word in place.words.weekdays
    return not exact and any(
        word.removesuffix(end) in place.words.weekdays
        for end in place.words.lists["plural_end"]
        if word.endswith(end)
    )


def _nearest(weekday: int, place: Place) -> date:
    if place.past:
        return place.today - timedelta((place.today.weekday() - weekday) % _WEEK or _WEEK)
    return place.today + timedelta((weekday - place.today.weekday()) % _WEEK or _WEEK)


def _week_behind(place: Place, weekday: int) -> tuple[date, int] | None:
    """dinsdag volgende week, dinsdag over twee weken."""
    if place.is_one("within", 1) and place.words.units.get(place.word(3)) == "week":
        weeks = place.words.number(place.word(2))
        if weeks:
            return _nearest(weekday, place) + timedelta(weeks * _WEEK), 4
    if place.words.units.get(place.word(2)) == "week":
        monday = _monday(place, 1)
        if monday:
            return monday + timedelta(weekday), 3
    return None


def _monday(place: Place, ahead: int) -> date | None:
    """The Monday of "volgende", "deze" or "vorige" week."""
    this = place.today - timedelta(place.today.weekday())
    for kind, weeks in (("next", 1), ("coming", 1), ("this", 0), ("last", -1)):
        if place.is_one(kind, ahead):
            return this + timedelta(weeks * _WEEK)
    return None


def _near_or_far(place: Place) -> Found | None:
    """volgende week (dinsdag), komende dinsdag, dit weekend, vorige maand."""
    monday = _monday(place, 0)
    if monday is None:
        return None
    unit, word = place.words.units.get(place.word(1)), place.word(1)
    if unit == "week":
        inside = days_at(place.ahead(2)) if _is_weekday(place, 2) else None
        if inside and inside[0].first:
            day = monday + timedelta(inside[0].first.weekday())
            return Days.on(day, inside[0].part), 2 + inside[1]
        return Days(
            max(monday, place.today) if not place.past else monday, monday + timedelta(6)
        ), 2
    if place.words.is_one("weekend", word):
        saturday = _nearest(5, place) if place.is_one("coming") else monday + timedelta(5)
        return Days(saturday, saturday + timedelta(1)), 2
    name, part = stem(place, 1)
    weekday = place.words.weekday(name)
    if weekday is None:
        return None
    if place.is_one("next"):
        return Days.on(monday + timedelta(weekday), part), 2
    towards = Place(place.tokens, place.at, place.today, place.is_one("last"), place.words)
    return Days.on(_nearest(weekday, towards), part), 2


def _is_weekday(place: Place, ahead: int) -> bool:
    return place.words.weekday(stem(place, ahead)[0]) is not None


def _counted(place: Place) -> Found | None:
    """over twee weken; drie dagen geleden."""
    if place.is_one("within"):
        number, unit = place.words.number(place.word(1)), place.words.units.get(place.word(2))
        if number and unit == "hour":
            return Days(place.today, place.today, hours=number), 3
        return (Days.on(moved(place.today, number, unit)), 3) if number and unit else None
    number, unit = place.words.number(place.word()), place.words.units.get(place.word(1))
    if number and unit and place.is_one("ago", 2):
        return Days.on(moved(place.today, -number, unit)), 3
    return None


def moved(day: date, number: int, unit: str) -> date:
    if unit in ("day", "week"):
        return day + timedelta(number * (_WEEK if unit == "week" else 1))
    if unit == "hour":
        return day
    months = day.year * 12 + day.month - 1 + number * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return min(date(year, month + 1, 1) + timedelta(day.day - 1), _last_of(year, month + 1))


def _last_of(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(1)


def _week_part(place: Place) -> Found | None:
    """doordeweeks; in het weekend."""
    if place.is_one("working_days"):
        return Days(weekly=WORKING_DAYS), 1
    return (Days(weekly=WEEKEND), 1) if place.is_one("weekend") else None


_MATCHERS: tuple[Callable[[Place], Found | None], ...] = (
    dutch_dates.written,
    dutch_dates.day_and_month,
    _near_or_far,
    _counted,
    _named_day,
    dutch_dates.ordinal,
    _week_part,
)
