"""Plain Dutch: short sentences, known words, one question, "u"."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.plain_dutch import PlainDutch, flesch_douma, questions, sentences, syllables, words

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def plain() -> PlainDutch:
    return PlainDutch.load(ROOT / "data" / "plain_dutch.yml")


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("huur", 1),
        ("nieuwe", 2),
        ("fraaie", 2),
        ("moeilijk", 2),
        ("geëerd", 2),
        ("ideeën", 3),
        ("medewerker", 4),
        ("reparatie", 4),
        ("buurtbemiddeling", 5),
        ("pst", 1),
    ],
)
def test_syllables_are_counted_as_they_sound(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_web_address_an_amount_or_a_time_does_not_end_a_sentence() -> None:
    text = "Kijk op toeslagen.nl om 08.30 uur. Het is 1.118,23 euro! Goed?"
    assert len(sentences(text)) == 3


@pytest.mark.parametrize("one", ["085 000 12 34", "https://mijn.delinde.example/betalen", "4,1"])
def test_a_number_or_an_address_counts_as_one_word(one: str) -> None:
    assert len(words(f"Bel {one} nu.")) == 3


def test_a_question_that_is_answered_at_once_is_an_if() -> None:
    assert questions("Lukt het niet? Bel ons dan.") == 0
    assert questions("In welke ruimte is het?") == 1
    assert questions("Wat is er kapot? Is er gevaar?") == 2


def test_hard_words_in_long_sentences_score_lower_than_plain_ones() -> None:
    hard = "Teneinde de huurovereenkomst rechtsgeldig te beëindigen dient de huurder te opzeggen."
    assert flesch_douma("U zegt de huur zelf op. Dat doet u met een brief.") > 90 > 40
    assert flesch_douma(hard) < 40


def test_an_empty_text_is_plain(plain: PlainDutch) -> None:
    assert list(plain.problems("")) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (" ".join(["woord"] * 16) + ".", "16 words in a sentence"),
        (" ".join(["Kort en goed."] * 21), "63 words (at most 60)"),
        ("Wat is er kapot? Is er gevaar?", "2 questions"),
        ("Wij helpen u indien nodig.", "write 'als'"),
        ("Dat kan bijv. op maandag.", "write 'bijvoorbeeld'"),
        ("Ik help je graag.", "'je': write 'u'"),
        (
            "Huurprijsaanpassingsmededelingen bevatten administratieve "
            "gegevensverwerkingsinformatie. " * 5,
            "reading score",
        ),
    ],
)
def test_what_is_not_plain_is_named(plain: PlainDutch, text: str, problem: str) -> None:
    assert any(problem in found for found in plain.problems(text))


def test_a_banned_word_inside_another_word_is_left_alone(plain: PlainDutch) -> None:
    assert list(plain.problems("Dienst Toeslagen is een goede dienst. Uw jeugd en uw jas.")) == []
