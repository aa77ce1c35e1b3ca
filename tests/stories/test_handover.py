"""The main job through the true app: ask, answer, ask for a person, take over, hand back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from handoff.clock import TestClock
from handoff.testing import Bench, StaffSide, TenantSide, start_bench, unique

pytestmark = pytest.mark.stories


def authors(events: list[dict[str, object]]) -> list[object]:
    return [event["author"] for event in events]


async def asked_something(bench: Bench) -> None:
    """Until the assistant has the question (and, with a gate, holds its answer)."""
    while not bench.assistant.asked:  # noqa: ASYNC110 - a fake without an event of its own
        await asyncio.sleep(0)


async def test_first_words_say_that_it_is_a_digital_assistant(bench: Bench) -> None:
    tenant = await bench.tenant()
    (first,) = await tenant.events()
    assert first["seq"] == 1 and first["author"] == "bot"
    assert "digitale assistent" in first["text"]
    assert len(first["choices"]) == 3


async def test_a_question_is_answered(bench: Bench) -> None:
    tenant = await bench.tenant()
    (answer,) = await tenant.ask("wanneer moet ik de huur betalen")
    assert answer["author"] == "bot" and "1e van de maand" in answer["text"]
    assert answer["seq"] == 3


async def test_a_quick_reply_is_asked_by_reference(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("wanneer moet ik de huur betalen")
    await tenant.choose("Hoe kan ik betalen?")
    await bench.work()
    assert "incasso" in (await tenant.events())[-1]["text"]
    assert bench.assistant.asked[-1].payload == "/rent_payment_methods"


async def test_not_sure_asks_back_once_and_then_hands_over(bench: Bench) -> None:
    tenant = await bench.tenant()
    (asked_back,) = await tenant.ask("blub")
    titles = [choice["title"] for choice in asked_back["choices"]]
    assert len(titles) == 4 and titles[-1] == "Iets anders"
    (handed_over,) = await tenant.ask("blub blub")
    assert handed_over["state"] == "waiting"
    assert "verbind u door" in handed_over["text"]


async def test_something_else_hands_over(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("blub")
    await tenant.choose("Iets anders")
    await bench.work()
    assert await tenant.state() == "waiting"


async def test_an_answer_in_between_gives_a_fresh_chance(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("blub")
    await tenant.ask("huur betalen")
    (again,) = await tenant.ask("blub")
    assert again["author"] == "bot" and again["choices"]


@pytest.mark.parametrize("text", ["xx-fout", "xx-stil", "xx-leeg"])
async def test_every_failure_of_the_assistant_ends_with_a_person(bench: Bench, text: str) -> None:
    tenant = await bench.tenant()
    (notice,) = await tenant.ask(text)
    assert notice["state"] == "waiting"
    assert "bewaard" in notice["text"]


async def test_the_permanent_button_works_without_the_assistant(bench: Bench) -> None:
    tenant = await bench.tenant()
    body = {"client_msg_id": unique(), "choice_id": "medewerker"}
    assert (await tenant.post(body)).status_code == 202
    assert await tenant.state() == "waiting"
    assert bench.assistant.asked == []


async def test_a_topic_that_needs_a_person_is_answered_and_handed_over(bench: Bench) -> None:
    tenant = await bench.tenant()
    answer, notice = await tenant.ask("ik heb een klacht")
    assert answer["author"] == "bot" and notice["state"] == "waiting"
    staff = await bench.staff()
    (listed,) = await staff.listed()
    assert listed["queue"] == "klachten"


async def test_outside_opening_hours_a_concrete_moment_is_promised() -> None:
    friday_evening = TestClock(datetime(2026, 11, 27, 20, 0, tzinfo=UTC))
    bench = await start_bench(clock=friday_evening)
    tenant = await bench.tenant()
    notice = (await tenant.ask("ik wil een medewerker"))[-1]
    assert "maandag 30 november tussen 08.30 en 08.45 uur" in notice["text"]
    briefing = (await (await bench.staff()).open(tenant.id))["briefing"]
    assert briefing["promises"][0]["due_at"].startswith("2026-11-30T07:45")
    await bench.product.stop()


async def test_the_whole_hand_over_and_back(bench: Bench) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    await tenant.ask("mijn kraan lekt")
    await tenant.ask("keuken")
    assert await tenant.state() == "waiting"
    story = await staff.open(tenant.id)
    assert story["briefing"]["reason"] == "policy"
    fields = {f["slot"]: f["value"] for f in story["briefing"]["form"]["fields"]}
    assert fields == {
        "repair_room": "keuken",
        "repair_element": "kraan",
        "repair_defect": "lekt",
    }
    assert (await staff.step(tenant.id, "take")).status_code == 200
    assert (await staff.say(tenant.id, "Ik maak een afspraak voor u.")).status_code == 201
    assert (await staff.note(tenant.id, "Monteur gebeld")).status_code == 201
    events = await tenant.events()
    assert events[-1]["author"] == "agent" and events[-1]["name"] == "Fatma"
    assert all("Monteur" not in event["text"] for event in events)
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert (await staff.step(tenant.id, "release")).status_code == 200
    (answer,) = await tenant.ask("wanneer moet ik de huur betalen")
    assert answer["author"] == "bot"


async def test_the_main_job_on_postgresql(postgres: Callable[[], str]) -> None:
    bench = await start_bench(database_url=postgres())
    tenant, staff = await bench.tenant(), await bench.staff()
    assert (await tenant.ask("wanneer moet ik de huur betalen"))[0]["author"] == "bot"
    body = {"client_msg_id": unique(), "text": "ik wil een medewerker"}
    answers = await asyncio.gather(*(tenant.post(body) for _ in range(20)))
    assert {(answer.status_code, answer.json()["seq"]) for answer in answers} == {(202, 4)}
    await bench.work()
    taken = await asyncio.gather(*(staff.step(tenant.id, "take") for _ in range(5)))
    assert {answer.status_code for answer in taken} == {200}
    assert (await staff.say(tenant.id, "Dag.")).status_code == 201
    events = await tenant.events()
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert events[-1]["author"] == "agent"
    await bench.product.stop()


async def test_two_people_cannot_take_the_same_one(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("ik wil een medewerker")
    fatma, joost = await bench.staff("fatma"), await bench.staff("fatma2")
    answers = await asyncio.gather(fatma.step(tenant.id, "take"), joost.step(tenant.id, "take"))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    (lost,) = [answer.json() for answer in answers if answer.status_code == 409]
    assert lost["error"]["code"] == "held_by_other"
    assert lost["error"]["held_by"]["name"] in lost["error"]["message"]


async def test_only_the_holder_may_speak(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("ik wil een medewerker")
    fatma, joost = await bench.staff("fatma"), await bench.staff("fatma2")
    refused = await fatma.say(tenant.id, "hoi")
    assert refused.status_code == 409 and refused.json()["error"]["code"] == "not_holder"
    await joost.step(tenant.id, "take")
    refused = await fatma.say(tenant.id, "hoi")
    assert refused.json()["error"]["held_by"]["name"] == "Joost"


async def test_a_step_on_an_old_term_is_refused(bench: Bench) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    await tenant.ask("ik wil een medewerker")
    (listed,) = await staff.listed()
    await staff.step(tenant.id, "take", term=listed["term"])
    refused = await staff.step(tenant.id, "release", term=listed["term"])
    assert refused.status_code == 409 and refused.json()["error"]["code"] == "stale_term"


async def test_bot_reply_is_withheld_after_an_agent_took_over(bench: Bench) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    bench.assistant.gate = asyncio.Event()
    seq = await tenant.say("wanneer moet ik de huur betalen")
    turn = asyncio.create_task(bench.work())
    await asked_something(bench)
    assert (await staff.step(tenant.id, "take")).status_code == 200
    bench.assistant.gate.set()
    await turn
    assert authors(await tenant.events(seq)) == ["system"]
    kinds = [message["kind"] for message in (await staff.open(tenant.id))["messages"]]
    assert kinds[-1] == "withheld"


async def test_the_assistant_is_silent_while_a_person_holds(bench: Bench) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    await tenant.ask("ik wil een medewerker")
    await staff.step(tenant.id, "take")
    assert await tenant.ask("wanneer moet ik de huur betalen") == []


async def test_a_waiting_tenant_hears_once_that_messages_are_read(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("ik wil een medewerker")
    (told,) = await tenant.ask("nog iets: het is dringend")
    assert told["author"] == "system"
    assert await tenant.ask("en nog iets") == []


async def test_a_message_after_closing_opens_the_conversation_again(bench: Bench) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    await tenant.ask("ik wil een medewerker")
    await staff.step(tenant.id, "take")
    await staff.step(tenant.id, "close")
    assert await tenant.state() == "closed"
    reopened, answer = await tenant.ask("wanneer moet ik de huur betalen")
    assert reopened["state"] == "bot" and answer["author"] == "bot"


async def test_messages_during_a_turn_are_answered_together_afterwards(bench: Bench) -> None:
    tenant = await bench.tenant()
    bench.assistant.gate = asyncio.Event()
    await tenant.say("hallo")
    turn = asyncio.create_task(bench.work())
    await asked_something(bench)
    await tenant.say("huur")
    await tenant.say("wanneer betalen")
    bench.assistant.gate.set()
    await turn
    assert [ask.text for ask in bench.assistant.asked] == ["hallo", "huur\nwanneer betalen"]


async def test_after_hand_back_rasa_starts_a_fresh_conversation(bench: Bench) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    await tenant.ask("mijn kraan lekt")
    first = bench.assistant.asked[-1].session
    await tenant.post({"client_msg_id": unique(), "choice_id": "medewerker"})
    await _take_and_release(staff, tenant)
    await tenant.ask("hallo")
    ask = bench.assistant.asked[-1]
    assert ask.session != first
    assert ask.carry.slots["repair_element"] == "kraan" and ask.carry.active_form is None


async def _take_and_release(staff: StaffSide, tenant: TenantSide) -> None:
    await staff.step(tenant.id, "take")
    await staff.step(tenant.id, "release")
