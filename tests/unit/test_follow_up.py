"""Follow-up questions: what leans on the question before, and what has a subject of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from handoff.content import load_content
from handoff.memory.follow_up import LISTS, aspect_of, text_of
from handoff.memory.phrases import Phrases

pytestmark = pytest.mark.unit
ROOT = Path(__file__).resolve().parents[2]
BOOK = Phrases.load(ROOT / "data/follow_ups.yml", LISTS)
CASES = yaml.safe_load((Path(__file__).parent / "follow_up_texts.yml").read_text(encoding="utf-8"))
LEANING = [(aspect, text) for aspect, texts in CASES["leaning"].items() for text in texts]


@pytest.mark.parametrize(("aspect", "text"), LEANING)
def test_a_short_question_that_points_back_is_about_the_last_topic(aspect: str, text: str) -> None:
    assert aspect_of(text, BOOK) == aspect


@pytest.mark.parametrize("text", CASES["own_subject"])
def test_a_message_with_its_own_subject_is_no_follow_up(text: str) -> None:
    assert aspect_of(text, BOOK) is None


@pytest.mark.parametrize("text", ["", "?", "...", "en hoeveel kost dat dan " * 500])
def test_nothing_and_far_too_much_are_no_follow_up(text: str) -> None:
    assert aspect_of(text, BOOK) is None


def test_every_topic_that_speaks_of_an_aspect_uses_a_known_name() -> None:
    catalogue = load_content().counter.catalogue
    aspects = {
        said.response.partition("_about_")[2]
        for topic in catalogue.values()
        for said in topic.said
        if "_about_" in said.response
    }
    assert aspects <= {"cost", "time", "how", "papers", "who", "other"}
    assert text_of(catalogue["rent_payment_date"], "cost")
    assert text_of(catalogue["rent_payment_date"], "papers") is None
