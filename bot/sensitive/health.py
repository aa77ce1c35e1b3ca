"""Diagnoses, medicines and treatments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.sensitive.words import Span, Word, WordList

_BETWEEN = 3


class Health:
    """Compiled once."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._words = WordList(raw["words"])
        doubtful = raw["only_after"]
        self._doubtful = WordList(doubtful["words"])
        self._after = WordList(doubtful["after"])
        self._between = WordList(raw["between"])

    def find(self, words: Sequence[Word]) -> list[Span]:
        """Everywhere health is told."""
        sure = self._words.find(words)
        return sure + [one for one in self._doubtful.find(words) if self._is_meant(words, one)]

    def _is_meant(self, words: Sequence[Word], span: Span) -> bool:
        """ "ik heb kanker" tells of health, "kanker op met je lift" does not."""
        at = span.first - 1
        while at >= 0 and span.first - at <= _BETWEEN and words[at].text in self._between:
            at -= 1
        return at >= 0 and words[at].text in self._after
