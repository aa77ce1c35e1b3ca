"""Tenant text as we store it: readable, one form, without what breaks databases or screens."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 10_000
"""Characters of one message that are stored; a longer one is refused with a clear answer."""
_KEPT_CONTROLS = frozenset("\n\t")


def clean_text(raw: str) -> str:
    """NFC, no control characters but newline and tab, lone surrogates made visible as U+FFFD."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    kept = (c for c in text if c in _KEPT_CONTROLS or unicodedata.category(c) not in _DROPPED)
    # Last: a control character between a letter and its accent would keep them apart.
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def is_plain_id(text: str) -> bool:
    """Whether this can be an id at all; whatever else was sent need not reach the database."""
    return _PLAIN_ID.fullmatch(text) is not None


_DROPPED = frozenset({"Cc", "Cn"})
_PLAIN_ID = re.compile(r"[A-Za-z0-9_.:-]{1,100}")
