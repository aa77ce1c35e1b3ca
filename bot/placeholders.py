"""``[[facts.x]]`` and ``[[corporation.x]]``: places in a text that are filled in at reply time."""

from __future__ import annotations

import re
from collections.abc import Callable

_PLACEHOLDER = re.compile(r"\[\[\s*([a-z0-9_]+(?:\.[a-z0-9_]+)+)\s*\]\]")
_ANY_BRACKETS = re.compile(r"\[\[.*?\]\]|\[\[|\]\]")


def placeholders_in(text: str) -> tuple[str, ...]:
    """The dotted names in a text, in order; badly written ones as they stand."""
    return tuple(
        found.group(1) if (found := _PLACEHOLDER.fullmatch(part)) else part
        for part in _ANY_BRACKETS.findall(text)
    )


def fill(text: str, value_of: Callable[[str], str]) -> str:
    """Put ``value_of(name)`` in every place. What it raises is passed on."""
    return _PLACEHOLDER.sub(lambda found: value_of(found.group(1)), text)
