"""A date of birth as tenants write and say it: "3 mei 1961", "03-05-61", "drie mei eenenzestig"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from actions.dutch_time_words import fold, time_words

_DATA = Path(__file__).resolve().parents[1] / "data"
_DIGITS_FIRST = re.compile(r"(?<!\d)(\d{1,2})([\s./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_IN_A_ROW = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{4})(?!\d)")
_WORD = re.compile(r"\d+|[^\W\d_]+")
_OLDEST = 120
"""Nobody is older (years)."""
_YOUNGEST = 16
"""With two digits of a year: nobody younger rents (years)."""


@dataclass(frozen=True, slots=True)
class BirthDate:
    """A date that was told. ``day`` is None for one that cannot be: 31 February, the future."""

    day: date | None


def find_birth_date(text: str, today: date) -> BirthDate | None:
    """The first date of birth in the text; None when none is told. ``today`` in Dutch time."""
    parts = _in_digits(text) or _in_words(text)
    if parts is None:
        return None
    day, month, year = parts
    return BirthDate(_possible(day, month, _full(year, today), today))


def _in_digits(text: str) -> tuple[int, int, int] | None:
    found = _YEAR_FIRST.search(text)
    if found:
        return int(found[3]), int(found[2]), int(found[1])
    found = _DIGITS_FIRST.search(text)
    if found:
        return int(found[1]), int(found[3]), int(found[4])
    found = _IN_A_ROW.search(text)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def _in_words(text: str) -> tuple[int, int, int] | None:
    words = [fold(found.group()) for found in _WORD.finditer(text)]
    for at, word in enumerate(words):
        month = None if word in _numbers() else time_words().month(word)
        year = _year(words[at + 1 :]) if month else None
        day = _day(words[:at])
        if month and year is not None and day is not None:
            return day, month, year
    return _three_numbers(words)


def _three_numbers(words: Sequence[str]) -> tuple[int, int, int] | None:
    """ "drie vijf eenenzestig": day, month, year."""
    for at in range(len(words) - 2):
        day, month = _numbers().get(words[at]), _numbers().get(words[at + 1])
        year = _year(words[at + 2 :])
        if day is not None and month is not None and year is not None:
            return day, month, year
    return None


def _day(before: Sequence[str]) -> int | None:
    words = time_words()
    for word in reversed(before[-2:]):
        number = int(word) if word.isdecimal() and len(word) <= 2 else None
        number = number or words.ordinals.get(word) or _numbers().get(word)
        if number is not None:
            return number
        if word not in words.lists["ordinal_end"]:
            return None
    return None


def _year(after: Sequence[str]) -> int | None:
    if not after:
        return None
    first, second = after[0], after[1] if len(after) > 1 else ""
    if first.isdecimal():
        return int(first) if len(first) in (2, 4) else None
    if first in _centuries() and second in _numbers():
        return _centuries()[first] + _numbers()[second]
    for century, start in _centuries().items():
        rest = _numbers().get(first.removeprefix(century))
        if first.startswith(century) and rest is not None:
            return start + rest
    return _numbers().get(first)


def _full(year: int, today: date) -> int:
    if year >= 100:
        return year
    this_century = today.year // 100 * 100 + year
    return this_century if this_century <= today.year - _YOUNGEST else this_century - 100


def _possible(day: int, month: int, year: int, today: date) -> date | None:
    try:
        born = date(year, month, day)
    except ValueError:
        return None
    return born if today.year - _OLDEST <= born.year and born <= today else None


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    """Dutch words of 1 to 99, without accents."""
    raw = yaml.safe_load((_DATA / "dutch_numbers.yml").read_text(encoding="utf-8"))
    small = {fold(str(word)): int(value) for word, value in raw["digits"].items()}
    units = {word: value for word, value in small.items() if value and not word.isdecimal()}
    tens = {fold(str(word)): int(value) for word, value in raw["tens"].items()}
    joined = {
        f"{unit}{raw['tens_join']}{ten}": value + of
        for unit, value in units.items()
        for ten, of in tens.items()
    }
    teens = {fold(str(word)): int(value) for word, value in raw["teens"].items()}
    return {**units, **teens, **tens, **joined}


@lru_cache(maxsize=1)
def _centuries() -> dict[str, int]:
    raw = yaml.safe_load((_DATA / "identity_words.yml").read_text(encoding="utf-8"))
    return {str(word): int(year) for word, year in raw["centuries"].items()}
