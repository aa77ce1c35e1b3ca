"""Amounts that somebody earns, gets or owns; amounts of rent and bills stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.sensitive.spoken import SpokenNumbers
from bot.sensitive.words import Span, Word, WordList, fold

_AMOUNT = re.compile(
    r"(?<![\w+/])(?<!\d[.,\-])"
    r"(?:\d{1,3}(?:[.']\d{3})+|\d{1,3}(?: \d{3})(?!\d)|\d{2,6})(?:,(?:\d{1,2}\b|-))?"
    r"(?:\.\d{2}(?!\d))?(?![\d%/]|[.,\-]\d|\s?%|\s?procent)"
)
_FAR = 7
_SMALL = 100
_YEARS = range(1940, 2061)


class Income:
    """Compiled once."""

    def __init__(self, raw: Mapping[str, Any], spoken: SpokenNumbers) -> None:
        self._words = WordList(raw["words"])
        self._others = WordList(raw["others"])
        self._years_after = WordList(raw["years_after"])
        self._no_amount_after = WordList(raw["no_amount_after"])
        self._currency = frozenset(fold(str(word)) for word in raw["currency"])
        self._big = WordList(raw["big"])
        self._spoken = spoken

    def find(self, folded: str, words: Sequence[Word]) -> list[Span]:
        """The amounts of income."""
        earned = self._words.find(words)
        if not earned:
            return []
        others = self._others.find(words)
        return [
            amount
            for amount in self._amounts(folded, words)
            if self._is_earned(amount, words, earned, others)
        ]

    def _is_earned(
        self, amount: Span, words: Sequence[Word], earned: list[Span], others: list[Span]
    ) -> bool:
        sentence = words[amount.first].sentence
        near = min((_distance(amount, one, words, sentence) for one in earned), default=_FAR)
        other = min((_distance(amount, one, words, sentence) for one in others), default=_FAR)
        return near < _FAR and near <= other

    def _amounts(self, folded: str, words: Sequence[Word]) -> Iterator[Span]:
        starts = {word.start: at for at, word in enumerate(words)}
        for match in _AMOUNT.finditer(folded):
            first = starts.get(match.start())
            if first is None:
                continue
            after = first + 1
            while after < len(words) and words[after].start < match.end():
                after += 1
            if self._is_amount(folded, words, Span(first, after)):
                yield Span(first, after)
        for at, word in enumerate(words):
            if self._spoken.is_big(word.text) and not self._is_round_word(folded, words, at):
                yield Span(at, at + 1)

    def _is_amount(self, folded: str, words: Sequence[Word], span: Span) -> bool:
        first, last = words[span.first], words[span.after - 1]
        money = self._has_currency(folded, words, span)
        before = words[span.first - 1].text if span.first else ""
        behind = folded[last.end :][:1]
        if behind.isalpha() and behind != "k" and not money:
            return False
        if before in self._no_amount_after and not money:
            return False
        if span.after - span.first == 1 and not money:
            thousands = behind == "k" or self._thousands_behind(words, span.after)
            if int(first.text) < _SMALL and not thousands:
                return False
            if int(first.text) in _YEARS and before in self._years_after:
                return False
        return not _is_postcode(folded, last)

    def _has_currency(self, folded: str, words: Sequence[Word], span: Span) -> bool:
        before = folded[: words[span.first].start].rstrip()[-1:]
        behind = folded[words[span.after - 1].end :].lstrip(" ,-")[:1]
        named = span.after < len(words) and words[span.after].text in self._currency
        return "€" in (before, behind) or named

    def _thousands_behind(self, words: Sequence[Word], at: int) -> bool:
        return at < len(words) and self._spoken.is_big(words[at].text)

    def _is_round_word(self, folded: str, words: Sequence[Word], at: int) -> bool:
        """ "honderd" alone is mostly no amount: "honderd procent", "honderd keer"."""
        return words[at].text in self._big and not self._has_currency(
            folded, words, Span(at, at + 1)
        )


def _distance(amount: Span, word: Span, words: Sequence[Word], sentence: int) -> float:
    if words[word.first].sentence != sentence:
        return _FAR
    if word.after <= amount.first:
        return amount.first - word.after
    if word.first >= amount.after:
        return word.first - amount.after + 0.5
    return _FAR


def _is_postcode(folded: str, last: Word) -> bool:
    """The text is folded, so letters tell nothing of themselves: only glued ones count here."""
    glued = re.match(r"[a-z]{2}\b", folded[last.end :])
    return len(last.text) == 4 and glued is not None
