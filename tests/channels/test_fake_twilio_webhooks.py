"""What the fake Twilio posts is what the real one does: the forms, the signatures, the disorder."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from twilio.rest import Client  # type: ignore[import-untyped]

from channels.fakes.twilio import FakeTwilio, Order, on_loopback
from channels.fakes.twilio_webhooks import NO_ANSWER, behind
from handoff.clock import TestClock
from tests.channels.twilio_scene import (
    ACCOUNT,
    OURS,
    OURS_WHATSAPP,
    PHOTO,
    STATUS_URL,
    TENANT,
    TENANT_WHATSAPP,
    WEBHOOK_URL,
    Posted,
    Scene,
    ToTheFake,
    a_scene,
    accepts,
)

pytestmark = [
    pytest.mark.contract,
    # Of the client library, about how it hands over the credentials.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with a_scene() as found:
        yield found


@pytest.mark.parametrize(
    ("sender", "recipient", "course"),
    [
        (OURS, TENANT, ["queued", "sent", "delivered"]),
        (OURS_WHATSAPP, TENANT_WHATSAPP, ["queued", "sent", "delivered", "read"]),
        (OURS_WHATSAPP, "whatsapp:+31600063016", ["queued", "failed"]),
        (OURS, "+31600030003", ["queued", "sent", "undelivered"]),
    ],
)
async def test_a_message_runs_its_course_and_the_callback_hears_it(
    scene: Scene, sender: str, recipient: str, course: list[str]
) -> None:
    created = await scene.create(from_=sender, to=recipient)
    assert await scene.fake.report(created.sid) == [204] * len(course)
    told = scene.posted.fields()
    assert [one["MessageStatus"] for one in told] == course
    assert {one["MessageSid"] for one in told} == {created.sid}
    now = await scene.client.messages(created.sid).fetch_async()
    assert now.status == course[-1]
    code = recipient[-5:] if recipient != TENANT and recipient != TENANT_WHATSAPP else None
    assert told[-1].get("ErrorCode") == code
    assert now.error_code == (None if code is None else int(code))


async def test_news_can_come_reversed_or_twice(scene: Scene) -> None:
    created = await scene.create()
    await scene.fake.report(created.sid, order=Order.REVERSED)
    await scene.fake.report(created.sid, order=Order.TWICE)
    told = [one["MessageStatus"] for one in scene.posted.fields()]
    backwards, twice = told[:3], told[3:]
    assert backwards == ["delivered", "sent", "queued"]
    assert twice == ["queued", "queued", "sent", "sent", "delivered", "delivered"]
    assert scene.fake.sent[0].status == "delivered"


async def test_news_can_be_told_by_hand(scene: Scene) -> None:
    created = await scene.create()
    await scene.fake.report(created.sid, "undelivered", code=30008)
    (told,) = scene.posted.fields()
    assert (told["MessageStatus"], told["ErrorCode"]) == ("undelivered", "30008")
    with pytest.raises(KeyError):
        await scene.fake.report("SM" + "0" * 32)


async def test_news_and_messages_are_signed_for_their_address(scene: Scene) -> None:
    created = await scene.create()
    await scene.fake.report(created.sid, "sent")
    await scene.fake.write(TENANT, OURS, " spatie, caf\N{LATIN SMALL LETTER E WITH ACUTE} & +=% ")
    await scene.fake.write(TENANT_WHATSAPP, OURS_WHATSAPP, "", media=[PHOTO, PHOTO])
    assert [form.url for form in scene.posted.forms] == [STATUS_URL, WEBHOOK_URL, WEBHOOK_URL]
    for form in scene.posted.forms:
        assert accepts(form.url, form.body, form.headers)
        assert not accepts(form.url + "x", form.body, form.headers)
        assert not accepts(form.url, form.body + b"&Extra=1", form.headers)


async def test_a_written_message_is_the_form_that_twilio_posts(scene: Scene) -> None:
    tapped = {"ButtonPayload": "c-1", "ButtonText": "Ja"}
    await scene.fake.write(TENANT, OURS, "Dag")
    await scene.fake.write(TENANT_WHATSAPP, OURS_WHATSAPP, "Ja", fields=tapped)
    await scene.fake.write("whatsapp:NL.abc123", OURS_WHATSAPP, "", media=[PHOTO])
    sms, button, photo = scene.posted.fields()
    assert (sms["From"], sms["To"], sms["Body"], sms["NumMedia"]) == (TENANT, OURS, "Dag", "0")
    assert sms["MessageSid"] == sms["SmsSid"] and sms["AccountSid"] == ACCOUNT.sid
    assert sms["FromCity"] == "" and "WaId" not in sms
    assert button["WaId"] == "31600000001" and button["MessageType"] == "text"
    assert button["ButtonPayload"] == "c-1" and button["ProfileName"]
    assert photo["MessageType"] == "image" and photo["MediaContentType0"] == "image/jpeg"
    assert photo["NumMedia"] == "1" and "WaId" not in photo


async def test_a_written_message_can_come_again(scene: Scene) -> None:
    assert await scene.fake.write(TENANT, OURS, "Dag", times=2) == [204, 204]
    first, second = scene.posted.fields()
    assert first == second
    found = await scene.client.messages.list_async(to=OURS)
    assert [one.sid for one in found] == [first["MessageSid"]]


@dataclass
class Receiver:
    """The product's side, on loopback."""

    base: str = ""
    heard: list[tuple[str, bytes, Mapping[str, str]]] = field(default_factory=list)

    async def hear(self, request: web.Request) -> web.Response:
        self.heard.append((request.raw_path, await request.read(), request.headers))
        return web.Response(status=204)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    found, app = Receiver(), web.Application()
    app.router.add_post("/in", found.hear)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield found
    await runner.cleanup()


