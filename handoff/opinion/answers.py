"""Reads a score and free words, only as the answer to our own question. Pure.

The words stand in ``data/opinion.yml``. What is not surely an answer goes the normal way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.lined_yaml import LinedYaml, YamlBroken, read
from handoff.opinion.values import HIGHEST, LOWEST, Flag
from handoff.urgent_words import fold

_SHIPPED = Path(__file__).resolve().parents[2] / "data/opinion.yml"
_STARS = "\u2b50\u2605\U0001f31f"
_BESIDE_STARS = "\ufe0f\u2606 "
_AROUND = " .,!:;()\"'*#\ufe0f\u20e3"
_OF_FIVE = re.compile(r"(\d{1,2})\s*/\s*5")
_MOST_OF_SCALES = 10
_LONGEST = 60
"""Characters; whoever writes more than this says more than a score."""


@dataclass(frozen=True, slots=True)
class Words:
    """What free words are: nothing, an opinion, or (also) something that needs an answer."""

    nothing: bool
    opinion: bool
    flag: Flag
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Answers:
    """Folded words and phrases."""

    scores: Mapping[str, int]
    around: frozenset[str]
    out_of: frozenset[str]
    nothing: frozenset[str]
    thanks: Sequence[str]
    complaint: Sequence[str]
    compliment: Sequence[str]
    matter: Sequence[str]

    def score_in(self, text: str) -> int | None:
        """The number that is all of the text; also one off the scale (0 to 10)."""
        if not text.strip() or len(text) > _LONGEST:
            return None
        stars = sum(text.count(star) for star in _STARS)
        if stars:
            rest = text.translate({ord(sign): None for sign in _STARS + _BESIDE_STARS})
            return stars if not rest and LOWEST <= stars <= HIGHEST else None
        slashed = _OF_FIVE.fullmatch(text.strip())
        return int(slashed.group(1)) if slashed else self._named(_plain(text))

    def _named(self, words: Sequence[str]) -> int | None:
        said = [word for word in words if word not in self.around]
        if len(said) == 3 and said[1] in self.out_of and said[2] == str(HIGHEST):
            said = said[:1]
        if len(said) != 1:
            return None
        if said[0].isascii() and said[0].isdecimal():
            number = int(said[0]) if len(said[0]) <= 2 else _MOST_OF_SCALES + 1
            return number if number <= _MOST_OF_SCALES else None
        return self.scores.get(said[0])

    def words_in(self, text: str) -> Words:
        words = _plain(text)
        said = f" {' '.join(words)} "

        def has(phrases: Sequence[str]) -> bool:
            return any(f" {phrase} " in said for phrase in phrases)

        complains, praises, thanks = has(self.complaint), has(self.compliment), has(self.thanks)
        nothing = bool(words) and all(word in self.nothing for word in words)
        opinion = complains or praises or thanks
        flag = Flag.COMPLAINT if complains else Flag.COMPLIMENT if praises else Flag.NONE
        goes_on = not nothing and (not opinion or "?" in text or has(self.matter))
        return Words(nothing, opinion, flag, goes_on)


def _plain(text: str) -> list[str]:
    words = (word.strip(_AROUND) for word in fold(text).split())
    return [word for word in words if word]


@cache
def shipped_answers() -> Answers:
    """The words of this product; they do not change while it runs."""
    return load_answers(_SHIPPED)


def load_answers(path: Path) -> Answers:
    """Read ``data/opinion.yml``.

    Raises:
        YamlBroken: a part is missing or a score is off the scale; with file and line.
    """
    source = read(path)
    raw = source.data.get("scores")
    if not isinstance(raw, Mapping) or not all(
        score in range(LOWEST, HIGHEST + 1) for score in raw
    ):
        raise YamlBroken(path, source.line_of("scores"), "scores must be 1 to 5 with their words")
    scores = {word: int(score) for score, words in raw.items() for word in _plain(str(words))}
    return Answers(
        scores,
        frozenset(_words(source, "around")),
        frozenset(_words(source, "out_of")),
        frozenset(_words(source, "nothing")),
        _phrases(source, "thanks"),
        _phrases(source, "complaint"),
        _phrases(source, "compliment"),
        _phrases(source, "matter"),
    )


def _words(source: LinedYaml, key: str) -> list[str]:
    value = source.data.get(key)
    if not isinstance(value, str):
        raise YamlBroken(source.file, source.line_of(key), f"{key} must be words")
    return _plain(value)


def _phrases(source: LinedYaml, key: str) -> tuple[str, ...]:
    value = source.data.get(key)
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise YamlBroken(source.file, source.line_of(key), f"{key} must be a list of phrases")
    return tuple(" ".join(_plain(one)) for one in value)
