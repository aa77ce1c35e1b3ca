"""SMS and WhatsApp against the fake Twilio: what each answer means, and what comes back of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from channels.fakes.twilio import Behaviour, FakeTwilio, on_loopback
from channels.fakes.twilio_webhooks import SignedForm
from channels.port import (
    Attached,
    Channel,
    DeliveryResult,
    DeliveryUpdate,
    Event,
    Fate,
    Inbound,
    Outbound,
    RawRequest,
    Receipt,
    Text,
)
from channels.registry import channels_on
from handoff.clock import TestClock
from tests.channels.twilio_scene import ACCOUNT, OURS, PHOTO, TENANT, Posted

pytestmark = [
    pytest.mark.contract,
    # Of the client library, about how it hands over the credentials.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

PUBLIC = "https://balie.example"
OUR_ID = "b/7&8"  # needs quoting in an address
PREFIX = {"sms": "", "whatsapp": "whatsapp:"}


@dataclass
class Line:
    """One channel, the fake it sends to, and what the fake posted."""

    channel: Channel
    fake: FakeTwilio
    posted: Posted
    base_url: str

    def address(self, number: str) -> str:
        return PREFIX[self.channel.name] + number

    async def deliver(
        self, number: str = TENANT, text: str = "Voor de 1e van de maand."
    ) -> Receipt:
        message = Outbound(OUR_ID, self.address(number), "Digitale assistent", text)
        (rendered,) = self.channel.render(message)
        return await self.channel.deliver(rendered)

    def heard(self) -> list[Event]:
        """The webhook requests since the last time, checked and read by the channel."""
        forms, self.posted.forms = self.posted.forms, []
        return [event for form in forms for event in self._read(form)]

    def _read(self, form: SignedForm) -> list[Event]:
        headers = {name.lower(): value for name, value in form.headers.items()}
        request = RawRequest("POST", form.url, headers, form.body)
        self.channel.verify(request)
        return list(self.channel.parse(request))


def channel(name: str, base_url: str, **own: object) -> Channel:
    family = {
        "account_sid": ACCOUNT.sid,
        "auth_token": ACCOUNT.auth_token,
        "base_url": base_url,
        "patience_seconds": 10.0,
    }
    return channels_on({"twilio": family, name: {"sender": OURS, **own}}, PUBLIC)[name]


@pytest.fixture(params=["sms", "whatsapp"])
async def line(request: pytest.FixtureRequest) -> AsyncIterator[Line]:
    name, posted = request.param, Posted()
    webhook = f"{PUBLIC}/channels/{name}"
    fake = FakeTwilio(ACCOUNT, TestClock().now, webhook=webhook, post=posted.post)
    async with on_loopback(fake) as base_url:
        yield Line(channel(name, base_url), fake, posted, base_url)


async def test_a_message_is_accepted_and_asks_for_news_under_our_id(line: Line) -> None:
    receipt = await line.deliver(text="Voor de 1e. \N{EURO SIGN} 100 & meer")
    (sent,) = line.fake.sent
    assert receipt == Receipt(DeliveryResult.ACCEPTED, sent.sid)
    assert (sent.sender, sent.recipient) == (line.address(OURS), line.address(TENANT))
    assert sent.body == "Voor de 1e. \N{EURO SIGN} 100 & meer"
    callback = f"{PUBLIC}/channels/{line.channel.name}?mid=b%2F7%268"
    assert sent.status_callback == callback


async def test_a_person_who_unsubscribed_is_a_rejection(line: Line) -> None:
    receipt = await line.deliver("+31600021610")
    assert receipt.result is DeliveryResult.REJECTED
    assert "21610" in receipt.detail and receipt.unwanted
    assert line.fake.sent == []


@pytest.mark.parametrize("status", [500, 503])
async def test_a_provider_out_of_order_is_uncertain(line: Line, status: int) -> None:
    line.fake.behaviour = Behaviour(refuses_with=status)
    receipt = await line.deliver()
    assert receipt.result is DeliveryResult.UNCERTAIN
    assert receipt.detail and receipt.provider_ref is None


async def test_a_busy_provider_is_to_be_tried_later(line: Line) -> None:
    line.fake.behaviour = Behaviour(refuses_with=429)
    assert (await line.deliver()).result is DeliveryResult.LATER
    assert line.fake.sent == []


async def test_a_cut_line_is_uncertain_and_sends_once(line: Line) -> None:
    line.fake.behaviour = Behaviour(cuts=True)
    assert (await line.deliver()).result is DeliveryResult.UNCERTAIN
    assert len(line.fake.sent) == 1


async def test_patience_that_runs_out_is_uncertain_and_sends_once(line: Line) -> None:
    await line.deliver()  # the client loads much of itself at its first message
    line.channel = channel(line.channel.name, line.base_url, patience_seconds=0.5)
    never = asyncio.Event()
    line.fake.behaviour = Behaviour(waits_for=never)
    receipt = await line.deliver()
    never.set()
    assert (receipt.result, receipt.detail) == (DeliveryResult.UNCERTAIN, "TimeoutError")
    assert len(line.fake.sent) == 2


@pytest.mark.parametrize("name", ["sms", "whatsapp"])
async def test_nobody_at_home_is_to_be_tried_later_as_nothing_was_said(name: str) -> None:
    nobody = channel(name, "http://127.0.0.1:9")
    (rendered,) = nobody.render(Outbound("m-1", PREFIX[name] + TENANT, "Digitale assistent", "Dag"))
    receipt = await nobody.deliver(rendered)
    assert receipt.result is DeliveryResult.LATER and receipt.pause > timedelta(0)


async def test_wrong_credentials_are_a_rejection() -> None:
    async with on_loopback(FakeTwilio(ACCOUNT, TestClock().now)) as base_url:
        wrong = channel("sms", base_url, auth_token="iets-anders")
        (rendered,) = wrong.render(Outbound("m-1", TENANT, "Digitale assistent", "Dag"))
        assert (await wrong.deliver(rendered)).result is DeliveryResult.REJECTED


async def test_news_of_a_delivered_message_is_of_our_message(line: Line) -> None:
    receipt = await line.deliver()
    assert receipt.provider_ref is not None
    await line.fake.report(receipt.provider_ref)
    news = [event for event in line.heard() if isinstance(event, DeliveryUpdate)]
    assert {(one.message_id, one.provider_ref) for one in news} == {(OUR_ID, receipt.provider_ref)}
    last = Fate.READ if line.channel.name == "whatsapp" else Fate.DELIVERED
    assert news[-1].fate is last


@pytest.mark.parametrize("number", ["+31600063016", "+31600030003"])
async def test_a_message_that_fails_later_says_why(line: Line, number: str) -> None:
    receipt = await line.deliver(number)
    assert receipt.result is DeliveryResult.ACCEPTED
    await line.fake.report(str(receipt.provider_ref))
    last = line.heard()[-1]
    assert isinstance(last, DeliveryUpdate)
    assert (last.fate, last.code, last.message_id) == (Fate.FAILED, number[-5:], OUR_ID)


async def test_what_someone_writes_is_heard(line: Line) -> None:
    sender = line.address(TENANT)
    await line.fake.write(sender, line.address(OURS), "Mijn kraan lekt é", times=2)
    first, again = line.heard()
    assert isinstance(first, Inbound) and first == again
    assert (first.address, first.body) == (sender, Text("Mijn kraan lekt é"))
    await line.fake.write(sender, line.address(OURS), "Kijk", media=[PHOTO])
    (photo,) = line.heard()
    assert isinstance(photo, Inbound) and isinstance(photo.body, Attached)
    assert photo.body.text == "Kijk"
    assert [one.content_type for one in photo.body.media] == ["image/jpeg"]
