"""The fake Twilio's REST API is as the real one: for its own client library and as published."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
from twilio.base.exceptions import TwilioRestException  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]

from channels.fakes.twilio import Behaviour
from tests.channels.published import answer_schema, faults, form_fields
from tests.channels.twilio_scene import (
    ACCOUNT,
    OURS,
    OURS_WHATSAPP,
    PHOTO,
    STATUS_URL,
    TENANT,
    TENANT_WHATSAPP,
    Scene,
    ToTheFake,
    a_scene,
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


async def test_the_real_client_sends_and_finds_a_message(scene: Scene) -> None:
    created = await scene.create(body="Voor de 1e. \N{EURO SIGN}")
    assert created.sid.startswith("SM") and created.status == "queued"
    found = await scene.client.messages(created.sid).fetch_async()
    assert (found.body, found.to, found.from_) == ("Voor de 1e. \N{EURO SIGN}", TENANT, OURS)
    assert found.date_created == scene.clock.now()
    (sent,) = scene.fake.sent
    assert (sent.sid, sent.status_callback) == (created.sid, STATUS_URL)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"to": ""}, 21604),
        ({"to": "06-12"}, 21211),
        ({"from_": ""}, 21603),
        ({"to": TENANT_WHATSAPP}, 21910),
        ({"to": "+31600021610"}, 21610),
        ({"from_": OURS_WHATSAPP, "to": "whatsapp:+31600021610"}, 21610),
        ({"body": "x" * 1_601}, 21617),
        ({"body": ""}, 21602),
        ({"body": "", "messaging_service_sid": "MG" + "0" * 32}, 21619),
        ({"status_callback": "https://mijn_balie.example/x"}, 21609),
    ],
)
async def test_the_real_client_hears_why_a_message_is_refused(
    scene: Scene, fields: dict[str, str], code: int
) -> None:
    with pytest.raises(TwilioRestException) as refused:
        await scene.create(**fields)
    assert (refused.value.status, refused.value.code) == (400, code)
    assert scene.fake.sent == []


async def test_a_long_message_of_1600_characters_is_taken(scene: Scene) -> None:
    await scene.create(body="x" * 1_600)
    assert len(scene.fake.sent) == 1


async def test_wrong_credentials_are_refused(scene: Scene) -> None:
    async with ToTheFake(scene.base) as http:
        stranger = Client(ACCOUNT.sid, "iets-anders", http_client=http)
        with pytest.raises(TwilioRestException) as refused:
            await stranger.messages.create_async(from_=OURS, to=TENANT, body="Dag!")
    assert (refused.value.status, refused.value.code) == (401, 20003)


async def test_another_account_and_an_unknown_message_are_not_found(scene: Scene) -> None:
    for messages in (
        scene.client.api.v2010.accounts("AC" + "f" * 32).messages("SM" + "0" * 32),
        scene.client.messages("SM" + "0" * 32),
    ):
        with pytest.raises(TwilioRestException) as refused:
            await messages.fetch_async()
        assert (refused.value.status, refused.value.code) == (404, 20404)


@pytest.mark.parametrize(("status", "code"), [(429, 20429), (500, 20500), (503, 20503)])
async def test_on_demand_it_is_out_of_order(scene: Scene, status: int, code: int) -> None:
    scene.fake.behaviour = Behaviour(refuses_with=status)
    with pytest.raises(TwilioRestException) as refused:
        await scene.create()
    assert (refused.value.status, refused.value.code) == (status, code)
    assert scene.fake.sent == []


async def test_on_demand_it_takes_the_message_and_cuts_the_line(scene: Scene) -> None:
    scene.fake.behaviour = Behaviour(cuts=True)
    with pytest.raises(aiohttp.ClientError):
        await scene.create()
    assert len(scene.fake.sent) == 1


async def test_the_list_is_paged_newest_first(scene: Scene) -> None:
    created = [(await scene.create(body=f"bericht {no}")).sid for no in range(5)]
    page = await scene.client.messages.page_async(page_size=2)
    assert [one.sid for one in page] == created[:2:-1]
    await scene.create(body="een nieuw bericht schuift de bladzijden niet op")
    assert [one.sid for one in await page.next_page_async()] == created[2:0:-1]
    found = await scene.client.messages.list_async(page_size=2)
    assert [one.sid for one in found][1:] == created[::-1]


async def test_the_list_is_chosen_by_sender_recipient_and_day(scene: Scene) -> None:
    await scene.create()
    await scene.fake.write(TENANT, OURS, "op dinsdag")
    scene.clock.move(timedelta(days=1))
    await scene.fake.write(TENANT, OURS, "op woensdag")
    await scene.fake.write("+31600000002", OURS, "van een ander")

    async def bodies(**asked: object) -> list[str]:
        found = await scene.client.messages.list_async(to=OURS, **asked)
        return [one.body for one in found]

    assert await bodies() == ["van een ander", "op woensdag", "op dinsdag"]
    assert await bodies(from_=TENANT) == ["op woensdag", "op dinsdag"]
    assert await bodies(from_=TENANT, date_sent="2026-11-24") == ["op dinsdag"]
    assert await bodies(from_=TENANT, date_sent_after="2026-11-25") == ["op woensdag"]
    assert await bodies(from_=TENANT, date_sent_before="2026-11-24") == ["op dinsdag"]
    assert await bodies(from_=TENANT, date_sent_after=scene.clock.now()) == ["op woensdag"]


async def test_a_photo_is_fetched_from_a_store_without_credentials_and_deleted(
    scene: Scene,
) -> None:
    await scene.fake.write(TENANT_WHATSAPP, OURS_WHATSAPP, "Kijk", media=[PHOTO])
    (told,) = scene.posted.fields()
    address = told["MediaUrl0"].replace("https://api.twilio.com", f"{scene.base}/api")
    auth = aiohttp.BasicAuth(ACCOUNT.sid, ACCOUNT.auth_token)
    async with aiohttp.ClientSession() as session:
        assert (await session.get(address)).status == 401
        moved = await session.get(address, auth=auth, allow_redirects=False)
        assert moved.status == 307
        assert (await session.get(moved.headers["Location"], auth=auth)).status == 400
        file = await session.get(moved.headers["Location"])
        assert (file.content_type, await file.read()) == ("image/jpeg", PHOTO.content)
        scene.fake.behaviour = Behaviour(redirects_media=False)
        assert await (await session.get(address, auth=auth)).read() == PHOTO.content
        assert (await session.delete(address, auth=auth)).status == 204
        assert (await session.delete(address, auth=auth)).status == 404
        assert (await session.get(moved.headers["Location"])).status == 404


async def test_the_real_client_finds_and_deletes_a_photo(scene: Scene) -> None:
    await scene.fake.write(TENANT_WHATSAPP, OURS_WHATSAPP, "Kijk", media=[PHOTO])
    (told,) = scene.posted.fields()
    message = scene.client.messages(told["MessageSid"])
    (media,) = await message.media.list_async()
    assert (await message.media(media.sid).fetch_async()).content_type == "image/jpeg"
    assert await message.media(media.sid).delete_async()
    assert await message.media.list_async() == []


async def test_its_answers_are_as_published(scene: Scene) -> None:
    created = await scene.create()
    failed = await scene.create(to="+31600030003")
    await scene.fake.report(failed.sid)
    await scene.fake.write(TENANT_WHATSAPP, OURS_WHATSAPP, "Kijk", media=[PHOTO])
    with_photo = scene.posted.fields()[-1]["MessageSid"]
    messages = scene.messages_url
    media_list = await scene.json(f"{messages}/{with_photo}/Media.json")
    media = media_list["media_list"][0]["sid"]
    for url, path in {
        f"{messages}.json?PageSize=2": "/Messages.json",
        f"{messages}/{created.sid}.json": "/Messages/{Sid}.json",
        f"{messages}/{failed.sid}.json": "/Messages/{Sid}.json",
        f"{messages}/{with_photo}.json": "/Messages/{Sid}.json",
        f"{messages}/{with_photo}/Media.json": "/Messages/{MessageSid}/Media.json",
        f"{messages}/{with_photo}/Media/{media}.json": "/Messages/{MessageSid}/Media/{Sid}.json",
    }.items():
        assert faults(await scene.json(url), answer_schema(path, "get", "200")) == [], path


async def test_a_created_message_is_as_published(scene: Scene) -> None:
    auth = aiohttp.BasicAuth(ACCOUNT.sid, ACCOUNT.auth_token)
    form = {"From": OURS, "To": TENANT, "Body": "Dag!", "StatusCallback": STATUS_URL}
    assert form.keys() <= form_fields("/Messages.json", "post")
    async with aiohttp.ClientSession() as session:
        answer = await session.post(f"{scene.messages_url}.json", data=form, auth=auth)
        created = await answer.json()
    assert answer.status == 201
    assert faults(created, answer_schema("/Messages.json", "post", "201")) == []


def test_what_is_not_as_published_is_seen() -> None:
    schema = answer_schema("/Messages/{Sid}.json", "get", "200")
    wrong = {"sid": "XX1", "status": "lost", "num_media": 0, "error_code": "1", "extra": None}
    wrong |= {"date_sent": "2026-11-24"}
    seen = faults(wrong, schema)
    for name in (*wrong, "body"):
        assert any(fault.startswith(f".{name} ") for fault in seen), name
