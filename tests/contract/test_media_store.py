"""Files of tenants and staff as rows: the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from handoff import reception
from handoff.change import Change
from handoff.ledger import Ledger
from handoff.ledger.media import FileKind, FileState, MediaFile
from handoff.model import AgentId, Author, AuthorKind, Conversation, Draft, MessageId
from handoff.store.engine import SqlStore, make_engine
from handoff.store.migrate import bring_up_to_date

pytestmark = pytest.mark.contract

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
FATMA, BORIS = AgentId("a-1"), AgentId("a-2")


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, postgres: Callable[[], str]) -> SqlStore:
    engine = make_engine("sqlite://" if request.param == "sqlite" else postgres())
    bring_up_to_date(engine)
    return SqlStore(engine)


def talk(ledger: Ledger, address: str) -> tuple[Conversation, MessageId]:
    new = reception.new_conversation(address, address, "sms", address, True, NOW)
    opened = ledger.conversations.open(new)
    said = Draft(Author(AuthorKind.AGENT, "Fatma", FATMA), "Foto")
    applied = ledger.conversations.apply(opened.id, opened.term, Change(drafts=(said,)), NOW)
    return opened, applied.messages[0].id


def file(ledger: Ledger, id: str, here: Conversation, by: AgentId | None) -> MediaFile:
    made = MediaFile(
        id,
        here.id,
        None,
        FileKind.FILE,
        "application/pdf",
        9,
        FileState.KEPT,
        provider_ref="",
        detail="",
        at=NOW,
        by=by,
        name="Brief.pdf",
        link_key="key",
    )
    ledger.media.add(made)
    return made


async def test_a_file_of_staff_is_read_back_whole(store: SqlStore) -> None:
    def work(ledger: Ledger) -> None:
        here, _ = talk(ledger, "+31600000001")
        made = file(ledger, "f-1", here, FATMA)
        assert ledger.media.get("f-1") == made
        assert list(ledger.media.of(here.id)) == [made]

    await store.write(work)


async def test_it_is_sent_once_by_who_made_it_also_elsewhere(store: SqlStore) -> None:
    def work(ledger: Ledger) -> None:
        here, message = talk(ledger, "+31600000001")
        there, other = talk(ledger, "+31600000002")
        file(ledger, "f-1", here, FATMA)
        media = ledger.media
        assert not media.attach("f-1", here.id, message), "it is not the tenant's"
        assert not media.send("f-1", BORIS, there.id, other)
        assert media.send("f-1", FATMA, there.id, other)
        assert not media.send("f-1", FATMA, here.id, message)
        (found,) = media.by_message([other])[other]
        assert (found.conversation, found.by) == (there.id, FATMA)
        assert not media.give_up("f-1")
        media.forget("f-1")
        assert media.get("f-1") is not None

    await store.write(work)


async def test_what_went_nowhere_is_found_given_up_and_forgotten(store: SqlStore) -> None:
    def work(ledger: Ledger) -> None:
        here, message = talk(ledger, "+31600000001")
        for id, by in (("f-1", FATMA), ("f-2", None), ("f-3", None)):
            file(ledger, id, here, by)
        media = ledger.media
        assert media.attach("f-3", here.id, message)
        later = NOW + timedelta(seconds=1)
        assert [one.id for one in media.abandoned(NOW, 9)] == []
        assert [one.id for one in media.abandoned(later, 9)] == ["f-1", "f-2"]
        assert [one.id for one in media.abandoned(later, 1)] == ["f-1"]
        media.forget("f-1")
        assert media.get("f-1") is not None, "only what was given up is forgotten"
        assert media.give_up("f-1") and media.give_up("f-2")
        assert not media.send("f-1", FATMA, here.id, message)
        assert not media.attach("f-2", here.id, message)
        media.forget("f-1")
        assert [one.id for one in media.abandoned(later, 9)] == ["f-2"]

    await store.write(work)
