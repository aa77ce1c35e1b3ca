"""What plain code tells staff about a tenant's words: their language, for whom, how they sound."""

from __future__ import annotations

from collections.abc import Sequence

from handoff.counter import Counter
from handoff.languages import DUTCH
from handoff.memory import third_party, tone
from handoff.memory.recall import Books


def notes_on(texts: Sequence[str], books: Books, counter: Counter) -> str:
    """One note a line, or nothing. ``texts``: what the tenant typed, oldest first."""
    language = counter.lines.spoken_in(texts)
    about_language = "" if language == DUTCH else counter.words.text(f"language_{language}")
    about_role = third_party.note_on(texts, books.third_parties, counter.words)
    sounds = tone.notes_on(texts, books.tones, counter.words)
    return "\n".join(filter(None, (about_language, about_role, *sounds)))
