"""Whatever a tenant types, the memory reads it without breaking, and quickly."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.port import Ask
from handoff.content import load_content
from handoff.memory import circles, follow_up, requests, third_party, yes_no
from handoff.memory.past import Past
from handoff.memory.recall import Memory
from handoff.model import (
    Author,
    AuthorKind,
    Choice,
    ConversationId,
    Message,
    MessageId,
    MessageKind,
    Outcome,
    Turn,
    TurnId,
    Visibility,
)
from handoff.policy import PERSON

pytestmark = pytest.mark.unit
CONTENT = load_content()
BOOKS = CONTENT.books
NOW = datetime(2026, 11, 24, tzinfo=UTC)
SAID = Message(
    MessageId("m"), ConversationId("c"), 2, 2, Author(AuthorKind.BOT, "Assistent"),
    "Wilt u dat een medewerker meedenkt?", MessageKind.TEXT, Visibility.TENANT,
    (Choice("1", "Ik wil een medewerker", PERSON),), None, None, None, NOW,
)  # fmt: skip
TURN = Turn(
    TurnId("c:1"), ConversationId("c"), 1, 1, 1, "huur", NOW, Outcome.ANSWERED, "rent_payment_date"
)
MEMORY = Memory(BOOKS, CONTENT.counter, str)


@given(st.text(max_size=300))
@example("' '' ’ ـ ٱ ́ _ 1 ½ 🔥")
@example("ja\x00graag")
@settings(max_examples=200, deadline=None)
def test_any_text_is_read(text: str) -> None:
    MEMORY.recall(Ask("c:3", "s", text, "webchat"), Past((TURN,), SAID))
    MEMORY.parts_of(Ask("c:3", "s", text, "webchat"))
    third_party.role_in(text, BOOKS.third_parties)


def test_the_longest_message_is_read_in_a_moment() -> None:
    ask = Ask("c:3", "s", ("mijn moeder betaalt dat en hoe lang duurt het dan? " * 50)[:2000], "w")
    MEMORY.recall(ask, Past((TURN,), SAID))
    started = time.perf_counter()
    MEMORY.recall(ask, Past((TURN,), SAID))
    MEMORY.parts_of(ask)
    third_party.role_in(ask.text, BOOKS.third_parties)
    assert time.perf_counter() - started < 0.5


def test_every_list_that_the_code_names_is_in_its_file() -> None:
    for book, lists in (
        (BOOKS.follow_ups, follow_up.LISTS),
        (BOOKS.yes_no, yes_no.LISTS),
        (BOOKS.circles, circles.LISTS),
        (BOOKS.third_parties, third_party.LISTS),
        (BOOKS.second_requests, requests.LISTS),
    ):
        assert set(lists) <= book.names
