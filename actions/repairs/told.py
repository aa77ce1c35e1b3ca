"""What a tenant tells beside the defect: who lives there, whether water runs, a photo.

Nothing of this is asked. Health, age and children count only where the tenant names them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from actions.repairs.lexicon import Lexicon
from actions.wording import Phrase, places, says, says_so, words_of

_FILE = Path(__file__).resolve().parents[2] / "data" / "repair_care.yml"
_PARTS = re.compile(r"[.;!?,\n]+|\ben\b|\bwant\b")
_NEAR = 3
_AGE_NEAR = 5


@dataclass(frozen=True, slots=True)
class Named:
    """Words with the label that staff reads."""

    label: str
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class _Age:
    ages: range
    years: frozenset[str]
    people: frozenset[str]
    before: frozenset[str]
    label: str


@dataclass(frozen=True, slots=True)
class Told:
    """The lists of data/repair_care.yml."""

    care: tuple[Named, ...]
    not_near: frozenset[str]
    age: _Age
    high: str
    water: tuple[Named, ...]
    photo: tuple[Phrase, ...]
    yes: str


def care(said: Sequence[str], lists: Told) -> tuple[str, ...]:
    """What makes this home more pressing, as labels; empty when the tenant named nothing."""
    labels = [named.label for named in lists.care if _is_named(named, said, lists)]
    age = _age(said, lists.age)
    if age:
        label = lists.age.label
        labels = [each for each in labels if each != label] + [f"{label} ({age})"]
    return tuple(labels)


def without_care(text: str, lists: Told) -> str:
    """The text without its parts on who lives there: only we need to know those."""
    if not care(words_of(text), lists):
        return text
    parts = [part for part in _PARTS.split(text) if part.strip()]
    return ", ".join(part.strip() for part in parts if not care(words_of(part), lists))


def _is_named(named: Named, said: Sequence[str], lists: Told) -> bool:
    return any(
        lists.not_near.isdisjoint(said[max(place.start - _NEAR, 0) : place.end + _NEAR])
        for phrase in named.phrases
        for place in places(phrase, said)
    )


def _age(said: Sequence[str], age: _Age) -> int | None:
    """A high age of a person: "ik ben 82", "mijn moeder van 82", not "80 euro"."""
    for at, word in enumerate(said):
        if not (word.isdecimal() and len(word) <= 3 and int(word) in age.ages):
            continue
        following = said[at + 1] if at + 1 < len(said) else ""
        before = said[max(at - _AGE_NEAR, 0) : at]
        of_person = not age.people.isdisjoint(before)
        if of_person and (following in age.years or said[at - 1] in age.before):
            return int(word)
    return None


def water(said: Sequence[str], lists: Told, words: Lexicon) -> str:
    """What the tenant tells about running water, as a label."""
    no = words.answers.nearby_no
    return next((each.label for each in lists.water if says_so(each.phrases, said, no)), "")


def names_photo(said: Sequence[str], lists: Told) -> bool:
    return says(lists.photo, said)


@lru_cache(maxsize=1)
def told_lists() -> Told:
    raw: Mapping[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    age = raw["age"]
    return Told(
        care=tuple(_named(each) for each in raw["care"]),
        not_near=frozenset(map(str, raw["not_near"])),
        age=_Age(
            range(int(age["from"]), int(age["to"])),
            frozenset(map(str, age["years"])),
            frozenset(map(str, age["people"])),
            frozenset(map(str, age["before"])),
            str(age["label"]),
        ),
        high=str(raw["high"]),
        water=tuple(_named(each) for each in raw["water"].values()),
        photo=_phrases(raw["photo"]),
        yes=str(raw["has_photo"]),
    )


def _named(raw: Mapping[str, Any]) -> Named:
    return Named(str(raw["label"]), _phrases(raw["words"]))


def _phrases(entries: Sequence[object]) -> tuple[Phrase, ...]:
    return tuple(Phrase.read(str(entry)) for entry in entries)
