"""Mends typing errors: a word that nobody else writes becomes the word that was meant.

Words come from the training texts alone. A word is known when two writers use it; it can be meant
when several do. Dutch only: in a text of another language hardly any word is known, and such a
text stays as it is. What is mended is for understanding; rules and people see the tenant's text.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.server.components.dutch import sounds

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_SHORTEST = 4
"""Letters of the shortest word that is mended. In a shorter one, one letter makes another word."""
_KNOWN_BY, _MEANT_BY = 2, 4
"""Writers who must use a word."""
_DUTCH = 0.6
"""Share of the words of a text that must be known for it to be Dutch."""
_FILE = "spelling.json"


class Spelling:
    """``known`` are words that stay; ``meant`` are words to mend to, with how often they occur."""

    def __init__(self, known: Iterable[str], meant: dict[str, int]) -> None:
        self._known = frozenset(known)
        self._meant = meant
        self._by_sound: dict[str, str] = {}
        self._by_loss: dict[str, list[str]] = defaultdict(list)
        for word in sorted(meant, key=lambda word: (meant[word], word)):
            self._by_sound[sounds(word)] = word  # the most frequent one comes last
            for shorter in {word, *_losses(word)}:
                self._by_loss[shorter].append(word)

    @classmethod
    def learn(cls, texts: Sequence[str], writers: Sequence[str]) -> "Spelling":
        users: dict[str, set[str]] = defaultdict(set)
        times: dict[str, int] = defaultdict(int)
        for text, writer in zip(texts, writers, strict=True):
            for word in _WORD.findall(text.lower()):
                users[word].add(writer)
                times[word] += 1
        known = [word for word, by in users.items() if len(by) >= _KNOWN_BY]
        meant = {
            word: times[word]
            for word, by in users.items()
            if len(by) >= _MEANT_BY and len(word) >= _SHORTEST
        }
        return cls(known, meant)

    def mend(self, text: str) -> str:
        words = _WORD.findall(text.lower())
        if not words or sum(word in self._known for word in words) < _DUTCH * len(words):
            return text
        return _WORD.sub(lambda found: self._word(found.group()), text)

    def _word(self, word: str) -> str:
        lower = word.lower()
        if len(lower) < _SHORTEST or lower in self._known:
            return word
        same = self._by_sound.get(sounds(lower))
        if same is not None:
            return same
        near = {
            other
            for shorter in (lower, *_losses(lower))
            for other in self._by_loss.get(shorter, ())
            if _one_slip(lower, other)
        }
        return max(near, key=lambda it: (it[0] == lower[0], self._meant[it], it), default=word)

    def save(self, folder: Path) -> None:
        body = {"known": sorted(self._known), "meant": self._meant}
        (folder / _FILE).write_text(json.dumps(body), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Spelling":
        body = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return cls(body["known"], body["meant"])


def _losses(word: str) -> set[str]:
    """The word with each of its letters left out."""
    return {word[:place] + word[place + 1 :] for place in range(len(word))}


def _one_slip(one: str, two: str) -> bool:
    """Whether one letter more, less, other, or two letters swapped make one word of the other."""
    if len(one) < len(two):
        one, two = two, one
    same = next((at for at, letter in enumerate(two) if one[at] != letter), len(two))
    one, two = one[same:], two[same:]
    if len(one) > len(two):
        return one[1:] == two
    return one[1:] == two[1:] or (one[:2] == two[1::-1] and one[2:] == two[2:])
