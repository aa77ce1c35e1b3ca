"""What somebody who waits asks in words: how long it takes, or to be called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.lined_yaml import YamlBroken, read
from handoff.urgent_words import fold

_SHIPPED = Path(__file__).resolve().parents[2] / "data/waiting.yml"
_LONGEST = 160
"""Characters; who writes more than this says more than one of these things."""
_NUMBER = re.compile(r"(?<![\w+])(?:\+|00)31[\s().-]*(?:0)?(?:[1-9](?:[\s().-]*\d){8})(?!\d)")
_LOCAL = re.compile(r"(?<![\w+])0[\s().-]*([1-9](?:[\s().-]*\d){8})(?!\d)")


@dataclass(frozen=True, slots=True)
class WaitingWords:
    """Folded phrases."""

    how_long: Sequence[str]
    call_back: Sequence[str]
    unless: Sequence[str]

    def asks_how_long(self, text: str) -> bool:
        return self._says(text, self.how_long)

    def asks_for_call(self, text: str) -> bool:
        said = f" {fold(text)} "
        refused = any(f" {word} " in said for word in self.unless)
        return not refused and self._says(text, self.call_back)

    @staticmethod
    def _says(text: str, phrases: Sequence[str]) -> bool:
        said = fold(text)
        return len(text) <= _LONGEST and any(
            re.search(rf"\b{re.escape(phrase)}\b", said) for phrase in phrases
        )


def phone_number_in(text: str) -> str | None:
    """A Dutch number as +31 and nine digits; None when there is none, or more than one."""
    found = {_plain(match) for match in _NUMBER.findall(text)}
    found |= {_plain(match) for match in _LOCAL.findall(text)}
    return next(iter(found)) if len(found) == 1 else None


def _plain(number: str) -> str:
    return "+31" + re.sub(r"\D", "", number)[-9:]


def load_waiting_words(path: Path) -> WaitingWords:
    """Read ``data/waiting.yml``.

    Raises:
        YamlBroken: a list is missing or holds something that is no phrase, with file and line.
    """
    source = read(path)

    def phrases(name: str) -> Sequence[str]:
        value = source.data.get(name)
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            raise YamlBroken(path, source.line_of(name), f"{name} must be a list of phrases")
        return tuple(fold(one) for one in value)

    return WaitingWords(phrases("how_long"), phrases("call_back"), phrases("unless"))


@cache
def shipped_waiting_words() -> WaitingWords:
    return load_waiting_words(_SHIPPED)
