"""The second reader against a stand-in on loopback that speaks chat completions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from bot.breaker import Breaker
from bot.masking import Masking
from bot.port import Answer, Ask, AssistantFailed, Band, Guess, Reply
from bot.second_reader import OpenAIReader, ReaderAddress, SecondReading
from bot.signals import SECOND_READER, NotSure

pytestmark = pytest.mark.contract
TITLES = {"rent_payment_date": "Wanneer u de huur betaalt", "repair_leak": "Een lekkage"}
MASKING = Masking.load(Path(__file__).parents[2] / "data" / "masking.yml")


class StandIn:
    """A language model's server that says what it is told to say."""

    def __init__(self) -> None:
        self.says: Any = "repair_leak"
        self.status = 200
        self.waits = 0.0
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []

    async def complete(self, request: web.Request) -> web.Response:
        self.asked.append(await request.json())
        self.keys.append(request.headers.get("Authorization", ""))
        if self.waits:
            await asyncio.sleep(self.waits)
        body = {"choices": [{"message": {"content": self.says}}]}
        return web.json_response(body, status=self.status)


class Unsure:
    """An assistant that is never sure of words, and answers every payload."""

    def __init__(self, band: Band = Band.ASK) -> None:
        self.band = band
        self.asked: list[Ask] = []

    async def reply(self, ask: Ask) -> Answer:
        self.asked.append(ask)
        if ask.payload:
            return Answer((Reply("Zet de hoofdkraan dicht."),), model="m")
        ranking = (Guess("rent_payment_date", 0.4), Guess("repair_leak", 0.3))
        return Answer((), (NotSure(),), ranking, model="m", band=self.band)

    async def ready(self) -> bool:
        return True

    async def close(self) -> None: ...


@pytest_asyncio.fixture
async def stand_in() -> AsyncIterator[tuple[StandIn, str]]:
    model, app = StandIn(), web.Application()
    app.router.add_post("/v1/chat/completions", model.complete)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server is not None
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
    yield model, f"http://127.0.0.1:{port}/v1"
    await runner.cleanup()


def reading(url: str, assistant: Unsure, breaker: Breaker | None = None) -> SecondReading:
    reader = OpenAIReader(ReaderAddress(url, "own-model", "k3y"), "Kies een onderwerp.", breaker)
    return SecondReading(assistant, reader, MASKING, TITLES)


def ask(text: str = "het drupt van boven, bel 0612345678", **more: Any) -> Ask:
    return Ask("t1", "s1", text, "webchat", **more)


async def test_in_the_middle_band_the_picked_topic_is_answered(
    stand_in: tuple[StandIn, str],
) -> None:
    model, url = stand_in
    assistant = Unsure()
    both = reading(url, assistant)
    answer = await both.reply(ask())
    await both.close()
    assert answer.replies[0].text == "Zet de hoofdkraan dicht."
    assert answer.best == Guess("repair_leak", 0.3)
    assert answer.model.endswith(SECOND_READER)
    assert model.keys == ["Bearer k3y"]


async def test_the_reader_gets_masked_words_and_the_names_of_the_topics(
    stand_in: tuple[StandIn, str],
) -> None:
    model, url = stand_in
    both = reading(url, Unsure())
    await both.reply(ask())
    await both.close()
    system, user = (part["content"] for part in model.asked[0]["messages"])
    assert "0612345678" not in str(model.asked)
    assert user.startswith("het drupt van boven")
    assert all(name in system for name in (*TITLES, "none"))


@pytest.mark.parametrize("band", [Band.ANSWER, Band.PERSON])
async def test_outside_the_middle_band_nobody_is_asked(
    stand_in: tuple[StandIn, str], band: Band
) -> None:
    model, url = stand_in
    both = reading(url, Unsure(band))
    await both.reply(ask())
    await both.close()
    assert model.asked == []


@pytest.mark.parametrize("said", ["none", "", "repair_leak because of water", "huur", None, 7])
async def test_anything_but_a_known_topic_changes_nothing(
    stand_in: tuple[StandIn, str], said: object
) -> None:
    model, url = stand_in
    model.says = said
    both = reading(url, Unsure())
    answer = await both.reply(ask())
    await both.close()
    assert answer.signals == (NotSure(),)
    assert SECOND_READER not in answer.model


@pytest.mark.parametrize("status", [401, 429, 500])
async def test_a_failing_reader_means_the_ordinary_path(
    stand_in: tuple[StandIn, str], status: int
) -> None:
    model, url = stand_in
    model.status = status
    both = reading(url, Unsure())
    answer = await both.reply(ask())
    await both.close()
    assert answer.signals == (NotSure(),)


async def test_an_absent_reader_is_left_alone_after_failures_in_a_row() -> None:
    breaker = Breaker(failures=2)
    both = reading("http://127.0.0.1:9/v1", Unsure(), breaker)
    for _ in range(3):
        assert (await both.reply(ask())).signals == (NotSure(),)
    await both.close()
    assert breaker.open


async def test_when_the_assistant_fails_on_the_pick_its_first_answer_stands(
    stand_in: tuple[StandIn, str],
) -> None:
    class Broken(Unsure):
        async def reply(self, ask: Ask) -> Answer:
            if ask.payload:
                raise AssistantFailed("down")
            return await super().reply(ask)

    _, url = stand_in
    both = reading(url, Broken())
    answer = await both.reply(ask())
    await both.close()
    assert answer.signals == (NotSure(),)
