"""Rooms, parts and defects by the words of data/repair_words.yml, with VERA's codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from actions.wording import Phrase, find

_FILE = Path(__file__).resolve().parents[2] / "data" / "repair_words.yml"


@dataclass(frozen=True, slots=True)
class Entry:
    """One room, part or defect. ``room`` is the room that a part gives away.

    ``surface``: a wall or floor, which gets wet or mouldy by something else.
    """

    label: str
    code: str
    room: str
    phrases: tuple[Phrase, ...]
    surface: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """Ways to say yes, no, that you do not know, that you want to stop, that you meant another."""

    agree: tuple[Phrase, ...]
    refuse: tuple[Phrase, ...]
    fine: tuple[Phrase, ...]
    wrong: tuple[Phrase, ...]
    here: tuple[Phrase, ...]
    unknown: tuple[Phrase, ...]
    stop: tuple[Phrase, ...]
    correction: tuple[Phrase, ...]
    only: tuple[Phrase, ...]
    reachable: tuple[Phrase, ...]
    broken_hint: tuple[Phrase, ...]
    question: tuple[Phrase, ...]
    filler: tuple[Phrase, ...]
    calls_danger: tuple[Phrase, ...]
    asks_danger: tuple[Phrase, ...]
    is_danger: tuple[Phrase, ...]
    is_safe: tuple[Phrase, ...]
    nearby_no: frozenset[str]
    places: frozenset[str]
    articles: frozenset[str]
    also: frozenset[str]
    unknown_label: str
    yes_label: str
    no_label: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    rooms: tuple[Entry, ...]
    elements: tuple[Entry, ...]
    defects: tuple[Entry, ...]
    answers: Answers
    consequences: frozenset[str]

    @property
    def defect_labels(self) -> frozenset[str]:
        return frozenset(entry.label for entry in self.defects)

    @property
    def surfaces(self) -> frozenset[str]:
        return frozenset(entry.label for entry in self.elements if entry.surface)

    def code_of(self, entries: Sequence[Entry], label: str) -> str:
        return next((entry.code for entry in entries if entry.label == label), "")


def best(entries: Sequence[Entry], said: Sequence[str]) -> Entry | None:
    """The entry that is found best; among equals the first of the list."""
    found = [(max(find(phrase, said) for phrase in entry.phrases), entry) for entry in entries]
    score, entry = max(found, key=lambda pair: pair[0])
    return entry if score else None


def _phrases(entries: Sequence[object]) -> tuple[Phrase, ...]:
    return tuple(Phrase.read(str(entry)) for entry in entries)


def _words(entries: Sequence[object]) -> frozenset[str]:
    return frozenset(map(str, entries))


def _entry(raw: Mapping[str, Any]) -> Entry:
    return Entry(
        str(raw["label"]),
        str(raw.get("code", "")),
        str(raw.get("room", "")),
        _phrases(raw["words"]),
        bool(raw.get("surface")),
    )


def _answers(answers: Mapping[str, Any], danger: Mapping[str, Any]) -> Answers:
    names = (
        *("agree", "refuse", "fine", "wrong", "here", "unknown", "stop", "correction"),
        *("only", "reachable", "broken_hint", "question", "filler"),
    )
    return Answers(
        **{name: _phrases(answers[name]) for name in names},
        calls_danger=_phrases(danger["calls_danger"]),
        asks_danger=_phrases(danger["asks_danger"]),
        is_danger=_phrases(danger["is_danger"]),
        is_safe=_phrases(danger["is_safe"]),
        nearby_no=_words(answers["nearby_no"]),
        places=_words(answers["places"]),
        articles=_words(answers["articles"]),
        also=_words(answers["also"]),
        unknown_label=str(answers["unknown_label"]),
        yes_label=str(danger["yes_label"]),
        no_label=str(danger["no_label"]),
    )


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    raw = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    rooms, elements, defects = (
        tuple(_entry(entry) for entry in raw[kind]) for kind in ("rooms", "elements", "defects")
    )
    answers = _answers(raw["answers"], raw["danger"])
    consequences = _words(raw["consequences"])
    return Lexicon(rooms, elements, defects, answers, consequences)
