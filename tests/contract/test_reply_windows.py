"""The reply window and what is held, on SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from handoff.change import Change
from handoff.held_replies import heard
from handoff.ledger import Ledger
from handoff.model import Author, AuthorKind, Conversation, Draft, Message, MessageId
from handoff.reception import new_conversation
from handoff.store.engine import SqlStore, make_engine
from handoff.store.migrate import bring_up_to_date
from handoff.window import ReplyWindow, opened

pytestmark = pytest.mark.contract
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
DAY = timedelta(hours=24)
AGENT = Author(AuthorKind.AGENT, "Fatma", "agent-1")
CHANNEL, ADDRESS = "whatsapp", "whatsapp:+31600000001"


@pytest.fixture(params=["memory", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    url = "sqlite://" if request.param == "memory" else request.getfixturevalue("postgres")()
    engine = make_engine(url)
    bring_up_to_date(engine)
    opened_store = SqlStore(engine)
    yield opened_store
    opened_store.close()


def said(ledger: Ledger, *texts: str) -> tuple[Conversation, list[Message]]:
    talk = ledger.conversations.open(new_conversation("c-1", "TB-1", CHANNEL, ADDRESS, True, NOW))
    change = Change(drafts=tuple(Draft(AGENT, text) for text in texts))
    applied = ledger.conversations.apply(talk.id, talk.term, change, NOW)
    return applied.conversation, list(applied.messages)


async def test_a_window_is_replaced_and_belongs_to_one_address(store: SqlStore) -> None:
    first, second = opened(NOW, DAY), opened(NOW + DAY, DAY)

    def work(ledger: Ledger) -> tuple[ReplyWindow | None, ReplyWindow | None]:
        ledger.windows.put(CHANNEL, ADDRESS, first.asked(NOW))
        ledger.windows.put(CHANNEL, ADDRESS, second)
        return ledger.windows.get(CHANNEL, ADDRESS), ledger.windows.get(CHANNEL, "whatsapp:+32")

    assert await store.write(work) == (second, None)


async def test_what_is_held_goes_in_the_order_it_was_said_and_once(store: SqlStore) -> None:
    def work(ledger: Ledger) -> list[str]:
        talk, messages = said(ledger, "een", "twee", "drie")
        later = NOW + timedelta(seconds=1)
        while jobs := ledger.jobs.claim(["send"], "w", NOW, later, 9):
            for job in jobs:
                ledger.jobs.finish(job)
        for message in reversed(messages[:2]):
            ledger.deliveries.mark(message.id, "held", NOW, None, "")
        assert [one.message.text for one in ledger.deliveries.held(talk.id)] == ["een", "twee"]
        heard(ledger, talk, DAY, NOW)
        heard(ledger, talk, DAY, NOW)
        assert list(ledger.deliveries.held(talk.id)) == []
        texts = {message.id: message.text for message in messages}
        order = []
        while jobs := ledger.jobs.claim(["send"], "w", NOW, later, 9):
            order += [texts[MessageId(job.payload["message"])] for job in jobs]
            for job in jobs:
                ledger.jobs.finish(job)
        return order

    assert await store.write(work) == ["een", "twee"]


async def test_a_channel_without_a_window_keeps_none(store: SqlStore) -> None:
    def work(ledger: Ledger) -> ReplyWindow | None:
        talk, _ = said(ledger, "een")
        heard(ledger, talk, None, NOW)
        return ledger.windows.get(CHANNEL, ADDRESS)

    assert await store.write(work) is None


def test_a_window_closes_at_the_moment_itself_and_never_later_than_reckoned() -> None:
    window = opened(NOW, DAY)
    assert window.open_at(NOW + DAY - timedelta(seconds=1))
    assert not window.open_at(NOW + DAY)
    assert window.closed_early(NOW + timedelta(hours=1)).closes_at == NOW + timedelta(hours=1)
    assert window.closed_early(NOW + DAY * 2).closes_at == NOW + DAY
