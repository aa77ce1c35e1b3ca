"""How a tenant sounds: hints for the member of staff who takes over, never a decision."""

from __future__ import annotations

from collections.abc import Sequence

from handoff.memory.phrases import Phrases
from handoff.policy import Words

TONES = ("angry", "worried", "ashamed", "grieving", "hard_reading", "care")
"""In the order in which staff read them."""
LISTS = TONES
_READ = 1_000
"""Characters of each message that are read."""
_LATELY = 8
"""So many messages back: how somebody sounded long before says little of now."""


def tones_in(texts: Sequence[str], book: Phrases) -> tuple[str, ...]:
    """What is heard in the latest of these messages, which the tenant typed, oldest first."""
    found: set[str] = set()
    for text in texts[-_LATELY:]:
        found |= {one.name for one in book.read(text[:_READ]).found}
    return tuple(tone for tone in TONES if tone in found)


def notes_on(texts: Sequence[str], book: Phrases, words: Words) -> tuple[str, ...]:
    """What staff read about it, a line for each."""
    return tuple(words.text(f"tone_{tone}") for tone in tones_in(texts, book))
