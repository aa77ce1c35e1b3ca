"""Yes, no and choices in words, as answers to our own last message."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from handoff.memory.phrases import Phrases
from handoff.memory.yes_no import LISTS, Said, offers_a_person, picked, said_in
from handoff.model import (
    Author,
    AuthorKind,
    Choice,
    ConversationId,
    Message,
    MessageId,
    MessageKind,
    Visibility,
)
from handoff.policy import OTHER, PERSON

pytestmark = pytest.mark.unit
BOOK = Phrases.load(Path(__file__).resolve().parents[2] / "data/yes_no.yml", LISTS)


def ours(text: str, *choices: tuple[str, str]) -> Message:
    drawn = tuple(Choice(str(number), title, to) for number, (title, to) in enumerate(choices))
    return Message(
        MessageId("m"), ConversationId("c"), 2, 2, Author(AuthorKind.BOT, "Assistent"), text,
        MessageKind.TEXT, Visibility.TENANT, drawn, None, None, None,
        datetime(2026, 11, 24, tzinfo=UTC),
    )  # fmt: skip


ASKED = ours("Wilt u dat een medewerker meedenkt?", ("Ik wil een medewerker", PERSON))
TOLD = ours("Lukt dat niet? Kies een medewerker.", ("Ik wil een medewerker", PERSON))
ASK_BACK = ours(
    "Bedoelt u een van deze?", ("Wanneer u de huur betaalt", "/rent_payment_date"),
    ("De huur opzeggen", "/lease_terminate"), ("Iets anders", OTHER),
)  # fmt: skip

CASES = yaml.safe_load((Path(__file__).parent / "yes_no_texts.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", CASES["affirm"])
def test_a_yes_is_understood_as_the_answer_to_our_question(text: str) -> None:
    assert said_in(text, ASKED, BOOK) is Said.YES


@pytest.mark.parametrize("text", CASES["deny"])
def test_a_no_is_understood_as_the_answer_to_our_question(text: str) -> None:
    assert said_in(text, ASKED, BOOK) is Said.NO


@pytest.mark.parametrize("text", CASES["neither"])
def test_whatever_says_more_than_yes_or_no_goes_to_the_assistant(text: str) -> None:
    assert said_in(text, ASKED, BOOK) is None


@pytest.mark.parametrize("text", ["ok", "oke prima", "goed", "akkoord"])
def test_okay_is_a_yes_to_a_question_and_nothing_after_a_plain_answer(text: str) -> None:
    assert said_in(text, ASKED, BOOK) is Said.YES
    assert said_in(text, TOLD, BOOK) is None


def test_a_yes_means_a_person_only_where_one_was_offered() -> None:
    assert offers_a_person(ASKED, BOOK) and offers_a_person(TOLD, BOOK)
    assert not offers_a_person(ASK_BACK, BOOK)
    assert not offers_a_person(ours("Staat de kraan open?", ("", PERSON)), BOOK)


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("de eerste", "/rent_payment_date"),
        ("1", "/rent_payment_date"),
        ("ja de eerste", "/rent_payment_date"),
        ("ik bedoel de tweede", "/lease_terminate"),
        ("2e", "/lease_terminate"),
        ("nummer 2 graag", "/lease_terminate"),
        ("de laatste", "/lease_terminate"),
        ("wanneer u de huur betaalt", "/rent_payment_date"),
        ("De huur opzeggen.", "/lease_terminate"),
        ("iets anders", OTHER),
    ],
)
def test_a_choice_may_be_named_by_number_or_title(text: str, payload: str) -> None:
    choice = picked(text, ASK_BACK, BOOK)
    assert choice is not None and choice.payload == payload


@pytest.mark.parametrize(
    "text", ["de derde", "niet de eerste", "1 kamer", "ja", "de eerste van de maand"]
)
def test_a_number_with_a_matter_of_its_own_is_no_choice(text: str) -> None:
    assert picked(text, ASK_BACK, BOOK) is None
