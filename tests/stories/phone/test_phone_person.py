"""A person on the phone: rung in opening hours, promised outside them, answering in the console."""

from __future__ import annotations

import pytest

from channels.fakes.phone import Now
from tests.stories.phone.scene import RENT, STAFF, SUNDAY, Opener, Scene

pytestmark = pytest.mark.stories


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
    assert (
        "niemand vrij" in said
        and "belt u terug" in said
        and "vandaag tussen twaalf uur dertig en veertien uur dertig" in said
    )
    assert call.now is Now.LISTENING
    assert "terugbellen op +31600000001" in await scene.notes(call)


async def test_outside_opening_hours_the_promise_is_spoken_and_nobody_is_rung(
    opened: Opener,
) -> None:
    scene = await opened(at=SUNDAY)
    call = scene.call()
    await call.dials()
    said = " ".join(await call.presses("0"))
    assert "Ons kantoor is nu dicht" in said
    assert "morgen tussen acht uur dertig en tien uur dertig" in said
    assert call.rang == "" and call.now is Now.LISTENING
    assert await scene.state(call) == "waiting"


async def test_a_hidden_number_gets_a_reference_and_no_promise_of_a_call(opened: Opener) -> None:
    scene = await opened(at=SUNDAY)
    call = scene.call(caller="+266696687")
    await call.dials()
    said = " ".join(await call.presses("0"))
    assert "niet terugbellen" in said and "kenmerk: T B, " in said and "belt u terug" not in said
    assert "zonder zichtbaar nummer" in await scene.notes(call)


async def test_without_a_number_of_staff_a_person_is_promised(opened: Opener) -> None:
    scene = await opened(STAFF_NUMBER="")
    call = scene.call()
    await call.dials()
    said = " ".join(await call.says("ik wil een medewerker"))
    assert "medewerker gevraagd" in said and "belt u terug" in said
    assert call.rang == ""


async def test_danger_is_answered_with_the_safety_text_and_then_a_person(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    said = " ".join(await call.says("ik ruik gas in de keuken", confidence=0.31))
    assert "één één twee" in said and "Ik verbind u door" in said
    assert call.now is Now.RINGING
    assert scene.bench.assistant.asked == []


async def test_silence_after_the_promise_ends_the_call(opened: Opener) -> None:
    scene = await opened(at=SUNDAY)
    call = scene.call()
    await call.dials()
    await call.presses("0")
    await call.is_silent()
    assert "Tot ziens" in (await call.is_silent())[0]
    assert call.now is Now.ENDED


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
