"""No training example may come from the set that the assistant is measured on."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from bot.topics import load_topics

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
DEVELOPMENT_SET = ROOT.parent / "shared" / "eval" / "dev"
ALIKE = 0.5
"""Share of character triples in common from which two texts count as the same text."""


def _triples(text: str) -> frozenset[str]:
    plain = " ".join(["", *re.findall(r"[^\W_]+", text.lower()), ""])
    return frozenset(plain[at : at + 3] for at in range(len(plain) - 2))


def _measured_on() -> list[tuple[str, frozenset[str]]]:
    texts = []
    for file in sorted(DEVELOPMENT_SET.glob("*.tsv")):
        with file.open(encoding="utf-8", newline="") as rows:
            texts += [row["text"] for row in csv.DictReader(rows, delimiter="\t")]
    return [(text, _triples(text)) for text in texts]


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    shorter, longer = sorted((len(one), len(other)))
    if shorter < ALIKE * longer:
        return False  # too different in length to be alike; saves most of the work
    return shorter > 0 and len(one & other) >= ALIKE * len(one | other)


def test_the_development_set_is_there_to_compare_with() -> None:
    assert len(_measured_on()) > 1000


def test_no_training_example_copies_a_text_of_the_development_set() -> None:
    measured_on = _measured_on()
    copied = []
    for topic in load_topics(ROOT / "data" / "nlu").values():
        for example in topic.examples:
            mine = _triples(example.text)
            where = f"{topic.file.name}:{example.line}: {example.text!r}"
            copied += [f"{where} is like {text!r}" for text, t in measured_on if _alike(mine, t)]
    assert not copied, "\n".join(copied)
