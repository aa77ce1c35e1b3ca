"""What the listener is told to expect: the present question first, within the provider's limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.lined_yaml import YamlBroken
from handoff.content import load_content
from handoff.model import Choice
from handoff.phone.hint_book import load_hints

pytestmark = pytest.mark.unit
TITLES = [topic.title for topic in load_content().counter.catalogue.values() if topic.offered]
BOOK = load_hints(TITLES)


def test_words_of_our_topics_and_of_danger_are_always_expected() -> None:
    always = BOOK.of(None)
    assert {"lekkage", "gaslucht", "medewerker", *TITLES} <= set(always)


def test_the_question_that_is_open_comes_first() -> None:
    choices = [Choice("c-1", "Keuken", "Keuken")]
    hints = BOOK.of("repair_room", choices)
    assert hints[0] == "Keuken" and "badkamer" in hints[:10]
    assert "badkamer" not in BOOK.of("repair_confirm")[:10]
    assert "stopcontact" in BOOK.of("repair_element")


def test_nothing_is_given_twice_and_all_of_it_fits() -> None:
    for slot in (None, *BOOK.slots):
        hints = BOOK.of(slot)
        assert len(set(hints)) == len(hints) <= 500
        assert max(map(len, hints)) <= 100


@pytest.mark.parametrize(
    "broken",
    [
        "hints: {}\n",
        "hints: {always: [ja], slots: {repair_room: {words_of: gardens}}}\n",
        "hints: {always: [ja], slots: {repair_room: kitchen}}\n",
    ],
)
def test_hints_that_cannot_be_read_are_named(tmp_path: Path, broken: str) -> None:
    (tmp_path / "phone.yml").write_text(broken, encoding="utf-8")
    (tmp_path / "repair_words.yml").write_text("rooms: []\n", encoding="utf-8")
    with pytest.raises(YamlBroken, match=r"hints|repair_room"):
        load_hints([], tmp_path)
