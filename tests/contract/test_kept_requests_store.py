"""Requests that wait and faults of buildings: the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from actions.backoffice.verification import Level, RelatieId
from handoff import reception
from handoff.ledger import Ledger
from handoff.ledger.kept_requests import KeptRequest, KeptState
from handoff.ledger.known_faults import BuildingFault, FaultKind, FaultReport
from handoff.model import AgentId, ConversationId
from handoff.store.engine import SqlStore, make_engine
from handoff.store.migrate import bring_up_to_date

pytestmark = pytest.mark.contract

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
TALK, FATMA, ANNA = ConversationId("c-1"), AgentId("a-1"), RelatieId("r-1")
LIFT = FaultKind("complex-1", "NWF", "LIF")
ASKED = KeptRequest(
    "k-1", TALK, "repair", {"eenheid": "e-1"}, "key-1", ANNA, Level.CLAIMED, NOW, NOW, NOW
)
FAULT = BuildingFault("f-1", LIFT, "De lift is stuk.", NOW, LATER, None, FATMA, NOW)


@pytest.fixture(params=["sqlite", "postgresql"])
async def store(request: pytest.FixtureRequest, postgres: Callable[[], str]) -> SqlStore:
    engine = make_engine("sqlite://" if request.param == "sqlite" else postgres())
    bring_up_to_date(engine)
    store = SqlStore(engine)
    talk = reception.new_conversation(TALK, "TB-1", "sms", "+31612345678", True, NOW)
    await store.write(lambda ledger: ledger.conversations.open(talk))
    return store


async def test_a_request_is_kept_once_per_key_and_ends_once(store: SqlStore) -> None:
    def work(ledger: Ledger) -> None:
        kept = ledger.kept
        assert kept.add(ASKED)
        assert not kept.add(replace(ASKED, id="k-2"))
        assert kept.get("k-1") == ASKED and kept.get("k-2") is None
        assert list(kept.of(TALK)) == [ASKED] == list(kept.undone(9))
        assert (kept.count(KeptState.WAITING), kept.count(KeptState.GIVEN_UP)) == (1, 0)
        done = replace(ASKED, state=KeptState.DONE, number="R1", attempts=2, done_by=FATMA)
        assert kept.save(done, KeptState.WAITING)
        assert not kept.save(ASKED, KeptState.WAITING)
        assert list(kept.of(TALK)) == [done]
        assert list(kept.undone(9)) == []

    await store.write(work)


async def test_reports_of_a_building_count_once_per_conversation(store: SqlStore) -> None:
    def work(ledger: Ledger) -> None:
        faults, report = ledger.faults, FaultReport(TALK, LIFT, None, NOW)
        faults.report(report)
        faults.report(replace(report, relatie=ANNA, at=LATER))
        assert list(faults.reports(NOW)) == [FaultReport(TALK, LIFT, ANNA, LATER)]
        assert list(faults.reports(LATER + timedelta(seconds=1))) == []
        assert faults.told(report, LATER)
        assert not faults.told(report, LATER)

    await store.write(work)


async def test_a_fault_is_changed_until_it_has_ended(store: SqlStore) -> None:
    def work(ledger: Ledger) -> None:
        faults = ledger.faults
        faults.add(FAULT)
        assert faults.save(replace(FAULT, words="De lift staat stil.", expected_end=LATER))
        found = faults.get("f-1")
        assert found is not None and found.words == "De lift staat stil."
        assert found.holds(NOW) and not found.holds(LATER)
        assert faults.save(replace(found, ended_at=NOW, ended_by=FATMA))
        assert not faults.save(FAULT)
        assert [one.id for one in faults.since(NOW - timedelta(minutes=1))] == ["f-1"]
        assert list(faults.since(NOW)) == []

    await store.write(work)


def test_an_empty_code_fits_every_report_of_the_complex() -> None:
    assert FaultKind("complex-1", "", "LIF").fits(LIFT)
    assert not FaultKind("complex-1", "LEK", "LIF").fits(LIFT)
    assert not FaultKind("complex-2", "", "").fits(LIFT)
