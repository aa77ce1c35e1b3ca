"""A score in words, and free words: read only as the answer to our own question."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.lined_yaml import YamlBroken
from handoff.opinion.answers import load_answers, shipped_answers
from handoff.opinion.values import Flag

pytestmark = pytest.mark.unit
ANSWERS = shipped_answers()


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("4", 4),
        ("vier", 4),
        ("een 4", 4),
        ("Een VIER!", 4),
        ("4, bedankt", 4),
        ("ik geef jullie een 5", 5),
        ("4/5", 4),
        ("3 van de 5", 3),
        ("4️⃣", 4),
        ("⭐⭐⭐", 3),
        ("★★★★☆", 4),
        ("8", 8),
        ("10/5", 10),
    ],
)
def test_a_score_is_understood(text: str, score: int) -> None:
    assert ANSWERS.score_in(text) == score


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2 lekkages in mijn keuken",
        "ik heb 4 sleutels nodig",
        "4 5",
        "12",
        "1234",
        "een",
        "⭐ mijn kraan lekt",
        "⭐⭐⭐⭐⭐⭐",
        "kamer 3 is nat",
        "4" * 5_000,
    ],
)
def test_what_says_anything_else_is_no_score(text: str) -> None:
    assert ANSWERS.score_in(text) is None


@pytest.mark.parametrize("text", ["Nee", "nee dank u", "Nee hoor, bedankt!", "niks"])
def test_nothing_to_say_is_understood(text: str) -> None:
    assert ANSWERS.words_in(text).nothing


@pytest.mark.parametrize(
    ("text", "flag", "goes_on"),
    [
        ("Heel vriendelijk geholpen", Flag.COMPLIMENT, False),
        ("Het duurde lang en u was onbeleefd", Flag.COMPLAINT, False),
        ("Fijn, maar mijn kraan lekt weer", Flag.COMPLIMENT, True),
        ("Slecht! Wanneer komt de monteur?", Flag.COMPLAINT, True),
        ("Mijn kraan lekt", Flag.NONE, True),
        ("Tot ziens in de hal", Flag.NONE, True),
    ],
)
def test_an_opinion_is_told_from_a_new_question(text: str, flag: Flag, goes_on: bool) -> None:
    words = ANSWERS.words_in(text)
    assert (words.flag, words.goes_on) == (flag, goes_on)


def test_a_broken_list_of_words_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "opinion.yml"
    file.write_text("scores:\n  6: zes\n", encoding="utf-8")
    with pytest.raises(YamlBroken, match="scores must be 1 to 5"):
        load_answers(file)
