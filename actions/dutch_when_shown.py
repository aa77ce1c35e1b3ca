"""A day or a stretch of time in Dutch words, from the catalogue of data/dutch_when.yml."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from actions.dutch_place import WEEKEND, WORKING_DAYS
from actions.dutch_time_words import time_words
from actions.dutch_when import When


def show_day(day: date) -> str:
    words = time_words()
    weekday, month = words.weekday_names[day.weekday()], words.month_names[day.month - 1]
    return words.shown["date"].format(weekday=weekday, day=day.day, month=month)


def show_when(stretches: Sequence[When]) -> str:
    """All stretches in one line: "dinsdag 1 december vanaf 17:00"."""
    return time_words().shown["or"].join(dict.fromkeys(map(_stretch, stretches)))


def _stretch(when: When) -> str:
    return " ".join(part for part in (_days(when), _hours(when)) if part)


def _days(when: When) -> str:
    shown, names = time_words().shown, time_words().weekday_names
    if when.weekly in (WORKING_DAYS, WEEKEND):
        return shown["working_days" if when.weekly == WORKING_DAYS else "weekend"]
    if when.weekly:
        return shown["weekly"].format(day=names[min(when.weekly)])
    first = show_day(when.first) if when.first else ""
    last = show_day(when.last) if when.last else ""
    if not (first and last):
        open_side = shown["from_day"] if first else shown["until_day"]
        return open_side.format(day=first or last) if first or last else ""
    return first if first == last else shown["from_to"].format(first=first, last=last)


def _hours(when: When) -> str:
    shown = time_words().shown
    start, end = _clock(when.start), _clock(when.end)
    if start and end:
        kind = "at" if start == end else "between"
    elif start or end:
        kind = "after" if start else "before"
    else:
        return ""
    return shown[kind].format(start=start, end=end)


def _clock(moment: time | None) -> str:
    return f"{moment:%H:%M}" if moment else ""
