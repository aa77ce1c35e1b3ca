"""Calls through the true app: what a caller hears, when a person is rung, what staff can read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from channels.fakes.phone import FakeCall, Now
from channels.fakes.twilio_webhooks import SignedForm, signed
from channels.port import Capabilities, Inbound
from handoff.app import make_app
from handoff.clock import TestClock
from handoff.inbox import Accepted, Inbox, Meaning
from handoff.ledger import Ledger, StoreBusy
from handoff.model import Message
from handoff.testing import PASSWORD, Bench, StaffSide, new_client, start_bench

pytestmark = pytest.mark.stories

ACCOUNT, TOKEN = "AC" + "0" * 31 + "1", "geheim-van-de-proef"
BASE, STAFF = "https://balie.example", "+31850009999"
START, STATUS = f"{BASE}/channels/phone", f"{BASE}/channels/phone/status"
SUNDAY = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
RENT = "wanneer moet ik de huur betalen"


@dataclass
class Scene:
    """The product with a phone line, working in the background as it does when it runs."""

    bench: Bench

    def call(self, **changes: Any) -> FakeCall:
        return FakeCall(self.post, START, ACCOUNT, TOKEN, **changes)

    async def post(self, form: SignedForm) -> tuple[int, str]:
        asked = urlsplit(form.url)
        path = f"{asked.path}?{asked.query}" if asked.query else asked.path
        answer = await self.bench.client.post(path, content=form.body, headers=dict(form.headers))
        return answer.status_code, answer.text

    async def log(self, call: FakeCall) -> list[Message]:
        def work(ledger: Ledger) -> list[Message]:
            talk = ledger.conversations.latest_at("phone", call.call_sid)
            return list(ledger.messages.after(talk.id, 0)) if talk else []

        return await self.bench.product.store.read(work)

    async def said(self, call: FakeCall) -> list[str]:
        """What the caller said, as it is kept."""
        return [one.text for one in await self.log(call) if one.author.kind == "tenant"]

    async def notes(self, call: FakeCall) -> str:
        return " ".join(one.text for one in await self.log(call) if one.kind == "note")

    async def state(self, call: FakeCall) -> str:
        store = self.bench.product.store
        talk = await store.read(lambda one: one.conversations.latest_at("phone", call.call_sid))
        return talk.state.value if talk else "none"

    async def staff(self) -> StaffSide:
        transport = httpx.ASGITransport(self.bench.app)
        client = httpx.AsyncClient(transport=transport, base_url=BASE, headers={"Origin": BASE})
        login = {"login": "fatma", "password": PASSWORD}
        assert (await client.post("/console/api/login", json=login)).status_code == 200
        return StaffSide(client)

    async def close(self) -> None:
        if self.bench.assistant.gate is not None:
            self.bench.assistant.gate.set()
        await self.bench.client.aclose()
        await self.bench.product.stop()


class Opener:
    """Opens a phone line with settings of a test's own."""

    def __init__(self, environment: pytest.MonkeyPatch) -> None:
        self._environment = environment
        self._scenes: list[tuple[Scene, asyncio.Task[None]]] = []

    async def __call__(self, at: datetime | None = None, **phone: str) -> Scene:
        settings = {"STAFF_NUMBER": STAFF, "VOICE": "Polly.Laura-Neural", **phone}
        self._environment.setenv("TWILIO__ACCOUNT_SID", ACCOUNT)
        self._environment.setenv("TWILIO__AUTH_TOKEN", TOKEN)
        for name, value in settings.items():
            self._environment.setenv(f"PHONE__{name}", value)
        clock = TestClock(at) if at else None
        bench = await start_bench(clock=clock, public_base_url=BASE)
        scene = Scene(bench)
        self._scenes.append((scene, bench.product.worker.run_in_background()))
        return scene

    async def close(self) -> None:
        for scene, working in self._scenes:
            await scene.close()
            await working


@pytest.fixture
async def opened(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Opener]:
    opener = Opener(monkeypatch)
    yield opener
    await opener.close()


@pytest.fixture
async def scene(opened: Opener) -> Scene:
    return await opened()


async def test_the_first_words_say_that_it_is_a_digital_assistant(scene: Scene) -> None:
    call = scene.call()
    first = " ".join(await call.dials())
    assert "digitale assistent, geen mens" in first and "Druk op 0" in first
    assert call.now is Now.LISTENING
    assert await scene.log(call) == []


