"""Measures whether a Dutch text is plain: short sentences, known words, one question, "u".

The syllable counter is our own: good enough for a score over a whole text (it agrees with a
hyphenation dictionary on all but a few loan words), and no dependency for one number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.lined_yaml import YamlBroken, read

# Vowels that sound as one, longest first; a trema starts a new syllable by itself.
_SYLLABLE = re.compile(
    r"ëe|aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|au|ou|[aeiouyáéíóúàèêëïöü]"
)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')]*\s+|\n+")
# One number is one word, also when it is written in groups: 085 000 12 34, 08:30, 4,1.
_IBAN = r"\b[A-Z]{2}\d\d(?: ?[A-Z0-9]{4})+(?: ?\d{1,4})?\b"
_NUMBER = re.compile(rf"{_IBAN}|\d+(?:[.,:-]\d+| \d+)*")
_WORD = re.compile(r"[^\W\d_][\w'’./-]*|#")
_LINK = re.compile(r"https?://\S+|\b[\w-]+(?:\.[\w-]+)+(?:/\S*)?(?=[\s.,;:!?)]|$)|\S+@\S+")


def sentences(text: str) -> tuple[str, ...]:
    """A text cut into sentences; a web address or an amount does not end one."""
    return tuple(part for part in (p.strip() for p in _SENTENCE_END.split(text)) if part)


def words(text: str) -> tuple[str, ...]:
    """The words of a text; a number and a web address each count as one, written ``#``."""
    plain = _NUMBER.sub("#", _LINK.sub("#", text))
    return tuple(word.strip(".'’-/") or word for word in _WORD.findall(plain))


def syllables(word: str) -> int:
    return max(1, len(_SYLLABLE.findall(word.lower())))


def flesch_douma(text: str) -> float:
    """Reading ease of a Dutch text: about 100 is very easy, below 30 very hard."""
    said = words(text)
    if not said:
        return 100.0
    per_word = sum(map(syllables, said)) / len(said)
    return 206.84 - 77 * per_word - 0.93 * len(said) / len(sentences(text))


def questions(text: str) -> int:
    """Questions that wait for an answer.

    "Lukt het niet? Bel ons dan." is an "if": its answer follows in the same breath.
    """
    parts = sentences(text)
    following = (*parts[1:], "?") if parts else ()
    return sum(p.endswith("?") and n.endswith("?") for p, n in zip(parts, following, strict=True))


@dataclass(frozen=True, slots=True)
class LongSentence:
    """A stretch of a text with more words than a sentence may have."""

    start: int
    end: int
    words: int


@dataclass(frozen=True, slots=True)
class HardWord:
    """A stretch of a text that has an easier word."""

    start: int
    end: int
    better: str


@dataclass(frozen=True, slots=True)
class Marks:
    """What a writer may want to change, by place. ``easy`` is None for a text too short to tell."""

    long_sentences: tuple[LongSentence, ...]
    hard_words: tuple[HardWord, ...]
    easy: bool | None

    @property
    def is_plain(self) -> bool:
        return not self.long_sentences and not self.hard_words and self.easy is not False


@dataclass(frozen=True, slots=True)
class PlainDutch:
    """The rules, as ``data/plain_dutch.yml`` sets them."""

    longest_sentence: int
    longest_answer: int
    most_questions: int
    lowest_score: float
    score_from_words: int
    banned: Mapping[str, str]

    @classmethod
    def load(cls, path: Path) -> PlainDutch:
        """Read the rules.

        Raises:
            YamlBroken: a number or the list of words is missing.
        """
        source = read(path)

        def number(name: str) -> int:
            value = source.data.get(name)
            if not isinstance(value, int):
                raise YamlBroken(path, source.line_of(name), f"{name} must be a whole number")
            return value

        banned = source.data.get("banned")
        if not isinstance(banned, Mapping):
            raise YamlBroken(path, source.line_of("banned"), "banned must list words")
        return cls(
            number("longest_sentence"),
            number("longest_answer"),
            number("most_questions"),
            number("lowest_score"),
            number("score_from_words"),
            {str(word): str(better) for word, better in banned.items()},
        )

    def marks(self, text: str) -> Marks:
        """The same rules with their places, for somebody who is still writing."""
        hard = sorted(
            (
                HardWord(found.start(), found.end(), better)
                for word, better in self.banned.items()
                for found in _places(word, text)
            ),
            key=lambda one: (one.start, -one.end),
        )
        # "huurder dient" and "dient" are one remark: the longest of those that start first.
        apart = [h for n, h in enumerate(hard) if all(b.end <= h.start for b in hard[:n])]
        told = len(words(text)) >= self.score_from_words
        easy = flesch_douma(text) >= self.lowest_score if told else None
        return Marks(tuple(self._long_sentences(text)), tuple(apart), easy)

    def _long_sentences(self, text: str) -> Iterator[LongSentence]:
        start = 0
        for end, following in [(m.start(), m.end()) for m in _SENTENCE_END.finditer(text)] + [
            (len(text), len(text))
        ]:
            count = len(words(text[start:end]))
            if count > self.longest_sentence:
                yield LongSentence(start, end, count)
            start = following

    def problems(self, text: str) -> Iterator[str]:
        """What is not plain in this text, each in one line."""
        for sentence in sentences(text):
            length = len(words(sentence))
            if length > self.longest_sentence:
                yield f"{length} words in a sentence (at most {self.longest_sentence}): {sentence}"
        length = len(words(text))
        if length > self.longest_answer:
            yield f"{length} words (at most {self.longest_answer})"
        if questions(text) > self.most_questions:
            yield f"{questions(text)} questions (at most {self.most_questions})"
        score = flesch_douma(text)
        if length >= self.score_from_words and score < self.lowest_score:
            yield f"reading score {score:.0f} (at least {self.lowest_score:.0f}): shorter words"
        for word, better in self.banned.items():
            if any(_places(word, text)):
                yield f"{word!r}: write {better!r}"


def _places(banned: str, text: str) -> Iterator[re.Match[str]]:
    ending = r"\w*" if banned.endswith("*") else r"(?!\w)"
    return re.finditer(rf"(?<!\w){re.escape(banned.rstrip('*'))}{ending}", text, re.IGNORECASE)
