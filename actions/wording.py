"""Finds the words of a list in what a tenant typed, misspelt or not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from rapidfuzz.distance import OSA

_TOKEN = re.compile(r"\w+")
_FORGIVE_ONE, _FORGIVE_TWO = 5, 9
_SOUNDS_FROM = 4
_LONGEST_GAP = 4
_NEAR = 2
_DOUBLED = re.compile(r"(.)\1+")
_SOUNDS = Path(__file__).resolve().parents[1] / "data" / "dutch_sounds.yml"


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, lower case, without accents; "c.v." and "cv" are the same."""
    folded = unicodedata.normalize("NFKD", re.sub("['’]", "", text.lower()))
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    return tuple(_TOKEN.findall(re.sub(r"\b(\w)\.(?=\w\b)", r"\1", plain)))


@dataclass(frozen=True, slots=True)
class Phrase:
    """One entry of a list, cut into words.

    ``*`` at an end of it stands for any letters, ``~`` for up to four words, and ``=`` in front
    forbids misspelling, for words that are one letter away from a harmless one.
    """

    words: tuple[str, ...]
    open_start: bool
    open_end: bool
    exact: bool = False
    gap: int = 0
    """How many words come before the ``~``; 0 when there is none."""

    @classmethod
    def read(cls, entry: str) -> Phrase:
        before, gap, _ = entry.partition("~")
        return cls(
            words_of(entry),
            entry.startswith("*"),
            entry.endswith("*"),
            entry.startswith("="),
            len(words_of(before)) if gap else 0,
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a phrase was found, and how well."""

    start: int
    end: int
    score: float


def places(phrase: Phrase, said: Sequence[str]) -> Iterator[Place]:
    """Everywhere the phrase stands in the text."""
    head, tail = phrase.words[: phrase.gap], phrase.words[phrase.gap :]
    first = "" if phrase.open_start else _sound(phrase.words[0][:1])
    for start in range(len(said) - len(phrase.words) + 1):
        if first and _sound(said[start][:1]) != first:
            continue  # no word forgives its first letter
        score = _score(phrase, head, said, start)
        if head and not score:
            continue
        for skipped in range(_LONGEST_GAP + 1 if head else 1):
            at = start + len(head) + skipped
            rest = _score(phrase, tail, said, at)
            if rest:
                yield Place(start, at + len(tail), score + rest)
                break


def _score(phrase: Phrase, wanted: Sequence[str], said: Sequence[str], at: int) -> float:
    if at + len(wanted) > len(said):
        return 0.0
    total = 0.0
    for offset, word in enumerate(wanted):
        part = _likeness(phrase, word, said[at + offset])
        if not part:
            return 0.0
        total += part
    return total


def find(phrase: Phrase, said: Sequence[str]) -> float:
    """How well the phrase is found: 0 not at all, else more for longer and better matches."""
    return max((place.score for place in places(phrase, said)), default=0.0)


@lru_cache(maxsize=20_000)
def _sound(word: str) -> str:
    """The word as it sounds: "kappot" and "kapot" are one."""
    for spelling, alike in _alike():
        word = word.replace(spelling, alike)
    return _DOUBLED.sub(r"\1", word)


@lru_cache(maxsize=1)
def _alike() -> tuple[tuple[str, str], ...]:
    pairs = yaml.safe_load(_SOUNDS.read_text(encoding="utf-8"))["alike"]
    return tuple((str(spelling), str(alike)) for spelling, alike in pairs)


def _likeness(phrase: Phrase, wanted: str, word: str) -> float:
    if wanted == word:
        return float(len(wanted))
    if (phrase.open_end and word.startswith(wanted)) or (
        phrase.open_start and word.endswith(wanted)
    ):
        return len(wanted) - 0.25
    allowed = 2 if len(wanted) >= _FORGIVE_TWO else 1 if len(wanted) >= _FORGIVE_ONE else 0
    if phrase.exact or _sound(word[:1]) != _sound(wanted[:1]):
        return 0.0
    if len(wanted) >= _SOUNDS_FROM and _sound(wanted) == _sound(word):
        return len(wanted) - 0.5
    if word[:1] != wanted[:1]:
        return 0.0
    distance = OSA.distance(wanted, word, score_cutoff=allowed)
    return len(wanted) - distance - 0.5 if distance <= allowed else 0.0


def says(phrases: Iterable[Phrase], said: Sequence[str]) -> bool:
    """Whether any of the phrases is in the text."""
    return any(find(phrase, said) for phrase in phrases)


def says_so(phrases: Iterable[Phrase], said: Sequence[str], no: frozenset[str]) -> bool:
    """Whether any of the phrases is in the text, and no "no" stands beside it."""
    return any(
        no.isdisjoint((*said[max(place.start - _NEAR, 0) : place.start], *said[place.end :][:1]))
        for phrase in phrases
        for place in places(phrase, said)
    )


def is_just(phrases: Iterable[Phrase], said: Sequence[str], spare: int) -> bool:
    """Whether the text is one of the phrases and hardly anything else.

    A single word must stand alone: "stop" ends a form, "the stop cock leaks" does not.
    """
    return any(
        find(phrase, said)
        and len(said) - len(phrase.words) <= (spare if len(phrase.words) > 1 else 0)
        for phrase in phrases
    )
