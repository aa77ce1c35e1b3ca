"""A text cut into words that know where they stand, and lists of words to look for in it."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"\d+|[^\W\d_]+")
_BARE = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "أ": "ا", "إ": "ا", "آ": "ا"})
_STEM = 3
"""So many letters of an open entry are looked up; shorter ones are not allowed to be open."""
_ENDS = re.compile(r"[!?\n]|\.(?=\s)")


def fold(text: str) -> str:
    """Small letters without accents, one for one: a place in it is the same place in the text."""
    return "".join(map(_folded, text)).translate(_BARE)


def _folded(one: str) -> str:
    small = one.lower()[:1] or one
    if small.isdecimal():
        return str(int(small))
    return unicodedata.normalize("NFKD", small)[:1] or small


@dataclass(frozen=True, slots=True)
class Word:
    """``sentence`` counts from 0; ``glued``: no gap before it."""

    text: str
    start: int
    end: int
    sentence: int
    glued: bool

    @property
    def is_digits(self) -> bool:
        return self.text[0].isdecimal()


def cut(folded: str) -> list[Word]:
    """The words and numbers of a folded text; where a letter meets a digit a new one begins."""
    found: list[Word] = []
    sentence = last = 0
    for match in _WORD.finditer(folded):
        gap = folded[last : match.start()]
        sentence += bool(_ENDS.search(folded[last : match.start() + 1]))
        found.append(Word(match[0], match.start(), match.end(), sentence, bool(found) and not gap))
        last = match.end()
    return found


@dataclass(frozen=True, slots=True)
class Span:
    """Words ``first`` up to and without ``after``."""

    first: int
    after: int


class WordList:
    """Entries of one or more words; ``*`` at an end stands for any letters there."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._whole: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._begins: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._ends: list[str] = []
        for entry in entries:
            self._add(entry)

    def _add(self, entry: str) -> None:
        words = tuple(word.text for word in cut(fold(entry)))
        if not words:
            return
        if entry.startswith("*"):
            self._ends.append(words[0])
        elif entry.endswith("*") and len(words) == 1:
            self._begins[words[0][:_STEM]].append(words)
        else:
            self._whole[words[0]].append(words)

    def __contains__(self, word: str) -> bool:
        return any(True for _ in self._at([word], 0))

    def find(self, words: Sequence[Word]) -> list[Span]:
        """Everywhere an entry stands, the longest at each place."""
        texts = [word.text for word in words]
        found = []
        for at in range(len(texts)):
            longest = max(self._at(texts, at), default=0)
            if longest:
                found.append(Span(at, at + longest))
        return found

    def _at(self, texts: Sequence[str], at: int) -> Iterator[int]:
        word = texts[at]
        for entry in self._whole.get(word, ()):
            if tuple(texts[at : at + len(entry)]) == entry:
                yield len(entry)
        if any(word.startswith(entry[0]) for entry in self._begins.get(word[:_STEM], ())):
            yield 1
        if any(word.endswith(end) and word != end for end in self._ends):
            yield 1
