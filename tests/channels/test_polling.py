"""Updates that we fetch: stored before they are forgotten, once, whoever dies or is away."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from channels.fakes.telegram import FakeTelegram
from channels.fakes.telegram_updates import body, tap_for, update_for
from channels.port import Channel, RawRequest
from channels.telegram.bot import Telegram
from channels.telegram.settings import TelegramSettings
from handoff.arrivals import Arrivals
from handoff.fates import Fates
from handoff.inbox import Inbox
from handoff.ledger import Ledger, StoreBusy
from handoff.model import AuthorKind
from handoff.polling import MOST_TRIES, Poller
from handoff.provider_side import provider_side
from handoff.testing import Bench

pytestmark = pytest.mark.contract

TOKEN = "7310000001:sleutel_van_de_proef"
ADA = 610_077


class TroubledArrivals(Arrivals):
    """The way in, where things go wrong as often as the test wants it."""

    def __init__(self, inbox: Inbox, fates: Fates) -> None:
        super().__init__(inbox, fates)
        self.troubles: list[Exception] = []

    async def take(self, channel: Channel, raw: RawRequest) -> None:
        if self.troubles:
            raise self.troubles.pop(0)
        await super().take(channel, raw)


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
        self.arrivals = TroubledArrivals(hub.inbox, fates)
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


async def test_what_was_not_stored_is_fetched_again(scene: Scene) -> None:
    for no, text in enumerate(("de kraan", "lekt"), start=7):
        scene.telegram.put(update_for(text, ADA, no))
    scene.arrivals.troubles = [StoreBusy(), RuntimeError("stuk")]
    await scene.poller.round()
    await scene.poller.round()
    assert await scene.said() == []
    assert len(scene.telegram.waiting) == 2
    await scene.poller.round()
    assert await scene.said() == ["de kraan", "lekt"]
    assert scene.waited == [1.0, 1.0]


async def test_an_update_that_breaks_us_every_time_does_not_hold_back_the_others(
    scene: Scene,
) -> None:
    scene.telegram.put(update_for("breekt", ADA, 7))
    scene.telegram.put(update_for("hallo", ADA + 1, 8))
    scene.arrivals.troubles = [RuntimeError("stuk") for _ in range(MOST_TRIES)]
    for _ in range(MOST_TRIES):
        await scene.poller.round()
    assert await scene.said() == []
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


async def test_beside_the_worker_it_connects_fetches_and_stops_with_the_product(
    scene: Scene,
) -> None:
    scene.telegram.webhook = {"url": "https://elders.example"}
    scene.telegram.put(update_for("mijn kraan lekt", ADA, 7))
    hub = scene.bench.product
    with hub.hints.listening() as ear:
        async with provider_side(hub, scene.arrivals, ""):
            assert await ear.next(10) is not None
    assert await scene.said() == ["mijn kraan lekt"]
    assert scene.telegram.webhook == {}
    fetched = len(scene.calls("getUpdates"))
    scene.telegram.put(update_for("en nu?", ADA, 8))
    await scene.bench.work()
    assert len(scene.calls("getUpdates")) == fetched
