"""What goes wrong with calls: slow answers, repeated requests, no database, a caller who goes."""

from __future__ import annotations

import asyncio

import pytest

from channels.fakes.phone import FakeCall, Now
from channels.fakes.twilio_webhooks import SignedForm, signed
from channels.port import Capabilities, Inbound
from handoff.app import Product, make_app
from handoff.inbox import Accepted, Inbox, Meaning
from handoff.ledger import StoreBusy
from handoff.testing import Bench, new_client
from tests.stories.phone.scene import (
    ACCOUNT,
    RENT,
    STAFF,
    START,
    STATUS,
    SUNDAY,
    TOKEN,
    Opener,
    Scene,
)

pytestmark = pytest.mark.stories


async def test_the_same_request_again_speaks_the_same_and_is_one_turn(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    answer = await call.says(RENT)
    assert await call.is_asked_again() == answer
    assert await scene.said(call) == [RENT]
    assert len(scene.bench.assistant.asked) == 1


async def test_an_old_request_again_does_not_speak_later_answers(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    first = await call.says("hallo")
    old = call.last
    await call.says(RENT)
    call.last = old
    assert await call.is_asked_again() == first


async def test_a_call_that_is_begun_again_goes_on_with_new_turns(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    await call.says("hallo")
    await call.dials()
    assert "vooruit" in " ".join(await call.says(RENT))
    assert await scene.said(call) == ["hallo", RENT]


async def test_a_slow_answer_is_bridged_and_then_spoken(opened: Opener) -> None:
    scene = await opened(ANSWER_SECONDS="0.01")
    scene.bench.assistant.gate = gate = asyncio.Event()
    call = scene.call()

    async def post(form: SignedForm) -> tuple[int, str]:
        if "/wait/" in form.url:
            gate.set()
            await answered(scene, call)
        return await scene.post(form)

    call.post = post
    await call.dials()
    said = await call.says(RENT)
    assert said[0].startswith("Een ogenblik") and "vooruit" in said[1]
    assert call.redirects == 1


async def test_an_answer_that_does_not_come_becomes_a_person(opened: Opener) -> None:
    scene = await opened(ANSWER_SECONDS="0.01")
    scene.bench.assistant.gate = asyncio.Event()
    call = scene.call()
    await call.dials()
    said = await call.says(RENT)
    assert [line[:12] for line in said] == ["Een ogenblik"] * 3 + ["Ik verbind u"]
    assert (call.redirects, call.now) == (3, Now.RINGING)


@pytest.mark.parametrize(("number", "now"), [(STAFF, Now.RINGING), ("", Now.ENDED)])
async def test_a_caller_hears_it_when_nothing_can_be_stored(
    opened: Opener, number: str, now: Now
) -> None:
    scene = await opened(STAFF_NUMBER=number)
    scene.bench = without_a_store(scene.bench)
    call = scene.call()
    await call.dials()
    assert "storing" in (await call.says(RENT))[0]
    assert call.now is now


async def test_a_caller_who_hangs_up_is_in_the_log_once(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    await call.says(RENT)
    assert [await call.hangs_up(STATUS), await call.hangs_up(STATUS)] == [204, 204]
    assert (await scene.notes(call)).count("opgehangen") == 1


async def test_a_request_that_was_not_signed_leaves_nothing(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    fields = {"AccountSid": ACCOUNT, "CallSid": call.call_sid, "SpeechResult": RENT}
    for path in ("", "/turn/1", "/wait/1", "/rung/1", "/status"):
        forged = signed(f"{START}{path}", fields, "een-ander-geheim")
        assert (await scene.post(forged))[0] == 403
    assert await scene.log(call) == []


async def test_without_settings_there_is_no_phone(bench: Bench) -> None:
    assert "phone" not in bench.product.channels
    assert (await bench.client.post("/channels/phone")).status_code == 404


async def answered(scene: Scene, call: FakeCall) -> None:
    """Until the assistant's answer is in the log."""
    while len([one for one in await scene.log(call) if one.kind == "text"]) < 3:  # noqa: ASYNC110
        await asyncio.sleep(0)


class BrokenInbox(Inbox):
    """Nothing is taken now."""

    def __init__(self, product: Product, broken: Exception) -> None:
        parts = (product.store, product.counter, product.clock, product.hints)
        super().__init__(*parts, lambda text: Meaning())
        self._broken = broken

    async def receive(self, inbound: Inbound, capabilities: Capabilities) -> Accepted:
        raise self._broken


def without_a_store(bench: Bench, broken: Exception | None = None) -> Bench:
    product = bench.product
    product.inbox = BrokenInbox(product, broken or StoreBusy("locked"))
    app = make_app(product)
    return Bench(product, app, new_client(app))


async def test_two_calls_of_one_person_at_once_are_two_talks_without_mixed_answers(
    scene: Scene,
) -> None:
    one, other = scene.call(), scene.call()
    await asyncio.gather(one.dials(), other.dials())
    first, second = await asyncio.gather(one.says(RENT), other.says("hallo"))
    assert "vooruit" in " ".join(first) and "Hallo" not in " ".join(first)
    assert "Hallo" in " ".join(second) and "vooruit" not in " ".join(second)
    assert (await scene.said(one), await scene.said(other)) == ([RENT], ["hallo"])
    assert one.now is other.now is Now.LISTENING


async def test_other_words_in_a_turn_that_was_taken_hear_what_the_first_led_to(
    scene: Scene,
) -> None:
    call = scene.call()
    await call.dials()
    answer = await call.says(RENT)
    url = f"{START}/turn/1"
    fields = {"AccountSid": ACCOUNT, "CallSid": call.call_sid, "From": call.caller}
    status, text = await scene.post(signed(url, {**fields, "SpeechResult": "iets"}, TOKEN))
    assert status == 200 and answer[0] in text
    assert await scene.said(call) == [RENT]


async def test_the_end_of_ringing_twice_promises_one_call(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    await call.presses("0")
    said = await call.ringing_ends("no-answer")
    assert await call.is_asked_again() == said
    assert len(await scene.promises(call)) == 1
    assert (await scene.notes(call)).count("terugbellen op") == 1


async def test_who_hangs_up_while_it_rings_is_called_back(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    await call.presses("0")
    assert [await call.hangs_up(STATUS), await call.hangs_up(STATUS)] == [204, 204]
    (promise,) = await scene.promises(call)
    assert promise.text.startswith("Terugbellen op +31600000001, vandaag tussen")
    assert "sprak nog niemand" in await scene.notes(call)


async def test_a_colleague_who_took_the_call_owes_no_call_back(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    await call.presses("0")
    await call.ringing_ends("completed")
    await call.hangs_up(STATUS)
    assert await scene.promises(call) == []
    assert "sprak nog niemand" not in await scene.notes(call)


async def test_a_hidden_number_that_hung_up_is_promised_nothing_that_nobody_can_keep(
    scene: Scene,
) -> None:
    call = scene.call(caller="+266696687")
    await call.dials()
    await call.presses("0")
    await call.hangs_up(STATUS)
    assert await scene.promises(call) == []
    assert "Lees wat er is gezegd" in await scene.notes(call)


async def test_who_hangs_up_while_an_answer_is_made_is_called_back_when_it_asks_a_person(
    opened: Opener,
) -> None:
    scene = await opened(ANSWER_SECONDS="3")
    scene.bench.assistant.gate = gate = asyncio.Event()
    call = scene.call()
    await call.dials()
    turn = asyncio.create_task(call.says("xx-fout"))
    while not await scene.said(call):  # noqa: ASYNC110
        await asyncio.sleep(0)
    gone = asyncio.create_task(call.hangs_up(STATUS))
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(turn, gone)
    (promise,) = await scene.promises(call)
    assert promise.text.startswith("Terugbellen op +31600000001")
    assert "opgehangen" in await scene.notes(call)


async def test_a_caller_hears_it_when_something_nobody_thought_of_breaks(opened: Opener) -> None:
    scene = await opened()
    scene.bench = without_a_store(scene.bench, ZeroDivisionError("never thought of"))
    call = scene.call()
    await call.dials()
    assert "storing" in (await call.says(RENT))[0]
    assert call.now is Now.RINGING


@pytest.mark.parametrize("caller", ["anonymous", "", "+7378742833", "Restricted"])
async def test_no_placeholder_is_taken_for_a_number(opened: Opener, caller: str) -> None:
    scene = await opened(at=SUNDAY)
    call = scene.call(caller=caller)
    await call.dials()
    assert "niet terugbellen" in " ".join(await call.presses("0"))
