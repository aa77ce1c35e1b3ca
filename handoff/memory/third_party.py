"""Does somebody write for another person? Noted for staff; data of that person is never shown."""

from __future__ import annotations

from collections.abc import Iterable

from handoff.memory.phrases import Phrases
from handoff.policy import Words

ROLES = ("administrator", "carer", "neighbour", "family", "other")
"""In the order in which they count when a text tells of two."""
_NOT_THIS = "not_this"
LISTS = (*ROLES, _NOT_THIS)
_READ = 1_000
"""Characters that are read: who one writes for stands at the beginning or not at all."""


def role_in(text: str, book: Phrases) -> str | None:
    """As what the author of this text writes for another; None for himself."""
    reading = book.read(text[:_READ])
    taken = {n for one in reading.found if one.name == _NOT_THIS for n in one.covers}
    found = {one.name for one in reading.found if not one.covers <= taken}
    return next((role for role in ROLES if role in found), None)


def role_in_all(texts: Iterable[str], book: Phrases) -> str | None:
    """The same for all that was said in a conversation; the strongest role counts."""
    found = {role_in(text, book) for text in texts}
    return next((role for role in ROLES if role in found), None)


def note_on(texts: Iterable[str], book: Phrases, words: Words) -> str:
    """What staff read about it, or nothing."""
    role = role_in_all(texts, book)
    return words.text(f"third_party_{role}") if role else ""
