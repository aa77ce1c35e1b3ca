"""Finds the words of a list in what a tenant typed, misspelt or not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

_TOKEN = re.compile(r"\w+")
_FORGIVE_ONE, _FORGIVE_TWO = 5, 9


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, lower case, without accents; "c.v." and "cv" are the same."""
    folded = unicodedata.normalize("NFKD", text.lower().replace("'", ""))
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    return tuple(_TOKEN.findall(re.sub(r"\b(\w)\.(?=\w\b)", r"\1", plain)))


@dataclass(frozen=True, slots=True)
class Phrase:
    """One entry of a list, cut into words."""

    words: tuple[str, ...]
    open_start: bool
    open_end: bool

    @classmethod
    def read(cls, entry: str) -> Phrase:
        return cls(words_of(entry), entry.startswith("*"), entry.endswith("*"))


def find(phrase: Phrase, said: Sequence[str]) -> float:
    """How well the phrase is found: 0 not at all, else more for longer and better matches."""
    length = len(phrase.words)
    best = 0.0
    for start in range(len(said) - length + 1):
        parts = [
            _likeness(phrase, wanted, word)
            for wanted, word in zip(phrase.words, said[start : start + length], strict=True)
        ]
        if all(parts):
            best = max(best, sum(parts))
    return best


def _likeness(phrase: Phrase, wanted: str, word: str) -> float:
    if wanted == word:
        return float(len(wanted))
    if (phrase.open_end and word.startswith(wanted)) or (
        phrase.open_start and word.endswith(wanted)
    ):
        return len(wanted) - 0.25
    allowed = 2 if len(wanted) >= _FORGIVE_TWO else 1 if len(wanted) >= _FORGIVE_ONE else 0
    if not allowed or word[:1] != wanted[:1]:
        return 0.0
    distance = OSA.distance(wanted, word, score_cutoff=allowed)
    return len(wanted) - distance - 0.5 if distance <= allowed else 0.0


def says(phrases: Iterable[Phrase], said: Sequence[str]) -> bool:
    """Whether any of the phrases is in the text."""
    return any(find(phrase, said) for phrase in phrases)


def is_just(phrases: Iterable[Phrase], said: Sequence[str], spare: int) -> bool:
    """Whether the text is one of the phrases and hardly anything else.

    A single word must stand alone: "stop" ends a form, "the stop cock leaks" does not.
    """
    return any(
        find(phrase, said)
        and len(said) - len(phrase.words) <= (spare if len(phrase.words) > 1 else 0)
        for phrase in phrases
    )
