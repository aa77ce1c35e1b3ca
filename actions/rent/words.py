"""The words of data/rent_words.yml; amounts and days as tenants read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from actions.dutch_time_words import time_words
from actions.wording import Phrase

_FILE = Path(__file__).resolve().parents[2] / "data" / "rent_words.yml"


def line(name: str, **values: object) -> str:
    return str(_raw()[name]).format(**values)


def word(name: str) -> str:
    return str(_raw()[name])


def shortened(lines: Sequence[str], room: int) -> list[str]:
    """As many lines as fit in ``room`` words, but the first always; then how many are left."""
    kept = list(lines[:1])
    for each in lines[1:]:
        if sum(len(one.split()) for one in (*kept, each)) > room:
            break
        kept.append(each)
    left = len(lines) - len(kept)
    if not left:
        return kept
    return [*kept, line("one_left") if left == 1 else line("left", count=left)]


def codes(name: str) -> frozenset[str]:
    return frozenset(map(str, _raw()[name]))


def months_owed() -> int:
    """From so many months of rent a person helps."""
    return int(_raw()["months_owed"])


@lru_cache(maxsize=8)
def phrases(name: str) -> tuple[Phrase, ...]:
    return tuple(Phrase.read(str(entry)) for entry in _raw()[name])


def euros(amount: Decimal) -> str:
    """ "612,34 euro", "1.612 euro"; always without a sign."""
    cents = f"{abs(amount):,.2f}".translate(str.maketrans(",.", ".,"))
    return line("euros", amount=cents.removesuffix(",00"))


def show_date(day: date) -> str:
    """ "1 december 2026"."""
    return f"{day.day} {time_words().month_names[day.month - 1]} {day.year}"


@lru_cache(maxsize=1)
def _raw() -> Mapping[str, Any]:
    raw: Mapping[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return raw
