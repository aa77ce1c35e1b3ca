"""What plain code tells staff about the words of a tenant: his language, and for whom he writes."""

from __future__ import annotations

from collections.abc import Sequence

from handoff.counter import Counter
from handoff.languages import DUTCH
from handoff.memory.phrases import Phrases
from handoff.memory.third_party import note_on


def notes_on(texts: Sequence[str], book: Phrases, counter: Counter) -> str:
    """One note a line, or nothing. ``texts``: what the tenant typed, oldest first."""
    language = counter.lines.spoken_in(texts)
    about_language = "" if language == DUTCH else counter.words.text(f"language_{language}")
    return "\n".join(filter(None, (about_language, note_on(texts, book, counter.words))))
