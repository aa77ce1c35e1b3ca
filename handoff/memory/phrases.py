"""Named lists of words and phrases from a data file, found in a text with its misspellings.

A phrase is written as words with spaces, in the notation of ``handoff.urgent_words``; after the
first word ``~`` stands for any one word and ``@name`` for one word of that group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.lined_yaml import LinedYaml, YamlBroken, read
from handoff.urgent_words import Token, WordIndex, tokens

_ANY = "~"
_NOTHING: frozenset[int] = frozenset()
Pattern = tuple[frozenset[int] | None, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One phrase of one list, by the numbers of its first word and of the word after its last."""

    name: str
    first: int
    end: int
    covers: frozenset[int]
    """The words that the phrase itself names; not what stands for ``~``."""


class Phrases:
    """The lists of one file, in memory. Safe to share."""

    def __init__(
        self,
        lists: Mapping[str, Iterable[str]],
        spellings: Mapping[str, str] | None = None,
        neutral: Iterable[str] = (),
        groups: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        self._index = WordIndex(neutral, spellings)
        self._groups = {
            name: frozenset(self._index.add(word) for word in words)
            for name, words in (groups or {}).items()
        }
        self.names = frozenset(lists)
        # By its first word, so that only phrases are tried that may stand at a place.
        self._by_first: dict[int, list[tuple[str, Pattern]]] = defaultdict(list)
        for name, phrases in lists.items():
            for phrase in phrases:
                pattern = self._pattern(phrase)
                for number in pattern[0] or ():
                    self._by_first[number].append((name, pattern))

    @classmethod
    def load(cls, path: Path, needed: Iterable[str] = ()) -> Phrases:
        """Read ``lists``, ``spellings`` and ``neutral`` of a file.

        Raises:
            YamlBroken: a part is missing or is no list of words, with file and line.
        """
        source = read(path)
        lists = {name: _phrases(source, "lists", name) for name in _names(source, "lists")}
        for name in needed:
            if not lists.get(name):
                raise YamlBroken(path, source.line_of("lists"), f"lists: {name} is missing")
        spellings = {
            short: full
            for full in _names(source, "spellings")
            for short in _text(source, "spellings", full).split()
        }
        neutral = _text(source, "neutral").split() if "neutral" in source.data else ()
        groups = {name: _text(source, "groups", name).split() for name in _names(source, "groups")}
        try:
            return cls(lists, spellings, neutral, groups)
        except KeyError as unknown:
            line = source.line_of("lists")
            raise YamlBroken(path, line, f"no group {unknown}") from unknown

    def find(self, words: list[Token]) -> list[Found]:
        """Every phrase of every list that stands in the text."""
        fits = [self._index.find(word.text) if word.text else _NOTHING for word in words]
        return [
            _found(name, pattern, first)
            for first, numbers in enumerate(fits)
            for number in numbers
            for name, pattern in self._by_first.get(number, ())
            if _stands_at(pattern, fits, words, first)
        ]

    def read(self, text: str) -> Reading:
        words = tokens(text)
        return Reading(tuple(word.text for word in words), tuple(self.find(words)))

    def _pattern(self, phrase: str) -> Pattern:
        return tuple(self._element(word) for word in phrase.split())

    def _element(self, word: str) -> frozenset[int] | None:
        if word == _ANY:
            return None
        if word.startswith("@"):
            return self._groups[word[1:]]
        return frozenset({self._index.add(word)})


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in one text."""

    words: tuple[str, ...]
    found: tuple[Found, ...]

    def has(self, *names: str) -> bool:
        return any(one.name in names for one in self.found)

    def is_all(self, name: str) -> bool:
        """Whether one phrase of this list is the whole text."""
        whole = (0, len(self.words))
        return any(one.name == name and (one.first, one.end) == whole for one in self.found)

    def left(self, *names: str) -> tuple[int, ...]:
        """The numbers of the words that no phrase of these lists covers (of any list if none)."""
        covered = {
            number for one in self.found if not names or one.name in names for number in one.covers
        }
        return tuple(number for number in range(len(self.words)) if number not in covered)


def _found(name: str, pattern: Pattern, first: int) -> Found:
    named = (first + at for at, wanted in enumerate(pattern) if wanted is not None)
    return Found(name, first, first + len(pattern), frozenset(named))


def _stands_at(
    pattern: Pattern, fits: list[frozenset[int]], words: list[Token], first: int
) -> bool:
    last = first + len(pattern) - 1
    if last >= len(words):
        return False
    if words[last].place - words[first].place > last - first + 1:
        return False  # a new sentence began in between
    return all(
        wanted is None or wanted & fits[first + number] for number, wanted in enumerate(pattern)
    )


def _names(source: LinedYaml, part: str) -> list[str]:
    content = source.data.get(part) or {}
    if not isinstance(content, Mapping):
        raise YamlBroken(source.file, source.line_of(part), f"{part} must be a mapping")
    return [str(name) for name in content]


def _phrases(source: LinedYaml, *key: str) -> list[str]:
    return [phrase.strip() for phrase in _text(source, *key).split(",") if phrase.strip()]


def _text(source: LinedYaml, *key: str) -> str:
    value: object = source.data
    for step in key:
        value = value[step] if isinstance(value, Mapping) else None
    if not isinstance(value, str):
        where, name = source.line_of(*key), ".".join(key)
        raise YamlBroken(source.file, where, f"{name} must be words, with a comma between phrases")
    return value
