"""An amount of money in what a tenant writes or says. Pure."""

from __future__ import annotations

import re

from actions.dutch_numbers import number_of
from actions.rent.words import word
from actions.wording import words_of

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
        amount = number_of(said)
        of_money = word("euro") in words[place + 1 : place + 2]
        if amount and (amount > 1 or of_money):
            return str(amount)
    return None
