"""What tenants say when an answer did not help."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from handoff.memory.circles import LISTS, says_it_did_not_help
from handoff.memory.phrases import Phrases

pytestmark = pytest.mark.unit
BOOK = Phrases.load(Path(__file__).resolve().parents[2] / "data/circles.yml", LISTS)
CASES = yaml.safe_load((Path(__file__).parent / "circles_texts.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", CASES["unhelpful"])
def test_a_complaint_of_the_answer_is_heard(text: str) -> None:
    assert says_it_did_not_help(text, BOOK)


@pytest.mark.parametrize("text", CASES["quiet"])
def test_a_matter_of_its_own_is_no_complaint_of_the_answer(text: str) -> None:
    assert not says_it_did_not_help(text, BOOK)
