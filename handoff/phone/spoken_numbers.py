"""Whole numbers as they are said in Dutch, with the words of ``data/spoken_dutch.yml``. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.lined_yaml import YamlBroken, read

_SHIPPED = Path(__file__).resolve().parents[2] / "data/spoken_dutch.yml"
_NAMES = (
    *("and", "and_after_e", "hundred", "thousand", "ordinal_th", "ordinal_st"),
    *("euro", "cent", "hour", "comma", "percent", "plus", "until"),
)


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The words. ``word["euro"]`` and so on are single ones."""

    ones: tuple[str, ...]
    tens: Mapping[int, str]
    months: tuple[str, ...]
    ordinals: Mapping[int, str]
    units: Mapping[str, str]
    signs: Mapping[str, str]
    word: Mapping[str, str]

    def cardinal(self, number: int) -> str:
        """0 to 999,999 in words; 1100 to 1999 by the hundred, as years and amounts are said."""
        if number == 1:
            return self.ones[1]
        return self._below_million(number)

    def ordinal(self, number: int) -> str:
        """1 to 999,999 as a place in a row."""
        before, last = divmod(number, 100)
        front = self._below_million(before * 100) if before else ""
        if last in self.ordinals:
            return front + self.ordinals[last]
        whole = front + self._below_hundred(last) if last else front
        short = 0 < last < len(self.ones)
        return whole + self.word["ordinal_th" if short else "ordinal_st"]

    def digits(self, text: str) -> str:
        """One by one; what is no digit stays away."""
        return " ".join(self.ones[int(one)] for one in text if one.isdecimal())

    def _below_million(self, number: int) -> str:
        if number < 1_000:
            return self._below_thousand(number)
        if number < 2_000 and number // 100 > 10:
            front = self._below_hundred(number // 100) + self.word["hundred"]
            return front + (self._below_hundred(number % 100) if number % 100 else "")
        thousands, rest = divmod(number, 1_000)
        front = self._below_thousand(thousands) if thousands > 1 else ""
        front += self.word["thousand"]
        return f"{front} {self._below_thousand(rest)}" if rest else front

    def _below_thousand(self, number: int) -> str:
        hundreds, rest = divmod(number, 100)
        if not hundreds:
            return self._below_hundred(rest)
        front = (self._below_hundred(hundreds) if hundreds > 1 else "") + self.word["hundred"]
        return front + (self._below_hundred(rest) if rest else "")

    def _below_hundred(self, number: int) -> str:
        if number < len(self.ones):
            return self._joined(number)
        tens, one = divmod(number, 10)
        if not one:
            return self.tens[tens]
        first = self._joined(one)
        between = self.word["and_after_e" if first.endswith("e") else "and"]
        return first + between + self.tens[tens]

    def _joined(self, number: int) -> str:
        """Inside a longer word the accents of a word on its own are left out."""
        return self.ones[number].replace("é", "e") if number == 1 else self.ones[number]


@lru_cache(maxsize=4)
def load_number_words(path: Path = _SHIPPED) -> NumberWords:
    """The words of the file.

    Raises:
        YamlBroken: one is missing, with file and line.
    """
    source = read(path)
    raw: Mapping[str, Any] = source.data
    missing = [
        name for name in (*_NAMES, "ones", "tens", "months", "ordinals") if not raw.get(name)
    ]
    if missing:
        raise YamlBroken(path, 1, f"{missing[0]} must be given")
    return NumberWords(
        tuple(raw["ones"]),
        {int(ten): str(word) for ten, word in raw["tens"].items()},
        tuple(raw["months"]),
        {int(place): str(word) for place, word in raw["ordinals"].items()},
        dict(raw.get("units") or {}),
        dict(raw.get("signs") or {}),
        {name: str(raw[name]) for name in _NAMES},
    )
