"""What a text message costs, and where it is cut."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from channels.port import OutboundChoice
from channels.twilio.segments import is_gsm7, plain, segments, split, utf16_length, with_numbers

pytestmark = pytest.mark.unit

WORDS = st.text(st.sampled_from("ab €ë{…”\u00a0.!1\n👍"), max_size=900)


def fits_in_three(text: str) -> bool:
    return segments(plain(text)) <= 3


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("a" * 459, 3),
        ("a" * 460, 4),
        ("é" * 160, 1),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ë" * 70, 1),
        ("ë" * 71, 2),
        ("ë" * 134, 2),
        ("ë" * 135, 3),
        ("👍" * 35, 1),
        ("👍" * 36, 2),
    ],
)
def test_a_message_costs_what_the_provider_counts(text: str, cost: int) -> None:
    assert segments(text) == cost


def test_a_character_of_two_never_lies_across_the_border_of_segments() -> None:
    assert segments("a" * 152 + "€" + "a" * 152) == 3
    assert segments("a" * 153 + "€" + "a" * 151) == 2
    assert segments("ë" * 66 + "👍" + "ë" * 66) == 3


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("financiële hulp", "financiele hulp"),
        ("geïnteresseerd", "geinteresseerd"),
        ("de crêpe, de façade, vóór zó’n Één", "de crepe, de facade, voor zo'n Één"),
        ("“Ja” – nee…", '"Ja" - nee...'),
        ("e\u0308 staat los", "e staat los"),
        ("één café à ü ö", "één café à ü ö"),
    ],
)
def test_what_only_looks_different_becomes_plain(written: str, sent: str) -> None:
    assert plain(written) == sent and is_gsm7(sent)


@pytest.mark.parametrize("written", ["financiële hulp 👍", "مرحبا ë", "Łódź “ja”", "日本 – ë"])
def test_a_message_that_needs_long_characters_anyway_stays_as_it_was_written(written: str) -> None:
    assert plain(written) == written


def test_a_plain_form_that_costs_more_is_not_taken() -> None:
    assert plain("…" * 70) == "…" * 70
    assert segments("." * 210) == 2


def test_one_letter_would_have_made_a_message_of_one_segment_three() -> None:
    text = "De financiële afdeling " + "a" * 130
    assert segments(text) == 3 and segments(plain(text)) == 1


def test_a_long_text_is_cut_after_a_sentence() -> None:
    first, second = "a" * 300 + ".", "b" * 300 + "."
    assert split(f"{first} {second}", fits_in_three) == [first, second]


def test_a_sentence_that_fills_its_message_to_the_end_stays_whole() -> None:
    first = "a" * 458 + "!"
    assert split(f"{first} En dan dit.", fits_in_three) == [first, "En dan dit."]


def test_a_number_in_a_list_is_not_the_end_of_a_sentence() -> None:
    text = "a" * 200 + " " + "b" * 255 + " 1. Bel"
    assert split(text, fits_in_three) == ["a" * 200 + " " + "b" * 255, "1. Bel"]


def test_a_sentence_without_an_end_is_cut_between_words_and_a_word_without_an_end_anywhere() -> (
    None
):
    assert split("a" * 400 + " " + "b" * 100, fits_in_three) == ["a" * 400, "b" * 100]
    assert split("a" * 500, fits_in_three) == ["a" * 459, "a" * 41]


def test_only_the_part_with_an_emoji_is_short() -> None:
    parts = split("a" * 450 + ". " + "b" * 50 + " 👍", fits_in_three)
    assert [is_gsm7(part) for part in parts] == [True, False]


@settings(max_examples=60, deadline=None)
@given(text=WORDS)
@example("…" * 190 + ". 👍 " + "a" * 400)
@example("€" * 700)
def test_every_part_fits_is_not_empty_and_nothing_is_lost(text: str) -> None:
    parts = split(text, fits_in_three)
    assert all(fits_in_three(part) and utf16_length(plain(part)) <= 459 for part in parts)
    assert all(parts) or parts == [""]
    assert "".join("".join(parts).split()) == "".join(text.split())


def choices(*titles: str) -> list[OutboundChoice]:
    return [OutboundChoice(f"c-{no}", title) for no, title in enumerate(titles)]


def test_choices_are_numbered_lines_under_the_text() -> None:
    parts = with_numbers("Wat bedoelt u?", choices("Betalen", "Iets\nanders"), fits_in_three)
    assert parts == ["Wat bedoelt u?\n1. Betalen\n2. Iets anders"]


def test_choices_that_do_not_fit_under_the_text_are_a_message_of_their_own() -> None:
    parts = with_numbers("a" * 455, choices("Betalen", "Iets anders"), fits_in_three)
    assert parts == ["a" * 455, "1. Betalen\n2. Iets anders"]


def test_a_choice_stays_on_its_line_when_there_are_many() -> None:
    many = choices(*("x" * 200 for _ in range(5)))
    lines = [f"{no}. {'x' * 200}" for no in range(1, 6)]
    parts = with_numbers("Kies.", many, fits_in_three)
    assert parts == ["Kies.", "\n".join(lines[:2]), "\n".join(lines[2:4]), lines[4]]


def test_choices_without_a_text_are_only_the_lines() -> None:
    assert with_numbers("", choices("Ja"), fits_in_three) == ["1. Ja"]
