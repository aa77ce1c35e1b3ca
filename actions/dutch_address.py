"""A Dutch postcode with house number and addition: "1234 AB 12 bis", "12a, 1234ab"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from actions.dutch_time_words import fold

_FILE = Path(__file__).resolve().parents[1] / "data" / "dutch_address.yml"
# No postcode begins with 0, and SA, SD and SS were never given out.
_POSTCODE = re.compile(r"(?<!\d)([1-9]\d{3})\s?([a-z]{2})(?![a-z])", re.IGNORECASE)
_NEVER = frozenset({"SA", "SD", "SS"})
_NUMBER = re.compile(
    r"(?<![\w:.-])(\d{1,5})(?:[\s/-]?([a-z]{1,3}|\d{1,4})(?![\w:]))?(?!\w)", re.IGNORECASE
)
_NEAR = 30


@dataclass(frozen=True, slots=True)
class Address:
    """Where a home is, as a back office looks it up. ``number`` is 0 when it was not told."""

    postcode: str
    number: int = 0
    addition: str = ""

    def __str__(self) -> str:
        apart = " " if len(self.addition) > 1 and self.addition.isalpha() else ""
        number = f" {self.number}{apart}{self.addition.lower()}" if self.number else ""
        return f"{self.postcode[:4]} {self.postcode[4:]}{number}"


def find_address(text: str) -> Address | None:
    """The first postcode in the text, with the house number that stands beside it."""
    for found in _POSTCODE.finditer(text):
        letters = found.group(2).upper()
        if letters in _NEVER or fold(letters) in _no_letters():
            continue
        postcode = found.group(1) + letters
        number = _after(text[found.end() :]) or _before(text[: found.start()])
        return Address(postcode, *number) if number else Address(postcode)
    return None


def _after(text: str) -> tuple[int, str] | None:
    """The number behind the postcode, past words like "nummer"."""
    skipped = re.match(_skip(), text, re.IGNORECASE)
    found = _NUMBER.match(text, skipped.end() if skipped else 0)
    return _numbered(found) if found else None


def _before(text: str) -> tuple[int, str] | None:
    """The number of a street just before the postcode: "Lindelaan 12a, 1234 AB"."""
    near = text[-_NEAR:]
    found = list(_NUMBER.finditer(near))
    if not found or re.search(r"[^\W\d_]", near[found[-1].end() :]):
        return None
    return _numbered(found[-1])


def _numbered(found: re.Match[str]) -> tuple[int, str] | None:
    addition = (found.group(2) or "").upper()
    if fold(addition) in _no_letters():
        addition = ""
    number = int(found.group(1))
    separated = addition.isdecimal() and addition
    return (number, f"-{addition}" if separated else addition) if number else None


def _skip() -> str:
    words = "|".join(map(re.escape, _words()["before_number"]))
    return rf"[\s,.;:]*(?:(?:{words})[\s.:]*)*"


def _no_letters() -> frozenset[str]:
    """Short words that are neither the letters of a postcode nor an addition."""
    return frozenset(_words()["no_letters"])


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    raw = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {str(name): tuple(map(str, words)) for name, words in raw.items()}
