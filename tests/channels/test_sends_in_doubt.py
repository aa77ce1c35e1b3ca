"""A send of which we do not know what became: looked up, settled by a callback, sent by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest

from channels.fakes.twilio import Behaviour
from handoff.testing import StaffSide
from tests.channels.provider_scene import PUBLIC, Provider, a_provider
from tests.refusals import refused

pytestmark = [
    pytest.mark.contract,
    # Of the client library, about how it hands over the credentials.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
RENT = "wanneer moet ik de huur betalen"
TAKEN_AND_CUT = Behaviour(cuts=True)
NOT_TAKEN = Behaviour(refuses_with=500)
ANSWER = "Ik bel u morgen."


@pytest.fixture(params=["sms", "whatsapp"])
async def provider(request: pytest.FixtureRequest) -> AsyncIterator[Provider]:
    async with a_provider(request.param) as found:
        yield found


class Desk:
    """A member of staff who holds the conversation and has answered."""

    def __init__(self, provider: Provider, staff: StaffSide, id: str) -> None:
        self.provider = provider
        self.staff = staff
        self.id = id

    async def says(self, behaviour: Behaviour) -> None:
        """Answer while the provider does this; afterwards it is well again."""
        self.provider.fake.behaviour = behaviour
        assert (await self.staff.say(self.id, ANSWER)).status_code == 201
        await self.provider.bench.work()
        self.provider.fake.behaviour = Behaviour()

    async def after(self, minutes: float) -> None:
        self.provider.clock.move(timedelta(minutes=minutes))
        await self.provider.bench.work()

    async def message(self) -> dict[str, Any]:
        found: dict[str, Any] = (await self.staff.open(self.id))["messages"][-1]
        return found

    async def sees(self) -> tuple[str, str, bool]:
        """State, reason, and whether it may be sent again."""
        delivery = (await self.message())["delivery"]
        return delivery["state"], delivery["reason"], delivery["may_resend"]

    async def resends(self, **body: Any) -> Any:
        message = (await self.message())["id"]
        return await self.staff.step(self.id, f"messages/{message}/resend", **body)

    def arrived(self) -> int:
        """How often the answer is at the provider."""
        return sum(one.body == ANSWER for one in self.provider.fake.sent)


async def a_desk(provider: Provider) -> Desk:
    assert await provider.writes(RENT) == [204]
    provider.clock.move(timedelta(seconds=5))
    await provider.bench.work()
    staff = await provider.staff()
    (listed,) = await staff.listed("bot")
    assert (await staff.step(listed["id"], "take")).status_code == 200
    await provider.bench.work()
    return Desk(provider, staff, listed["id"])


async def test_a_send_that_was_taken_is_found_in_the_list_and_not_repeated(
    provider: Provider,
) -> None:
    desk = await a_desk(provider)
    await desk.says(TAKEN_AND_CUT)
    assert await desk.sees() == ("unknown", "looking", False)
    await desk.after(minutes=1.1)
    assert await desk.sees() == ("sent", "", False)
    await desk.after(minutes=60)
    assert desk.arrived() == 1
    (sent,) = [one for one in provider.fake.sent if one.body == ANSWER]
    assert (await provider.last_delivery()).ref == sent.sid


async def test_a_send_that_was_taken_and_failed_is_found_as_failed(provider: Provider) -> None:
    desk = await a_desk(provider)
    await desk.says(TAKEN_AND_CUT)
    sent = provider.fake.sent[-1]
    provider.wire.cut = True  # nor does the news of it reach us
    await provider.fake.report(sent.sid, "queued", "failed", code=30005)
    await desk.after(minutes=1.1)
    assert await desk.sees() == ("failed", "unknown_number", True)


async def test_a_callback_settles_it_before_anybody_looks(provider: Provider) -> None:
    desk = await a_desk(provider)
    await desk.says(TAKEN_AND_CUT)
    assert await provider.fake.report(provider.fake.sent[-1].sid, "delivered") == [204]
    assert (await desk.sees())[0] == "delivered"
    await desk.after(minutes=10)
    assert (await desk.sees())[0] == "delivered"
    assert desk.arrived() == 1


async def test_a_send_that_is_certainly_not_there_is_said_plainly_and_sent_by_hand_once(
    provider: Provider,
) -> None:
    desk = await a_desk(provider)
    await desk.says(NOT_TAKEN)
    await desk.after(minutes=1.1)
    assert await desk.sees() == ("unknown", "looking", False)
    refused(await desk.resends(), 409, "delivery_not_failed")
    await desk.after(minutes=5)
    assert await desk.sees() == ("unknown", "not_found", True)
    await desk.after(minutes=600)
    assert desk.arrived() == 0
    clicks = await asyncio.gather(*(desk.resends(attempt=1) for _ in range(10)))
    assert {one.status_code for one in clicks} == {200}
    await provider.bench.work()
    assert (await desk.resends(attempt=1)).json()["delivery"]["state"] == "sent"
    await provider.bench.work()
    assert desk.arrived() == 1
    assert await desk.sees() == ("sent", "", False)


async def test_the_same_words_of_before_are_not_taken_for_it(provider: Provider) -> None:
    desk = await a_desk(provider)
    await desk.says(Behaviour())
    await desk.says(NOT_TAKEN)
    await desk.after(minutes=1.1)
    await desk.after(minutes=5)
    assert await desk.sees() == ("unknown", "not_found", True)
    assert desk.arrived() == 1


async def test_a_provider_that_cannot_be_asked_leaves_it_open_and_says_so(
    provider: Provider,
) -> None:
    desk = await a_desk(provider)
    await desk.says(TAKEN_AND_CUT)
    provider.replace(base_url="http://127.0.0.1:9")
    for _ in range(8):
        await desk.after(minutes=6)
        assert await desk.sees() == ("unknown", "looking", False)
    await desk.after(minutes=20)
    assert await desk.sees() == ("unknown", "not_checked", True)
    assert desk.arrived() == 1


async def test_a_provider_that_comes_back_is_asked_again(provider: Provider) -> None:
    desk = await a_desk(provider)
    await desk.says(TAKEN_AND_CUT)
    provider.fake.behaviour = Behaviour(refuses_with=503)
    await desk.after(minutes=10)
    provider.fake.behaviour = Behaviour()
    await desk.after(minutes=10)
    assert await desk.sees() == ("sent", "", False)


async def test_a_refusal_for_good_is_told_with_a_reason_and_no_number(provider: Provider) -> None:
    desk = await a_desk(provider)
    await desk.says(Behaviour())
    ref = (await provider.last_delivery()).ref
    await provider.fake.report(str(ref), "failed", code=30004)
    assert await desk.sees() == ("failed", "blocked", True)


async def test_late_news_of_the_first_try_does_not_make_the_second_one_fail(
    provider: Provider,
) -> None:
    desk = await a_desk(provider)
    await desk.says(Behaviour())
    first = str((await provider.last_delivery()).ref)
    await provider.fake.report(first, "failed", code=30008)
    assert (await desk.resends(attempt=1)).status_code == 200
    await provider.fake.report(first, "undelivered", code=30008)
    assert (await desk.sees())[0] == "queued"
    await provider.bench.work()
    await provider.fake.report(first, "undelivered", code=30008)
    assert await desk.sees() == ("sent", "", False)
    assert desk.arrived() == 2


async def test_first_words_that_arrive_after_all_are_not_sent_again(provider: Provider) -> None:
    desk = await a_desk(provider)
    await desk.says(Behaviour())
    first = str((await provider.last_delivery()).ref)
    await provider.fake.report(first, "failed", code=30008)
    assert (await desk.resends(attempt=1)).status_code == 200
    await provider.fake.report(first, "delivered")
    await provider.bench.work()
    assert (await desk.sees())[0] == "delivered"
    assert desk.arrived() == 1


async def test_only_who_holds_the_conversation_sends_again_and_only_what_failed(
    provider: Provider,
) -> None:
    desk = await a_desk(provider)
    await desk.says(Behaviour())
    refused(await desk.resends(), 409, "delivery_not_failed")
    ref = (await provider.last_delivery()).ref
    await provider.fake.report(str(ref), "failed", code=30008)
    message = (await desk.message())["id"]
    colleague = await provider.staff("fatma2")
    path = f"messages/{message}/resend"
    refused(await colleague.step(desk.id, path), 409, "not_holder")
    refused(await desk.staff.step(desk.id, "messages/bestaat-niet/resend"), 404, "message_unknown")
    refused(await desk.staff.step(desk.id, "messages/%00/resend"), 404, "message_unknown")
    refused(await desk.staff.step("bestaat-niet", path), 404, "conversation_unknown")
    refused(await desk.resends(attempt=-1), 422, "bad_request")
    own = (await desk.staff.open(desk.id))["messages"][1]["id"]  # the tenant's
    refused(await desk.staff.step(desk.id, f"messages/{own}/resend"), 404, "message_unknown")
    url = f"/console/api/conversations/{desk.id}/{path}"
    nobody = await provider.bench.client.post(url, headers={"Origin": PUBLIC})
    assert nobody.status_code == 401
    elsewhere = {"Origin": "https://kwaad.example"}
    assert (await desk.staff.client.post(url, headers=elsewhere)).status_code == 403
    assert desk.arrived() == 1


async def test_on_postgresql_a_send_in_doubt_is_found_and_a_lost_one_sent_once_too(
    postgres: Callable[[], str],
) -> None:
    async with a_provider("whatsapp", PUBLIC, postgres()) as provider:
        desk = await a_desk(provider)
        await desk.says(TAKEN_AND_CUT)
        await desk.after(minutes=1.1)
        assert await desk.sees() == ("sent", "", False)
        await desk.says(NOT_TAKEN)
        await desk.after(minutes=6)
        assert await desk.sees() == ("unknown", "not_found", True)
        clicks = await asyncio.gather(*(desk.resends(attempt=1) for _ in range(5)))
        assert {one.status_code for one in clicks} == {200}
        await provider.bench.work()
        assert desk.arrived() == 2


async def test_how_far_messages_came_is_read_by_itself_too(provider: Provider) -> None:
    desk = await a_desk(provider)
    await desk.says(TAKEN_AND_CUT)
    url = f"/console/api/conversations/{desk.id}/deliveries"
    shown = (await desk.staff.client.get(url)).json()["deliveries"]
    assert [one["state"] for one in shown].count("unknown") == 1
    message = await desk.message()
    assert message["delivery"] in shown
    nobody = await provider.bench.client.get(url)
    assert nobody.status_code == 401
