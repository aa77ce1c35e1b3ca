"""Words as tenants type and say them: folding, sound-alike keys, and a tolerant word index.

Pure. A pattern is written in the lexicon as ``word``, ``stem*``, ``*tail``, ``=word`` (no
misspelling allowed), ``#`` (any number), ``#old`` (an age), ``#cold`` (a room temperature).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.distance import OSA

# One token, or one sentence break.
_PIECE = re.compile(r"[\w🔥🆘]+|[.!?;\n]+")
_TRIPLED = re.compile(r"(.)\1\1+")
_DOUBLED = re.compile(r"([bcdfghjklmnpqrstvwxyz])\1")
_LETTERS = str.maketrans(
    {
        "ı": "i", "ł": "l", "ß": "ss", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe",
        "ة": "ه", "ى": "ي", "ٱ": "ا", "ی": "ي", "ک": "ك", "گ": "ك", "ـ": None, "ґ": "г",
        "'": None, "’": None, "‘": None, "`": None, "´": None, "ʼ": None, "\u200c": None,
        "_": " ",
    }
)  # fmt: skip
# Dutch spelling confusions first; they do no harm to the other Latin-script languages, because
# lexicon and text go through the same key.
_SOUNDS = (
    ("sch", "sg"), ("ch", "g"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("c", "k"), ("q", "k"),
    ("x", "ks"), ("dt", "t"), ("v", "f"), ("z", "s"), ("ij", "y"), ("ei", "y"), ("ie", "i"),
    ("auw", "ou"), ("ouw", "ou"), ("au", "ou"),
)  # fmt: skip
_NO_NUMBERS: frozenset[int] = frozenset()
_SENTENCE_GAP = 3
# Words of so many letters may have two letters swapped or one too many, no other slip.
_SHORT = 4
_CACHED_WORDS = 20_000
_STEM_FUZZY_FROM = 7
_OLD_AGES = range(65, 111)
_COLD_DEGREES = range(16)


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word and its place; a new sentence leaves a gap in the places."""

    text: str
    place: int


def fold(text: str) -> str:
    """Lower case, without accents, apostrophes and vowel signs."""
    if text.isascii():
        return text.lower().translate(_LETTERS)
    opened = unicodedata.normalize("NFKD", text.replace("İ", "i").replace("I", "i").lower())
    plain = "".join(c for c in opened if not unicodedata.combining(c))
    return plain.translate(_LETTERS)


def tokens(text: str) -> list[Token]:
    """Cut a text into words; spelled-out letters ("g a s") become one word again."""
    found: list[Token] = []
    place = 0
    for piece in _PIECE.findall(fold(text)):
        if piece[0] in ".!?;\n":
            place += _SENTENCE_GAP
            continue
        if len(found) > 1 and found[-1].text == found[-2].text == piece:
            continue  # "gas gas gas gas" says no more than "gas gas"
        place += 1
        found.append(Token(piece, place))
    return _join_spelled(found)


def _join_spelled(found: list[Token]) -> list[Token]:
    joined: list[Token] = []
    letters: list[Token] = []
    for token in [*found, Token("", 0)]:
        if len(token.text) == 1 and token.text.isalpha():
            letters.append(token)
            continue
        if len(letters) > 2:
            joined.append(Token("".join(t.text for t in letters), letters[0].place))
        else:
            joined.extend(letters)
        letters = []
        if token.text:
            joined.append(token)
    return joined


def sound(word: str) -> str:
    """The sound-alike key of a folded word. Short words keep their letters."""
    if len(word) <= 3 or not word.isascii():
        return word
    for written, heard in _SOUNDS:
        if written in word:
            word = word.replace(written, heard)
    word = _DOUBLED.sub(r"\1", word)
    if len(word) > 4 and word[-1] == "d":
        word = word[:-1] + "t"
    return word


def allowed_slips(length: int) -> int:
    """How many letters may be wrong in a word of this length."""
    if length < 5:
        return 0
    return 1 if length < 11 else 2


def _without_letters(word: str, count: int) -> set[str]:
    """The word and all its versions with up to ``count`` letters left out, the first kept."""
    made = {word}
    for gone in range(1, count + 1):
        for places in combinations(range(1, len(word)), gone):
            cut = list(word)
            for place in reversed(places):
                del cut[place]
            made.add("".join(cut))
    return made


def _arabic_bases(word: str) -> list[str]:
    """The word without the particles that Arabic writes onto its front."""
    bases = [word]
    for particles in ("وف", "بلك"):
        if len(bases[-1]) > 3 and bases[-1][0] in particles:
            bases.append(bases[-1][1:])
    for base in tuple(bases):
        for article in ("ال", "ل"):
            if base.startswith(article) and len(base) - len(article) > 1:
                bases.append(base[len(article) :])
    return bases


