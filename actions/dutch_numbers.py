"""Whole numbers in Dutch words, from data/dutch_numbers.yml. Pure."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from actions.dutch_time_words import fold

_FILE = Path(__file__).resolve().parents[1] / "data" / "dutch_numbers.yml"


def number_of(word: str) -> int | None:
    """ "twaalf" is 12, "tweehonderdvijftig" is 250; None for what is no number in words."""
    below, hundred = _below_hundred(), str(_raw()["hundred"])
    said = fold(word)
    before, found, after = said.partition(hundred)
    if not found:
        return below.get(said)
    if (before and before not in below) or (after and after not in below):
        return None
    return below.get(before, 1) * 100 + below.get(after, 0)


@lru_cache(maxsize=1)
def _raw() -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return raw


@lru_cache(maxsize=1)
def _below_hundred() -> dict[str, int]:
    raw = _raw()
    digits = {name: int(value) for name, value in raw["digits"].items() if name.isalpha()}
    joined = {
        f"{one}{raw['tens_join']}{ten}": value + tens
        for one, value in digits.items()
        for ten, tens in raw["tens"].items()
    }
    return {**digits, **raw["teens"], **raw["tens"], **joined}
