"""Urgent messages: every kind in every language, near misses, and what must always hold."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from handoff.urgent import UrgentLexicon
from handoff.urgent_load import LANGUAGES

pytestmark = pytest.mark.unit

HERE = Path(__file__).parent
LEXICON = UrgentLexicon.load(HERE.parent.parent / "data/urgent")
KINDS = (
    "gas",
    "co",
    "fire",
    "life",
    "electricity",
    "violence",
    "self_harm",
    "trapped",
    "urgent_repair",
)
SENSITIVE = {"self_harm", "violence"}
NUMBERS = {
    "gas": ["0800-9009", "112"],
    "co": ["112"],
    "fire": ["112"],
    "life": ["112"],
    "electricity": ["112", "[[corporation.emergency_phone]]"],
    "violence": ["112", "0800-2000"],
    "self_harm": ["113", "0800-0113", "112"],
    "trapped": ["[[corporation.emergency_phone]]", "112"],
    "urgent_repair": ["[[corporation.emergency_phone]]", "112"],
}
NEUTRAL = (
    "goedemiddag",
    "ik wilde ook nog vragen wanneer de huur omhoog gaat",
    "met vriendelijke groet",
    "het gaat om de Lindelaan",
    "mijn nummer staat in het portaal",
    "we wonen hier al jaren met plezier",
    "alvast hartelijk bedankt voor uw hulp",
    "moet ik mijn verzekering bellen",
    "dziękuję",
    "teşekkürler",
    "شكرا",
    "дякую",
    "thank you very much",
)


def _texts(name: str) -> list[str]:
    content = yaml.safe_load((HERE / f"urgent_texts_{name}.yml").read_text(encoding="utf-8"))
    return [str(text) for text in content["texts"]]


def _kinds(text: str) -> set[str]:
    return {urgent.kind for urgent in LEXICON.recognise(text)}


URGENT = [(kind, text) for kind in KINDS for text in _texts(kind)]


@pytest.mark.parametrize(("kind", "text"), URGENT)
def test_urgent_message_is_recognised(kind: str, text: str) -> None:
    assert kind in _kinds(text)


@pytest.mark.parametrize("text", _texts("quiet"))
def test_near_miss_stays_quiet(text: str) -> None:
    assert [urgent.rule for urgent in LEXICON.recognise(text)] == []


def test_every_kind_has_many_examples_and_there_are_many_near_misses() -> None:
    assert all(len(_texts(kind)) >= 25 for kind in KINDS)
    assert len(_texts("quiet")) >= 150


def test_lexicon_knows_exactly_these_kinds_with_the_deadliest_first() -> None:
    assert set(LEXICON.kinds) == set(KINDS)
    assert LEXICON.kinds[-1] == "urgent_repair"


@pytest.mark.parametrize("kind", KINDS)
def test_safety_text_is_short_and_has_its_numbers_in_every_language(kind: str) -> None:
    for language in LANGUAGES:
        text = LEXICON.safety_text(kind, language)
        assert len(text.split()) <= 60, language
        assert [number for number in NUMBERS[kind] if number not in text] == [], language


@pytest.mark.parametrize("kind", KINDS)
def test_spoken_text_has_no_number_that_a_voice_reads_as_one_hundred_and_twelve(kind: str) -> None:
    assert "112" not in LEXICON.spoken_text(kind)


def test_safety_text_is_dutch_when_the_language_is_not_known() -> None:
    assert LEXICON.safety_text("gas", "fr") == LEXICON.safety_text("gas", "nl")


def test_only_self_harm_and_violence_are_sensitive_and_all_go_to_the_urgent_queue() -> None:
    for kind, text in URGENT:
        for urgent in LEXICON.recognise(text):
            assert urgent.sensitive is (urgent.kind in SENSITIVE), kind
            assert urgent.queue == "spoed"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("there is a gas leak under my sink i think", "en"),
        ("mutfakta gaz kokusu var ne yapmalıyım", "tr"),
        ("هناك تسرب غاز في شقتي", "ar"),
        ("w kuchni czuć gaz", "pl"),
        ("у квартирі сильно пахне газом", "uk"),
        ("es riecht stark nach Gas im Flur", "de"),
        ("ik ruik gas in de keuken", "nl"),
    ],
)
def test_language_of_the_tenant_is_told_with_the_alarm(text: str, language: str) -> None:
    assert LEXICON.recognise(text)[0].language == language


def test_two_dangers_in_one_message_are_both_told_the_deadliest_first() -> None:
    found = LEXICON.recognise("er is brand in de keuken. En mijn oma zit vast in de lift!")
    assert [urgent.kind for urgent in found] == ["fire", "trapped"]


@pytest.mark.parametrize("text", ["", " ", "\x00", "🙂🙂", "?!?", "\ud800", "/restart", "١٢٣", "'"])
def test_text_without_words_of_danger_is_quiet(text: str) -> None:
    assert LEXICON.recognise(text) == ()


@given(st.text(max_size=400))
@settings(max_examples=300, deadline=None)
def test_recognise_never_raises(text: str) -> None:
    LEXICON.recognise(text)


@given(
    st.lists(st.sampled_from([word for _, text in URGENT for word in text.split()]), max_size=80)
)
@settings(max_examples=200, deadline=None)
def test_recognise_never_raises_on_words_of_danger_in_any_order(words: list[str]) -> None:
    LEXICON.recognise(" ".join(words))


@given(
    st.sampled_from(URGENT),
    st.lists(st.sampled_from(NEUTRAL), max_size=3),
    st.lists(st.sampled_from(NEUTRAL), max_size=3),
)
@settings(max_examples=300, deadline=None)
def test_emergency_stays_recognised_with_neutral_sentences_around_it(
    case: tuple[str, str], before: list[str], after: list[str]
) -> None:
    kind, text = case
    assert kind in _kinds(". ".join([*before, text, *after]))


@given(st.sampled_from(URGENT))
@settings(max_examples=150, deadline=None)
def test_capitals_and_spaces_do_not_hide_an_emergency(case: tuple[str, str]) -> None:
    kind, text = case
    shouted = text.replace("ß", "ss").upper()
    assert kind in _kinds(shouted)
    assert kind in _kinds("  " + text.replace(" ", "  ") + " !!!")
