"""No training example may come from the set that the assistant is measured on."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import ceil
from pathlib import Path

import pytest

from bot.topics import load_topics
from bot.variety import likeness, triples

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
DEVELOPMENT_SET = ROOT.parent / "shared" / "eval" / "dev"
ALIKE = 0.5
"""Share of character triples in common from which two texts count as the same text."""


def _measured_on() -> list[str]:
    texts = []
    for file in sorted(DEVELOPMENT_SET.glob("*.tsv")):
        with file.open(encoding="utf-8", newline="") as rows:
            texts += [row["text"] for row in csv.DictReader(rows, delimiter="\t")]
    return texts


class _Lookalikes:
    """Finds texts that share enough triples.

    Two texts with a share of ALIKE have at least one of their rarest triples in common, so only
    those are looked up.
    """

    def __init__(self, texts: list[str]) -> None:
        self._sets = [(text, triples(text)) for text in texts]
        self._count = Counter(triple for _, mine in self._sets for triple in mine)
        self._by_rare: dict[str, list[int]] = defaultdict(list)
        for number, (_, mine) in enumerate(self._sets):
            for triple in self._rarest(mine):
                self._by_rare[triple].append(number)

    def of(self, text: str) -> Iterator[str]:
        mine = triples(text)
        near = {number for triple in self._rarest(mine) for number in self._by_rare.get(triple, ())}
        for number in near:
            other, theirs = self._sets[number]
            if likeness(mine, theirs) >= ALIKE:
                yield other

    def _rarest(self, mine: frozenset[str]) -> list[str]:
        ordered = sorted(mine, key=lambda triple: (self._count[triple], triple))
        return ordered[: len(ordered) - ceil(ALIKE * len(ordered)) + 1]


def test_the_development_set_is_there_to_compare_with() -> None:
    assert len(_measured_on()) > 1000


def test_a_text_that_differs_in_a_few_letters_is_found() -> None:
    seen = _Lookalikes(["mijn kraan lekt al een week en niemand komt"])
    assert list(seen.of("mijn kraan lekt al een weekje, en niemand komt"))
    assert not list(seen.of("wanneer moet de huur betaald zijn"))


def test_no_training_example_copies_a_text_of_the_development_set() -> None:
    measured_on = _Lookalikes(_measured_on())
    copied = [
        f"{topic.file.name}:{example.line}: {example.text!r} is like {text!r}"
        for topic in load_topics(ROOT / "data" / "nlu").values()
        for example in topic.examples
        for text in measured_on.of(example.text)
    ]
    assert not copied, "\n".join(copied)
