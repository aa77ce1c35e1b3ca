"""The examples are written, not multiplied."""

from __future__ import annotations

import csv
import statistics
from collections import defaultdict
from pathlib import Path

import pytest

from bot.topic import Kind
from bot.topics import load_topics
from bot.variety import likeness, mean_likeness, near_duplicates, triples

pytestmark = pytest.mark.unit
ROOT = Path(__file__).resolve().parents[2]


def test_a_template_with_a_word_swapped_is_found() -> None:
    texts = [
        "mijn kraan in de keuken lekt al een hele week",
        "wanneer komt de monteur voor de lift",
        "mijn kraan in de badkamer lekt al een hele week",
    ]
    assert list(near_duplicates(texts)) == [(0, 2)]


def test_two_ways_to_say_the_same_thing_are_two_texts() -> None:
    texts = ["het drupt van mijn plafond op bed", "er valt water van boven op mijn matras"]
    assert list(near_duplicates(texts)) == []


def test_a_text_is_wholly_like_itself_and_not_like_nothing() -> None:
    assert likeness(triples("de kraan"), triples("De kraan!")) == 1.0
    assert likeness(triples(""), triples("de kraan")) == 0.0


def test_our_examples_are_at_least_as_varied_as_the_development_set() -> None:
    ours = {
        topic.name: [example.text for example in topic.examples if example.language == "nl"]
        for topic in load_topics(ROOT / "data" / "nlu").values()
        if topic.kind is Kind.TENANT
    }
    theirs: dict[str, list[str]] = defaultdict(list)
    file = ROOT.parent / "shared" / "eval" / "dev" / "utterances.tsv"
    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["lang"] == "nl":
                theirs[row["label"]].append(row["text"])
    our_likeness = statistics.mean(mean_likeness(texts) for texts in ours.values())
    their_likeness = statistics.mean(mean_likeness(texts) for texts in theirs.values())
    assert our_likeness <= their_likeness
