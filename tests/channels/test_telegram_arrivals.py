"""How updates come from Telegram: by a webhook that we set ourselves, or fetched by us."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest

from channels.fakes.telegram import FakeTelegram
from channels.fakes.telegram_updates import body, message, tap_for, update_for
from channels.port import Away, RawRequest
from channels.telegram.bot import SECRET_HEADER, Telegram
from channels.telegram.settings import TelegramSettings

pytestmark = pytest.mark.contract

TOKEN = "7310000001:sleutel_van_de_proef"
ADA = 610_077
OURS = "https://balie.example"


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(TOKEN) as found:
        yield found


def channel(url: str, **settings: object) -> Telegram:
    given = {"token": TOKEN, "base_url": url, "patience_seconds": 0.5, "poll_seconds": 0}
    return Telegram(TelegramSettings.model_validate({**given, **settings}))


async def test_the_webhook_is_set_with_all_that_telegram_must_know(telegram: FakeTelegram) -> None:
    ours = channel(telegram.url, max_connections=8)
    assert await ours.connect(f"{OURS}/")
    assert await ours.connect(OURS)
    assert telegram.webhook["url"] == f"{OURS}/channels/telegram"
    assert telegram.webhook["max_connections"] == "8"
    kinds = json.loads(telegram.webhook["allowed_updates"])
    assert kinds == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert telegram.webhook.get("drop_pending_updates") in (None, "false")
    assert [call.method for call in telegram.calls] == ["setWebhook"] * 2


async def test_what_telegram_then_sends_along_is_what_we_ask_for(telegram: FakeTelegram) -> None:
    await channel(telegram.url).connect(OURS)
    headers = {SECRET_HEADER: telegram.webhook["secret_token"]}
    # A secret that nobody thought of is the same in the next process, and nobody can guess it.
    channel(telegram.url).verify(RawRequest("POST", f"{OURS}/channels/telegram", headers, b"{}"))
    assert TOKEN not in telegram.webhook["secret_token"]


@pytest.mark.parametrize("address", ["", "http://balie.example", "balie.example"])
async def test_no_webhook_is_set_where_telegram_cannot_post(
    telegram: FakeTelegram, address: str
) -> None:
    assert not await channel(telegram.url).connect(address)
    assert telegram.calls == []


async def test_who_fetches_takes_the_webhook_down_and_keeps_what_waits(
    telegram: FakeTelegram,
) -> None:
    await channel(telegram.url).connect(OURS)
    telegram.put(update_for("hallo", ADA, 5))
    fetching = channel(telegram.url, polling=True)
    assert await fetching.connect("")
    assert telegram.webhook == {}
    (polled,) = await fetching.fetch(None)
    assert polled.no == 5
    (event,) = fetching.parse(polled.request)
    (posted,) = fetching.parse(RawRequest("POST", "", {}, update_for("hallo", ADA, 5)))
    assert event == posted


async def test_an_update_is_forgotten_only_when_we_ask_for_what_comes_after_it(
    telegram: FakeTelegram,
) -> None:
    fetching = channel(telegram.url, polling=True)
    telegram.put(update_for("een", ADA, 5))
    telegram.put(update_for("twee", ADA, 9))
    assert [one.no for one in await fetching.fetch(None)] == [5, 9]
    assert [one.no for one in await fetching.fetch(None)] == [5, 9]
    assert [one.no for one in await fetching.fetch(5)] == [9]
    assert await fetching.fetch(9) == []


async def test_a_kind_the_library_does_not_know_is_fetched_whole(telegram: FakeTelegram) -> None:
    fetching = channel(telegram.url, polling=True)
    telegram.put(body(3, message={**message({}, ADA), "hologram": {"file_id": "x"}}))
    (polled,) = await fetching.fetch(None)
    assert b"hologram" in polled.request.body


@pytest.mark.parametrize("why", ["rival", "webhook", "gone", "token"])
async def test_when_telegram_gives_nothing_we_hear_how_long_to_leave_it(
    telegram: FakeTelegram, why: str
) -> None:
    token = "7310000001:andere" if why == "token" else TOKEN
    fetching = channel(telegram.url, polling=True, token=token)
    telegram.rival = why == "rival"
    if why == "webhook":
        await channel(telegram.url).connect(OURS)
    if why == "gone":
        fetching = channel("http://127.0.0.1:9", polling=True)
    with pytest.raises(Away) as away:
        await fetching.fetch(None)
    assert away.value.pause.total_seconds() == (30 if why in ("rival", "webhook") else 5)
    assert "sleutel" not in str(away.value)


async def test_a_tap_is_answered_and_nothing_else_is(telegram: FakeTelegram) -> None:
    ours = channel(telegram.url)
    for update in (tap_for("c-1", ADA, 12), update_for("hallo", ADA), b"geen json", b"{}"):
        await ours.acknowledge(RawRequest("POST", "", {}, update))
    (call,) = telegram.calls
    assert (call.method, call.fields["callback_query_id"]) == ("answerCallbackQuery", "tap-12")


async def test_typing_is_shown_in_the_chat(telegram: FakeTelegram) -> None:
    await channel(telegram.url).show_typing(str(ADA))
    (call,) = telegram.calls
    assert call.method == "sendChatAction"
    assert call.fields == {"chat_id": str(ADA), "action": "typing"}


async def test_a_courtesy_that_fails_is_no_error() -> None:
    ours = channel("http://127.0.0.1:9")
    await ours.show_typing(str(ADA))
    await ours.acknowledge(RawRequest("POST", "", {}, tap_for("c-1", ADA)))
