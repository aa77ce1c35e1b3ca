"""The words of data/dutch_when.yml, and a text cut into the tokens that they are looked up by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz.distance import OSA

_FILE = Path(__file__).resolve().parents[1] / "data" / "dutch_when.yml"
_TOKEN = re.compile(
    r"\bt/m\b"
    r"|\d{4}-\d\d-\d\d(?!\d)"  # 2026-12-03
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?!\d)"  # 3-12-2026
    r"|\d{1,2}[:.]\d\d(?!\d)"  # 14:30
    r"|\d{1,2}[-/]\d{1,2}(?!\d|[-/]\d)"  # 3-12, or 9-12 in hours
    r"|\d+|[^\W\d_]+|[-–?]",
    re.IGNORECASE,
)
_MISSPELT_FROM = 6

Part = tuple[time, time]


@dataclass(frozen=True, slots=True)
class Token:
    """One word or number, without accents, and where it stands in the text."""

    text: str
    start: int
    end: int


def tokens_of(text: str) -> tuple[Token, ...]:
    return tuple(
        Token(fold(found.group()), found.start(), found.end()) for found in _TOKEN.finditer(text)
    )


def fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.lower().replace("ı", "i").replace("ł", "l"))
    return "".join(c for c in plain if not unicodedata.combining(c)).replace("–", "-")


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Each word once, with what it stands for."""

    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    relative_days: Mapping[str, int]
    parts: Mapping[str, Part]
    parts_joined: Mapping[str, Part]
    units: Mapping[str, str]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    hours_plural: Mapping[str, int]
    lists: Mapping[str, frozenset[str]]
    weekday_names: tuple[str, ...]
    month_names: tuple[str, ...]
    noon_word: str
    noon: Part
    shown: Mapping[str, str]

    def is_one(self, kind: str, word: str) -> bool:
        return word in self.lists[kind]

    def weekday(self, word: str) -> int | None:
        return _look_up(self.weekdays, word)

    def month(self, word: str) -> int | None:
        return _look_up(self.months, word)

    def number(self, word: str) -> int | None:
        return int(word) if word.isdecimal() and len(word) <= 3 else self.numbers.get(word)


def _look_up(table: Mapping[str, int], word: str) -> int | None:
    """The word itself, or a long word that is one slip away from it."""
    if word in table or len(word) < _MISSPELT_FROM:
        return table.get(word)
    near = [key for key in table if len(key) >= _MISSPELT_FROM and OSA.distance(key, word) == 1]
    return table[near[0]] if near else None


@lru_cache(maxsize=1)
def time_words() -> TimeWords:
    raw: Mapping[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return TimeWords(
        weekdays=_numbered(raw["weekdays"], first=0),
        months=_numbered(raw["months"], first=1),
        relative_days={
            str(word): int(day) for day, words in raw["days_from_today"].items() for word in words
        },
        parts=_parts(raw["parts"], "words"),
        parts_joined=_parts(raw["parts"], "joined"),
        units={str(word): str(unit) for unit, words in raw["units"].items() for word in words},
        numbers=_counts(raw["numbers"]),
        ordinals=_counts(raw["ordinals"]),
        hours_plural=_counts(raw["hours_plural"]),
        lists={
            name: frozenset(map(str, words))
            for name, words in raw.items()
            if isinstance(words, list) and not any(isinstance(w, list | dict) for w in words)
        },
        weekday_names=tuple(raw["weekday_names"]),
        month_names=tuple(raw["month_names"]),
        noon_word=str(raw["noon"]["word"]),
        noon=_part(raw["noon"]),
        shown=raw["shown"],
    )


def _numbered(groups: Iterable[Iterable[str]], first: int) -> dict[str, int]:
    return {str(word): at for at, words in enumerate(groups, first) for word in words}


def _counts(table: Mapping[Any, Any]) -> dict[str, int]:
    return {str(word): int(value) for word, value in table.items()}


def _parts(entries: Iterable[Mapping[str, Any]], kind: str) -> dict[str, Part]:
    return {str(word): _part(entry) for entry in entries for word in entry[kind]}


def _part(entry: Mapping[str, Any]) -> Part:
    return time.fromisoformat(entry["from"]), time.fromisoformat(entry["to"])
