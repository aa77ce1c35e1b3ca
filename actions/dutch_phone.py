"""Dutch phone numbers in a text, however they are written or spoken, as +31 and nine digits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from actions.dutch_time_words import Token, fold

_FILE = Path(__file__).resolve().parents[1] / "data" / "dutch_numbers.yml"
_TOKEN = re.compile(r"\+|\d+|[^\W\d_]+|[^\w\s]")
_OWN_DIGITS = 9
# Area codes and mobile; no 0800 and 0900, which belong to companies.
_OWN = re.compile(r"(?!800)(?:6[1-58]|[1-578][0-9])\d{7}")
_IBAN = re.compile(r"\b[a-z]{2}\d\d ?[a-z]{4}(?: ?\d){10}\b", re.IGNORECASE)
_MARKS = frozenset("-.,/()–—")


@dataclass(frozen=True, slots=True)
class Phone:
    """The number in one spelling, and where it stood in the text."""

    number: str
    start: int
    end: int

    @property
    def as_written(self) -> str:
        """As a Dutch reader knows it: 06 12345678."""
        national = f"0{self.number.removeprefix('+31')}"
        return f"{national[:2]} {national[2:]}" if national.startswith("06") else national


@dataclass(frozen=True, slots=True)
class _Words:
    numbers: Mapping[str, str]
    repeat: Mapping[str, int]
    plus: frozenset[str]
    fillers: frozenset[str]


def find_phone(text: str) -> Phone | None:
    """The first Dutch number of a person's own in the text."""
    readable = _IBAN.sub(lambda account: "x" * len(account.group()), text)
    tokens = [
        Token(fold(found.group()), found.start(), found.end())
        for found in _TOKEN.finditer(readable)
    ]
    for at in range(len(tokens)):
        for digits, end in _runs(tokens, at):
            number = _normal(digits)
            if number:
                return Phone(number, tokens[at].start, end)
    return None


def digits_in_words(text: str) -> str:
    """The text with numbers that were spoken as digits: "een twee drie" as "1 2 3"."""
    words = _words()
    found = (fold(token.group()) for token in _TOKEN.finditer(text))
    return " ".join(_value(word, words) or word for word in found)


def _runs(tokens: Sequence[Token], at: int) -> Iterator[tuple[str, int]]:
    """Everything that can be read as digits from here, longer and longer."""
    words, digits, repeat = _words(), "", 1
    for token in tokens[at:]:
        if not digits and token.text not in words.plus and not _value(token.text, words):
            return
        if token.text in words.plus:
            if digits:
                return
            digits = "+"
            continue
        value = _value(token.text, words)
        if value:
            digits, repeat = digits + value * repeat, 1
            yield digits, token.end
        elif token.text in words.repeat:
            repeat = words.repeat[token.text]
        elif not (token.text in words.fillers or token.text in _MARKS):
            return
        if len(digits) > _OWN_DIGITS + 6:
            return


def _value(word: str, words: _Words) -> str:
    return word if word.isdecimal() else words.numbers.get(word, "")


def _normal(digits: str) -> str:
    """The digits with their country code; empty when this is no Dutch number of a person."""
    for prefix in ("+310", "+31", "00310", "0031", "310", "31", "0"):
        if digits.startswith(prefix):
            rest = digits.removeprefix(prefix)
            if _OWN.fullmatch(rest):
                return f"+31{rest}"
    # "six one two ...": the nought was left out.
    return f"+31{digits}" if len(digits) == _OWN_DIGITS and _mobile(digits) else ""


def _mobile(digits: str) -> bool:
    return digits.startswith("6") and bool(_OWN.fullmatch(digits))


@lru_cache(maxsize=1)
def _words() -> _Words:
    raw: Mapping[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    digits, tens = dict(raw["digits"]), dict(raw["tens"])
    numbers = {str(word): str(value) for word, value in {**digits, **raw["teens"], **tens}.items()}
    for ten, high in tens.items():
        for one, low in digits.items():
            if low:
                numbers[f"{one}{raw['tens_join']}{ten}"] = str(high + low)
    return _Words(
        numbers,
        {str(word): int(times) for word, times in raw["repeat"].items()},
        frozenset({"+", *raw["plus"]}),
        frozenset(raw["fillers"]),
    )
