"""The line below a reply: where it comes, what it leaves alone, and that none is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lined_yaml import YamlBroken
from handoff.change import Change
from handoff.content import load_content
from handoff.language_lines import LANGUAGE_TOPIC, OFFER, load_lines
from handoff.languages import LANGUAGES
from handoff.model import Author, AuthorKind, Draft, MessageKind, State, Visibility, Waiting

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
BOOK = load_content().counter.lines
BOT, SYSTEM = Author(AuthorKind.BOT, "b"), Author(AuthorKind.SYSTEM, "s")
TENANT = Author(AuthorKind.TENANT, "t")
ENGLISH = Draft(TENANT, "where can i find my contract")
ANSWER = Draft(BOT, "Dat staat in uw map.")
NOTICE = Draft(SYSTEM, "Er komt iemand.", MessageKind.EVENT, state=State.WAITING)


def _every_line() -> Iterator[str]:
    for part in BOOK.lines.values():
        yield from part.values()
    for texts in BOOK.safety.values():
        yield from texts.values()


def test_no_line_has_a_place_that_was_not_filled() -> None:
    assert not [line for line in _every_line() if "{" in line or "[[" in line]


def test_the_word_of_every_offer_brings_a_person() -> None:
    person = load_content().person_request
    for line in BOOK.lines[OFFER].values():
        assert person.recognise(line.rsplit(" ", 1)[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_words_can_be_told_from_the_line_below_them(language: str) -> None:
    for part in BOOK.lines.values():
        assert BOOK.without(f"Wilt u dat?\n\n{part[language]}") == "Wilt u dat?"
    assert BOOK.without("Eerst dit.\n\nDan dat.") == "Eerst dit.\n\nDan dat."


def test_only_the_last_thing_a_tenant_reads_gets_the_line() -> None:
    note = Draft(SYSTEM, "Voor collega's", MessageKind.NOTE, Visibility.DESK)
    change = BOOK.added_to(Change(drafts=(ENGLISH, ANSWER, ANSWER, note)), ())
    assert [draft.text for draft in change.drafts] == [
        ENGLISH.text, ANSWER.text, f"{ANSWER.text}\n\n{BOOK.lines[OFFER]['en']}", note.text,
    ]  # fmt: skip


def test_an_event_that_only_tells_who_has_it_gets_no_line() -> None:
    back = Draft(SYSTEM, "Het gesprek is weer open.", MessageKind.EVENT, state=State.BOT)
    change = Change(drafts=(ENGLISH, back), turn_due=True)
    assert BOOK.added_to(change, ()) == change


def test_danger_without_an_answer_still_brings_the_safety_text() -> None:
    change = Change(drafts=(ENGLISH, NOTICE), holder=Waiting("spoed"), urgent_kind="gas")
    assert BOOK.safety["gas"]["en"] in BOOK.added_to(change, ()).drafts[-1].text


def test_a_topic_of_danger_that_is_only_answered_brings_the_safety_text_too() -> None:
    change = BOOK.added_to(Change(drafts=(ENGLISH, ANSWER), topic="emergency_co"), ())
    assert BOOK.safety["co"]["en"] in change.drafts[-1].text


def test_the_button_for_another_language_offers_a_person_in_each() -> None:
    pressed = Draft(TENANT, "Andere taal", payload=f"/{LANGUAGE_TOPIC}")
    change = BOOK.added_to(Change(drafts=(pressed, ANSWER), topic=LANGUAGE_TOPIC), ())
    assert all(line in change.drafts[-1].text for line in BOOK.lines[OFFER].values())


@given(st.lists(st.text(max_size=40), max_size=6))
def test_any_words_have_a_language_that_we_know(texts: list[str]) -> None:
    assert BOOK.spoken_in(texts) in ("nl", *LANGUAGES)


def test_a_missing_line_is_refused_with_its_part(tmp_path: Path) -> None:
    broken = tmp_path / "lines.yml"
    broken.write_text("word: w\noffer: {en: Type}\n", encoding="utf-8")
    with pytest.raises(YamlBroken, match="offer: no line in tr"):
        load_lines(broken, BOOK.languages, {}, {})
