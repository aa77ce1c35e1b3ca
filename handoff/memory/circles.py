"""Going in circles: the answer did not help, and the same one again will not help either."""

from __future__ import annotations

from handoff.memory.phrases import Phrases

UNHELPFUL, _SMALL = "unhelpful", "small"
LISTS = (UNHELPFUL, _SMALL)
_MOST_WORDS = 16
_MOST_OTHER_WORDS = 1


def says_it_did_not_help(text: str, book: Phrases) -> bool:
    """Whether the tenant complains of the last answer, and asks nothing new in the same breath."""
    reading = book.read(text)
    if len(reading.words) > _MOST_WORDS or not reading.has(UNHELPFUL):
        return False
    return len(reading.left()) <= _MOST_OTHER_WORDS
