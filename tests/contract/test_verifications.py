"""What was proved about who writes, and how often it is tried: alike on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from actions.backoffice.verification import Level, RelatieId
from handoff import reception
from handoff.identities import Address
from handoff.ledger import Ledger
from handoff.ledger.verifications import Code, PortalVisit, Proven, Whose
from handoff.model import AgentId, ConversationId
from handoff.store.engine import SqlStore, make_engine
from handoff.store.migrate import bring_up_to_date

pytestmark = pytest.mark.contract

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=10)
TALK, FATMA = ConversationId("c-1"), AgentId("a-1")
JANSEN, DE_VRIES = RelatieId("r-1"), RelatieId("r-2")
SMS, WHATSAPP = Address("sms", "+31612345678"), Address("whatsapp", "whatsapp:+31612345678")
WEB = Address("webchat", "c-9")
CODE = Code("k-1", TALK, JANSEN, Level.VERIFIED, "home:abc", LATER)


@pytest.fixture(params=["sqlite", "postgresql"])
async def store(request: pytest.FixtureRequest, postgres: Callable[[], str]) -> SqlStore:
    engine = make_engine("sqlite://" if request.param == "sqlite" else postgres())
    bring_up_to_date(engine)
    store = SqlStore(engine)
    talk = reception.new_conversation("c-1", "TB-1", "sms", SMS.address, True, NOW)
    await store.write(lambda ledger: ledger.conversations.open(talk))
    return store


async def test_a_proof_is_given_replaced_and_ended(store: SqlStore) -> None:
    def work(ledger: Ledger) -> None:
        proofs = ledger.verifications
        assert proofs.of(TALK) is None
        claimed = Proven(JANSEN, Level.CLAIMED, LATER, NOW)
        proofs.give(TALK, claimed)
        assert proofs.of(TALK) == claimed
        better = Proven(JANSEN, Level.VERIFIED, LATER, NOW, FATMA)
        proofs.give(TALK, better)
        found = proofs.of(TALK)
        assert found == better and found is not None
        assert found.holds(NOW) and not found.holds(LATER)
        assert proofs.end(TALK)
        assert not proofs.end(TALK)
        assert proofs.of(TALK) is None

    await store.write(work)


async def test_whom_staff_hold_it_for_is_no_proof(store: SqlStore) -> None:
    def work(ledger: Ledger) -> None:
        assert ledger.verifications.linked(TALK) is None
        ledger.verifications.link(TALK, JANSEN, FATMA, NOW)
        ledger.verifications.link(TALK, DE_VRIES, FATMA, LATER)
        assert ledger.verifications.linked(TALK) == DE_VRIES
        assert ledger.verifications.of(TALK) is None

    await store.write(work)


async def test_places_of_one_relatie_are_found_and_shared_places_are_not(store: SqlStore) -> None:
    def work(ledger: Ledger) -> None:
        proofs = ledger.verifications
        assert list(proofs.verified_at(JANSEN, SMS, NOW)) == []
        assert list(proofs.verified_at(JANSEN, SMS, NOW)) == []
        assert list(proofs.verified_at(JANSEN, WEB, LATER)) == [SMS]
        assert list(proofs.verified_at(DE_VRIES, SMS, LATER)) == []
        assert list(proofs.verified_at(JANSEN, WHATSAPP, LATER)) == [WEB]

    await store.write(work)


async def test_a_code_takes_the_place_of_the_one_before_and_is_used_once(store: SqlStore) -> None:
    def work(ledger: Ledger) -> None:
        checks = ledger.identity_checks
        checks.put_code(CODE)
        checks.put_code(replace(CODE, id="k-2", relatie=None))
        assert checks.code_named("k-1") is None
        assert not checks.sent("k-1", "h", LATER)
        assert checks.sent("k-2", "h", LATER)
        checks.count_try("k-2")
        found = checks.code(TALK)
        assert found == replace(CODE, id="k-2", relatie=None, code_hash="h", tries=1)
        assert checks.drop_code("k-2")
        assert not checks.drop_code("k-2")

    await store.write(work)


async def test_a_code_ends_with_the_proof(store: SqlStore) -> None:
    def work(ledger: Ledger) -> None:
        ledger.identity_checks.put_code(CODE)
        ledger.verifications.end(TALK)
        assert ledger.identity_checks.code(TALK) is None

    await store.write(work)


async def test_tries_are_counted_per_key_taken_back_and_forgotten(store: SqlStore) -> None:
    def work(ledger: Ledger) -> None:
        checks = ledger.identity_checks
        checks.add("t-1", ["home:a", "all"], NOW)
        checks.add("t-2", ["home:b", "all"], LATER)
        long_ago = NOW - timedelta(days=1)
        assert [checks.counted(key, long_ago) for key in ("home:a", "home:b", "all")] == [1, 1, 2]
        assert checks.counted("all", NOW) == 1
        checks.take_back("t-2")
        assert checks.counted("all", long_ago) == 1
        checks.forget(NOW)
        assert checks.counted("all", long_ago) == 0

    await store.write(work)


async def test_where_somebody_writes_from_is_the_last_place(store: SqlStore) -> None:
    def work(ledger: Ledger) -> None:
        assert ledger.identity_checks.origin(TALK) is None
        ledger.identity_checks.came_from(TALK, "one", NOW)
        ledger.identity_checks.came_from(TALK, "two", LATER)
        assert ledger.identity_checks.origin(TALK) == "two"

    await store.write(work)


async def test_a_link_to_the_portal_is_used_once_and_in_time(store: SqlStore) -> None:
    def work(ledger: Ledger) -> None:
        checks, visit = ledger.identity_checks, PortalVisit(TALK, "n", "v", LATER)
        checks.add_visit("token", visit)
        assert checks.visit("token", NOW) == visit
        assert checks.visit("token", LATER) is None
        assert checks.take_visit("state", NOW) is None
        assert checks.leave("token", "state")
        assert checks.take_visit("state", LATER) is None
        checks.add_visit("other", visit)
        assert checks.leave("other", "again")
        assert checks.take_visit("again", NOW) == visit
        assert checks.take_visit("again", NOW) is None
        assert checks.visit("other", NOW) is None
        assert not checks.leave("other", "again")

    await store.write(work)


async def test_whose_number_it_was_is_kept_with_the_proof(store: SqlStore) -> None:
    def work(ledger: Ledger) -> None:
        proofs, claimed = ledger.verifications, Proven(JANSEN, Level.CLAIMED, LATER, NOW)
        proofs.give(TALK, claimed)
        proofs.looked(TALK, Whose.OWN, NOW)
        assert proofs.of(TALK) == replace(claimed, number_of=Whose.OWN, looked_at=NOW)
        proofs.give(TALK, claimed)
        assert proofs.of(TALK) == claimed

    await store.write(work)


async def test_who_was_verified_at_an_address_is_known(store: SqlStore) -> None:
    def work(ledger: Ledger) -> None:
        proofs = ledger.verifications
        assert list(proofs.relaties_at(SMS)) == []
        proofs.verified_at(JANSEN, SMS, NOW)
        proofs.verified_at(DE_VRIES, SMS, LATER)
        assert list(proofs.relaties_at(SMS)) == [JANSEN, DE_VRIES]
        assert list(proofs.relaties_at(WEB)) == []

    await store.write(work)


async def test_the_number_of_a_call_is_kept_and_forgotten_with_the_proof(store: SqlStore) -> None:
    def work(ledger: Ledger) -> None:
        checks = ledger.identity_checks
        assert checks.caller(TALK) is None
        checks.called_from(TALK, "+31611111111", NOW)
        checks.called_from(TALK, "+31622222222", NOW)
        ledger.verifications.give(TALK, Proven(JANSEN, Level.CLAIMED, LATER, NOW))
        assert checks.caller(TALK) == "+31622222222"
        checks.forget(NOW)
        assert checks.caller(TALK) is None and ledger.verifications.of(TALK) is not None
        checks.forget(LATER)
        assert ledger.verifications.of(TALK) is None

    await store.write(work)


async def test_a_link_that_was_refused_opens_nothing(store: SqlStore) -> None:
    def work(ledger: Ledger) -> None:
        checks = ledger.identity_checks
        checks.add_visit("token", PortalVisit(TALK, "n", "v", LATER))
        assert checks.leave("token", "state")
        assert checks.drop_visit("token")
        assert not checks.drop_visit("token")
        assert checks.visit("token", NOW) is None
        assert checks.take_visit("state", NOW) is None

    await store.write(work)