async def test_over_http_the_receiver_gets_what_was_signed(receiver: Receiver) -> None:
    url = f"{receiver.base}/in?mid=a%2Fb"
    fake = FakeTwilio(ACCOUNT, TestClock().now, webhook=url)
    assert await fake.write(TENANT, OURS, "Dag \N{THUMBS UP SIGN}") == [204]
    ((path, body, headers),) = receiver.heard
    assert accepts(receiver.base + path, body, headers)


async def test_a_public_address_can_be_reached_elsewhere(receiver: Receiver) -> None:
    public = "https://balie.example"
    post = behind(public, receiver.base)
    fake = FakeTwilio(ACCOUNT, TestClock().now, webhook=f"{public}/in", post=post)
    assert await fake.write(TENANT, OURS, "Dag") == [204]
    ((path, body, headers),) = receiver.heard
    assert accepts(public + path, body, headers)
    fake.webhook = "https://elders.example/in"
    assert await fake.write(TENANT, OURS, "Dag") == [NO_ANSWER]


async def test_an_address_that_does_not_answer_is_borne() -> None:
    fake = FakeTwilio(ACCOUNT, TestClock().now, webhook="http://127.0.0.1:9/in")
    assert await fake.write(TENANT, OURS, "is er iemand?") == [NO_ANSWER]


async def test_an_automatic_fake_reports_by_itself() -> None:
    posted, told_all = Posted(), 3
    fake = FakeTwilio(ACCOUNT, TestClock().now, automatic=True, post=posted.post)
    async with on_loopback(fake) as base, ToTheFake(base) as http:
        client = Client(ACCOUNT.sid, ACCOUNT.auth_token, http_client=http)
        created = await client.messages.create_async(
            from_=OURS, to=TENANT, body="Dag!", status_callback=STATUS_URL
        )
        await fake.reported()
        now = await client.messages(created.sid).fetch_async()
    assert now.status == "delivered" and len(posted.forms) == told_all
