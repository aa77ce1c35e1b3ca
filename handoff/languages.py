"""Which language a text is written in: its script, or the words, letters and pieces it is made of.

Pure: what counts as a sign of which language stands in ``data/languages.yml``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.lined_yaml import LinedYaml, YamlBroken, read
from handoff.urgent_words import fold

DUTCH = "nl"
LANGUAGES = ("en", "tr", "ar", "pl", "uk", "de")
"""The languages beside Dutch in which a tenant is offered a person."""
_ELSEWHERE = "elsewhere"
_READ = 2_000
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_POSTCODE = re.compile(r"(?<!\d)[1-9]\d{3} ?[a-z]{2}(?![^\W\d_])", re.IGNORECASE)
"""The letters of a Dutch postcode are words of other languages: "4299 ZA"."""
_OWN_WORD, _SHARED_WORD, _SIGN = 2.0, 1.0, 1.0
_ENOUGH = 2.0
"""Less than this says nothing: a name, a number, "ok"."""
_DUTCH_HOLDS = 1.0
"""How much the evidence for another language must exceed that for Dutch."""
_FOREIGN_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Script:
    """Letters from ``first`` to ``last`` are of this language, but ``other`` of its neighbours."""

    language: str
    first: str
    last: str
    other: str

    def count(self, text: str) -> int:
        return sum(self.first <= letter <= self.last for letter in text)

    def is_this(self, text: str) -> bool:
        return sum(letter in self.other for letter in text) < _FOREIGN_LETTERS


class Languages:
    """The evidence in memory. Safe to share."""

    def __init__(
        self,
        words: Mapping[str, Iterable[str]],
        letters: Mapping[str, str],
        pieces: Mapping[str, Iterable[str]],
        scripts: Iterable[Script],
    ) -> None:
        self._words: dict[str, set[str]] = defaultdict(set)
        for language, listed in words.items():
            for word in listed:
                self._words[_plain(word)].add(language)
        self._letters = letters
        self._pieces = {
            language: re.compile("|".join(listed)) for language, listed in pieces.items()
        }
        self._scripts = tuple(scripts)

    @classmethod
    def load(cls, path: Path) -> Languages:
        """Read ``data/languages.yml``.

        Raises:
            YamlBroken: a part is missing or badly written, with file and line.
        """
        source = read(path)
        return cls(
            {name: text.split() for name, text in _texts(source, "words").items()},
            _texts(source, "letters"),
            {name: text.split() for name, text in _texts(source, "pieces").items()},
            _scripts(source),
        )

    def recognise(self, text: str) -> str | None:
        """The language of a text, or None when it says too little or is none of ours."""
        text = _POSTCODE.sub(" ", text[:_READ])
        words = _WORD.findall(text)
        written = self._by_script(text)
        if written is not None:
            return written if written in LANGUAGES else None
        votes: Counter[str] = Counter()
        for word in words:
            votes.update(self._signs_in(word))
        return _winner(votes)

    def _by_script(self, text: str) -> str | None:
        """The language of a script of its own when most letters are in it."""
        letters = sum(letter.isalpha() for letter in text)
        for script in self._scripts:
            if script.count(text) * 2 > letters:
                return script.language if script.is_this(text) else _ELSEWHERE
        return None

    def _signs_in(self, word: str) -> dict[str, float]:
        known = self._words.get(_plain(word))
        if known:
            weight = _OWN_WORD if len(known) == 1 else _SHARED_WORD
            return dict.fromkeys(known, weight)
        lowered = word.lower()
        signs = {
            language: _OWN_WORD
            for language, letters in self._letters.items()
            if any(letter in letters for letter in lowered)
        }
        for language, pieces in self._pieces.items():
            if pieces.search(lowered):
                signs[language] = signs.get(language, 0.0) + _SIGN
        return signs


def _winner(votes: Counter[str]) -> str | None:
    """Dutch unless the evidence for another language is clearly stronger."""
    dutch = votes.pop(DUTCH, 0.0)
    best, score = max(votes.items(), key=lambda vote: vote[1], default=(DUTCH, 0.0))
    if score < dutch + _DUTCH_HOLDS:
        return DUTCH if dutch >= _ENOUGH else None
    return best if score >= _ENOUGH and best in LANGUAGES else None


def _plain(word: str) -> str:
    return fold(word)


def _texts(source: LinedYaml, part: str) -> dict[str, str]:
    content = source.data.get(part)
    if not isinstance(content, Mapping) or not all(isinstance(v, str) for v in content.values()):
        raise YamlBroken(source.file, source.line_of(part), f"{part} must hold a text per language")
    return {str(name): str(text) for name, text in content.items()}


def _scripts(source: LinedYaml) -> list[Script]:
    content = source.data.get("scripts")
    found = []
    for name, script in content.items() if isinstance(content, Mapping) else ():
        if not isinstance(script, Mapping) or not {"from", "to", "other"} <= set(script):
            line = source.line_of("scripts", str(name))
            raise YamlBroken(source.file, line, f"scripts: {name} needs from, to and other")
        first, last, other = (str(script[part]) for part in ("from", "to", "other"))
        found.append(Script(str(name), first, last, other))
    return found
