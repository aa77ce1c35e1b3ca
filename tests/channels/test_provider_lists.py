"""The provider's own list of messages, read with the real client from the fake Twilio."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from channels.fakes.twilio import Behaviour, FakeTwilio, on_loopback
from channels.optional_ports import Lists, ListUnreadable
from channels.port import Attached, Channel, Fate, Inbound, OptOut, Outbound, Text, Wish
from handoff.clock import TestClock
from tests.channels.provider_scene import PREFIX, PUBLIC, channel
from tests.channels.twilio_scene import ACCOUNT, OURS, PHOTO, TENANT, Posted

pytestmark = [
    pytest.mark.contract,
    # Of the client library, about how it hands over the credentials.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
DAY = timedelta(days=1)


@dataclass
class Line:
    """One channel and the fake it asks."""

    name: str
    fake: FakeTwilio
    clock: TestClock
    base_url: str
    posted: Posted

    @property
    def channel(self) -> Channel:
        return channel(self.name, self.base_url)

    def address(self, number: str) -> str:
        return PREFIX[self.name] + number

    async def hears(self, text: str, sender: str = TENANT, to: str = OURS, **more: object) -> None:
        await self.fake.write(self.address(sender), self.address(to), text, **more)  # type: ignore[arg-type]

    async def listed(self, back: timedelta = DAY, **own: object) -> list[Inbound]:
        asked = channel(self.name, self.base_url, **own)
        assert isinstance(asked, Lists)
        return list(await asked.list_inbound(self.clock.now() - back))

    def message(self, text: str) -> Outbound:
        return Outbound("m-1", self.address(TENANT), "Digitale assistent", text)

    async def sends(self, text: str) -> str | None:
        (rendered,) = self.channel.render(self.message(text))
        return (await self.channel.deliver(rendered)).provider_ref

    async def finds(self, text: str) -> list[tuple[str, Fate]]:
        asked = self.channel
        assert isinstance(asked, Lists)
        found = await asked.find_sent(self.message(text), self.clock.now() - DAY)
        return [(one.provider_ref, one.fate) for one in found]


@pytest.fixture(params=["sms", "whatsapp"])
async def line(request: pytest.FixtureRequest) -> AsyncIterator[Line]:
    clock, posted = TestClock(), Posted()
    webhook = f"{PUBLIC}/channels/{request.param}"
    fake = FakeTwilio(ACCOUNT, clock.now, webhook=webhook, post=posted.post)
    async with on_loopback(fake) as base_url:
        yield Line(request.param, fake, clock, base_url, posted)


async def test_what_came_in_is_listed_oldest_first_over_as_many_pages_as_there_are(
    line: Line,
) -> None:
    texts = [f"bericht {no}" for no in range(1_003)]
    for text in texts:
        await line.hears(text)
        line.clock.move(timedelta(seconds=1))
    assert [one.body for one in await line.listed()] == [Text(text) for text in texts]


async def test_the_same_second_keeps_its_order(line: Line) -> None:
    for text in ("een", "twee", "drie"):
        await line.hears(text)
    assert [one.body for one in await line.listed()] == [Text("een"), Text("twee"), Text("drie")]


async def test_a_listed_message_is_the_one_of_its_webhook(line: Line) -> None:
    await line.hears("Mijn kraan lekt")
    await line.hears("Kijk", media=[PHOTO])
    (first, second) = await line.listed()
    posted = line.posted.fields()
    assert [first.external_id, second.external_id] == [one["MessageSid"] for one in posted]
    assert first.account == posted[0]["AccountSid"] and first.address == posted[0]["From"]
    assert isinstance(second.body, Attached) and second.body.text == "Kijk"
    assert [one.ref for one in second.body.media] == [posted[1]["MediaUrl0"]]
    assert [one.content_type for one in second.body.media] == ["image/jpeg"]


async def test_only_what_is_for_us_and_new_enough_is_listed(line: Line) -> None:
    await line.hears("te oud")
    line.clock.move(timedelta(hours=5))
    await line.hears("voor een ander nummer", to="+3197010200399")
    other = {"sms": "whatsapp:", "whatsapp": ""}[line.name]
    await line.fake.write(other + TENANT, other + OURS, "over het andere kanaal")
    await line.sends("van ons")
    await line.hears("voor ons")
    assert [one.body for one in await line.listed(timedelta(hours=4))] == [Text("voor ons")]


async def test_a_messaging_service_gets_what_came_through_it(line: Line) -> None:
    service = "MG" + "1" * 32
    await line.hears("voor ons", fields={"MessagingServiceSid": service})
    await line.hears("niet voor ons")
    found = await line.listed(sender=service)
    assert [one.body for one in found] == [Text("voor ons")]


async def test_a_word_that_providers_know_is_no_question(line: Line) -> None:
    await line.hears("Stop ")
    (stop,) = await line.listed()
    assert stop.body == OptOut(Wish.STOP)


async def test_someone_without_a_number_is_listed_and_nonsense_is_passed_over(line: Line) -> None:
    sender = {"sms": "Anonymous", "whatsapp": "NL.13491208655302741918"}[line.name]
    await line.hears("hallo", sender=sender)
    await line.hears("wie ben ik", sender="\x07")
    assert [one.body for one in await line.listed()] == [Text("hallo")]


async def test_a_send_is_found_with_what_became_of_it(line: Line) -> None:
    first = await line.sends("Voor de 1e. \N{EURO SIGN} 100")
    await line.sends("iets anders")
    assert await line.finds("Voor de 1e. \N{EURO SIGN} 100") == [(first, Fate.SENT)]
    await line.fake.report(str(first), "queued", "sent", "delivered")
    line.clock.move(timedelta(minutes=1))
    again = await line.sends("Voor de 1e. \N{EURO SIGN} 100")
    assert await line.finds("Voor de 1e. \N{EURO SIGN} 100") == [
        (first, Fate.DELIVERED),
        (again, Fate.SENT),
    ]
    assert await line.finds("nooit gezegd") == []


@pytest.mark.parametrize("status", [401, 429, 500, 503])
async def test_a_provider_that_refuses_gives_no_list_and_not_an_empty_one(
    line: Line, status: int
) -> None:
    line.fake.behaviour = Behaviour(refuses_with=status)
    with pytest.raises(ListUnreadable):
        await line.listed()
    with pytest.raises(ListUnreadable):
        await line.finds("Dag")


async def test_nobody_at_home_gives_no_list(line: Line) -> None:
    line.base_url = "http://127.0.0.1:9"
    with pytest.raises(ListUnreadable):
        await line.listed()


async def test_a_slow_list_is_given_up(line: Line) -> None:
    never = asyncio.Event()
    line.fake.behaviour = Behaviour(waits_for=never)
    with pytest.raises(ListUnreadable):
        await line.listed(patience_seconds=0.05)
    never.set()
