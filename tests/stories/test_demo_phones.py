"""Each demo phone reaches the inbox: real client, fake provider, signed webhook, and back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from handoff.clock import TestClock
from handoff.demo.bell import Bell
from handoff.demo.phones import phones_for
from handoff.demo.providers import PUBLIC_ADDRESS, STAFF_NUMBER, Device, addresses_of
from handoff.settings import Settings
from handoff.testing import Bench, settings
from tests.phone_visitor import NUMBER, Visitor, a_visitor

pytestmark = pytest.mark.stories
QUESTION = "wanneer moet ik de huur betalen?"
ANSWER = "voor de 1e van de maand"
PHOTO = "/9j/4AAQSkZJRg=="


@pytest.fixture
async def visitor() -> AsyncIterator[Visitor]:
    async with a_visitor() as visitor:
        yield visitor


@pytest.mark.parametrize("device", ["whatsapp", "sms", "telegram"])
async def test_a_message_reaches_the_inbox_and_the_reply_comes_back(
    visitor: Visitor, device: str
) -> None:
    assert await visitor.writes(device, text=QUESTION) == 204
    await visitor.time_passes()
    assert ANSWER in visitor.texts(device)
    staff = await visitor.bench.staff()
    assert [row["channel"] for row in await staff.listed("bot")] == [device]


async def test_a_call_is_answered_in_speech(visitor: Visitor) -> None:
    assert await visitor.calls("dial") == 204
    assert "digitale assistent" in visitor.phones.view(NUMBER).call.lines[0].text
    saying = asyncio.create_task(visitor.calls("say", words=QUESTION))
    while not saying.done():
        await visitor.bench.work()
        await asyncio.sleep(0)
    assert saying.result() == 204
    call = visitor.phones.view(NUMBER).call
    assert call.state == "listening"
    assert any("de huur" in line.text for line in call.lines if not line.mine)
    assert await visitor.calls("hang-up") == 204
    assert visitor.phones.view(NUMBER).call.state == "ended"


async def test_zero_puts_the_call_through_to_a_colleague(visitor: Visitor) -> None:
    await visitor.calls("dial")
    pressing = asyncio.create_task(visitor.calls("press", key="0"))
    while not pressing.done():
        await visitor.bench.work()
        await asyncio.sleep(0)
    call = visitor.phones.view(NUMBER).call
    assert (call.state, call.rang) == ("ringing", STAFF_NUMBER)
    assert await visitor.calls("taken") == 204
    assert visitor.phones.view(NUMBER).call.state == "ended"


async def test_a_dead_line_reaches_nobody(visitor: Visitor) -> None:
    await visitor.breaks("phone", "silent")
    await visitor.calls("dial")
    assert visitor.phones.view(NUMBER).call.state == "unreachable"


@pytest.mark.parametrize("device", ["whatsapp", "telegram"])
async def test_a_tapped_button_is_a_choice(visitor: Visitor, device: str) -> None:
    await visitor.writes(device, text=QUESTION)
    await visitor.time_passes()
    choice = visitor.got(device)[-1].choices[0]
    before = len(visitor.got(device))
    assert await visitor.writes(device, choice=choice.model_dump()) == 204
    await visitor.time_passes()
    assert len(visitor.got(device)) > before


@pytest.mark.parametrize("device", ["whatsapp", "telegram"])
async def test_a_photo_arrives_and_is_shown(visitor: Visitor, device: str) -> None:
    assert await visitor.writes(device, photo=PHOTO) == 204
    shown = getattr(visitor.phones.view(NUMBER), device)[-1]
    answer = await visitor.client.get(f"/demo/api/files/{shown.photo}")
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.content.startswith(b"\xff\xd8\xff")


async def test_a_voice_note_can_be_played(visitor: Visitor) -> None:
    assert await visitor.writes("whatsapp", voice_note=True) == 204
    await visitor.time_passes()  # the product fetches it, and has it deleted at the provider
    voice = visitor.phones.view(NUMBER).whatsapp[0].voice
    answer = await visitor.client.get(f"/demo/api/files/{voice}")
    assert answer.content.startswith(b"OggS")


async def test_ticks_turn_to_read_only_when_somebody_looks(visitor: Visitor) -> None:
    await visitor.writes("whatsapp", text=QUESTION)
    await visitor.time_passes()
    await visitor.until("whatsapp", "delivered")
    with visitor.phones.bell.listening(NUMBER):
        await visitor.phones.opened(NUMBER)
        await visitor.until("whatsapp", "read")


@pytest.mark.parametrize("device", ["whatsapp", "sms", "telegram"])
async def test_what_a_busy_provider_refused_comes_later_and_once(
    visitor: Visitor, device: str
) -> None:
    await visitor.breaks(device, "busy")
    await visitor.writes(device, text=QUESTION)
    await visitor.time_passes()
    assert visitor.got(device) == []
    await visitor.breaks(device, "none")
    for _ in range(6):
        await visitor.time_passes(timedelta(minutes=1))
    assert visitor.texts(device).count(ANSWER) == 1


async def test_a_send_without_an_answer_is_not_repeated(visitor: Visitor) -> None:
    await visitor.breaks("sms", "silent")
    await visitor.writes("sms", text=QUESTION)
    await visitor.time_passes()
    await visitor.breaks("sms", "none")
    for _ in range(3):
        await visitor.time_passes(timedelta(minutes=1))
    assert visitor.texts("sms").count(ANSWER) == 1


async def test_a_webhook_that_the_fake_did_not_sign_is_refused(visitor: Visitor) -> None:
    for device in ("whatsapp", "sms", "telegram"):
        answer = await visitor.client.post(f"/channels/{device}", data={"Body": "hallo"})
        assert answer.status_code == 403


async def test_wrong_questions_of_the_page_are_refused(visitor: Visitor) -> None:
    post = visitor.client.post
    wrong = {"number": "06-nummer", "text": "hallo"}
    assert (await post("/demo/api/sms/messages", json=wrong)).status_code == 422
    letter = {"number": NUMBER, "text": "hallo"}
    assert (await post("/demo/api/pigeon/messages", json=letter)).status_code == 422
    assert (await post("/demo/api/phone/messages", json=letter)).status_code == 404
    no_picture = {"number": NUMBER, "photo": "geen base64!"}
    assert (await post("/demo/api/whatsapp/messages", json=no_picture)).status_code == 422
    assert await visitor.calls("say", words="hallo") == 409
    assert await visitor.calls("press", key="12") == 422
    assert await visitor.writes("sms", text="x" * 10_500) == 413
    assert (await visitor.client.get("/demo/api/files/geen")).status_code == 404


async def test_the_page_may_listen_and_has_the_strict_policy(visitor: Visitor) -> None:
    headers = (await visitor.client.get("/demo/phones")).headers
    assert "microphone=(self)" in headers["permissions-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("given", "real"),
    [
        ({"TWILIO__ACCOUNT_SID": "AC1"}, [Device.PHONE, Device.SMS, Device.WHATSAPP]),
        ({"TELEGRAM__TOKEN": "1:x"}, [Device.TELEGRAM]),
        ({"SMS__AUTH_TOKEN": "x"}, [Device.SMS]),
        ({"PHONE__STAFF_NUMBER": "+31850001234"}, []),
    ],
)
async def test_a_real_provider_has_no_demo_phone(given: dict[str, str], real: list[str]) -> None:
    phones = phones_for(settings(), given, TestClock())
    assert phones is not None
    assert phones.real == real
    off = {name for name, device in phones.view(NUMBER).devices.items() if not device.on}
    assert off == set(real)
    await phones.stop()


@pytest.mark.parametrize("changes", [{"demo": False}, {"port": 0}])
def test_without_the_demo_there_are_no_phones(changes: dict[str, Any]) -> None:
    assert phones_for(settings().model_copy(update=changes), {}, TestClock()) is None


async def test_without_phones_there_is_no_page(bench: Bench) -> None:
    assert (await bench.client.get("/demo/phones")).status_code == 404
    assert "sms" not in bench.product.channels


def test_fakes_sign_for_the_public_address_when_it_is_https() -> None:
    here = Settings(port=8000, host="0.0.0.0", public_base_url="http://balie.example")
    assert addresses_of(here).public == PUBLIC_ADDRESS
    assert addresses_of(here).inside == "http://127.0.0.1:8000"
    secure = Settings(public_base_url="https://balie.example/")
    assert addresses_of(secure).public == "https://balie.example"


def test_the_bell_wakes_who_listens_and_forgets_who_left() -> None:
    bell = Bell()
    with bell.listening(NUMBER) as heard:
        assert bell.looks(NUMBER)
        bell.ring()
        assert heard.is_set()
    assert not bell.looks(NUMBER)
