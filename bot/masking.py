"""Takes out of a text what points to a person, before it leaves the house.

Numbers, addresses of mail and web, account numbers and postcodes go by their shape; a name goes
when the words before it announce one (``data/masking.yml``). What remains says what the matter
is, not whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from bot.lined_yaml import read

_SHAPES = (
    ("mail", re.compile(r"\S+@\S+\.\w+")),
    ("link", re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)),
    ("account", re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z]{4})(?: ?\d){10}\b", re.IGNORECASE)),
    (
        "postcode",
        re.compile(r"\b\d{4} ?[A-Z]{2}\b(?:[ ,]*\d{1,5}\b(?: ?[a-z]\b)?)?", re.IGNORECASE),
    ),
    ("number", re.compile(r"\+?\d(?:[ .\-/]?\d){3,}")),
)
_NAME = r"(?:\s+(?:van|de|der|den|ten|ter|el|al))*\s+[^\W\d_][\w'\-]+"


class Masking:
    """Compiled once; ``mask`` keeps nothing."""

    def __init__(self, announcers: Sequence[str]) -> None:
        words = "|".join(re.escape(word) for word in sorted(announcers, key=len, reverse=True))
        self._names = re.compile(rf"\b({words})((?:{_NAME}){{1,2}})", re.IGNORECASE)

    @classmethod
    def load(cls, file: Path) -> Masking:
        """Read the words that announce a name."""
        announcers = read(file).data.get("announce_a_name")
        return cls([str(word) for word in announcers] if isinstance(announcers, list) else [])

    def mask(self, text: str) -> str:
        for kind, shape in _SHAPES:
            text = shape.sub(f"<{kind}>", text)
        return self._names.sub(r"\1 <name>", text)
