"""Finding conversations by their words: the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.signals import EscalationReason
from handoff import reception
from handoff.change import Asked, Change
from handoff.ledger import Ledger
from handoff.ledger.lists import Filters, Label, Place
from handoff.model import (
    AgentId,
    Author,
    AuthorKind,
    ConversationId,
    Draft,
    MessageKind,
    State,
    Visibility,
    Waiting,
)
from handoff.store.engine import SqlStore, make_engine
from handoff.store.migrate import bring_up_to_date
from handoff.wanted import pieces, read_wanted

pytestmark = pytest.mark.contract
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
FATMA = AgentId("a-1")
TENANT, BOT = Author(AuthorKind.TENANT, "u"), Author(AuthorKind.BOT, "assistent")


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, postgres: Callable[[], str]) -> SqlStore:
    engine = make_engine("sqlite://" if request.param == "sqlite" else postgres())
    bring_up_to_date(engine)
    return SqlStore(engine)


def talk(ledger: Ledger, no: int, *said: str, note: str = "", channel: str = "sms") -> None:
    address = f"+3161234567{no}"
    at = NOW + timedelta(minutes=no)
    one = reception.new_conversation(f"c-{no}", f"TB-AB12C{no}", channel, address, True, at)
    ledger.conversations.open(one)
    drafts = [Draft(TENANT, words) for words in said]
    if note:
        drafts.append(Draft(BOT, note, MessageKind.NOTE, Visibility.DESK))
    change = Change(
        drafts=tuple(drafts),
        holder=Waiting("huur"),
        steps=(Asked("huur", EscalationReason.ASKED),),
        topic=f"topic-{no}",
    )
    ledger.conversations.apply(one.id, one.term, change, at)


def fill(ledger: Ledger) -> None:
    talk(ledger, 1, "Er is een lekkage in de badkamer", "het water staat hoog")
    talk(ledger, 2, "Mijn cv-ketel doet het niet", note="Bewoner is één keer gebeld")
    talk(ledger, 3, "De lekkages in de keuken zijn terug", channel="whatsapp")


def found(ledger: Ledger, typed: str, filters: Filters | None = None) -> Sequence[str]:
    hits = ledger.lists.search(read_wanted(typed), filters or Filters(), 20, FATMA)
    return [hit.row.conversation.id for hit in hits]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("lekk", ["c-3", "c-1"]),
        ("LEKKAGE bad", ["c-1"]),
        ('"in de keuken"', ["c-3"]),
        ('"de in keuken"', []),
        ('"lekkage"', ["c-1"]),
        ("een keer gebeld", ["c-2"]),
        ("cv-ketel", ["c-2"]),
        ("zwembad", []),
        ("tb-ab12c2", ["c-2"]),
        ("TB-AB12C9", []),
        ("06 123 45 671", ["c-1"]),
        ("+31612345673", ["c-3"]),
        ("0031612345673", ["c-3"]),
        ("", []),
    ],
)
async def test_words_beginnings_quotes_notes_references_and_numbers(
    store: SqlStore, typed: str, ids: list[str]
) -> None:
    await store.write(fill)
    assert list(await store.read(lambda ledger: found(ledger, typed))) == ids


@pytest.mark.parametrize(
    "typed",
    [
        '"', '"""', "*", "a*", "AND", "lekk OR", "NOT", "NEAR(a b)", "body:lekk", "^lek", "-", "(",
        "lekk)", "';DROP TABLE message;--", "a & b | !c", "<->", "a:*", "\\", "%", "_", "\x00",
        "😀", "é" * 300, "a " * 500, "'", "''a''", "rowid", "$1", ":id", "漢字", "à̖",
        "de het een",
    ],
)  # fmt: skip
async def test_whatever_is_typed_is_never_an_error(store: SqlStore, typed: str) -> None:
    await store.write(fill)
    assert isinstance(await store.read(lambda ledger: found(ledger, typed)), list)


async def test_filters_narrow_what_is_found(store: SqlStore) -> None:
    def work(ledger: Ledger) -> None:
        fill(ledger)
        ledger.lists.put_label(Label("l-1", "terugbellen", "blue"))
        ledger.lists.add_label(ConversationId("c-1"), "l-1", FATMA, NOW)
        for filters, ids in (
            (Filters(channels=("whatsapp",)), ["c-3"]),
            (Filters(labels=("l-1",)), ["c-1"]),
            (Filters(topics=("topic-3",)), ["c-3"]),
            (Filters(queues=("huur",)), ["c-3", "c-1"]),
            (Filters(queues=("klachten",)), []),
            (Filters(states=(State.CLOSED,)), []),
            (Filters(since=NOW + timedelta(minutes=2)), ["c-3"]),
            (Filters(before=NOW + timedelta(minutes=2)), ["c-1"]),
            (Filters(agents=(FATMA,)), []),
        ):
            assert found(ledger, "lekk", filters) == ids, filters

    await store.write(work)


async def test_an_edited_message_is_found_by_its_new_words_and_an_erased_one_by_none(
    store: SqlStore,
) -> None:
    await store.write(fill)
    with store._engine.begin() as connection:  # nobody edits or erases through the ledger yet
        connection.execute(text("UPDATE message SET body = 'dak' WHERE body LIKE '%badkamer'"))
        connection.execute(text("DELETE FROM message WHERE body LIKE '%keuken%'"))
    assert await store.read(lambda ledger: found(ledger, "lekk")) == []
    assert await store.read(lambda ledger: found(ledger, "dak")) == ["c-1"]


async def test_pages_follow_each_other_without_gaps_or_repeats(store: SqlStore) -> None:
    def work(ledger: Ledger) -> None:
        for no in range(10):
            talk(ledger, no, "hallo")
        seen, after = [], None
        while page := ledger.lists.page(Filters(), after, 3, FATMA):
            seen += [row.conversation.id for row in page]
            last = page[-1].conversation
            after = Place(last.priority, last.waiting_since or last.opened_at, last.id)
        assert seen == [f"c-{no}" for no in range(10)]
        assert ledger.lists.count(Filters(states=(State.WAITING,))) == 10

    await store.write(work)


def test_what_is_shown_is_pieces_of_text_and_never_markup() -> None:
    said = "<img src=x onerror=alert(1)> de Lékkage is terug"
    shown = pieces(said, read_wanted("lekk <img"))
    assert "".join(part for part, _ in shown) == said
    assert [part for part, hit in shown if hit] == ["img", "Lékkage"]
