"""What goes wrong with calls: slow answers, repeated requests, no database, a caller who goes."""

from __future__ import annotations

import asyncio

import pytest

from channels.fakes.phone import FakeCall, Now
from channels.fakes.twilio_webhooks import SignedForm, signed
from channels.port import Capabilities, Inbound
from handoff.app import make_app
from handoff.inbox import Accepted, Inbox, Meaning
from handoff.ledger import StoreBusy
from handoff.testing import Bench, new_client
from tests.stories.phone.scene import ACCOUNT, RENT, STAFF, START, STATUS, Opener, Scene

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


class BusyInbox(Inbox):
    """The database takes nothing now."""

    async def receive(self, inbound: Inbound, capabilities: Capabilities) -> Accepted:
        raise StoreBusy("locked")


def without_a_store(bench: Bench) -> Bench:
    product = bench.product
    product.inbox = BusyInbox(
        product.store, product.counter, product.clock, product.hints, lambda text: Meaning()
    )
    app = make_app(product)
    return Bench(product, app, new_client(app))
