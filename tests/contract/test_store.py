"""The store port: the same promises on SQLite in memory, SQLite in a file and PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from bot.signals import EscalationReason
from handoff.change import Asked, Change, Taken
from handoff.ledger import Job, Ledger, Receipt, SessionRecord, StaleTerm
from handoff.model import (
    Agent,
    AgentId,
    Author,
    AuthorKind,
    Choice,
    Conversation,
    ConversationId,
    Draft,
    Held,
    MessageKind,
    Promise,
    State,
    Turn,
    TurnId,
    Visibility,
    Waiting,
)
from handoff.reception import CHANNEL_WISH, new_conversation
from handoff.store.engine import SqlStore, make_engine
from handoff.store.migrate import bring_up_to_date, differences

pytestmark = pytest.mark.contract
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
TENANT = Author(AuthorKind.TENANT, "U")
BOT = Author(AuthorKind.BOT, "Assistent")
_names = count(1)


@pytest.fixture(params=["memory", "file", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    url = {"memory": "sqlite://", "file": f"sqlite:///{tmp_path / 'x.sqlite'}"}.get(request.param)
    if url is None:
        url = request.getfixturevalue("postgres")()
    engine = make_engine(url)
    bring_up_to_date(engine)
    opened = SqlStore(engine)
    yield opened
    opened.close()


@pytest.fixture
def talk(store: SqlStore) -> Conversation:
    return opened(store)


def opened(store: SqlStore, address: str = "a", pushed: bool = False) -> Conversation:
    number = next(_names)
    talk = new_conversation(f"c{number}", f"TB-{number}", "webchat", address, pushed, NOW)
    return store.write_now(lambda ledger: ledger.conversations.open(talk))


def apply(store: SqlStore, id: ConversationId, term: int, change: Change) -> Conversation:
    return store.write_now(
        lambda ledger: ledger.conversations.apply(id, term, change, NOW)
    ).conversation


def claim(store: SqlStore, owner: str = "w", at: datetime = NOW, limit: int = 10) -> list[Job]:
    lease = at + timedelta(seconds=30)
    return list(
        store.write_now(lambda ledger: ledger.jobs.claim(("turn", "send"), owner, at, lease, limit))
    )


def said(words: str = "hallo") -> Change:
    return Change(drafts=(Draft(TENANT, words),), turn_due=True)


def test_the_migrations_make_exactly_the_tables(
    tmp_path: Path, postgres: Callable[[], str]
) -> None:
    for url in (f"sqlite:///{tmp_path / 'm.sqlite'}", postgres()):
        engine = make_engine(url)
        bring_up_to_date(engine)
        assert differences(engine) == []
        bring_up_to_date(engine)
        engine.dispose()


def test_a_message_gets_the_next_numbers_and_reads_back_the_same(
    store: SqlStore, talk: Conversation
) -> None:
    note = Draft(BOT, "intern", MessageKind.NOTE, Visibility.DESK)
    answer = Draft(BOT, "Dag é 👋", choices=(Choice(f"k{talk.id}", "Ja", "/affirm"),))
    apply(store, talk.id, 1, Change(drafts=(Draft(TENANT, "a"), note, answer)))
    messages = store.read_now(lambda ledger: ledger.messages.after(talk.id, 0))
    assert [(m.pos, m.seq) for m in messages] == [(1, 1), (2, None), (3, 2)]
    assert messages[2].text == "Dag é 👋" and messages[2].choices == answer.choices
    assert messages[2].at == NOW
    seen = store.read_now(lambda ledger: ledger.messages.seen_by_tenant(talk.id, 1))
    assert [m.pos for m in seen] == [3]


def test_a_change_on_an_old_term_writes_nothing(store: SqlStore, talk: Conversation) -> None:
    taken = apply(store, talk.id, 1, Change(holder=Held(AgentId("x"))))
    assert taken.term == 2 and taken.state is State.HELD
    with pytest.raises(StaleTerm):
        apply(store, talk.id, 1, Change(drafts=(Draft(BOT, "te laat"),)))
    after = store.read_now(lambda ledger: ledger.conversations.get(talk.id))
    assert after is not None and after.last_pos == 0
    assert store.read_now(lambda ledger: ledger.messages.after(talk.id, 0)) == []


def test_a_failing_step_leaves_nothing_of_its_transaction(
    store: SqlStore, talk: Conversation
) -> None:
    def work(ledger: Ledger) -> None:
        ledger.conversations.apply(talk.id, 1, said(), NOW)
        raise RuntimeError("halfway")

    with pytest.raises(RuntimeError):
        store.write_now(work)
    assert store.read_now(lambda ledger: ledger.messages.after(talk.id, 0)) == []
    assert claim(store) == []


async def test_many_writers_at_once_leave_numbers_without_gaps(store: SqlStore) -> None:
    talk = opened(store, "many")

    def write(ledger: Ledger) -> None:
        ledger.conversations.apply(talk.id, 1, Change(drafts=(Draft(TENANT, "x"),)), NOW)

    await asyncio.gather(*(store.write(write) for _ in range(40)))
    messages = store.read_now(lambda ledger: ledger.messages.after(talk.id, 0))
    assert [m.pos for m in messages] == list(range(1, 41))
    assert [m.seq for m in messages] == list(range(1, 41))


async def test_only_one_of_many_takers_wins(store: SqlStore) -> None:
    talk = opened(store, "takers")

    async def take(number: int) -> bool:
        change = Change(holder=Held(AgentId(str(number))))
        try:
            await store.write(lambda ledger: ledger.conversations.apply(talk.id, 1, change, NOW))
        except StaleTerm:
            return False
        return True

    assert sum(await asyncio.gather(*(take(number) for number in range(16)))) == 1


async def test_of_two_first_messages_at_once_the_second_finds_what_the_first_wrote(
    store: SqlStore,
) -> None:
    """What a unique constraint refuses is tried once more, and then sees the other's row."""
    talk = opened(store, "race")
    apply(store, talk.id, 1, said())
    (message,) = store.read_now(lambda ledger: ledger.messages.after(talk.id, 0))
    receipt = Receipt(message.id, 1, "abc")

    def receive(ledger: Ledger) -> Receipt:
        known = ledger.messages.receipt("webchat", talk.id, "m1")
        if known is None:
            ledger.messages.add_receipt("webchat", talk.id, "m1", receipt, NOW)
        return known or receipt

    assert set(await asyncio.gather(*(store.write(receive) for _ in range(20)))) == {receipt}


