"""A provider sends again whatever is refused: what we cannot use must not block what follows."""

from __future__ import annotations

import pytest

from channels.fakes.telegram_updates import tap_for, update_for
from channels.registry import channels_on
from handoff.ledger import Ledger
from handoff.model import AuthorKind
from handoff.testing import Bench

pytestmark = pytest.mark.contract

SECRET = "verborgen-voor-iedereen"
CHAT = 4711


async def post(bench: Bench, body: bytes) -> int:
    settings = {
        "telegram": {
            "token": f"123456:{'A' * 35}",
            "secret": SECRET,
            "base_url": "http://127.0.0.1:9",
        }
    }
    bench.product.channels.update(channels_on(settings))
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    answer = await bench.client.post("/channels/telegram", content=body, headers=headers)
    return answer.status_code


async def said(bench: Bench) -> list[str]:
    def work(ledger: Ledger) -> list[str]:
        talk = ledger.conversations.latest_at("telegram", str(CHAT))
        messages = ledger.messages.after(talk.id, 0) if talk else []
        return [one.text for one in messages if one.author.kind is AuthorKind.TENANT]

    return await bench.product.store.read(work)


async def test_a_tap_on_an_old_button_is_taken_and_kept_as_something_unreadable(
    bench: Bench,
) -> None:
    assert await post(bench, update_for("hallo", CHAT)) == 204
    assert await post(bench, tap_for("no-such-choice", CHAT, 2)) == 204
    unreadable = bench.product.counter.words.text("tenant_unreadable")
    assert await said(bench) == ["hallo", unreadable]


async def test_words_that_are_nothing_but_blanks_are_taken_and_dropped(bench: Bench) -> None:
    assert await post(bench, update_for("\x07 \x07", CHAT)) == 204
    assert await said(bench) == []
