"""Bank accounts: IBAN typed, spaced, in small letters or spelled out, and old numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.sensitive.checks import IBAN_LENGTHS, passes_iban
from bot.sensitive.spoken import SpokenNumbers
from bot.sensitive.words import Span, Word

_BREAK = "|"
_DUTCH = re.compile(r"NL\d{2}[A-Z]{4}\d{10}")
_LONGEST_GAP = 4
_SHORT_WORD = 4


@dataclass(frozen=True, slots=True)
class _Stream:
    """Letters and digits of a text in one row; ``of`` says from which word each comes."""

    text: str
    of: tuple[int, ...]

    def starts(self) -> Iterator[int]:
        for at, place in enumerate(self.of):
            if self.text[at] != _BREAK and (at == 0 or self.of[at - 1] != place):
                yield at

    def ends_a_word(self, at: int) -> bool:
        return at >= len(self.of) or self.of[at] != self.of[at - 1]


@dataclass(frozen=True, slots=True)
class Accounts:
    banks: frozenset[str]
    """Codes of Dutch banks, small letters."""
    spoken: SpokenNumbers

    def find(self, words: Sequence[Word]) -> list[Span]:
        """Every IBAN, and the beginning of a Dutch one."""
        found = []
        for fillers_are_letters in (True, False):
            stream = self._stream(words, fillers_are_letters)
            for at in stream.starts():
                length = self._length(stream, at)
                if length:
                    found.append(Span(stream.of[at], stream.of[at + length - 1] + 1))
        return found

    def _length(self, stream: _Stream, at: int) -> int:
        """How many characters of the stream are an account; 0: none begins here."""
        text = stream.text
        if _DUTCH.match(text, at):
            return 18  # also with a wrong check digit: it is meant as one
        length = IBAN_LENGTHS.get(text[at : at + 2], 0)
        if length and stream.ends_a_word(at + length) and passes_iban(text[at : at + length]):
            return length
        begun = re.match(r"NL\d{2}([A-Z]{4})\d{0,9}", text[at : at + 18])
        if begun and begun[1].lower() in self.banks and stream.ends_a_word(at + begun.end()):
            return begun.end()
        return 0

    def _stream(self, words: Sequence[Word], fillers_are_letters: bool) -> _Stream:
        parts: list[str] = []
        of: list[int] = []
        for place, word in enumerate(words):
            gap = word.start - words[place - 1].end if place else 0
            value = self._value(words, place, fillers_are_letters)
            if gap > _LONGEST_GAP:
                value = _BREAK + value
            parts.append(value)
            of.extend([place] * len(value))
        return _Stream("".join(parts), tuple(of))

    def _value(self, words: Sequence[Word], place: int, fillers_are_letters: bool) -> str:
        text = words[place].text
        if words[place].is_digits or text in self.banks:
            return text.upper()
        before_digits = place + 1 < len(words) and len(words[place + 1].text) >= 2
        if text.upper() in IBAN_LENGTHS and before_digits and words[place + 1].is_digits:
            return text.upper()
        if not fillers_are_letters and text in self.spoken.fillers:
            return ""
        if len(text) == 1 and text.isascii():
            return text.upper()
        if text in self.spoken.letters:
            return self.spoken.letters[text].upper()
        if text in self.spoken.numbers:
            return self.spoken.numbers[text]
        short = len(text) <= _SHORT_WORD and text.isascii()
        return text.upper() if short else _BREAK
