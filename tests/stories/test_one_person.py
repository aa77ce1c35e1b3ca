"""One tenant on several channels: joined by a click, undone by a click, answered elsewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from channels.port import DeliveryResult, OptOut, Receipt, Text, Wish
from handoff.ledger import Ledger
from handoff.model import MessageKind
from handoff.store import tables as t
from handoff.store.sql_ledger import SqlLedger
from handoff.testing import Bench, PhoneSide, StaffSide, unique

pytestmark = pytest.mark.stories

ADA = "+31612345678"
BORIS = "+31687654321"
WHY = "de huurder vroeg om een sms"


def on_sms(bench: Bench, number: str = ADA) -> PhoneSide:
    return PhoneSide(bench, "sms", number)


def on_whatsapp(bench: Bench, number: str = ADA) -> PhoneSide:
    return PhoneSide(bench, "whatsapp", f"whatsapp:{number}")


async def id_of(side: PhoneSide) -> str:
    return (await side.conversation()).id


async def person(staff: StaffSide, id: str) -> dict[str, Any]:
    answer = await staff.client.get(f"/console/api/conversations/{id}/person")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def elsewhere(staff: StaffSide, id: str, other: str, text: str, **more: Any) -> Any:
    body = {"conversation": other, "text": text, "client_msg_id": unique(), "reason": WHY, **more}
    return await staff.step(id, "say-elsewhere", **body)


async def two_channels(bench: Bench, join: bool = True) -> tuple[PhoneSide, PhoneSide, StaffSide]:
    """Ada on WhatsApp, where Fatma has her, and on SMS; joined unless said otherwise."""
    sms, whatsapp = on_sms(bench), on_whatsapp(bench)
    await sms.ask("hallo")
    await whatsapp.ask("ik wil een medewerker spreken")
    staff = await bench.staff()
    here, there = await id_of(whatsapp), await id_of(sms)
    assert (await staff.step(here, "take")).status_code == 200
    if join:
        assert (await staff.step(here, "person/join", conversation=there)).status_code == 200
    await bench.work()
    return whatsapp, sms, staff


async def access_log(bench: Bench, id: str) -> list[tuple[str, str]]:
    def work(ledger: Ledger) -> list[tuple[str, str]]:
        assert isinstance(ledger, SqlLedger)
        rows = ledger._connection.execute(t.access_log.select().order_by(t.access_log.c.id))
        return [(row.agent_id, row.what) for row in rows if row.conversation_id == id]

    return await bench.product.store.read(work)


async def test_the_same_number_elsewhere_is_proposed_and_joins_nothing(bench: Bench) -> None:
    whatsapp, sms, staff = await two_channels(bench, join=False)
    await on_sms(bench, BORIS).ask("hallo")
    await PhoneSide(bench, "telegram", ADA.lstrip("+")).ask("hallo")
    found = await person(staff, await id_of(whatsapp))
    assert [one["conversation"] for one in found["proposals"]] == [await id_of(sms)]
    assert found["proposals"][0]["channel_label"] == "Sms"
    assert [one["here"] for one in found["joined"]] == [True]
    assert found["earlier"] == []


async def test_one_click_joins_and_both_sides_show_the_other(bench: Bench) -> None:
    whatsapp, sms, staff = await two_channels(bench)
    for side, other in ((whatsapp, sms), (sms, whatsapp)):
        found = await person(staff, await id_of(side))
        assert found["proposals"] == []
        assert [one["id"] for one in found["earlier"]] == [await id_of(other)]
        assert len(found["joined"]) == 2


async def test_one_click_undoes_it_and_it_is_proposed_again(bench: Bench) -> None:
    whatsapp, sms, staff = await two_channels(bench)
    here, there = await id_of(whatsapp), await id_of(sms)
    answer = await staff.step(here, "person/part", conversation=there)
    assert answer.status_code == 200
    assert [one["conversation"] for one in answer.json()["proposals"]] == [there]
    assert len(answer.json()["joined"]) == 1
    again = await staff.step(here, "person/part", conversation=there)
    assert (again.status_code, again.json()["error"]["code"]) == (409, "person_not_joined")


async def test_who_joined_what_stands_in_the_access_log(bench: Bench) -> None:
    whatsapp, sms, staff = await two_channels(bench)
    here, there = await id_of(whatsapp), await id_of(sms)
    await staff.step(here, "person/join", conversation=there)  # again: nothing happens
    await staff.step(here, "person/part", conversation=there)
    for id in (here, there):
        steps = [what for _, what in await access_log(bench, id) if what.startswith("person_")]
        assert steps == ["person_join", "person_part"]
    me = (await staff.client.get("/console/api/me")).json()["agent"]["id"]
    assert {agent for agent, _ in await access_log(bench, there)} == {me}


async def test_two_persons_become_one_and_an_address_can_leave_them(bench: Bench) -> None:
    staff = await bench.staff()
    sides = [
        on_sms(bench),
        on_whatsapp(bench),
        on_sms(bench, BORIS),
        PhoneSide(bench, "telegram", "77"),
    ]
    for side in sides:
        await side.ask("hallo")
    a, b, c, d = [await id_of(side) for side in sides]
    await staff.step(a, "person/join", conversation=b)
    await staff.step(c, "person/join", conversation=d)
    joined = (await staff.step(b, "person/join", conversation=c)).json()
    assert len(joined["joined"]) == 4
    assert {one["id"] for one in joined["earlier"]} == {a, c, d}
    left = (await staff.step(a, "person/part", conversation=d)).json()
    assert {one["id"] for one in left["earlier"]} == {b, c}
    assert len((await person(staff, d))["joined"]) == 1


async def test_what_was_said_last_stands_first(bench: Bench) -> None:
    whatsapp, sms, staff = await two_channels(bench)
    telegram = PhoneSide(bench, "telegram", "77")
    await telegram.ask("hallo")
    here = await id_of(whatsapp)
    await staff.step(here, "person/join", conversation=await id_of(telegram))
    bench.clock.move(timedelta(minutes=1))
    await sms.ask("wanneer moet ik de huur betalen")
    earlier = (await person(staff, here))["earlier"]
    assert [one["channel"] for one in earlier] == ["sms", "telegram"]
    assert earlier[0]["topic_title"]


async def test_what_failed_here_is_sent_there_with_a_note_in_both(bench: Bench) -> None:
    whatsapp, sms, staff = await two_channels(bench)
    here, there = await id_of(whatsapp), await id_of(sms)
    whatsapp.line.answers.append(Receipt(DeliveryResult.REJECTED, None, "blocked", unwanted=True))
    await staff.say(here, "De monteur komt morgen.")
    await bench.work()
    answer = await elsewhere(staff, here, there, "De monteur komt morgen.")
    assert answer.status_code == 201, answer.text
    assert answer.json()["conversation"] == there
    await bench.work()
    assert sms.line.sent[-1] == "De monteur komt morgen."
    assert "De monteur komt morgen." not in whatsapp.line.sent
    for side, other in ((whatsapp, sms), (sms, whatsapp)):
        reference = (await other.conversation()).reference
        notes = [m.text for m in await side.log() if m.kind is MessageKind.NOTE]
        assert any(reference in note for note in notes)
    # Who answers by SMS reaches the member of staff, not the assistant.
    assert await sms.state() == "held"


async def test_the_same_answer_again_is_one_message(bench: Bench) -> None:
    whatsapp, sms, staff = await two_channels(bench)
    here, there = await id_of(whatsapp), await id_of(sms)
    first = await elsewhere(staff, here, there, "Tot morgen.", client_msg_id="m-1")
    again = await elsewhere(staff, here, there, "Tot morgen.", client_msg_id="m-1")
    other = await elsewhere(staff, here, there, "Tot overmorgen.", client_msg_id="m-1")
    assert first.json()["message"]["id"] == again.json()["message"]["id"]
    assert (other.status_code, other.json()["error"]["code"]) == (409, "message_conflict")
    await bench.work()
    assert sms.line.sent.count("Tot morgen.") == 1


async def test_a_closed_conversation_is_opened_by_the_answer(bench: Bench) -> None:
    whatsapp, sms, staff = await two_channels(bench)
    here, there = await id_of(whatsapp), await id_of(sms)
    await staff.step(there, "take")
    await staff.step(there, "close")
    assert (await elsewhere(staff, here, there, "Nog iets.")).status_code == 201
    assert await sms.state() == "held"


async def test_what_may_not_be_sent_elsewhere_is_refused_and_leaves_nothing(bench: Bench) -> None:
    whatsapp, sms, staff = await two_channels(bench, join=False)
    here, there = await id_of(whatsapp), await id_of(sms)

    async def refused(by: StaffSide, other: str, text: str = "Hallo.", **more: Any) -> str:
        answer = await elsewhere(by, here, other, text, **more)
        return f"{answer.status_code} {answer.json()['error']['code']}"

    assert await refused(staff, there) == "409 person_not_joined"
    assert await refused(staff, here) == "409 person_not_joined"
    assert await refused(staff, "bestaat-niet") == "404 conversation_unknown"
    assert await refused(staff, "../x") == "404 conversation_unknown"
    await staff.step(here, "person/join", conversation=there)
    assert await refused(staff, there, " \x07 ") == "422 text_empty"
    assert await refused(staff, there, term=9_999) == "409 stale_term"
    colleague = await bench.staff("fatma2")
    assert await refused(colleague, there) == "409 held_by_other"
    await colleague.step(there, "take")
    assert await refused(staff, there) == "409 held_by_other"
    await colleague.step(there, "close")
    await sms.send(OptOut(Wish.STOP))
    assert await refused(staff, there) == "409 address_not_reachable"
    await bench.work()
    assert "Hallo." not in sms.line.sent
    notes = [m.text for m in await whatsapp.log() if m.kind is MessageKind.NOTE]
    assert not any("Hallo." in note for note in notes)


async def test_a_conversation_cannot_be_joined_with_its_own_address(bench: Bench) -> None:
    sms = on_sms(bench)
    await sms.send(Text("hallo"))
    staff = await bench.staff()
    id = await id_of(sms)
    answer = await staff.step(id, "person/join", conversation=id)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "person_same_address")


async def test_only_staff_from_our_own_pages_may(bench: Bench) -> None:
    sms = on_sms(bench)
    await sms.send(Text("hallo"))
    url = f"/console/api/conversations/{await id_of(sms)}/person"
    assert (await bench.client.get(url)).status_code == 401
    staff = await bench.staff()
    origin = {"Origin": "https://elders.example"}
    answer = await staff.client.post(f"{url}/join", json={"conversation": "x"}, headers=origin)
    assert answer.status_code == 403