def test_a_receipt_is_found_again(store: SqlStore, talk: Conversation) -> None:
    apply(store, talk.id, 1, said())
    (message,) = store.read_now(lambda ledger: ledger.messages.after(talk.id, 0))
    receipt = Receipt(message.id, 1, "abc")
    store.write_now(
        lambda ledger: ledger.messages.add_receipt("webchat", talk.id, "m1", receipt, NOW)
    )
    assert (
        store.read_now(lambda ledger: ledger.messages.receipt("webchat", talk.id, "m1")) == receipt
    )
    assert store.read_now(lambda ledger: ledger.messages.receipt("webchat", "other", "m1")) is None


def test_what_is_said_during_a_turn_waits_for_the_next_one(
    store: SqlStore, talk: Conversation
) -> None:
    apply(store, talk.id, 1, said("een"))
    apply(store, talk.id, 1, said("twee"))
    (first,) = claim(store)
    apply(store, talk.id, 1, said("drie"))
    assert claim(store) == []  # the conversation is being worked on
    assert store.write_now(lambda ledger: ledger.jobs.finish(first))
    (second,) = claim(store)
    assert second.id > first.id


def test_conversations_do_not_wait_for_each_other(store: SqlStore) -> None:
    for address in ("p", "q"):
        apply(store, opened(store, address).id, 1, said())
    assert len(claim(store)) == 2