async def test_a_question_is_answered_with_the_spoken_answer(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    answer = await call.says(RENT)
    assert answer[0].startswith("U betaalt de huur vooruit")
    assert answer[1] == "Druk op 1 voor: Hoe kan ik betalen?"
    assert scene.bench.assistant.asked[-1].channel == "voice"
    assert call.now is Now.LISTENING and call.redirects == 0


async def test_a_key_is_the_choice_that_was_spoken(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    await call.says(RENT)
    assert "incasso" in " ".join(await call.presses("1"))
    assert scene.bench.assistant.asked[-1].payload == "/rent_payment_methods"


async def test_an_answer_is_heard_once_and_the_next_one_alone(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    await call.says("hallo")
    answer = " ".join(await call.says(RENT))
    assert "Hallo" not in answer and "vooruit" in answer


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


async def test_0_rings_a_person_and_the_conversation_is_at_the_desk_already(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    await call.says(RENT)
    said = await call.presses("0")
    assert said[-1].startswith("Ik verbind u door")
    assert (call.now, call.rang) == (Now.RINGING, STAFF)
    assert await scene.state(call) == "waiting"
    assert "+31600000001" in await scene.notes(call)


async def test_a_person_who_took_the_call_ends_it(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    await call.presses("0")
    assert await call.ringing_ends("completed") == ["Dank u voor het bellen. Tot ziens."]
    assert call.now is Now.ENDED
    assert "doorverbonden" in await scene.notes(call)


async def test_when_nobody_takes_the_call_a_time_is_promised(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    await call.presses("0")
    said = " ".join(await call.ringing_ends("no-answer"))
    assert "niemand vrij" in said and "belt u terug" in said and "vandaag voor" in said
    assert call.now is Now.LISTENING
    assert "terugbellen op +31600000001" in await scene.notes(call)


async def test_outside_opening_hours_the_promise_is_spoken_and_nobody_is_rung(
    opened: Opener,
) -> None:
    scene = await opened(at=SUNDAY)
    call = scene.call()
    await call.dials()
    said = " ".join(await call.presses("0"))
    assert "Ons kantoor is nu dicht" in said and "morgen voor" in said
    assert call.rang == "" and call.now is Now.LISTENING
    assert await scene.state(call) == "waiting"


async def test_a_hidden_number_gets_a_reference_and_no_promise_of_a_call(opened: Opener) -> None:
    scene = await opened(at=SUNDAY)
    call = scene.call(caller="+266696687")
    await call.dials()
    said = " ".join(await call.presses("0"))
    assert "niet terugbellen" in said and "kenmerk: T B " in said and "belt u terug" not in said
    assert "zonder zichtbaar nummer" in await scene.notes(call)


async def test_without_a_number_of_staff_a_person_is_promised(opened: Opener) -> None:
    scene = await opened(STAFF_NUMBER="")
    call = scene.call()
    await call.dials()
    said = " ".join(await call.says("ik wil een medewerker"))
    assert "binnen" in said and "belt u terug" in said
    assert call.rang == ""


async def test_danger_is_answered_with_the_safety_text_and_then_a_person(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    said = " ".join(await call.says("ik ruik gas in de keuken", confidence=0.31))
    assert "112" in said and "Ik verbind u door" in said
    assert call.now is Now.RINGING
    assert scene.bench.assistant.asked == []


async def test_unclear_words_are_asked_for_once_and_not_kept(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    assert "niet goed verstaan" in (await call.says("de uur bestaan", confidence=0.3))[0]
    assert await scene.said(call) == []
    assert "vooruit" in " ".join(await call.says(RENT, confidence=0.4))
    assert await scene.said(call) == [RENT]


async def test_words_without_a_confidence_are_taken(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    assert "vooruit" in " ".join(await call.says(RENT, confidence=None))


async def test_silence_brings_a_question_then_the_keys_then_a_person(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    assert "Ik hoor niets" in (await call.is_silent())[0]
    assert "Druk op 0" in (await call.is_silent())[0]
    assert await scene.log(call) == []
    assert "Ik verbind u door" in " ".join(await call.is_silent())
    assert call.now is Now.RINGING


async def test_who_says_something_starts_again_with_silences(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    await call.is_silent()
    await call.is_silent()
    await call.says(RENT)
    assert "Ik hoor niets" in (await call.is_silent())[0]


async def test_silence_after_the_promise_ends_the_call(opened: Opener) -> None:
    scene = await opened(at=SUNDAY)
    call = scene.call()
    await call.dials()
    await call.presses("0")
    await call.is_silent()
    assert "Tot ziens" in (await call.is_silent())[0]
    assert call.now is Now.ENDED


@pytest.mark.parametrize("words", ["Herhaal.", "Kunt u dat nog een keer zeggen?", "Jeszcze raz"])
async def test_the_last_answer_is_said_again(scene: Scene, words: str) -> None:
    call = scene.call()
    await call.dials()
    answer = await call.says(RENT)
    assert await call.says(words) == answer
    assert "incasso" in " ".join(await call.presses("1"))
    assert await scene.said(call) == [RENT, "Hoe kan ik betalen?"]


async def test_before_the_first_words_the_greeting_is_said_again(scene: Scene) -> None:
    call = scene.call()
    greeting = await call.dials()
    assert await call.says("nog een keer") == greeting


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


async def test_a_line_in_another_language_is_not_spoken(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    said = await call.says("when do I have to pay the rent please huur betalen")
    assert "vooruit" in " ".join(said) and "Type" not in " ".join(said)
    assert "A person can help you" in " ".join(one.text for one in await scene.log(call))


async def test_what_a_person_types_is_spoken_as_soon_as_the_caller_is_silent(
    opened: Opener,
) -> None:
    scene = await opened(STAFF_NUMBER="")
    call = scene.call()
    await call.dials()
    await call.presses("0")
    staff = await scene.staff()
    id = (await scene.log(call))[0].conversation
    assert (await staff.step(id, "take")).status_code == 200
    await staff.say(id, "Goedemorgen, ik kijk met u mee.")
    said = await call.is_silent()
    assert said[-1] == "Goedemorgen, ik kijk met u mee."
    assert "Ik geef het door" in (await call.says("dank u wel"))[0]


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
