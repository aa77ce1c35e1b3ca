"""What we never ask and must not keep, taken out of a text and replaced by a readable word.

The words are in ``data/sensitive.yml``; what is found and what is not, and how well, is in
``docs/privacy.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.lined_yaml import YamlBroken, read
from bot.sensitive.accounts import Accounts
from bot.sensitive.health import Health
from bot.sensitive.income import Income
from bot.sensitive.labels import Labels
from bot.sensitive.numbers import cards_in, is_account, is_bsn, secrets_of_card
from bot.sensitive.runs import Run, runs_in
from bot.sensitive.spoken import SpokenNumbers
from bot.sensitive.words import Span, Word, WordList, cut, fold

_SHIPPED = Path(__file__).resolve().parents[2] / "data/sensitive.yml"
_PARTS = ("tokens", "near", "card_secret", "pin", "banks", "spoken", "income", "health")


class Kind(StrEnum):
    """What was found, in the order in which it goes before another."""

    ACCOUNT = "account"
    CARD = "card"
    BSN = "bsn"
    INCOME = "income"
    HEALTH = "health"


@dataclass(frozen=True, slots=True)
class Masked:
    """The text as it may be kept, and what was taken out of it."""

    text: str
    kinds: frozenset[Kind] = frozenset()


class Sensitive:
    """Compiled once; ``mask`` keeps nothing."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._tokens = {kind: str(raw["tokens"][kind.value]) for kind in Kind}
        self._near = {kind: WordList(entries) for kind, entries in raw["near"].items()}
        self._card_secret = WordList(raw["card_secret"])
        self._pin = WordList(raw["pin"])
        self._spoken = SpokenNumbers.read(raw["spoken"])
        self._accounts = Accounts(frozenset(raw["banks"]), self._spoken)
        self._income = Income({**raw["income"], "big": raw["spoken"]["big"]}, self._spoken)
        self._health = Health(raw["health"])

    @classmethod
    def load(cls, file: Path = _SHIPPED) -> Sensitive:
        """Read the words.

        Raises:
            YamlBroken: a part is missing.
        """
        source = read(file)
        missing = [part for part in _PARTS if not source.data.get(part)]
        if missing:
            raise YamlBroken(file, 1, f"{missing[0]} must be given")
        return cls(source.data)

    def mask(self, text: str, *, keep_health: bool = False) -> Masked:
        """Take it out. ``keep_health``: in danger a helper must know what somebody has or took."""
        folded = fold(text)
        words = cut(folded)
        found = sorted(
            self._found(folded, words, keep_health),
            key=lambda one: (words[one[1].first].start, -one[1].after),
        )
        out: list[str] = []
        at = 0
        for kind, span in _without_overlap(found):
            start, end = words[span.first].start, words[span.after - 1].end
            out += [text[at:start], self._tokens[kind]]
            at = end
        out.append(text[at:])
        return Masked("".join(out), frozenset(kind for kind, _ in found))

    def kinds_in(self, masked: str) -> tuple[Kind, ...]:
        """What was taken out of a text before, by the words that stand in its place."""
        return tuple(kind for kind in Kind if self._tokens[kind] in masked)

    def _found(
        self, folded: str, words: Sequence[Word], keep_health: bool
    ) -> Iterator[tuple[Kind, Span]]:
        for span in self._accounts.find(words):
            yield Kind.ACCOUNT, span
        labels = Labels(self._near, words)
        card: Span | None = None
        for run in runs_in(folded, words, self._spoken):
            for kind, span in self._in_run(run, words, folded, labels):
                card = span if kind is Kind.CARD else card
                yield kind, span
        for span in secrets_of_card(words, card, self._card_secret, self._pin):
            yield Kind.CARD, span
        for span in self._income.find(folded, words):
            yield Kind.INCOME, span
        if not keep_health:
            for span in self._health.find(words):
                yield Kind.HEALTH, span

    def _in_run(
        self, run: Run, words: Sequence[Word], folded: str, labels: Labels
    ) -> Iterator[tuple[Kind, Span]]:
        cards = list(cards_in(run, labels))
        for card in cards:
            yield Kind.CARD, Span(card.first, card.after)
        if cards:
            return
        if is_bsn(run, words, folded, labels):
            yield Kind.BSN, Span(run.first, run.after)
        elif is_account(run, labels):
            yield Kind.ACCOUNT, Span(run.first, run.after)


def _without_overlap(found: Sequence[tuple[Kind, Span]]) -> Iterator[tuple[Kind, Span]]:
    """What overlaps becomes one: as far as either reaches, of the kind that goes first."""
    order = list(Kind)
    merged: list[tuple[Kind, Span]] = []
    for kind, span in found:
        if merged and span.first < merged[-1][1].after:
            last_kind, last = merged[-1]
            first_kind = min(kind, last_kind, key=order.index)
            merged[-1] = first_kind, Span(last.first, max(last.after, span.after))
        else:
            merged.append((kind, span))
    return iter(merged)
