"""The event streams on a true connection: replay, then live, without a gap or a double."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from handoff.change import Change
from handoff.chat.stream import follow
from handoff.console.row_board import RowBoard
from handoff.console.stream import follow_all
from handoff.console.work import DeskWork
from handoff.model import AgentId, Author, AuthorKind, ConversationId, Draft
from handoff.testing import Bench, StaffSide, TenantSide, unique
from tests.refusals import refused
from tests.serving import EventStream, Sent, Serving, StreamEnded, serving

pytestmark = pytest.mark.stories

MORE_THAN_ONE_READ = 1_200


@pytest.fixture
async def server(bench: Bench) -> AsyncIterator[Serving]:
    async with serving(bench.app) as found:
        yield found


def address(tenant: TenantSide) -> str:
    return f"/chat/conversations/{tenant.id}/events"


def numbers(events: list[Sent]) -> list[int]:
    return [int(event.id or 0) for event in events if event.name == "message"]


async def fill(bench: Bench, tenant: TenantSide, amount: int) -> None:
    """Write many messages at once."""
    author, id = Author(AuthorKind.SYSTEM, "De Linde"), ConversationId(tenant.id)
    change = Change(drafts=tuple(Draft(author, f"regel {no}") for no in range(amount)))
    now = bench.clock.now()
    await bench.product.store.write(lambda ledger: ledger.conversations.apply(id, 1, change, now))


# --- replay and live ---


async def test_a_stream_replays_what_the_json_gives_with_seq_as_id(
    bench: Bench, server: Serving
) -> None:
    tenant = await bench.tenant()
    await tenant.ask("wanneer moet ik de huur betalen")
    async with server.stream(address(tenant), tenant.headers) as stream:
        assert stream.response.headers["content-type"].startswith("text/event-stream")
        assert stream.response.headers["cache-control"] == "no-store"
        assert stream.response.headers["x-content-type-options"] == "nosniff"
        sent = await stream.until(3)
    assert [event.data for event in sent] == await tenant.events()
    assert numbers(sent) == [1, 2, 3]


@pytest.mark.parametrize(
    ("since", "last", "first"),
    [
        (0, None, 1),
        (2, None, 3),
        (0, "2", 3),
        (1, "2", 3),
        (2, "1", 3),
        (1, "", 2),
        (1, "abc", 2),
        (1, "-3", 2),
        (1, "2.5", 2),
        (1, "9" * 5_000, 2),
    ],
)
async def test_a_stream_starts_after_the_last_event_that_was_seen(
    bench: Bench, server: Serving, since: int, last: str | None, first: int
) -> None:
    tenant = await bench.tenant()
    await tenant.ask("wanneer moet ik de huur betalen")
    headers = tenant.headers if last is None else {**tenant.headers, "Last-Event-ID": last}
    async with server.stream(address(tenant), headers, since=since) as stream:
        assert (await stream.next()).data["seq"] == first


async def test_a_last_event_id_of_the_future_waits_for_it(bench: Bench, server: Serving) -> None:
    tenant = await bench.tenant()
    headers = {**tenant.headers, "Last-Event-ID": "9999999999"}
    async with server.stream(address(tenant), headers, hints=1) as stream:
        assert (await stream.next()).name == "state"
        await tenant.say("hallo")
        bench.product.hints.typing(ConversationId(tenant.id), AuthorKind.BOT, True)
        assert (await stream.next()).name == "typing"


async def test_a_long_conversation_is_replayed_whole(bench: Bench, server: Serving) -> None:
    tenant = await bench.tenant()
    await fill(bench, tenant, MORE_THAN_ONE_READ)
    last = MORE_THAN_ONE_READ + 1
    async with server.stream(address(tenant), tenant.headers) as stream:
        assert numbers(await stream.until(last)) == list(range(1, last + 1))
    first = await tenant.events()
    rest = await tenant.events(since=first[-1]["seq"])
    assert [event["seq"] for event in (*first, *rest)] == list(range(1, last + 1))


async def test_what_happens_after_connecting_arrives(bench: Bench, server: Serving) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    async with server.stream(address(tenant), tenant.headers, since=1) as stream:
        await tenant.ask("ik heb een klacht")
        said, answer, waiting = [(await stream.next()).data for _ in range(3)]
        assert (said["author"], answer["author"]) == ("tenant", "bot")
        assert waiting["author"] == "system" and waiting["state"] == "waiting"
        await staff.step(tenant.id, "take")
        assert (await stream.next()).data["state"] == "held"
        await staff.note(tenant.id, "Alleen voor de balie")
        await staff.say(tenant.id, "Goedemiddag")
        spoken = (await stream.next()).data
        assert (spoken["author"], spoken["text"]) == ("agent", "Goedemiddag")
        await staff.step(tenant.id, "close")
        assert (await stream.next()).data["state"] == "closed"


async def test_nothing_is_lost_between_replay_and_live(bench: Bench, server: Serving) -> None:
    tenant = await bench.tenant()
    talking = asyncio.gather(*(tenant.say(f"regel {no}") for no in range(40)))
    async with server.stream(address(tenant), tenant.headers) as stream:
        assert numbers(await stream.until(41)) == list(range(1, 42))
    await talking


async def test_a_stream_resumes_without_a_gap_or_a_double(bench: Bench, server: Serving) -> None:
    tenant = await bench.tenant()
    seen: list[int] = []
    for part in range(1, 5):
        last = str(seen[-1]) if seen else "0"
        headers = {**tenant.headers, "Last-Event-ID": last}
        talking = asyncio.gather(*(tenant.say(f"deel {part}") for _ in range(5)))
        async with server.stream(address(tenant), headers) as stream:
            seen += numbers(await stream.until(part * 5 - 1))
        await talking
    async with server.stream(address(tenant), tenant.headers, since=seen[-1]) as stream:
        seen += numbers(await stream.until(21))
    assert seen == list(range(1, 22))


async def test_two_screens_see_the_same(bench: Bench, server: Serving) -> None:
    tenant = await bench.tenant()
    async with (
        server.stream(address(tenant), tenant.headers) as one,
        server.stream(address(tenant), tenant.headers) as other,
    ):
        await tenant.ask("wanneer moet ik de huur betalen")
        assert await one.until(3) == await other.until(3)


async def test_another_conversation_is_not_heard(bench: Bench, server: Serving) -> None:
    mine, other = await bench.tenant(), await bench.tenant()
    async with server.stream(address(mine), mine.headers, since=1, hints=1) as stream:
        assert (await stream.next()).name == "state"
        await other.ask("wanneer moet ik de huur betalen")
        await mine.say("hallo")
        heard = await stream.next()
    assert (heard.id, heard.data["text"]) == ("2", "hallo")


async def test_a_stream_is_refused_as_any_other_reading(bench: Bench, server: Serving) -> None:
    mine, other = await bench.tenant(), await bench.tenant()
    accept = {"Accept": "text/event-stream"}
    async with httpx.AsyncClient(base_url=server.url) as client:
        refused(await client.get(address(mine), headers=accept), 401, "unauthorized")
        headers = {**accept, **other.headers}
        refused(await client.get(address(mine), headers=headers), 404, "not_found")
        headers = {**accept, **mine.headers}
        answer = await client.get(address(mine), headers=headers, params={"since": -1})
        refused(answer, 422, "bad_request")
        refused(await client.get("/console/api/events"), 401, "not_logged_in")


# --- hints ---


async def test_hints_tell_the_state_first_and_who_is_typing(bench: Bench, server: Serving) -> None:
    tenant = await bench.tenant()
    async with server.stream(address(tenant), tenant.headers, since=1, hints=1) as stream:
        state = await stream.next()
        assert (state.name, state.id, state.data) == ("state", None, {"state": "bot"})
        await tenant.ask("wanneer moet ik de huur betalen")
        heard = [await stream.next() for _ in range(4)]
    kinds = [(event.name, event.data.get("typing", event.data["author"])) for event in heard]
    assert kinds[:2] == [("message", "tenant"), ("typing", True)]
    assert sorted(kinds[2:], key=str) == [("message", "bot"), ("typing", False)]
    assert all(event.id is None for event in heard if event.name == "typing")


async def test_typing_of_the_holder_is_shown_and_of_others_refused(
    bench: Bench, server: Serving
) -> None:
    tenant, holder, other = await bench.tenant(), await bench.staff(), await bench.staff("fatma2")
    await tenant.ask("ik wil een medewerker")
    await holder.step(tenant.id, "take")
    since = (await tenant.events())[-1]["seq"]
    async with server.stream(address(tenant), tenant.headers, since=since, hints=1) as stream:
        assert (await stream.next()).data == {"state": "held"}
        refused(await other.step(tenant.id, "typing", typing=True), 409, "not_holder")
        for typing in (True, False):
            answer = await holder.step(tenant.id, "typing", typing=typing)
            assert answer.status_code == 204
            assert (await stream.next()).data == {"author": "agent", "typing": typing}


async def test_without_hints_there_are_only_numbered_events(bench: Bench, server: Serving) -> None:
    tenant = await bench.tenant()
    async with server.stream(address(tenant), tenant.headers) as stream:
        await tenant.ask("wanneer moet ik de huur betalen")
        assert [event.name for event in await stream.until(3)] == ["message"] * 3


# --- the console ---


def cookie(staff: StaffSide) -> dict[str, str]:
    return {"Cookie": f"thuisbalie_staff={staff.client.cookies['thuisbalie_staff']}"}


async def changes(stream: EventStream) -> dict[str, object]:
    """What the next hint of a change says."""
    while (event := await stream.next()).name != "conversation":
        assert event.name == "typing"
    return event.data


async def test_the_console_hears_that_something_changed_and_not_what(
    bench: Bench, server: Serving
) -> None:
    staff, tenant = await bench.staff(), await bench.tenant()
    async with server.stream("/console/api/events", cookie(staff)) as stream:
        hello = await stream.next()
        assert (hello.name, list(hello.data)) == ("hello", ["now"])
        await tenant.say("wanneer moet ik de huur betalen")
        heard = await changes(stream)
        assert heard == {"id": tenant.id, "state": "bot", "term": 1, "pos": 2, "urgent": False}
        await tenant.post({"client_msg_id": unique(), "choice_id": "medewerker"})
        heard = await changes(stream)
        assert (heard["state"], heard["term"]) == ("waiting", 2)
        await staff.step(tenant.id, "take")
        assert (await changes(stream))["state"] == "held"
        await tenant.say("ik ruik gas")
        assert (await changes(stream))["urgent"] is True


async def test_logging_out_ends_the_stream(bench: Bench, server: Serving) -> None:
    staff = await bench.staff()
    async with server.stream("/console/api/events", cookie(staff)) as stream:
        assert (await stream.next()).name == "hello"
        await staff.client.post("/console/api/logout")
        with pytest.raises(StreamEnded):
            await stream.next()


# --- listeners that do not listen ---


async def test_who_reads_too_slowly_is_cut_off_and_reads_again(bench: Bench) -> None:
    tenant = await bench.tenant()
    product, id = bench.product, ConversationId(tenant.id)
    conversation = await product.store.read(lambda ledger: ledger.conversations.get(id))
    assert conversation is not None

    async def yes() -> bool:
        return True

    for response in (
        follow(product.store, product.hints, id, 0, with_hints=False),
        follow_all(product.hints, yes, product.clock, AgentId("fatma")),
    ):
        events = aiter(response.body_iterator)
        await anext(events)
        for _ in range(300):
            product.hints.changed(conversation)
        with pytest.raises(StopAsyncIteration):
            await anext(events)


async def test_who_goes_away_is_not_kept(bench: Bench) -> None:
    tenant = await bench.tenant()
    product, id = bench.product, ConversationId(tenant.id)
    response = follow(product.store, product.hints, id, 0, with_hints=False)
    events = response.body_iterator
    await anext(aiter(events))
    assert product.hints._of_conversation
    await events.aclose()  # type: ignore[attr-defined]
    assert not product.hints._of_conversation


async def test_the_console_gets_the_rows_that_changed_written_once_for_all(
    bench: Bench, server: Serving
) -> None:
    staff, tenant = await bench.staff(), await bench.tenant()
    await tenant.ask("ik wil een medewerker spreken")
    board = RowBoard(
        DeskWork(bench.product.store, bench.product.counter, bench.clock, bench.product.hints)
    )
    async with server.stream("/console/api/events", cookie(staff)) as stream:
        assert (await stream.next()).name == "hello"
        await board.tell({ConversationId(tenant.id), ConversationId("no-such")})
        told = await stream.next()
    (listed,) = await staff.listed("waiting")
    assert told.name == "rows"
    assert list(told.data) == [{n: value for n, value in listed.items() if n != "unread"}]
    assert told.data[0]["said"] == listed["unread"] == 1
