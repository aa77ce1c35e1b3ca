"""A wish for a person is recognised in every wording; talk about people stays quiet."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from handoff.person_request import PersonRequest
from handoff.urgent_load import LexiconError

pytestmark = pytest.mark.unit

HERE = Path(__file__).parent
PERSON = PersonRequest.load(HERE.parent.parent / "data/person_request")
TEXTS = yaml.safe_load((HERE / "person_texts.yml").read_text(encoding="utf-8"))
ASKS = [str(text) for text in TEXTS["asks"]]
QUIET = [str(text) for text in TEXTS["quiet"]]


@pytest.mark.parametrize("text", ASKS)
def test_wish_for_a_person_is_recognised(text: str) -> None:
    assert PERSON.recognise(text)


def test_at_most_two_in_a_hundred_near_misses_get_a_person() -> None:
    heard = [text for text in QUIET if PERSON.recognise(text)]
    assert len(heard) <= 0.02 * len(QUIET), heard


def test_there_are_many_wishes_and_many_near_misses_and_none_twice() -> None:
    assert len(ASKS) >= 150
    assert len(QUIET) >= 200
    assert len({*ASKS, *QUIET}) == len(ASKS) + len(QUIET)


@pytest.mark.parametrize("text", ["", " ", "\x00", "🙂🙂", "?!?", "\ud800", "/restart", "١٢٣", "'"])
def test_text_without_a_wish_is_quiet(text: str) -> None:
    assert not PERSON.recognise(text)


def test_rule_that_recognised_the_wish_is_named() -> None:
    assert PERSON.rule("ik wil teruggebeld worden") == "person.call_me"
    assert PERSON.rule("mijn kraan lekt") == ""


@given(st.text(max_size=400))
@settings(max_examples=300, deadline=None)
def test_recognise_never_raises(text: str) -> None:
    PERSON.recognise(text)


@given(st.lists(st.sampled_from([word for text in ASKS for word in text.split()]), max_size=80))
@settings(max_examples=200, deadline=None)
def test_recognise_never_raises_on_words_of_a_wish_in_any_order(words: list[str]) -> None:
    PERSON.recognise(" ".join(words))


@given(st.sampled_from(ASKS))
@settings(max_examples=150, deadline=None)
def test_capitals_and_spaces_do_not_hide_a_wish(text: str) -> None:
    assert PERSON.recognise("  " + text.replace("ß", "ss").upper().replace(" ", "  ") + " !!!")


def test_nearly_every_wish_is_heard_after_another_question() -> None:
    lost = [
        text for text in ASKS if not PERSON.recognise(f"Ik heb een vraag over mijn huur. {text}")
    ]
    assert len(lost) <= 0.01 * len(ASKS), lost


@pytest.mark.parametrize("text", ["Mijn kraan lekt. Medewerker!", "medewerker, mijn kraan lekt al"])
def test_one_word_wish_beside_a_story_is_recognised(text: str) -> None:
    assert PERSON.recognise(text)


@pytest.mark.parametrize("text", ["Mijn kraan lekt. Wie helpt?", "Buurvrouw huilt. Iemand?"])
def test_call_for_any_help_after_a_story_is_no_wish_for_a_person(text: str) -> None:
    assert not PERSON.recognise(text)


def test_wish_at_either_end_of_a_very_long_message_is_recognised() -> None:
    story = "Het heeft vannacht veel geregend. " * 290
    assert PERSON.recognise(f"{story} Ik wil graag een medewerker spreken.")
    assert PERSON.recognise(f"Ik wil graag een medewerker spreken. {story}")
    assert not PERSON.recognise(story)


def test_folder_without_shared_words_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"shared\.yml: not found"):
        PersonRequest.load(tmp_path)


def test_rules_without_the_name_of_their_kind_are_refused(tmp_path: Path) -> None:
    (tmp_path / "shared.yml").write_text("groups: {staff: {nl: mens}}", encoding="utf-8")
    (tmp_path / "person.yml").write_text("kind: {}\nrules: {a: {near: staff}}", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"person\.yml: kind has no 'id'"):
        PersonRequest.load(tmp_path)
