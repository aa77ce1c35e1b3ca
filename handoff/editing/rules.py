"""What an edited text is checked on: what may not be saved, and what a writer may do better.

The same measures as ``bot.content_check``, with codes in place of sentences. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from bot.placeholders import placeholders_in
from bot.plain_dutch import PlainDutch, questions, words
from handoff.editing.catalogue import Kind, Shipped
from handoff.editing.week import WeekBroken, read_week

_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
_LONGEST = 4_000
_MOST_MINUTES = 480


@dataclass(frozen=True, slots=True)
class Remark:
    """``hard``: it cannot be proposed like this. ``about`` is the word or number it is about."""

    code: str
    about: str = ""
    hard: bool = True


def check(text: str, shipped: Shipped, plain: PlainDutch, known: Container[str]) -> list[Remark]:
    """All remarks on a text. ``known``: names that may stand in ``[[...]]``."""
    if not text.strip():
        return [Remark("empty")]
    if len(text) > _LONGEST:
        return [Remark("too_long")]
    match shipped.kind:
        case Kind.HOURS:
            return list(_week(text, plain))
        case Kind.PROMISE:
            right = text.strip().isascii() and text.strip().isdigit()
            return [] if right and 1 <= int(text) <= _MOST_MINUTES else [Remark("minutes")]
        case _:
            return [*_places(text, shipped, known), *_plain(text, plain)]


def _week(text: str, plain: PlainDutch) -> Iterator[Remark]:
    try:
        week = read_week(text)
    except WeekBroken as wrong:
        yield Remark(str(wrong))
    else:
        yield from _plain(week.in_words, plain)


def _places(text: str, shipped: Shipped, known: Container[str]) -> Iterator[Remark]:
    # A canned reply is filled in by the console, which knows no facts.
    facts_allowed = shipped.kind is not Kind.CANNED
    for name in placeholders_in(text):
        # The hub's own words are not rendered for a day; they know the settings only.
        dated = shipped.kind is Kind.TEXT and name.startswith("facts.")
        if not facts_allowed or dated or name not in known:
            yield Remark("unknown_placeholder", name)
    for found in _BRACES.finditer(text):
        if found.group(1) not in shipped.places:
            yield Remark("unknown_place", found.group(0))


def _plain(text: str, plain: PlainDutch) -> Iterator[Remark]:
    length, asked = len(words(text)), questions(text)
    if length > plain.longest_answer:
        yield Remark("too_many_words", str(length))
    if asked > plain.most_questions:
        yield Remark("two_questions", str(asked))
    marks = plain.marks(text)
    for sentence in marks.long_sentences:
        yield Remark("long_sentence", str(sentence.words), hard=False)
    for word in marks.hard_words:
        yield Remark("hard_word", f"{text[word.start : word.end]}: {word.better}", hard=False)
    if marks.easy is False:
        yield Remark("hard_to_read", hard=False)
