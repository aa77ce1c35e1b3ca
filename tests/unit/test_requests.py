"""Where a message goes over from one request to the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoff.memory.phrases import Phrases
from handoff.memory.requests import LISTS, parts_of

pytestmark = pytest.mark.unit
BOOK = Phrases.load(Path(__file__).resolve().parents[2] / "data/second_requests.yml", LISTS)


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("Wanneer moet ik de huur betalen? En hoe meld ik een lekkage?", "En hoe meld ik"),
        ("mijn kraan lekt en ook wil ik weten wanneer ik de huur moet betalen", "en ook wil"),
        ("Hallo, ik wil de huur opzeggen. Daarnaast wil ik mijn saldo weten.", "Daarnaast wil"),
        ("wat is mijn saldo 2e vraag mag ik een hond", "2e vraag"),
        ("ik heb een klacht over de buren oh ja en de lift is weer kapot", "oh ja en"),
        ("mijn dak lekt ps wanneer komt de glazenwasser", "ps wanneer"),
        ("mag ik een hond houden trouwens klopt mijn huur wel", "trouwens"),
        ("de cv is stuk. verder nog een vraag over mijn contract", "verder nog"),
        ("Ik zoek een parkeerplek.\nVerder wil ik weten of ik mag verven", "Verder wil"),
        ("hoe kom ik aan een sleutel en daornaast is mn huur te hoog", "en daornaast"),
    ],
)
def test_clear_words_or_two_questions_start_a_second_request(text: str, second: str) -> None:
    parts = parts_of(text, BOOK)
    assert len(parts) == 2 and all(part.clear for part in parts)
    assert parts[1].text.startswith(second)


@pytest.mark.parametrize(
    "text",
    [
        "wanneer moet ik betalen en hoe zeg ik de huur op",
        "Ik wil graag een nieuwe keuken. Mijn huur is te hoog.",
        "de wc loopt niet door en de lift doet het niet",
    ],
)
def test_an_ordinary_and_may_be_two_requests_or_one(text: str) -> None:
    parts = parts_of(text, BOOK)
    assert len(parts) == 2 and not any(part.clear for part in parts)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "huur",
        "hoi. mijn verwarming doet het niet",
        "Ik betaal de huur op welke dag? Na of?",
        "mijn kraan lekt en druppelt de hele nacht door",
        "ok en ook bedankt",
        "Mijn moeder is ziek. Ze woont in de straat hier. De verwarming is stuk. Wat nu?",
        "Help! Er is iets met mijn huur mis",
        "wanneer komt de monteur, ik wacht al een week",
        "Is vraag een goed? Is vraag twee goed? En vraag drie ook? En nu vraag vier?",
        "wanneer moet ik de huur betalen? " * 200,
    ],
)
def test_one_request_and_a_long_story_stay_whole(text: str) -> None:
    assert parts_of(text, BOOK) == ()


def test_no_word_is_lost_by_cutting() -> None:
    text = "Hallo, ik wil de huur opzeggen. En ook nog: wat is mijn saldo? Dank u!"
    parts = parts_of(text, BOOK)
    assert " ".join(part.text for part in parts) == text
