"""A postcode and house number as they are said: "twaalf vierendertig a b nummer twaalf". Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import yaml

from actions.dutch_numbers import number_of
from actions.dutch_time_words import fold

_FILE = Path(__file__).resolve().parents[1] / "data" / "spoken_letters.yml"
_WORD = re.compile(r"\d+|[^\W\d_]+")
_DIGITS, _LETTERS = 4, 2


def as_typed(text: str) -> str:
    """The text with the first spoken postcode as it is typed, and numbers behind it in digits.

    The text itself when there is none.
    """
    words = [fold(word) for word in _WORD.findall(text)]
    for at in range(len(words)):
        found = _postcode(words[at:])
        if found:
            postcode, used = found
            rest = _house(words[at + used :])
            return f"{postcode} {rest}".strip()
    return text


def _postcode(words: Sequence[str]) -> tuple[str, int] | None:
    """Four digits in pieces, then two letters; and how many words they took."""
    digits, used = "", 0
    while used < len(words) and len(digits) < _DIGITS:
        piece = _digits(words[used])
        if not piece:
            return None
        digits, used = digits + piece, used + 1
    if len(digits) != _DIGITS:
        return None
    letters = ""
    while used < len(words) and len(letters) < _LETTERS:
        word = words[used]
        piece = _letter(word) or (word if not letters and len(word) == _LETTERS else "")
        if not piece or not piece.isalpha():
            return None
        letters, used = letters + piece, used + 1
    return (f"{digits}{letters.upper()}", used) if len(letters) == _LETTERS else None


def _house(words: Sequence[str]) -> str:
    """Digits said one by one are one number; letters behind it the addition."""
    said: list[str] = []
    for word in words:
        piece = _digits(word)
        if piece and said and said[-1].isdecimal():
            said[-1] += piece
        else:
            said.append(piece or word)
    return " ".join(said)


def _digits(word: str) -> str:
    if word.isdecimal():
        return word
    number = number_of(word)
    return "" if number is None else str(number)


def _letter(word: str) -> str:
    return _names().get(word, "")


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    raw = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {str(name): str(letter) for letter, names in raw.items() for name in names}
