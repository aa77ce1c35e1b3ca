"""What reports are counted from: the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handoff import reception
from handoff.ledger import Ledger
from handoff.model import ConversationId
from handoff.opinion.values import Opinion
from handoff.service_levels.measure import ClockOutcome, ServiceClock
from handoff.service_levels.targets import ClockKind
from handoff.store.engine import SqlStore, make_engine
from handoff.store.migrate import bring_up_to_date

pytestmark = pytest.mark.contract

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TALK = ConversationId("c-1")


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, postgres: Callable[[], str]) -> SqlStore:
    engine = make_engine("sqlite://" if request.param == "sqlite" else postgres())
    bring_up_to_date(engine)
    return SqlStore(engine)


def fill(ledger: Ledger) -> None:
    ledger.conversations.open(
        reception.new_conversation(TALK, "TB-1", "sms", "+31612345678", True, NOW)
    )
    ended = ServiceClock("k-1", TALK, ClockKind.RESOLUTION, "huur", 9, NOW)
    ledger.service.put(replace(ended, ended_at=NOW, outcome=ClockOutcome.MET))
    ledger.opinions.put(
        Opinion("o-1", TALK, 1, "sms", "+31612345678", "huur", NOW, score=4, scored_at=NOW)
    )


async def test_a_span_holds_its_first_moment_and_not_its_end(store: SqlStore) -> None:
    await store.write(fill)
    inside, past = (NOW, NOW + HOUR), (NOW - HOUR, NOW)
    read = await store.read(
        lambda ledger: [row.conversation for row in ledger.reports.opened(*inside)]
    )
    assert read == [TALK]
    assert await store.read(lambda ledger: ledger.reports.opened(*past)) == []
    assert await store.read(lambda ledger: ledger.reports.service(*inside)) == [
        ("resolution", "met", 1)
    ]
    assert await store.read(lambda ledger: ledger.reports.scores(*inside)) == [(4, 1)]
    assert await store.read(lambda ledger: ledger.reports.scores(*past)) == []


async def test_a_fresh_installation_has_an_empty_wallboard(store: SqlStore) -> None:
    def look(ledger: Ledger) -> list[object]:
        r = ledger.reports
        return [
            *r.waiting(),
            *r.present(NOW),
            *r.promised(NOW),
            *r.open_urgent(),
            *r.asked(NOW, NOW),
            *r.asked_of_opened(NOW, NOW),
            *r.outcomes(NOW, NOW),
        ]

    assert await store.read(look) == []
    assert await store.read(lambda ledger: ledger.reports.reopened(NOW, NOW + HOUR, 7)) == (0, 0)
    assert await store.read(
        lambda ledger: (ledger.reports.held(), ledger.reports.offered(NOW))
    ) == (0, 0)
