"""Evidence and rules: which groups of words stand near enough together to mean danger.

Pure. Groups are named sets of words and phrases; masks are phrases that take away the evidence
inside them ("gasrekening", "ik schrik me dood"); a rule asks for groups within a window and is
called off by the groups in its ``unless``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from handoff.urgent_words import Token, WordIndex


class Hit(NamedTuple):
    """A group was found: places of the first and last word, and the language it was found in."""

    place: int
    end: int
    language: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """Words in a row. An empty element is a gap of at most two words."""

    parts: tuple[frozenset[int], ...]
    group: str
    language: str


@dataclass(frozen=True, slots=True)
class Rule:
    """Groups that together mean danger of one kind.

    ``within`` is the number of words from the first group to each other one; ``ordered`` asks
    for the groups in this order, each within ``within`` words of the one before.
    """

    id: str
    kind: str
    groups: tuple[str, ...]
    within: int
    ordered: bool = False
    unless: tuple[str, ...] = ()
    reach: int = 9


@dataclass(frozen=True, slots=True)
class Mask:
    """Where ``phrase_group`` was found, hits of ``groups`` inside it do not count."""

    phrase_group: str
    groups: frozenset[str]


_NO_HITS: tuple[Hit, ...] = ()
# A message of at most so many words belongs to the group SHORT: "brand!!", "gas help".
SHORT = "short_message"
_SHORT_WORDS = 3
# And of at most so many to this one, for phrases that are the whole message: "ik kan niet meer".
BRIEF = "brief_message"
_BRIEF_WORDS = 4
# Words that a doubled gap ("~ ~ ~") may skip.
_WIDEST_GAP = 6
_LONGEST = 24

Evidence = Mapping[str, Sequence[Hit]]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word says by itself, and the phrases it may begin, by the word that must follow."""

    singles: tuple[tuple[str, str], ...]
    alone: tuple[Phrase, ...]
    next_word: Mapping[int, tuple[Phrase, ...]]
    after_gap: Mapping[int, tuple[Phrase, ...]]

    @classmethod
    def of(cls, singles: Iterable[tuple[str, str]], phrases: Iterable[Phrase]) -> Meaning:
        """Sort the phrases by their second word."""
        alone: list[Phrase] = []
        next_word: dict[int, list[Phrase]] = defaultdict(list)
        after_gap: dict[int, list[Phrase]] = defaultdict(list)
        for phrase in phrases:
            later = [part for part in phrase.parts[1:] if part]
            if not later:
                alone.append(phrase)
                continue
            for number in later[0]:
                (next_word if phrase.parts[1] else after_gap)[number].append(phrase)
        return cls(
            tuple(sorted(singles)),
            tuple(alone),
            {number: tuple(found) for number, found in next_word.items()},
            {number: tuple(found) for number, found in after_gap.items()},
        )

    def begun(self, following: Sequence[frozenset[int]]) -> set[Phrase] | tuple[Phrase, ...]:
        """The phrases whose second word is among the words that follow."""
        if not following or not (self.next_word or self.after_gap):
            return self.alone
        found = set(self.alone)
        for number in self.next_word.keys() & following[0]:
            found.update(self.next_word[number])
        if self.after_gap:
            for numbers in following:
                for number in self.after_gap.keys() & numbers:
                    found.update(self.after_gap[number])
        return found


class Vocabulary:
    """All groups of the lexicon, and how to find them in a text."""

    def __init__(self, index: WordIndex) -> None:
        self._index = index
        self._singles: dict[int, list[tuple[str, str]]] = defaultdict(list)
        self._phrases: dict[int, list[Phrase]] = defaultdict(list)
        self._words_of: dict[str, set[int]] = defaultdict(set)
        self._meanings: dict[frozenset[int], Meaning] = {}
        self.groups: set[str] = {SHORT, BRIEF}

    def add(self, group: str, language: str, term: str) -> None:
        """Add a word or a phrase to a group. ``a/b`` are alternatives, ``~`` is a gap."""
        self.groups.add(group)
        pieces = term.split()
        if len(pieces) == 1 and "@" not in term:
            for word in pieces[0].split("/"):
                number = self._index.add(word)
                self._singles[number].append((group, language))
                self._words_of[group].add(number)
            return
        phrase = Phrase(tuple(self._part(piece) for piece in pieces), group, language)
        for number in phrase.parts[0]:
            self._phrases[number].append(phrase)

    def _part(self, piece: str) -> frozenset[int]:
        if piece == "~":
            return frozenset()
        numbers: set[int] = set()
        for word in piece.split("/"):
            if word.startswith("@"):
                if not self._words_of.get(word[1:]):
                    raise ValueError(f"unknown group {word} in a phrase")
                numbers |= self._words_of[word[1:]]
            else:
                numbers.add(self._index.add(word))
        return frozenset(numbers)

    def evidence(self, text: Sequence[Token]) -> dict[str, list[Hit]]:
        """Every group that occurs in the text, with its hits in order."""
        fits = [self._index.find(token.text) for token in text]
        hits: dict[str, list[Hit]] = defaultdict(list)
        for at, token in enumerate(text):
            meaning = self._meaning(fits[at])
            place = token.place
            for group, language in meaning.singles:
                hits[group].append(Hit(place, place, language))
            for phrase in meaning.begun(fits[at + 1 : at + 2 + _WIDEST_GAP]):
                last = _match(phrase.parts, 1, text, fits, at)
                if last is not None:
                    hits[phrase.group].append(Hit(place, text[last].place, phrase.language))
            if at + 1 < len(text) and text[at + 1].place == place + 1:
                for number in self._index.find_joined(token.text, text[at + 1].text):
                    for group, language in self._singles.get(number, ()):
                        hits[group].append(Hit(place, place + 1, language))
        if len(text) <= _SHORT_WORDS:
            hits[SHORT].append(Hit(text[0].place, text[-1].place))
        if len(text) <= _BRIEF_WORDS:
            hits[BRIEF].append(Hit(text[0].place, text[-1].place))
        for found in hits.values():
            found.sort()
        return dict(hits)

    def _meaning(self, numbers: frozenset[int]) -> Meaning:
        """What a word with these patterns says by itself, and the phrases that it may begin."""
        known = self._meanings.get(numbers)
        if known is None:
            singles = {pair for number in numbers for pair in self._singles.get(number, ())}
            phrases = [phrase for number in numbers for phrase in self._phrases.get(number, ())]
            known = self._meanings[numbers] = Meaning.of(singles, phrases)
        return known


