"""Who is held for one person: the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from handoff import reception
from handoff.identities import Address
from handoff.ledger import Ledger
from handoff.model import AgentId
from handoff.store.engine import SqlStore, make_engine
from handoff.store.migrate import bring_up_to_date

pytestmark = pytest.mark.contract

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
FATMA = AgentId("a-1")
SMS, WHATSAPP = Address("sms", "+31612345678"), Address("whatsapp", "whatsapp:+31612345678")
TELEGRAM, WEB = Address("telegram", "77"), Address("webchat", "c-9")


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, postgres: Callable[[], str]) -> SqlStore:
    engine = make_engine("sqlite://" if request.param == "sqlite" else postgres())
    bring_up_to_date(engine)
    return SqlStore(engine)


async def test_joining_parting_and_who_is_left(store: SqlStore) -> None:
    def work(ledger: Ledger) -> None:
        persons = ledger.persons
        assert list(persons.joined_with(SMS)) == [SMS]
        assert persons.join(SMS, WHATSAPP, FATMA, NOW)
        assert not persons.join(WHATSAPP, SMS, FATMA, NOW)
        assert not persons.join(SMS, SMS, FATMA, NOW)
        assert persons.join(TELEGRAM, WEB, FATMA, NOW)
        assert persons.join(WEB, SMS, FATMA, NOW)
        assert set(persons.joined_with(TELEGRAM)) == {SMS, WHATSAPP, TELEGRAM, WEB}
        assert persons.part(WHATSAPP)
        assert not persons.part(WHATSAPP)
        assert list(persons.joined_with(WHATSAPP)) == [WHATSAPP]
        assert persons.part(WEB) and persons.part(SMS)
        assert list(persons.joined_with(TELEGRAM)) == [TELEGRAM]
        assert not persons.part(TELEGRAM)

    await store.write(work)


async def test_addresses_are_found_by_their_spelling_and_conversations_by_address(
    store: SqlStore,
) -> None:
    def work(ledger: Ledger) -> None:
        for no, at in enumerate((SMS, WHATSAPP, TELEGRAM)):
            talk = reception.new_conversation(
                f"c-{no}", f"TB-{no}", at.channel, at.address, True, NOW + timedelta(minutes=no)
            )
            ledger.conversations.open(talk)
        spelled = ["+31612345678", "whatsapp:+31612345678", "0612345678"]
        assert list(ledger.persons.written_at(spelled)) == [SMS, WHATSAPP]
        assert list(ledger.persons.written_at([])) == []
        found = ledger.persons.conversations([SMS, TELEGRAM], 10)
        assert [one.id for one in found] == ["c-2", "c-0"]
        assert [one.id for one in ledger.persons.conversations([SMS, TELEGRAM], 1)] == ["c-2"]
        assert list(ledger.persons.conversations([], 5)) == []

    await store.write(work)
