"""A text with the summary after a call: offered once, sent once, only when the caller agrees."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from channels.fakes.phone import Now
from channels.port import OptOut, Wish
from handoff.ledger import Ledger
from handoff.model import Message
from handoff.testing import PhoneSide
from tests.stories.phone.scene import RENT, STATUS, SUNDAY, Opener, Scene

pytestmark = pytest.mark.stories
MOBILE = "+31612345678"


class Texting:
    """A scene on a Sunday with texts switched on, and what arrived at the caller's number."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.side = PhoneSide(scene.bench, "sms", MOBILE)

    async def texts(self) -> list[str]:
        """All that arrived, when nothing is on its way any more."""
        store = self.scene.bench.product.store
        async with asyncio.timeout(10):
            while await store.read(self._undone):  # noqa: ASYNC110
                await asyncio.sleep(0)
        return self.side.line.sent

    def _undone(self, ledger: Ledger) -> int:
        talk = ledger.conversations.latest_at("sms", MOBILE)
        return ledger.jobs.undone(talk.id) if talk else 0

    async def notes(self, call_sid: str) -> list[str]:
        call = self.scene.call(call_sid=call_sid)
        return [one.text for one in await self.scene.log(call) if one.kind == "note"]


@pytest.fixture
async def texting(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Texting]:
    monkeypatch.setenv("SMS__SENDER", "+31970000001")
    yield Texting(await opened(at=SUNDAY))


async def test_a_caller_who_agrees_gets_what_was_promised_in_a_text(texting: Texting) -> None:
    call = texting.scene.call(caller=MOBILE)
    await call.dials()
    assert "sms sturen" in (await call.presses("0"))[-1]
    assert "U krijgt zo een sms" in (await call.says("ja graag"))[0]
    (text,) = await texting.texts()
    reference = (await texting.scene.talk(call)).reference
    assert "digitale assistent" in text and reference in text
    assert "morgen tussen 08.30 en 10.30 uur" in text
    assert await texting.scene.said(call) == ["Ik wil een medewerker"]
    assert any("wil de sms" in one for one in await texting.notes(call.call_sid))


@pytest.mark.parametrize("answer", ["nee dank u", "nee"])
async def test_who_says_no_gets_nothing_and_is_not_asked_again(
    texting: Texting, answer: str
) -> None:
    call = texting.scene.call(caller=MOBILE)
    await call.dials()
    await call.presses("0")
    assert "stuur ik niets" in (await call.says(answer))[0]
    assert "sms" not in " ".join(await call.presses("0"))
    assert await texting.texts() == []


async def test_a_yes_that_comes_twice_is_one_text(texting: Texting) -> None:
    call = texting.scene.call(caller=MOBILE)
    await call.dials()
    offered = await call.presses("0")
    assert await call.is_asked_again() == offered
    said = await call.presses("1")
    assert await call.is_asked_again() == said
    assert len(await texting.texts()) == 1


async def test_another_question_is_no_consent(texting: Texting) -> None:
    call = texting.scene.call(caller=MOBILE)
    await call.dials()
    await call.presses("0")
    await call.says("ja en hoe laat gaan jullie morgen open")
    assert await texting.texts() == []


async def test_an_unclear_yes_is_asked_for_again_and_sends_nothing(texting: Texting) -> None:
    call = texting.scene.call(caller=MOBILE)
    await call.dials()
    await call.presses("0")
    assert "niet goed verstaan" in (await call.says("ja", confidence=0.2))[0]
    assert await texting.texts() == []


@pytest.mark.parametrize("number", ["+31101234567", "+4915112345678", "+31970123456", "anonymous"])
async def test_only_dutch_mobile_numbers_are_offered_a_text(texting: Texting, number: str) -> None:
    call = texting.scene.call(caller=number)
    await call.dials()
    assert "sms" not in " ".join(await call.presses("0"))


async def test_who_wants_no_texts_is_not_offered_one(texting: Texting) -> None:
    await texting.side.sends(OptOut(Wish.STOP))
    call = texting.scene.call(caller=MOBILE)
    await call.dials()
    assert "sms" not in " ".join(await call.presses("0"))


async def test_a_stop_between_offer_and_yes_is_kept(texting: Texting) -> None:
    call = texting.scene.call(caller=MOBILE)
    await call.dials()
    await call.presses("0")
    await texting.side.sends(OptOut(Wish.STOP))
    assert "lukt nu niet" in (await call.says("ja"))[0]
    assert await texting.texts() == []


async def test_without_texts_switched_on_none_is_offered(opened: Opener) -> None:
    scene = await opened(at=SUNDAY)
    call = scene.call(caller=MOBILE)
    await call.dials()
    assert "sms" not in " ".join(await call.presses("0"))


async def test_a_goodbye_without_anything_to_keep_ends_the_call(texting: Texting) -> None:
    call = texting.scene.call(caller=MOBILE)
    await call.dials()
    await call.says(RENT)
    assert await call.says("Dank u wel, tot ziens.") == ["Dank u voor het bellen. Tot ziens."]
    assert call.now is Now.ENDED


async def test_who_hangs_up_at_the_offer_gets_no_text_and_keeps_the_promise(
    texting: Texting,
) -> None:
    call = texting.scene.call(caller=MOBILE)
    await call.dials()
    await call.presses("0")
    assert await call.hangs_up(STATUS) == 204
    assert await texting.texts() == []
    (promise,) = await texting.scene.promises(call)
    assert promise.text.startswith(f"Terugbellen op {MOBILE}, morgen tussen")


async def test_the_text_lands_in_the_talk_that_is_there_already(texting: Texting) -> None:
    await texting.side.ask("hallo")
    call = texting.scene.call(caller=MOBILE)
    await call.dials()
    await call.presses("0")
    await call.says("ja")
    await texting.texts()
    log: list[Message] = await texting.side.log()
    assert log[1].text == "hallo" and "U belde ons" in log[-1].text
