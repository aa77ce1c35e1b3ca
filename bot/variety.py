"""How much texts are alike: by the runs of three characters that they share.

A template with a word swapped shares most of its triples with its sister; two people who say the
same thing in their own way share few.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import ceil

NEAR = 0.6
"""Share of triples in common from which two texts count as one text written twice."""
_SHORT = 4
"""Words up to which texts may well be alike: there are few ways to say a thing in three words."""

Triples = frozenset[str]


def triples(text: str) -> Triples:
    plain = " ".join(["", *re.findall(r"[^\W_]+", text.lower()), ""])
    return frozenset(plain[at : at + 3] for at in range(len(plain) - 2))


def likeness(one: Triples, other: Triples) -> float:
    """Share in common, 0 to 1."""
    return len(one & other) / max(1, len(one | other))


def near_duplicates(texts: Sequence[str], near: float = NEAR) -> Iterator[tuple[int, int]]:
    """Places of two texts that are almost the same, the earlier one first.

    Texts that share enough have at least one of their rarest triples in common, so only those
    are compared.
    """
    sets = [triples(text) for text in texts]
    count = Counter(triple for one in sets for triple in one)
    by_rare: dict[str, list[int]] = defaultdict(list)
    for place, mine in enumerate(sets):
        if len(texts[place].split()) <= _SHORT:
            continue
        ordered = sorted(mine, key=lambda triple: (count[triple], triple))
        rare = ordered[: len(ordered) - ceil(near * len(ordered)) + 1]
        candidates = {earlier for triple in rare for earlier in by_rare[triple]}
        for earlier in sorted(candidates):
            if likeness(sets[earlier], mine) >= near:
                yield earlier, place
        for triple in rare:
            by_rare[triple].append(place)


def mean_likeness(texts: Sequence[str]) -> float:
    """Over all pairs; does not depend on how many texts there are."""
    pairs = list(combinations([triples(text) for text in texts], 2))
    return sum(likeness(*pair) for pair in pairs) / max(1, len(pairs))
