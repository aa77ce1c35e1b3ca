"""Which word beside a number says what kind of number it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.sensitive.words import Span, Word, WordList

_BEFORE = 6
_BEHIND = 3
_BEHIND_COSTS = 0.5
"""A word in front says more than one behind at the same distance."""


class Labels:
    """Where the words of each kind stand in one text."""

    def __init__(self, lists: Mapping[str, WordList], words: Sequence[Word]) -> None:
        self._words = words
        self._places = {kind: found.find(words) for kind, found in lists.items()}

    def nearest(self, first: int, after: int) -> str | None:
        """The kind of the word that stands nearest to these words; None when none is near."""
        best: tuple[float, str] | None = None
        for kind, spans in self._places.items():
            for span in spans:
                distance = self._distance(span, first, after)
                if distance is not None and (best is None or distance < best[0]):
                    best = distance, kind
        return best[1] if best else None

    def _distance(self, span: Span, first: int, after: int) -> float | None:
        if span.after <= first and first - span.after < _BEFORE:
            return float(first - span.after)
        if span.first >= after and span.first - after < _BEHIND:
            same = self._words[span.first].sentence == self._words[after - 1].sentence
            return span.first - after + _BEHIND_COSTS if same else None
        return None
