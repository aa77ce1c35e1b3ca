"""Does the tenant ask for a person? Recognised by plain code: no Rasa, no network, no clock.

Reads ``data/person_request/`` with the engine of the urgent words. What it finds is granted at
once, so it must know every way of asking and stay quiet where people are only talked about.
"""

from __future__ import annotations

import re
from pathlib import Path

from handoff.urgent_load import read_rules
from handoff.urgent_match import RuleBook
from handoff.urgent_words import tokens

# A wish stands in a message of ordinary length or in its beginning or end.
_READ_AT_EACH_END = 2_000
_SENTENCE_END = re.compile(r"[.!?;\n]+")
# "Mijn kraan lekt. Medewerker!": so short a part is also read by itself.
_SHORT_PART = 3
_WISH = "person"


class PersonRequest:
    """The words of asking for a person, in memory. Safe to share; ``recognise`` keeps nothing."""

    def __init__(self, book: RuleBook) -> None:
        self._book = book

    @classmethod
    def load(cls, folder: Path) -> PersonRequest:
        """Read the folder.

        Raises:
            LexiconError: a file is missing a part, or names a group that does not exist.
        """
        return cls(read_rules(folder))

    def recognise(self, text: str) -> bool:
        """Whether the text asks for a person. Never raises."""
        return self.rule(text) != ""

    def rule(self, text: str) -> str:
        """The name of the rule that recognised the wish, or nothing; for tests and figures."""
        if len(text) > 2 * _READ_AT_EACH_END:
            text = f"{text[:_READ_AT_EACH_END]}\n{text[-_READ_AT_EACH_END:]}"
        for match in self._book.matches(tokens(text)).values():
            return match.rule
        for part in _short_parts(text):
            wish = self._book.matches(tokens(part)).get(_WISH)
            if wish is not None:
                return wish.rule
        return ""


def _short_parts(text: str) -> list[str]:
    """Short sentences, and what stands before the first comma of a sentence."""
    parts = [sentence.partition(",")[0] for sentence in _SENTENCE_END.split(text)]
    return [part for part in parts if 0 < len(part.split()) <= _SHORT_PART]
