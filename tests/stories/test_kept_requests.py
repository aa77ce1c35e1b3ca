"""The back office cannot take a request: it is done later, exactly once, and the tenant is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from actions.backoffice.values import NewZaak
from actions.backoffice.verification import RelatieId
from handoff.ledger.kept_requests import KeptState
from tests.kept_requests_scene import CREATE, Scene, start_scene
from tests.stories.test_reading_reports import lead

pytestmark = pytest.mark.stories
STRANGER = RelatieId("relatie-9")


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    made = await start_scene()
    yield made
    await made.close()


async def test_what_was_kept_is_done_when_the_system_is_back_and_told_once(scene: Scene) -> None:
    await scene.keep()
    await scene.keep()  # the same key: the tenant pressed twice
    await scene.later(1)
    assert scene.office.repairs == [] and not scene.told("geregistreerd")
    scene.office.down.clear()
    await scene.later(2)
    (repair,) = scene.office.repairs
    assert scene.told(repair.code) == 1
    await scene.later(600)
    assert scene.told(repair.code) == 1 and len(scene.office.repairs) == 1
    assert (await scene.request()).state is KeptState.DONE


async def test_a_write_of_which_the_answer_was_lost_is_not_done_twice(scene: Scene) -> None:
    scene.office.down.clear()
    scene.office.lost.add(CREATE)
    await scene.keep()
    await scene.later(1)
    assert len(scene.office.repairs) == 1 and not scene.told("geregistreerd")
    scene.office.lost.clear()
    await scene.later(2)
    assert len(scene.office.repairs) == 1
    assert scene.told(scene.office.repairs[0].code) == 1


async def test_a_system_that_does_not_answer_is_down(scene: Scene) -> None:
    scene.office.down.clear()
    scene.office.silent.add(CREATE)
    await scene.keep()
    await scene.later(1)
    assert (await scene.request()).attempts == 1
    scene.office.silent.clear()
    await scene.later(2)
    assert (await scene.request()).state is KeptState.DONE


async def test_tries_come_slower_and_slower_and_then_every_hour(scene: Scene) -> None:
    await scene.keep()
    for tries, minutes in enumerate((1, 2, 5, 10, 30, 60, 60), start=1):
        await scene.later(minutes - 0.1)
        assert scene.office.calls.count(CREATE) == tries - 1
        await scene.later(0.1)
        assert scene.office.calls.count(CREATE) == tries


async def test_the_proof_may_have_ended_by_then(scene: Scene) -> None:
    await scene.keep()
    scene.bench.clock.move(timedelta(minutes=90))
    scene.office.down.clear()
    await scene.later(1)
    assert len(scene.office.repairs) == 1


async def test_after_a_day_a_person_does_it_and_the_tenant_knows(scene: Scene) -> None:
    await scene.keep()
    for hours in (23, 1):
        assert (await scene.request()).state is KeptState.WAITING
        await scene.later(60 * hours)
    assert (await scene.request()).state is KeptState.GIVEN_UP
    assert await scene.phone.state() == "waiting"
    assert scene.told("Een collega doet dit nu voor u") == 1
    assert any("kraan, keuken" in note.text for note in await scene.notes())
    assert await scene.step("done", number="R9001") == 200
    await scene.bench.work()
    assert scene.told("R9001") == 1
    assert await scene.step("done", number="R9001") == 404


async def test_what_the_system_refuses_goes_to_a_person_at_once(scene: Scene) -> None:
    scene.office.down.clear()
    await scene.keep(STRANGER)
    await scene.later(1)
    assert (await scene.request()).state is KeptState.GIVEN_UP
    assert await scene.phone.state() == "waiting"


async def test_nobody_talks_over_a_colleague_who_holds_the_conversation(scene: Scene) -> None:
    await scene.keep()
    talk = await scene.phone.conversation()
    await scene.staff.step(talk.id, "take")
    await scene.bench.work()
    before = len(scene.phone.line.sent)
    scene.office.down.clear()
    await scene.later(1)
    code = scene.office.repairs[0].code
    assert len(scene.phone.line.sent) == before
    assert any(code in note.text and "Vertel dit zelf" in note.text for note in await scene.notes())


async def test_staff_see_what_waits_and_try_now(scene: Scene) -> None:
    await scene.keep()
    await scene.later(1)
    listed = (await scene.staff.client.get("/console/api/kept-requests")).json()["requests"]
    assert [(one["what"], one["state"], one["attempts"]) for one in listed] == [
        ("kraan, keuken: lekt", "waiting", 1)
    ]
    scene.office.down.clear()
    assert await scene.step("try") == 200
    await scene.bench.work()
    assert scene.told(scene.office.repairs[0].code) == 1
    await scene.later(5)
    assert len(scene.office.repairs) == 1
    assert (await scene.staff.client.get("/console/api/kept-requests")).json()["requests"] == []
    assert await scene.step("try") == 404


async def test_the_wallboard_counts_what_waits_and_what_a_person_must_do(scene: Scene) -> None:
    await scene.keep()
    browser = await lead(scene.bench)
    for waiting, given_up in ((1, 0), (0, 1)):
        board = (await browser.get("/console/api/reports/wallboard")).json()
        assert (board["kept_waiting"], board["kept_given_up"]) == (waiting, given_up)
        await scene.later(60 * 23)
        await scene.later(60)
        browser = await lead(scene.bench)  # a session of staff ends while days go by


async def test_trying_now_many_times_makes_no_second_line_of_tries(scene: Scene) -> None:
    await scene.keep()
    for _ in range(3):
        assert await scene.step("try") == 200
    await scene.bench.work()
    tried = scene.office.calls.count(CREATE)
    await scene.later(60)
    assert scene.office.calls.count(CREATE) == tried + 1


async def test_a_case_is_kept_and_told_as_well(scene: Scene) -> None:
    talk = await scene.phone.conversation()
    await scene.keep()
    kept = scene.bench.product.office.kept
    await kept.keep_case(f"{talk.id}.1.0", NewZaak("KLA", "Klacht over de schoonmaak"), "key-2")
    scene.office.down.clear()
    await scene.later(5)
    assert scene.told("Uw verzoek is nu geregistreerd") == 1
    assert scene.told("Uw melding is nu geregistreerd") == 1


async def test_a_request_in_a_long_pause_holds_up_no_other(scene: Scene) -> None:
    await scene.keep()
    for minutes in (1, 2, 5, 10):
        await scene.later(minutes)
    talk = await scene.phone.conversation()  # the repair waits half an hour now
    kept = scene.bench.product.office.kept
    await kept.keep_case(f"{talk.id}.1.0", NewZaak("KLA", "Klacht over de schoonmaak"), "key-2")
    await scene.later(1)
    assert scene.told("Uw verzoek is nu geregistreerd") == 1
    scene.office.down.clear()
    await scene.later(29)
    assert scene.told("Uw melding is nu geregistreerd") == 1