def test_a_lost_lease_makes_the_late_result_worthless(store: SqlStore, talk: Conversation) -> None:
    apply(store, talk.id, 1, said())
    (slow,) = claim(store, "slow")
    (again,) = claim(store, "fast", NOW + timedelta(minutes=1))
    assert again.attempt == 2
    assert not store.write_now(lambda ledger: ledger.jobs.finish(slow))
    assert store.write_now(lambda ledger: ledger.jobs.finish(again))


def test_a_restart_frees_what_was_leased(store: SqlStore, talk: Conversation) -> None:
    apply(store, talk.id, 1, said())
    claim(store, "dead")
    assert store.write_now(lambda ledger: ledger.jobs.release_leases(NOW)) == 1
    (job,) = claim(store, "alive")
    assert job.attempt == 2


def test_work_is_retried_when_it_is_due_and_buried_for_good(
    store: SqlStore, talk: Conversation
) -> None:
    apply(store, talk.id, 1, said())
    (job,) = claim(store)
    later = NOW + timedelta(minutes=5)
    store.write_now(lambda ledger: ledger.jobs.retry(job, later, "later"))
    assert claim(store) == []
    (job,) = claim(store, at=later)
    store.write_now(lambda ledger: ledger.jobs.bury(job, "hopeless"))
    assert claim(store, at=later + timedelta(days=1)) == []


def test_what_a_provider_must_get_is_queued_in_the_same_transaction(store: SqlStore) -> None:
    talk = opened(store, "pushed", pushed=True)
    apply(store, talk.id, 1, Change(drafts=(Draft(TENANT, "a"), Draft(BOT, "b"))))
    (job,) = claim(store)
    assert job.kind == "send"
    delivery = store.read_now(lambda ledger: ledger.deliveries.get(job.payload["message"]))
    assert delivery is not None and delivery.message.text == "b" and delivery.state == "queued"


def test_an_opt_out_holds_for_one_address_of_one_channel_until_it_is_removed(
    store: SqlStore,
) -> None:
    def since(channel: str, address: str) -> datetime | None:
        return store.read_now(lambda ledger: ledger.opt_outs.since(channel, address))

    store.write_now(lambda ledger: ledger.opt_outs.put("sms", "+316", NOW))
    later = NOW + timedelta(days=1)
    store.write_now(lambda ledger: ledger.opt_outs.put("sms", "+316", later))
    assert since("sms", "+316") == NOW  # the first moment stays
    assert since("whatsapp", "+316") is None and since("sms", "+317") is None
    for _ in range(2):  # a second START is no error
        store.write_now(lambda ledger: ledger.opt_outs.remove("sms", "+316"))
        assert since("sms", "+316") is None


def test_a_delivery_keeps_its_reason_and_is_found_by_the_providers_name(store: SqlStore) -> None:
    talk = opened(store, "reasons", pushed=True)
    apply(store, talk.id, 1, Change(drafts=(Draft(BOT, "b"),)))
    (message,) = store.read_now(lambda ledger: ledger.messages.after(talk.id, 0))
    store.write_now(
        lambda ledger: ledger.deliveries.mark(message.id, "failed", NOW, "SM1", "opted out")
    )
    delivery = store.read_now(lambda ledger: ledger.deliveries.get(message.id))
    assert delivery is not None and (delivery.state, delivery.detail) == ("failed", "opted out")
    assert store.read_now(lambda ledger: ledger.deliveries.by_ref("SM1")) == message.id
    assert store.read_now(lambda ledger: ledger.deliveries.by_ref("SM2")) is None


