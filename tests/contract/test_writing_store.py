"""Drafts, replies to choose from and mentions: the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from handoff import desk, reception
from handoff.ledger import Ledger
from handoff.ledger.writing import ActionKind, AgentDraft, CannedReply, DraftKind, MacroAction
from handoff.model import Agent, AgentId, ConversationId
from handoff.store.engine import SqlStore, make_engine
from handoff.store.migrate import bring_up_to_date

pytestmark = pytest.mark.contract

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
FATMA = Agent(AgentId("a-1"), "fatma", "Fatma")
JOOST = Agent(AgentId("a-2"), "joost", "Joost")
TALK = ConversationId("c-1")


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, postgres: Callable[[], str]) -> SqlStore:
    engine = make_engine("sqlite://" if request.param == "sqlite" else postgres())
    bring_up_to_date(engine)
    made = SqlStore(engine)

    def begin(ledger: Ledger) -> None:
        for agent in (FATMA, JOOST):
            ledger.staff.put(agent, "x")
        talk = reception.new_conversation(TALK, "TB-1", "webchat", "w-1", False, NOW)
        ledger.conversations.open(talk)

    made.write_now(begin)
    return made


async def test_a_draft_is_written_only_on_the_revision_that_was_read(store: SqlStore) -> None:
    def work(ledger: Ledger) -> None:
        def put(text: str, base: int, agent: Agent = FATMA) -> bool:
            return ledger.writing.put_draft(TALK, agent.id, DraftKind.REPLY, text, base, NOW)

        assert put("een", 0)
        assert not put("ook een", 0)
        assert not put("vijf", 4)
        assert put("", 1)
        assert put("van Joost", 0, JOOST)
        assert list(ledger.writing.drafts(TALK, FATMA.id)) == [AgentDraft(DraftKind.REPLY, "", 2)]

    await store.write(work)


async def test_shipped_replies_fill_an_empty_table_once(store: SqlStore) -> None:
    close = CannedReply("b", "B", "Dag", "huur", (MacroAction(ActionKind.CLOSE),))
    shipped = [close, CannedReply("a", "A", "Hallo")]

    def work(ledger: Ledger) -> None:
        ledger.writing.seed_canned(shipped)
        ledger.writing.seed_canned([CannedReply("c", "C", "Nieuw")])
        assert list(ledger.writing.canned()) == shipped

    await store.write(work)


async def test_who_is_named_finds_the_unseen_first(store: SqlStore) -> None:
    def work(ledger: Ledger) -> None:
        change = desk.note(FATMA, "@Joost kijk jij?", "m-1")
        talk = ledger.conversations.get(TALK)
        assert talk is not None
        written = ledger.conversations.apply(TALK, talk.term, change, NOW).messages[0]
        ledger.writing.name_in_note(written.id, TALK, [JOOST.id], FATMA.id, NOW)
        (mention,) = ledger.writing.mentions(JOOST.id, 10)
        assert (mention.named_by, mention.reference, mention.seen) == ("Fatma", "TB-1", False)
        assert (mention.excerpt, mention.named_at) == ("@Joost kijk jij?", NOW)
        ledger.writing.see_mentions(JOOST.id, TALK, NOW)
        assert [one.seen for one in ledger.writing.mentions(JOOST.id, 10)] == [True]
        assert list(ledger.writing.mentions(FATMA.id, 10)) == []

    await store.write(work)
