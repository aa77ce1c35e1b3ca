"""Edits of the content: the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handoff.ledger import Ledger
from handoff.ledger.edits import Edit, EditState, Subject
from handoff.model import Agent, AgentId
from handoff.store.engine import SqlStore, make_engine
from handoff.store.migrate import bring_up_to_date

pytestmark = pytest.mark.contract
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
ELS = Agent(AgentId("a-1"), "els", "Els")
LIA = Agent(AgentId("a-2"), "lia", "Lia")
RENT = Subject("answer", "rent:utter_rent:0")
EDIT = Edit("e-1", RENT, "", "oud", "nieuw é", "reden", EditState.PROPOSED, ELS.id, NOW, "Els")


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, postgres: Callable[[], str]) -> SqlStore:
    engine = make_engine("sqlite://" if request.param == "sqlite" else postgres())
    bring_up_to_date(engine)
    made = SqlStore(engine)

    def begin(ledger: Ledger) -> None:
        for agent in (ELS, LIA):
            ledger.staff.put(agent, "x")
        ledger.edits.lock_subject(RENT)
        ledger.edits.add(EDIT)

    made.write_now(begin)
    return made


async def test_an_edit_comes_back_as_it_was_written(store: SqlStore) -> None:
    assert await store.read(lambda ledger: ledger.edits.by_id("e-1")) == EDIT
    assert await store.read(lambda ledger: ledger.edits.by_id("e-2")) is None
    assert list(await store.read(lambda ledger: ledger.edits.undecided())) == [EDIT]
    assert list(await store.read(lambda ledger: ledger.edits.in_force())) == []


async def test_an_edit_is_decided_on_once(store: SqlStore) -> None:
    def approve(ledger: Ledger) -> bool:
        return ledger.edits.settle("e-1", EditState.APPROVED, LIA.id, NOW)

    assert await store.write(approve) is True
    assert await store.write(approve) is False
    late = lambda ledger: ledger.edits.rewrite("e-1", "x", "", EditState.DRAFT, NOW)  # noqa: E731
    assert await store.write(late) is False
    found = await store.read(lambda ledger: ledger.edits.in_force())
    assert [(e.after, e.decided_by_name, e.decided_at) for e in found] == [("nieuw é", "Lia", NOW)]


async def test_only_the_newest_approved_edit_of_a_subject_holds(store: SqlStore) -> None:
    later = NOW + timedelta(minutes=1)

    def work(ledger: Ledger) -> None:
        ledger.edits.settle("e-1", EditState.APPROVED, LIA.id, NOW)
        # The id sorts before the first one: the moment decides, not the name.
        ledger.edits.add(replace(EDIT, id="a-0", base="e-1", after="nieuwer", written_at=later))
        ledger.edits.settle("a-0", EditState.APPROVED, LIA.id, later)
        ledger.edits.add(replace(EDIT, id="b-0", subject=Subject("text", "greeting")))

    await store.write(work)
    assert [e.id for e in await store.read(lambda ledger: ledger.edits.in_force())] == ["a-0"]
    history = await store.read(lambda ledger: ledger.edits.history(RENT))
    assert [e.id for e in history] == ["a-0", "e-1"]


async def test_of_two_approved_in_one_moment_the_one_written_over_the_other_holds(
    store: SqlStore,
) -> None:
    def work(ledger: Ledger) -> None:
        ledger.edits.settle("e-1", EditState.APPROVED, LIA.id, NOW)
        ledger.edits.add(replace(EDIT, id="a-0", base="e-1", after="nieuwer"))
        ledger.edits.settle("a-0", EditState.APPROVED, LIA.id, NOW)

    await store.write(work)
    assert [e.id for e in await store.read(lambda ledger: ledger.edits.in_force())] == ["a-0"]
