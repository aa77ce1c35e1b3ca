"""Digits and letters as they are spoken, and written out by a telephone: "nul zes", "bee"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sensitive.words import fold


@dataclass(frozen=True, slots=True)
class SpokenNumbers:
    """``numbers``: word to digits, 0 to 99. ``letters``: the name of a letter to the letter."""

    numbers: Mapping[str, str]
    letters: Mapping[str, str]
    fillers: frozenset[str]
    big: re.Pattern[str]

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> SpokenNumbers:
        ones = {fold(word): str(digit) for word, digit in raw["digits"].items()}
        teens = {fold(word): str(number) for word, number in raw["teens"].items()}
        tens = {fold(word): str(ten) for word, ten in raw["tens"].items()}
        joins = [fold(join) for join in raw["joins"]]
        composed = {
            one + join + ten: tens[ten] + ones[one]
            for one in ones
            for join in joins
            for ten in tens
        }
        numbers = {**ones, **teens, **{word: f"{ten}0" for word, ten in tens.items()}, **composed}
        big = "|".join(fold(word) for word in raw["big"])
        parts = "|".join(sorted([*numbers, *joins, big], key=len, reverse=True))
        return cls(
            numbers,
            {fold(name): letter for name, letter in raw["letters"].items()},
            frozenset(fold(word) for word in raw["fillers"]),
            re.compile(rf"(?=.*(?:{big}))(?:{parts})+"),
        )

    def is_big(self, word: str) -> bool:
        """Whether it is a number of a hundred or more, in one word."""
        return self.big.fullmatch(word) is not None