def _match(
    parts: tuple[frozenset[int], ...],
    done: int,
    text: Sequence[Token],
    fits: Sequence[frozenset[int]],
    at: int,
) -> int | None:
    """The index of the last word when the rest of the phrase follows ``at``, else None."""
    if done == len(parts):
        return at
    gap = 0
    while not parts[done]:
        gap, done = gap + 2, done + 1
    for following in range(at + 1, min(at + 2 + gap, len(text))):
        if text[following].place - text[at].place > gap + 1:
            return None
        if fits[following] & parts[done]:
            last = _match(parts, done + 1, text, fits, following)
            if last is not None:
                return last
    return None


def apply_masks(evidence: dict[str, list[Hit]], masks: Iterable[Mask]) -> None:
    """Take away the hits that lie inside a harmless phrase."""
    for mask in masks:
        spans = evidence.get(mask.phrase_group)
        if not spans:
            continue
        for group in mask.groups & evidence.keys():
            evidence[group] = [hit for hit in evidence[group] if not _inside(hit, spans)]


def _inside(hit: Hit, spans: Sequence[Hit]) -> bool:
    at = bisect_right(spans, Hit(hit.place, 1 << 30))
    return any(s.place <= hit.place and hit.end <= s.end for s in spans[max(0, at - 4) : at])


def fires(rule: Rule, evidence: Evidence, lifted_by: Mapping[str, str]) -> tuple[Hit, ...] | None:
    """The hits that make the rule true, or None."""
    if any(not evidence.get(group) for group in rule.groups):
        return None
    for anchor in evidence[rule.groups[0]]:
        found = _ordered(rule, evidence, anchor) if rule.ordered else _near(rule, evidence, anchor)
        if found is not None and not _called_off(rule, evidence, found, lifted_by):
            return found
    return None


def _near(rule: Rule, evidence: Evidence, anchor: Hit) -> tuple[Hit, ...] | None:
    found = [anchor]
    for group in rule.groups[1:]:
        nearest = _nearest(evidence[group], anchor)
        if nearest is None or _distance(nearest, anchor) > rule.within:
            return None
        found.append(nearest)
    return tuple(found)


def _ordered(rule: Rule, evidence: Evidence, anchor: Hit) -> tuple[Hit, ...] | None:
    found = [anchor]
    for group in rule.groups[1:]:
        hits = evidence[group]
        at = bisect_left(hits, Hit(found[-1].end + 1, 0))
        if at == len(hits) or hits[at].place - found[-1].end > rule.within:
            return None
        found.append(hits[at])
    return tuple(found)


def _nearest(hits: Sequence[Hit], anchor: Hit) -> Hit | None:
    at = bisect_left(hits, anchor)
    close = hits[max(0, at - 2) : at + 2]
    return min(close, key=lambda hit: _distance(hit, anchor), default=None)


def _distance(one: Hit, other: Hit) -> int:
    return max(one.place - other.end, other.place - one.end, 0)


def _called_off(
    rule: Rule, evidence: Evidence, found: tuple[Hit, ...], lifted_by: Mapping[str, str]
) -> bool:
    span = Hit(min(hit.place for hit in found), max(hit.end for hit in found))
    for group in rule.unless:
        blocker = _nearest_within(evidence, group, span, rule.reach)
        if blocker is None:
            continue
        lifter = lifted_by.get(group)
        if lifter is None or _nearest_within(evidence, lifter, span, rule.reach) is None:
            return True
    return False


def _nearest_within(evidence: Evidence, group: str, span: Hit, reach: int) -> Hit | None:
    hits = evidence.get(group, _NO_HITS)
    # No phrase is longer than its gaps allow, so what begins further back cannot reach the span.
    for at in range(bisect_left(hits, Hit(span.place - reach - _LONGEST, 0)), len(hits)):
        hit = hits[at]
        if hit.place > span.end + reach:
            return None
        if _distance(hit, span) <= reach:
            return hit
    return None
