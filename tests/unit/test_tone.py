"""How a tenant sounds, as a hint for who takes over."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoff.content import load_content
from handoff.memory.phrases import Phrases
from handoff.memory.tone import LISTS, TONES, notes_on, tones_in

pytestmark = pytest.mark.unit
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def book() -> Phrases:
    return Phrases.load(ROOT / "data" / "tone.yml", LISTS)


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("Ik ben het zat, al drie weken bel ik en niemand doet iets!", "angry"),
        ("ik lig er wakker van, durf de post niet meer open te maken", "worried"),
        ("ik schaam me zo dat ik dit moet vragen", "ashamed"),
        ("mijn man is overleden en nu staat het contract op zijn naam", "grieving"),
        ("ik kan niet goed lezen, wat staat er in de brief", "hard_reading"),
        ("de verwarming doet het niet en ik heb een baby in huis", "care"),
        ("boję się, ktoś jest przy drzwiach", "worried"),
    ],
)
def test_a_tone_is_heard(text: str, tone: str, book: Phrases) -> None:
    assert tone in tones_in([text], book)


@pytest.mark.parametrize(
    "text",
    [
        "wanneer moet ik de huur betalen",
        "de lamp op de gang is kapot",
        "mag ik de boom in de tuin kappen",
        "mijn bank staat voor het raam, kan de monteur erbij?",
        "bedankt, dat is duidelijk",
    ],
)
def test_a_plain_question_has_no_tone(text: str, book: Phrases) -> None:
    assert tones_in([text], book) == ()


def test_each_tone_is_told_once_and_in_order(book: Phrases) -> None:
    texts = ["ik ben zo bang", "ik ben boos", "ik ben echt boos"]
    assert tones_in(texts, book) == ("angry", "worried")
    assert len(notes_on(texts, book, load_content().counter.words)) == 2


def test_how_somebody_sounded_long_ago_is_not_told(book: Phrases) -> None:
    assert tones_in(["ik ben boos", *(["oke"] * 8)], book) == ()


def test_every_tone_has_words_for_staff(book: Phrases) -> None:
    words = load_content().counter.words
    assert all(words.text(f"tone_{tone}") for tone in TONES)
