"""Cuts a message in parts where it goes over from one request to the next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from handoff.memory.phrases import Phrases
from handoff.urgent_words import Token, fold

JOINS, SOFT_JOINS = "joins", "soft_joins"
LISTS = (JOINS, SOFT_JOINS)
MOST_PARTS = 3
_FEWEST_WORDS = 3
"""A part with fewer words belongs to its neighbour: "Hallo.", "Help!"."""
_WORDS_OF_A_QUESTION = 5
"""A shorter question behind another is more of the same: "Voor of na?"."""
_LONGEST = 1_000
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
_WORD = re.compile(r"\w[\w'’]*")


@dataclass(frozen=True, slots=True)
class Part:
    """``clear``: this is surely a request of its own, also when it is not understood."""

    text: str
    clear: bool


def parts_of(text: str, book: Phrases) -> tuple[Part, ...]:
    """Two or three parts, or none when the message is one request or one long story."""
    if len(text) > _LONGEST:
        return ()
    for cut in (_at_joins(text, book), _at_questions(text), _at_soft_joins(text, book)):
        if 2 <= len(cut) <= MOST_PARTS:
            return cut
    return ()


def _at_joins(text: str, book: Phrases) -> tuple[Part, ...]:
    return tuple(Part(piece, True) for piece in _cut(text, _places(text, book, JOINS)))


def _at_questions(text: str) -> tuple[Part, ...]:
    """Each question with the sentences before it; what stands behind the last goes with it."""
    sentences = [found.group() for found in _SENTENCE.finditer(text)]
    ends, at = [], 0
    for sentence in sentences:
        at += len(sentence)
        if "?" in sentence:
            ends.append(at)
    pieces = _cut(text, ends[:-1])
    return tuple(Part(piece, len(_WORD.findall(piece)) >= _WORDS_OF_A_QUESTION) for piece in pieces)


def _at_soft_joins(text: str, book: Phrases) -> tuple[Part, ...]:
    """Two sentences, or two halves of one; only believed when the assistant is sure of both."""
    ends = [found.end() for found in _SENTENCE.finditer(text)][:-1]
    places = sorted({*ends, *_places(text, book, SOFT_JOINS)})
    pieces = _cut(text, places)
    return tuple(Part(piece, False) for piece in pieces) if len(pieces) == 2 else ()


def _places(text: str, book: Phrases, name: str) -> list[int]:
    """Where in the text the phrases of a list begin."""
    words = list(_WORD.finditer(text))
    tokens = [Token(fold(word.group()), number) for number, word in enumerate(words)]
    return sorted({words[one.first].start() for one in book.find(tokens) if one.name == name})


def _cut(text: str, places: list[int]) -> list[str]:
    """Cut at these places; a piece of very few words stays with what follows or goes before."""
    bounds = [0, *places, len(text)]
    pieces: list[str] = []
    for start, end in pairwise(bounds):
        piece = text[start:end]
        if pieces and _is_short(pieces[-1]):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    if len(pieces) > 1 and _is_short(pieces[-1]):
        pieces[-2:] = [pieces[-2] + pieces[-1]]
    return [piece.strip(" ,\n\t") for piece in pieces]


def _is_short(piece: str) -> bool:
    return len(_WORD.findall(piece)) < _FEWEST_WORDS
