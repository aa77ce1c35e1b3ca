"""Urgent messages, recognised by plain code: no Rasa, no network, no clock.

Reads the lexicon in ``data/urgent/`` (one file per kind, ``shared.yml`` for what they share).
The result never holds the tenant's words, only which kind and which rule spoke.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from handoff.urgent_load import Kind, Lexicon, read_lexicon
from handoff.urgent_rules import Hit
from handoff.urgent_words import Token, tokens

_OWN_SCRIPT = (("\u0600", "\u06ff", "ar"), ("\u0400", "\u04ff", "uk"))
DEFAULT_LANGUAGE = "nl"


@dataclass(frozen=True, slots=True)
class Urgent:
    """One recognised kind of danger. ``sensitive`` text stays out of logs and analysis."""

    kind: str
    label: str
    priority: int
    sensitive: bool
    queue: str = "spoed"
    topic: str = ""
    language: str = DEFAULT_LANGUAGE
    rule: str = ""


class UrgentLexicon:
    """The lexicon in memory. Safe to share between tasks; ``recognise`` keeps nothing."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @classmethod
    def load(cls, path: Path) -> UrgentLexicon:
        """Read the lexicon folder.

        Raises:
            LexiconError: a file is missing a part, or names a group that does not exist.
        """
        return cls(read_lexicon(path))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The names of all kinds, most pressing first."""
        return tuple(self._lexicon.kinds)

    @property
    def labels(self) -> dict[str, str]:
        """What staff read for each kind."""
        return {kind.id: kind.label for kind in self._lexicon.kinds.values()}

    @property
    def by_topic(self) -> dict[str, tuple[str, int]]:
        """The most pressing kind of each topic, and its place among the kinds (0 comes first)."""
        found: dict[str, tuple[str, int]] = {}
        for kind in self._lexicon.kinds.values():
            if kind.topic:
                found.setdefault(kind.topic, (kind.id, kind.priority))
        return found

    def recognise(self, text: str) -> tuple[Urgent, ...]:
        """All kinds of danger the text tells of, most pressing first. Never raises."""
        words = tokens(text)
        found = self._lexicon.book.matches(words)
        if not found:
            return ()
        language = self._language(words, [match.hits for match in found.values()])
        return tuple(
            _urgent(kind, language, found[kind.id].rule)
            for kind in self._lexicon.kinds.values()
            if kind.id in found
        )

    def safety_text(self, kind: str, language: str = DEFAULT_LANGUAGE) -> str:
        """What the tenant must read at once; Dutch when the language is not known."""
        texts = self._lexicon.kinds[kind].safety
        return texts.get(language) or texts[DEFAULT_LANGUAGE]

    def safety_texts(self) -> dict[str, Mapping[str, str]]:
        """The same for all kinds, by language."""
        return {kind.id: kind.safety for kind in self._lexicon.kinds.values()}

    def spoken_text(self, kind: str) -> str:
        """The short Dutch text for the phone."""
        return self._lexicon.kinds[kind].spoken

    def _language(self, words: Sequence[Token], matches: Sequence[tuple[Hit, ...]]) -> str:
        votes: Counter[str] = Counter()
        for word in words[:200]:
            for low, high, language in _OWN_SCRIPT:
                if low <= word.text[0] <= high:
                    votes[language] += 2
            for language in self._lexicon.speech.get(word.text, ()):
                votes[language] += 2
        for hits in matches:
            for hit in hits:
                votes[hit.language] += 1
        return _most_votes(votes)


def _most_votes(votes: Mapping[str, int]) -> str:
    if not votes:
        return DEFAULT_LANGUAGE
    return max(votes, key=lambda language: (votes[language], language == DEFAULT_LANGUAGE))


def _urgent(kind: Kind, language: str, rule: str) -> Urgent:
    return Urgent(
        kind.id, kind.label, kind.priority, kind.sensitive, kind.queue, kind.topic, language, rule
    )
