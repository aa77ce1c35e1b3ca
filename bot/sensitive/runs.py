"""Digits that stand together, typed or spoken, however they are grouped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.sensitive.spoken import SpokenNumbers
from bot.sensitive.words import Word

_BETWEEN = re.compile(r"[\s.\-–/·\u00ad\u200b-\u200f\u2060\ufeff]{0,3}")
"""What may stand between two groups of one number, invisible characters too."""
_SPOKEN_BETWEEN = re.compile(r"[\s.,\-–]{0,4}")


@dataclass(frozen=True, slots=True)
class Run:
    """``groups`` are digits; ``places`` says which word each is."""

    groups: tuple[str, ...]
    places: tuple[int, ...]
    spoken: bool
    gaps: tuple[str, ...]

    @property
    def digits(self) -> str:
        return "".join(self.groups)

    @property
    def first(self) -> int:
        return self.places[0]

    @property
    def after(self) -> int:
        return self.places[-1] + 1

    @property
    def is_date(self) -> bool:
        sizes = tuple(map(len, self.groups))
        if len(sizes) != 3 or self.spoken:
            return False
        day_first = sizes[0] <= 2 and sizes[1] <= 2 and sizes[2] in (2, 4)
        year_first = sizes[0] == 4 and sizes[1] <= 2 and sizes[2] <= 2
        return day_first or year_first

    def parts(self, shortest: int, longest: int) -> Iterator[Run]:
        """Groups next to each other with so many digits together, the longest first."""
        count = len(self.groups)
        for size in range(min(count, longest), 0, -1):
            for at in range(count - size + 1):
                groups = self.groups[at : at + size]
                if shortest <= sum(map(len, groups)) <= longest:
                    places = self.places[at : at + size]
                    yield Run(groups, places, self.spoken, self.gaps[at : at + size - 1])


def runs_in(folded: str, words: Sequence[Word], spoken: SpokenNumbers) -> list[Run]:
    """All runs of digits of a text, in order; a run is typed or spoken, never both."""
    found: list[Run] = []
    groups: list[str] = []
    places: list[int] = []

    def close() -> None:
        if groups:
            by_voice = not words[places[0]].is_digits
            gaps = tuple(folded[words[one].end : words[two].start] for one, two in pairwise(places))
            found.append(Run(tuple(groups), tuple(places), by_voice, gaps))
        groups.clear()
        places.clear()

    for at, word in enumerate(words):
        digits = word.text if word.is_digits else spoken.numbers.get(word.text)
        if digits is None:
            filler = groups and not words[places[-1]].is_digits and word.text in spoken.fillers
            if not filler:
                close()
            continue
        if groups and not _goes_on(folded, words, places[-1], at):
            close()
        groups.append(digits)
        places.append(at)
    close()
    return found


def _goes_on(folded: str, words: Sequence[Word], last: int, at: int) -> bool:
    if words[last].is_digits != words[at].is_digits:
        return False
    if not words[at].is_digits:
        # Fillers stand between; nothing else could without ending the run.
        gap = folded[words[at - 1].end : words[at].start]
        return _SPOKEN_BETWEEN.fullmatch(gap) is not None
    return _BETWEEN.fullmatch(folded[words[last].end : words[at].start]) is not None
