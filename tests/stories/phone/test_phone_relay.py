"""Calls over ConversationRelay: the same turns, over a WebSocket on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from channels.fakes.phone import FakeCall, Now
from channels.fakes.phone_relay import (
    FakeRelay,
    OpenRelay,
    RelayRefused,
    relay_behind,
    relay_signature,
)
from handoff.model import Message
from tests.serving import serving
from tests.stories.phone.scene import ACCOUNT, BASE, RENT, STAFF, STATUS, TOKEN, Opener, Scene

pytestmark = pytest.mark.stories
HERE = f"wss://{BASE.removeprefix('https://')}/channels/phone/relay/1"


class Relayed:
    """A scene in mode relay, with its WebSocket on loopback."""

    def __init__(self, scene: Scene, open_relay: OpenRelay) -> None:
        self.scene = scene
        self.open_relay = open_relay

    def call(self, **changes: str) -> FakeCall:
        return self.scene.call(open_relay=self.open_relay, **changes)

    async def texts(self, call: FakeCall) -> list[Message]:
        return [one for one in await self.scene.log(call) if one.kind == "text"]


@pytest.fixture
async def relayed(opened: Opener) -> AsyncIterator[Relayed]:
    scene = await opened(MODE="relay")
    async with serving(scene.bench.app) as server:
        yield Relayed(scene, relay_behind(BASE, server.url))


async def test_a_question_is_answered_over_the_stream(relayed: Relayed) -> None:
    call = relayed.call()
    (greeting,) = await call.dials()
    assert "digitale assistent, geen mens" in greeting and "Druk op nul" in greeting
    answer = await call.says(RENT)
    assert "vooruit" in answer[0] and answer[-1] == "Druk op één voor: Hoe kan ik betalen?"
    assert "incasso" in " ".join(await call.presses("1"))
    assert await relayed.scene.said(call) == [RENT, "Hoe kan ik betalen?"]
    await call.hangs_up(STATUS)


async def test_0_ends_the_stream_and_rings_a_person_who_can_read_it_already(
    relayed: Relayed,
) -> None:
    call = relayed.call()
    await call.dials()
    await call.says(RENT)
    said = await call.presses("0")
    assert said[-1].startswith("Ik verbind u door")
    assert (call.now, call.rang, call.relay) == (Now.RINGING, STAFF, None)
    assert await relayed.scene.state(call) == "waiting"
    again = " ".join(await call.ringing_ends("no-answer"))
    assert "niemand vrij" in again and call.relay is not None
    assert "opgeschreven" in " ".join(await call.says("het is dringend"))
    await call.hangs_up(STATUS)


async def test_danger_is_spoken_whole_before_a_person_is_rung(relayed: Relayed) -> None:
    call = relayed.call()
    await call.dials()
    said = " ".join(await call.says("ik ruik gas in de keuken"))
    assert "één één twee" in said and call.now is Now.RINGING


async def test_a_goodbye_ends_the_call(relayed: Relayed) -> None:
    call = relayed.call()
    await call.dials()
    assert await call.says("tot ziens") == ["Dank u voor het bellen. Tot ziens."]
    assert call.now is Now.ENDED


async def test_a_stream_that_breaks_off_goes_on_without_one(relayed: Relayed) -> None:
    call = relayed.call()
    await call.dials()
    answer = await call.says(RENT)
    assert await call.loses_the_stream() == answer
    assert (call.now, call.relay) == (Now.LISTENING, None)
    assert "incasso" in " ".join(await call.presses("1"))


async def test_a_slow_answer_is_bridged_on_the_same_stream(opened: Opener) -> None:
    scene = await opened(MODE="relay", ANSWER_SECONDS="0.05")
    scene.bench.assistant.gate = gate = asyncio.Event()
    async with serving(scene.bench.app) as server:
        call = scene.call(open_relay=relay_behind(BASE, server.url))
        await call.dials()
        assert call.relay is not None
        await call.relay.tell("prompt", voicePrompt=RENT, lang="nl-NL", last=True)
        bridge = await call.relay.line.receive()
        assert bridge is not None and "Een ogenblik" in bridge and '"last": false' in bridge
        gate.set()
        assert "vooruit" in " ".join(await call.relay.hears())
        await call.hangs_up(STATUS)


async def test_what_is_strange_is_passed_over_and_the_talk_goes_on(relayed: Relayed) -> None:
    call = relayed.call()
    await call.dials()
    assert call.relay is not None
    for strange in ("", "[]", "{", '{"type": "prompt", "voicePrompt": 7}', "[" * 5_000):
        await call.relay.line.send(strange)
    await call.relay.tell("prompt", voicePrompt="wanneer moet", lang="nl-NL", last=False)
    await call.relay.tell("dtmf", digit="*")
    await call.relay.tell("error", description="a word was lost")
    await call.relay.tell("interrupt", utteranceUntilInterrupt="Welkom", durationUntilInterruptMs=9)
    await call.relay.tell("something_new", value=1)
    assert "vooruit" in " ".join(await call.says(RENT))
    assert await relayed.scene.said(call) == [RENT]
    await call.hangs_up(STATUS)


async def test_staff_know_when_a_safety_text_was_talked_through(opened: Opener) -> None:
    scene = await opened(MODE="relay", STAFF_NUMBER="")
    async with serving(scene.bench.app) as server:
        call = scene.call(open_relay=relay_behind(BASE, server.url))
        await call.dials()
        await call.says("ik ruik gas in de keuken")
        assert call.relay is not None
        await call.relay.tell("interrupt", utteranceUntilInterrupt="Ruikt u")
        await call.says("hallo")
        assert "door de veiligheidstekst heen" in await scene.notes(call)
        await call.hangs_up(STATUS)


@pytest.mark.parametrize("signed_for", ["wss://elders.example/x", f"{HERE}?call=CA-other", ""])
async def test_a_stream_that_was_not_signed_for_its_address_is_not_opened(
    relayed: Relayed, signed_for: str
) -> None:
    signature = relay_signature(signed_for, TOKEN) if signed_for else ""
    with pytest.raises(RelayRefused, match="403"):
        await relayed.open_relay(f"{HERE}?call=CA-mine", signature)


@pytest.mark.parametrize(
    ("call_sid", "account"), [("CA-other", ACCOUNT), ("CA-mine", "AC" + "9" * 32)]
)
async def test_a_stream_of_another_call_or_account_is_closed(
    relayed: Relayed, call_sid: str, account: str
) -> None:
    url = f"{HERE}?call=CA-mine"
    relay = FakeRelay(await relayed.open_relay(url, relay_signature(url, TOKEN)))
    await relay.set_up(call_sid, account, "+31612345678")
    if account != ACCOUNT:  # its setup is not understood, and words are no setup
        await relay.tell("prompt", voicePrompt=RENT, last=True)
    assert await relay.hears() == [] and relay.ended


async def test_in_mode_gather_there_is_no_websocket(opened: Opener) -> None:
    scene = await opened()
    async with serving(scene.bench.app) as server:
        url = f"{HERE}?call=CA-mine"
        with pytest.raises(RelayRefused):
            await relay_behind(BASE, server.url)(url, relay_signature(url, TOKEN))
