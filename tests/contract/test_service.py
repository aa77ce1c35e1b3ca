"""Clocks of service and opinions: the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handoff import reception
from handoff.ledger import Ledger
from handoff.model import AgentId, ConversationId
from handoff.opinion.values import Flag, Opinion
from handoff.service_levels.measure import ClockOutcome, ServiceClock
from handoff.service_levels.targets import ClockKind
from handoff.store.engine import SqlStore, make_engine
from handoff.store.migrate import bring_up_to_date

pytestmark = pytest.mark.contract

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TALK, FATMA = ConversationId("c-1"), AgentId("a-1")


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, postgres: Callable[[], str]) -> SqlStore:
    engine = make_engine("sqlite://" if request.param == "sqlite" else postgres())
    bring_up_to_date(engine)
    return SqlStore(engine)


def open_talk(ledger: Ledger) -> None:
    ledger.conversations.open(
        reception.new_conversation(TALK, "TB-1", "sms", "+31612345678", True, NOW)
    )


def clock(kind: ClockKind, due_in: int) -> ServiceClock:
    due = NOW + due_in * MINUTE
    return ServiceClock(f"k-{kind.value}", TALK, kind, "huur", due_in, NOW, NOW, due, due)


async def test_running_clocks_the_next_due_one_and_their_history(store: SqlStore) -> None:
    first, solved = clock(ClockKind.FIRST_ANSWER, 15), clock(ClockKind.RESOLUTION, 99)
    promise = clock(ClockKind.PROMISE, 5)
    met = replace(first, outcome=ClockOutcome.MET, ended_at=NOW + MINUTE, agent=FATMA)

    def work(ledger: Ledger) -> None:
        open_talk(ledger)
        for one in (first, solved, promise):
            ledger.service.put(one)
        assert ledger.service.next_due([TALK]) == {TALK: first}
        ledger.service.put(met)
        assert set(ledger.service.running(TALK)) == {solved, promise}
        assert ledger.service.next_due([TALK]) == {TALK: solved}
        ledger.service.put(replace(solved, due_at=None, warn_at=None, running_since=None))
        assert ledger.service.next_due([TALK]) == {}
        assert list(ledger.service.ended(NOW, NOW + 2 * MINUTE)) == [met]
        assert list(ledger.service.ended(NOW + 2 * MINUTE, NOW + 3 * MINUTE)) == []
        assert len(ledger.service.history(TALK)) == 3

    await store.write(work)


async def test_opinions_the_last_question_and_what_is_flagged(store: SqlStore) -> None:
    asked = Opinion("o-1", TALK, 4, "sms", "+31612345678", "huur", NOW, FATMA, "rent_due")
    low = replace(asked, score=2, scored_at=NOW, words="", words_at=NOW)
    praised = replace(asked, id="o-2", score=5, flag=Flag.COMPLIMENT, asked_at=NOW + MINUTE)

    def work(ledger: Ledger) -> None:
        open_talk(ledger)
        assert ledger.opinions.latest(TALK) is None
        assert ledger.opinions.asked_last("sms", "+31612345678") is None
        ledger.opinions.put(asked)
        assert ledger.opinions.latest(TALK) == asked
        assert list(ledger.opinions.flagged(NOW)) == []
        ledger.opinions.put(low)
        ledger.opinions.put(praised)
        assert ledger.opinions.latest(TALK) == praised
        assert ledger.opinions.asked_last("sms", "+31612345678") == NOW + MINUTE
        assert ledger.opinions.asked_last("telegram", "+31612345678") is None
        assert list(ledger.opinions.flagged(NOW)) == [praised, low]
        assert list(ledger.opinions.asked(NOW, NOW + MINUTE)) == [low]

    await store.write(work)
