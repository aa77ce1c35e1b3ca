"""An amount of money in what a tenant writes or says. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from actions.rent.words import word
from actions.wording import words_of

_NUMBERS = Path(__file__).resolve().parents[2] / "data" / "dutch_numbers.yml"
_AMOUNT = re.compile(r"(?<![\d.,])(\d{1,4})(?:[.,](\d{2}))?(?:,-)?(?![\d.,]\d)")


def read_amount(text: str) -> str | None:
    """The first amount above zero: "50", "50,00", "€ 62,50", "vijftig euro"."""
    for found in _AMOUNT.finditer(text):
        if int(found[1]):
            cents = found[2] if found[2] not in (None, "00") else ""
            return f"{int(found[1])},{cents}" if cents else str(int(found[1]))
    return _spoken(text)


def _spoken(text: str) -> str | None:
    """A number in words. The article "een" is none, unless euros follow."""
    words = words_of(text)
    for place, said in enumerate(words):
        amount = _value(said)
        of_money = word("euro") in words[place + 1 : place + 2]
        if amount and (amount > 1 or of_money):
            return str(amount)
    return None


def _value(said: str) -> int:
    """ "tweehonderdvijftig" is 250; 0 for what is no number."""
    below, hundred = _below_hundred(), word("hundred")
    before, found, after = said.partition(hundred)
    if not found:
        return below.get(said, 0)
    if (before and before not in below) or (after and after not in below):
        return 0
    return below.get(before, 1) * 100 + below.get(after, 0)


@lru_cache(maxsize=1)
def _below_hundred() -> dict[str, int]:
    raw = yaml.safe_load(_NUMBERS.read_text(encoding="utf-8"))
    digits = {name: value for name, value in raw["digits"].items() if name.isalpha()}
    joined = {
        f"{one}{raw['tens_join']}{ten}": value + tens
        for one, value in digits.items()
        for ten, tens in raw["tens"].items()
    }
    return {**digits, **raw["teens"], **raw["tens"], **joined}
