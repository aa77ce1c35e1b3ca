"""Updates that we fetch: stored before they are forgotten, once, whoever dies or is away."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from channels.fakes.telegram import FakeTelegram
from channels.fakes.telegram_updates import body, tap_for, update_for
from channels.telegram.bot import Telegram
from channels.telegram.settings import TelegramSettings
from handoff.arrivals import Arrivals
from handoff.fates import Fates
from handoff.ledger import Ledger, StoreBusy
from handoff.model import AuthorKind
from handoff.polling import MOST_TRIES, Poller
from handoff.testing import Bench

pytestmark = pytest.mark.contract

TOKEN = "7310000001:sleutel_van_de_proef"
ADA = 610_077


class Scene:
    """The hub that fetches from a Telegram on loopback; what it waits for takes no time."""

    def __init__(self, bench: Bench, telegram: FakeTelegram) -> None:
        self.bench = bench
        self.telegram = telegram
        self.waited: list[float] = []
        settings = {
            "token": TOKEN,
            "base_url": telegram.url,
            "polling": True,
            "poll_seconds": 0,
            "patience_seconds": 2,
        }
        self.channel = Telegram(TelegramSettings.model_validate(settings))
        bench.product.channels["telegram"] = self.channel
        hub = bench.product
        fates = Fates(hub.store, hub.clock, hub.outbox.held, hub.hints)
        self.arrivals = Arrivals(hub.inbox, fates)
        self.poller = self.another_poller()

    def another_poller(self) -> Poller:
        """As after a restart: it knows nothing of what was fetched before."""
        return Poller(self.channel, self.channel, self.arrivals, self._pause)

    async def _pause(self, seconds: float) -> None:
        self.waited.append(seconds)

    async def said(self, chat: int = ADA) -> list[str]:
        def work(ledger: Ledger) -> list[str]:
            talk = ledger.conversations.latest_at("telegram", str(chat))
            log = ledger.messages.after(talk.id, 0) if talk else []
            return [one.text for one in log if one.author.kind is AuthorKind.TENANT]

        return await self.bench.product.store.read(work)

    def calls(self, method: str) -> list[dict[str, str]]:
        return [dict(call.fields) for call in self.telegram.calls if call.method == method]


@pytest.fixture
async def scene(bench: Bench) -> AsyncIterator[Scene]:
    async with FakeTelegram(TOKEN) as telegram:
        yield Scene(bench, telegram)


async def test_what_is_fetched_is_answered_in_the_chat(scene: Scene) -> None:
    scene.telegram.put(update_for("wanneer moet ik de huur betalen", ADA, 7))
    assert await scene.poller.round()
    await scene.bench.work()
    assert await scene.said() == ["wanneer moet ik de huur betalen"]
    assert scene.calls("sendMessage")[-1]["chat_id"] == str(ADA)


async def test_a_hub_that_died_after_storing_gets_it_again_and_keeps_it_once(scene: Scene) -> None:
    scene.telegram.put(update_for("mijn kraan lekt", ADA, 7))
    await scene.poller.round()
    reborn = scene.another_poller()
    await reborn.round()
    await reborn.round()
    assert await scene.said() == ["mijn kraan lekt"]
    assert scene.telegram.waiting == []


async def test_what_was_not_stored_is_fetched_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    for no, text in enumerate(("de kraan", "lekt"), start=7):
        scene.telegram.put(update_for(text, ADA, no))
    locked = [StoreBusy(), RuntimeError("stuk")]
    receive = scene.bench.product.inbox.receive

    async def now_and_then(inbound: object, capabilities: object) -> object:
        if locked:
            raise locked.pop()
        return await receive(inbound, capabilities)  # type: ignore[arg-type]

    monkeypatch.setattr(scene.bench.product.inbox, "receive", now_and_then)
    await scene.poller.round()
    await scene.poller.round()
    assert await scene.said() == []
    assert len(scene.telegram.waiting) == 2
    await scene.poller.round()
    assert await scene.said() == ["de kraan", "lekt"]
    assert scene.waited == [1.0, 1.0]


async def test_an_update_that_breaks_us_every_time_does_not_hold_back_the_others(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.telegram.put(update_for("breekt", ADA, 7))
    scene.telegram.put(update_for("hallo", ADA + 1, 8))
    receive = scene.bench.product.inbox.receive

    async def breaks(inbound: object, capabilities: object) -> object:
        if "breekt" in repr(inbound):
            raise RuntimeError("stuk")
        return await receive(inbound, capabilities)  # type: ignore[arg-type]

    monkeypatch.setattr(scene.bench.product.inbox, "receive", breaks)
    for _ in range(MOST_TRIES):
        await scene.poller.round()
    assert await scene.said(ADA + 1) == ["hallo"]


async def test_what_is_no_update_of_ours_is_passed_over(scene: Scene) -> None:
    scene.telegram.put(body(7, message=[]))
    scene.telegram.put(update_for("x" * 10_001, ADA, 8))
    scene.telegram.put(update_for(" \x07 ", ADA, 9))
    scene.telegram.put(update_for("hallo", ADA, 10))
    await scene.poller.round()
    assert await scene.said() == ["hallo"]


async def test_somebody_else_who_fetches_is_left_thirty_seconds_and_the_webhook_goes(
    scene: Scene,
) -> None:
    scene.telegram.webhook = {"url": "https://elders.example"}
    assert not await scene.poller.round()
    await scene.poller.connect("")
    assert await scene.poller.round()
    scene.telegram.rival = True
    assert not await scene.poller.round()
    assert scene.waited == [30.0, 30.0]


async def test_a_tap_is_confirmed_also_when_its_button_is_old(scene: Scene) -> None:
    scene.telegram.put(update_for("hallo", ADA, 7))
    scene.telegram.put(tap_for("niet-meer-van-nu", ADA, 8))
    await scene.poller.round()
    await scene.arrivals.finish()
    assert [call["callback_query_id"] for call in scene.calls("answerCallbackQuery")] == ["tap-8"]
