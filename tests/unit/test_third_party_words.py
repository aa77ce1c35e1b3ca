"""Who writes for somebody else, and who only speaks of others."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from handoff.content import load_content
from handoff.memory.phrases import Phrases
from handoff.memory.third_party import LISTS, ROLES, note_on, role_in

pytestmark = pytest.mark.unit
BOOK = Phrases.load(Path(__file__).resolve().parents[2] / "data/third_parties.yml", LISTS)
CASES = yaml.safe_load(
    (Path(__file__).parent / "third_party_texts.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("role", "text"), [(r, text) for r in ROLES for text in CASES[r]])
def test_who_writes_for_another_is_recognised(role: str, text: str) -> None:
    assert role_in(text, BOOK) == role


@pytest.mark.parametrize("text", CASES["own"])
def test_who_speaks_of_others_writes_for_himself(text: str) -> None:
    assert role_in(text, BOOK) is None


def test_staff_read_for_every_role_who_writes() -> None:
    words = load_content().counter.words
    for role in ROLES:
        assert "ander" in note_on([CASES[role][0]], BOOK, words)
    assert note_on(["wanneer moet ik betalen"], BOOK, words) == ""
