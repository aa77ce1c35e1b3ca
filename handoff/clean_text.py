"""Tenant text as we store it: readable, one form, without what breaks databases or screens."""

from __future__ import annotations

import unicodedata

LONGEST = 10_000
"""Characters of one message that are stored; a longer one is refused with a clear answer."""
_KEPT_CONTROLS = frozenset("\n\t")


def clean_text(raw: str) -> str:
    """NFC, no control characters but newline and tab, lone surrogates made visible as U+FFFD."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = unicodedata.normalize("NFC", text)
    kept = (c for c in text if c in _KEPT_CONTROLS or unicodedata.category(c) not in _DROPPED)
    return "".join(kept).strip()


_DROPPED = frozenset({"Cc", "Cn"})
