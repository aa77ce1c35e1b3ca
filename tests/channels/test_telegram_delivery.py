"""Delivering by Telegram: the library's own client against a Bot API on loopback."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from channels.fakes import telegram as fake
from channels.fakes.telegram import FakeTelegram
from channels.port import Channel, DeliveryResult, Outbound, OutboundChoice, Receipt
from channels.registry import channels_on

pytestmark = pytest.mark.contract

TOKEN = "7310000001:sleutel_van_de_proef"
ADA = 610_077


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(TOKEN) as found:
        yield found


def channel(url: str, token: str = TOKEN) -> Channel:
    settings = {"token": token, "secret": "s", "base_url": url, "patience_seconds": 0.5}
    return channels_on({"telegram": settings})["telegram"]


def message(chat: int | str, text: str = "Voor de 1e van de maand.", *buttons: str) -> Outbound:
    choices = tuple(OutboundChoice(f"c-{title}", title) for title in buttons)
    return Outbound("m-1", str(chat), "Digitale assistent", text, choices)


async def deliver(to: Channel, outbound: Outbound) -> Receipt:
    receipts = [await to.deliver(part) for part in to.render(outbound)]
    return receipts[-1]


@pytest.mark.parametrize(
    ("chat", "result", "detail"),
    [
        (ADA, DeliveryResult.ACCEPTED, ""),
        (fake.BLOCKED, DeliveryResult.REJECTED, "blocked"),
        (fake.UNKNOWN_CHAT, DeliveryResult.REJECTED, "Chat not found"),
        ("klant-77", DeliveryResult.REJECTED, "Chat not found"),
        (fake.TOO_OFTEN, DeliveryResult.LATER, "retry after 3"),
        (fake.BROKEN, DeliveryResult.UNCERTAIN, "NetworkError"),
        (fake.CUT, DeliveryResult.UNCERTAIN, "NetworkError"),
        (fake.UNREADABLE, DeliveryResult.UNCERTAIN, "TelegramError"),
        (fake.OTHER_SHAPE, DeliveryResult.UNCERTAIN, "KeyError"),
    ],
)
async def test_each_way_of_answering_has_a_meaning(
    telegram: FakeTelegram, chat: int | str, result: DeliveryResult, detail: str
) -> None:
    receipt = await deliver(channel(telegram.url), message(chat))
    assert (receipt.result, receipt.detail) == (result, detail)
    assert [call.method for call in telegram.calls] == ["sendMessage"]


async def test_a_provider_that_keeps_silent_is_uncertain(telegram: FakeTelegram) -> None:
    receipt = await deliver(channel(telegram.url), message(fake.SILENT))
    assert receipt.result is DeliveryResult.UNCERTAIN
    assert receipt.detail in {"TimedOut", "TimeoutError"}


async def test_a_server_that_is_gone_is_uncertain_and_the_next_one_is_reached(
    telegram: FakeTelegram,
) -> None:
    ours = channel(telegram.url)
    assert (await deliver(ours, message(ADA))).result is DeliveryResult.ACCEPTED
    assert (await deliver(ours, message(fake.CUT))).result is DeliveryResult.UNCERTAIN
    assert (await deliver(ours, message(ADA))).result is DeliveryResult.ACCEPTED


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "http://", "geen adres", "ftp://x/y"])
async def test_an_address_that_does_not_answer_is_uncertain(url: str) -> None:
    receipt = await deliver(channel(url), message(ADA))
    assert receipt.result is DeliveryResult.UNCERTAIN
    assert "sleutel" not in receipt.detail


async def test_a_token_that_is_not_ours_is_rejected(telegram: FakeTelegram) -> None:
    receipt = await deliver(channel(telegram.url, "7310000001:andere"), message(ADA))
    assert receipt == Receipt(DeliveryResult.REJECTED, None, "InvalidToken")
    assert telegram.calls == []


async def test_what_is_sent_is_plain_text_with_a_button_per_row(telegram: FakeTelegram) -> None:
    outbound = message(ADA, "Huur *en* _kosten_ <b>", "Ja", "Nee")
    receipt = await deliver(channel(telegram.url), outbound)
    (call,) = telegram.calls
    assert call.fields["text"] == "Huur *en* _kosten_ <b>"
    assert call.fields["chat_id"] == str(ADA)
    assert "parse_mode" not in call.fields
    rows = json.loads(call.fields["reply_markup"])["inline_keyboard"]
    assert [[button["text"] for button in row] for row in rows] == [["Ja"], ["Nee"]]
    assert rows[0][0]["callback_data"] == "c-Ja"
    assert receipt.provider_ref == "1"


async def test_a_long_message_is_cut_at_sentences_and_its_buttons_are_last(
    telegram: FakeTelegram,
) -> None:
    text = "Dit is een zin van de woningcorporatie. " * 250
    receipt = await deliver(channel(telegram.url), message(ADA, text, "Ja"))
    assert receipt == Receipt(DeliveryResult.ACCEPTED, "3")
    texts = [call.fields["text"] for call in telegram.calls]
    assert " ".join(texts) == text.strip()
    assert all(part.endswith("corporatie.") and len(part) <= 4_096 for part in texts)
    assert ["reply_markup" in call.fields for call in telegram.calls] == [False, False, True]


async def test_a_button_that_telegram_would_refuse_is_left_out(telegram: FakeTelegram) -> None:
    await deliver(channel(telegram.url), message(ADA, "Kies.", "é" * 40, "Ja"))
    await deliver(channel(telegram.url), message(ADA, "Kies.", "é" * 40))
    first, second = telegram.calls
    assert len(json.loads(first.fields["reply_markup"])["inline_keyboard"]) == 1
    assert "reply_markup" not in second.fields


async def test_half_an_emoji_is_sent_as_a_visible_sign(telegram: FakeTelegram) -> None:
    receipt = await deliver(channel(telegram.url), message(ADA, "kraan \ud83d lekt 🥶"))
    assert receipt.result is DeliveryResult.ACCEPTED
    assert telegram.calls[0].fields["text"] == "kraan \ufffd lekt 🥶"


def test_one_channel_serves_one_event_loop_after_another() -> None:
    async def once(port: int, ours: Channel | None) -> tuple[int, Channel, Receipt]:
        async with FakeTelegram(TOKEN, port=port) as telegram:
            ours = ours or channel(telegram.url)
            return telegram.port, ours, await deliver(ours, message(ADA))

    port, ours, first = asyncio.run(once(0, None))
    _, _, second = asyncio.run(once(port, ours))
    assert first.result is second.result is DeliveryResult.ACCEPTED


async def test_the_token_stays_out_of_the_logs(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    ours = channel(telegram.url)
    with caplog.at_level(logging.INFO):
        await deliver(ours, message(ADA))
        await deliver(ours, message(fake.CUT))
    assert "sleutel" not in caplog.text


async def test_the_fake_speaks_as_the_library_expects(telegram: FakeTelegram) -> None:
    telegram.files["F1"] = b"een foto"
    async with Bot(TOKEN, f"{telegram.url}/bot", f"{telegram.url}/file/bot") as bot:
        assert bot.username == telegram.username
        assert await bot.set_webhook("https://balie.example/channels/telegram", secret_token="s")
        assert await bot.send_chat_action(ADA, "typing")
        assert await bot.answer_callback_query("tap-1")
        photo = await bot.get_file("F1")
        assert bytes(await photo.download_as_bytearray()) == b"een foto"
    assert telegram.webhook["secret_token"] == "s"