def test_what_is_asked_of_the_channel_itself_is_not_put_to_the_assistant(
    store: SqlStore, talk: Conversation
) -> None:
    help_asked = Draft(TENANT, "(HELP)", payload=CHANNEL_WISH)
    apply(store, talk.id, 1, said("vraag"))
    now = apply(store, talk.id, 1, Change(drafts=(help_asked,)))
    waiting = store.read_now(lambda ledger: ledger.turns.unanswered(now))
    assert [message.text for message in waiting] == ["vraag"]


def test_the_list_has_urgent_first_then_the_longest_waiting(store: SqlStore) -> None:
    def wait(address: str, minutes: int, priority: int) -> None:
        talk = opened(store, address)
        steps = (Asked("huur", EscalationReason.ASKED),)
        change = Change(holder=Waiting("huur"), priority=priority, steps=steps)
        at = NOW + timedelta(minutes=minutes)
        store.write_now(lambda ledger: ledger.conversations.apply(talk.id, 1, change, at))

    wait("late", 9, 0)
    wait("early", 1, 0)
    wait("urgent", 20, 90)
    rows = store.read_now(
        lambda ledger: ledger.conversations.listed([State.WAITING], 10, 0, AgentId("z"))
    )
    assert [row.conversation.address for row in rows] == ["urgent", "early", "late"]
    assert all(row.assignment and row.assignment.queue == "huur" for row in rows)


def test_assignments_and_promises_tell_the_story(store: SqlStore, talk: Conversation) -> None:
    asked = Change(
        holder=Waiting("huur"),
        steps=(Asked("huur", EscalationReason.POLICY, "nota"),),
        promise=Promise("Antwoord", NOW + timedelta(hours=1)),
    )
    apply(store, talk.id, 1, asked)
    agent = AgentId("fatma")
    apply(store, talk.id, 2, Change(holder=Held(agent), steps=(Taken(agent),)))
    assignment = store.read_now(lambda ledger: ledger.desk.assignment(talk.id))
    assert assignment is not None and assignment.agent == agent and assignment.note == "nota"
    (promise,) = store.read_now(lambda ledger: ledger.desk.promises(talk.id))
    assert promise.due_at == NOW + timedelta(hours=1)
    apply(store, talk.id, 3, Change(keep_promises=True))
    assert store.read_now(lambda ledger: ledger.desk.promises(talk.id)) == []


def test_turns_and_the_assistants_session_are_remembered(
    store: SqlStore, talk: Conversation
) -> None:
    turn = Turn(TurnId(f"{talk.id}:1"), talk.id, 1, 1, 1, "hallo", NOW)
    store.write_now(lambda ledger: ledger.turns.begin(turn))
    store.write_now(lambda ledger: ledger.turns.begin(turn))
    assert store.read_now(lambda ledger: ledger.turns.recent(talk.id, 1)) == []
    ended = replace(turn, outcome=turn.outcome.ANSWERED, ranking=(("greeting", 0.9),))
    store.write_now(lambda ledger: ledger.turns.finish(ended, NOW))
    assert store.read_now(lambda ledger: ledger.turns.recent(talk.id, 1)) == [ended]
    session = SessionRecord(1, 0, 3, NOW, {"slots": {"a": "b"}})
    store.write_now(lambda ledger: ledger.turns.save_session(talk.id, session))
    assert store.read_now(lambda ledger: ledger.turns.session(talk.id)) == session


def test_staff_sessions_end(store: SqlStore) -> None:
    agent = Agent(AgentId("f"), "fatma", "Fatma")
    store.write_now(lambda ledger: ledger.staff.put(agent, "hash"))
    end = NOW + timedelta(hours=1)
    store.write_now(lambda ledger: ledger.staff.open_session("t", agent.id, NOW, end))
    assert store.read_now(lambda ledger: ledger.staff.session_agent("t", NOW)) == agent
    assert store.read_now(lambda ledger: ledger.staff.session_agent("t", end)) is None
    store.write_now(lambda ledger: ledger.staff.close_session("t"))
    assert store.read_now(lambda ledger: ledger.staff.session_agent("t", NOW)) is None