class WordIndex:
    """Which patterns a word fits, misspellings included. Built once, then only read."""

    def __init__(
        self, neutral: Iterable[str] = (), spellings: Mapping[str, str] | None = None
    ) -> None:
        # Short words in chat and dialect ("nie", "k", "mn"), too short for tolerant matching.
        self._spellings = {fold(short): fold(full) for short, full in (spellings or {}).items()}
        self._ids: dict[str, int] = {}
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._strict: dict[str, list[int]] = defaultdict(list)
        self._stems: dict[str, list[int]] = defaultdict(list)
        self._tails: dict[str, list[int]] = defaultdict(list)
        self._slips: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._stem_slips: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._neutral = frozenset(sound(fold(word)) for word in neutral)
        self._swapped: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._edges: set[tuple[str, str]] = set()
        self._seen: dict[str, frozenset[int]] = {}

    def add(self, pattern: str) -> int:
        """Register a pattern; the same pattern gets the same number."""
        pattern = fold(pattern)
        known = self._ids.get(pattern)
        if known is not None:
            return known
        number = self._ids[pattern] = len(self._ids)
        if pattern.startswith("="):
            self._strict[pattern[1:]].append(number)
        elif pattern.startswith("#"):
            self._strict[pattern].append(number)
        elif pattern.endswith("*"):
            self._add_stem(sound(pattern[:-1]), number)
        elif pattern.startswith("*"):
            self._tails[sound(pattern[1:])].append(number)
        else:
            self._edges.add((pattern[:3], pattern[-3:]))
            self._add_word(sound(pattern), number)
        return number

    def _add_stem(self, stem: str, number: int) -> None:
        self._stems[stem].append(number)
        if len(stem) >= _STEM_FUZZY_FROM:
            for cut in _without_letters(stem, 1):
                self._stem_slips[cut].append((stem, number))

    def _add_word(self, word: str, number: int) -> None:
        if len(word) >= _SHORT:
            self._swapped[word[0] + "".join(sorted(word))].append((word, number))
        self._exact[word].append(number)
        for cut in _without_letters(word, allowed_slips(len(word))):
            if cut != word or allowed_slips(len(word)):
                self._slips[cut].append((word, number))

    def find(self, word: str) -> frozenset[int]:
        """The numbers of all patterns that a folded word fits."""
        seen = self._seen.get(word)
        if seen is None:
            if len(self._seen) >= _CACHED_WORDS:
                self._seen.clear()
            seen = self._seen[word] = frozenset(self._look_up(word))
        return seen

    def find_joined(self, first: str, second: str) -> frozenset[int]:
        """Patterns of a compound that was written as two words."""
        if (first[:3], second[-3:]) not in self._edges:
            return _NO_NUMBERS
        return frozenset(self._exact.get(sound(first + second), ()))

    def _look_up(self, word: str) -> set[int]:
        found = set(self._strict.get(word, ()))
        if word.isdigit():
            return found | self._numbers(word)
        forms = [word]
        if _TRIPLED.search(word):
            forms = [_TRIPLED.sub(r"\1", word), _TRIPLED.sub(r"\1\1", word)]
        elif "\u0600" <= word[0] <= "\u06ff":
            forms = _arabic_bases(word)
        elif word in self._spellings:
            forms = [word, self._spellings[word]]
        for form in forms:
            found |= set(self._strict.get(form, ()))
            found |= self._look_up_form(sound(form[:40]))
        return found

    def _numbers(self, word: str) -> set[int]:
        found = set(self._strict.get("#", ()))
        value = int(word[:9])
        if value in _OLD_AGES:
            found |= set(self._strict.get("#old", ()))
        if value in _COLD_DEGREES:
            found |= set(self._strict.get("#cold", ()))
        return found

    def _look_up_form(self, key: str) -> set[int]:
        found = set(self._exact.get(key, ()))
        for end in range(2, len(key) + 1):
            found.update(self._stems.get(key[:end], ()))
        for start in range(1, len(key) - 2):
            found.update(self._tails.get(key[start:], ()))
        if not found and key not in self._neutral and len(key) > 3:
            found |= self._misspelt(key)
        return found

    def _misspelt_short(self, key: str) -> set[int]:
        if len(key) == _SHORT:
            near = self._swapped.get(key[0] + "".join(sorted(key)), ())
            return {number for word, number in near if OSA.distance(word, key) == 1}
        if len(key) == _SHORT + 1:
            cuts = {key[:place] + key[place + 1 :] for place in range(1, len(key))}
            return {number for cut in cuts for number in self._exact.get(cut, ())}
        return set()

    def _misspelt(self, key: str) -> set[int]:
        found = self._misspelt_short(key)
        if len(key) > _SHORT:  # all letters there, in another order: "gieser", "mledre"
            found.update(n for _, n in self._swapped.get(key[0] + "".join(sorted(key)), ()))
        slips = min(2, allowed_slips(len(key) + 1))
        for cut in _without_letters(key[:20], slips):
            for word, number in self._slips.get(cut, ()):
                if OSA.distance(word, key) <= allowed_slips(len(word)):
                    found.add(number)
        for end in range(_STEM_FUZZY_FROM - 1, min(len(key), 12) + 1):
            start = key[:end]
            for place in range(1, end):
                for stem, number in self._stem_slips.get(start[:place] + start[place + 1 :], ()):
                    if OSA.distance(stem, start) <= 1:
                        found.add(number)
            for stem, number in self._stem_slips.get(start, ()):
                if len(stem) > end:
                    found.add(number)
        return found
