"""Somebody waits for a person: place, expected time, call-back, the assistant, and the night."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.port import Answer, Guess, Reply
from bot.puppet import Puppet
from channels.port import Text
from handoff.clock import TestClock
from handoff.ledger import Ledger
from handoff.model import ConversationId, Promise
from handoff.routing.on_call import EVERY, MOST, ChannelOnCall, LogOnCall
from handoff.routing.waiting_words import phone_number_in, shipped_waiting_words
from handoff.testing import Bench, Line, PhoneSide, TenantSide, start_bench

pytestmark = pytest.mark.stories
ASK = "ik wil een medewerker"
NIGHT = datetime(2026, 11, 24, 22, tzinfo=UTC)


async def waiting(bench: Bench) -> TenantSide:
    tenant = await bench.tenant()
    await tenant.ask(ASK)
    bench.clock.move(timedelta(seconds=1))
    return tenant


async def promises(bench: Bench, tenant: TenantSide) -> list[Promise]:
    id = ConversationId(tenant.id)
    return list(await bench.product.store.read(lambda ledger: ledger.desk.promises(id)))


async def test_who_comes_behind_others_hears_the_place_once(bench: Bench) -> None:
    first = await waiting(bench)
    second = await waiting(bench)
    told = [e["text"] for e in await second.events() if "wachtrij" in e["text"]]
    assert told == ["U staat in de wachtrij. U bent nummer 2."]
    assert not any("wachtrij" in e["text"] for e in await first.events())


async def test_who_asks_again_hears_the_place_at_most_every_few_minutes(bench: Bench) -> None:
    tenant = await waiting(bench)
    (told,) = await tenant.ask("Hoe lang duurt het nog?")
    assert told["text"] == "U staat in de wachtrij. U bent nummer 1."
    again = await tenant.ask("hoe lang nog")
    assert not any("nummer" in event["text"] for event in again)
    bench.clock.move(timedelta(minutes=4))
    (once_more,) = await tenant.ask("hoelang nog?")
    assert "nummer 1" in once_more["text"]


async def test_an_expected_time_is_said_when_it_was_measured(bench: Bench) -> None:
    fatma = await bench.staff()
    for minutes in (4, 6, 8):
        tenant = await waiting(bench)
        bench.clock.move(timedelta(minutes=minutes))
        await fatma.step(tenant.id, "take")
        await fatma.step(tenant.id, "close")
    tenant = await waiting(bench)
    (told,) = await tenant.ask("wat is de wachttijd")
    assert told["text"].endswith("Anderen wachtten net ongeveer 10 minuten.")


async def test_the_assistant_answers_meanwhile_and_the_tenant_keeps_waiting(bench: Bench) -> None:
    tenant = await waiting(bench)
    said = await tenant.ask("wanneer moet ik de huur betalen")
    assert "1e van de maand" in said[-1]["text"] and said[-1]["author"] == "bot"
    assert said[-1]["text"].endswith("Een medewerker komt ook nog.")
    assert await tenant.state() == "waiting" and len(await promises(bench, tenant)) == 1


@pytest.mark.parametrize("text", ["blub", "xx-fout", "xx-stil", "xx-leeg"])
async def test_what_the_assistant_does_not_know_stays_with_the_person(
    bench: Bench, text: str
) -> None:
    tenant = await waiting(bench)
    await tenant.ask("is er al iemand")
    assert await tenant.ask(text) == [] or await tenant.state() == "waiting"
    assert await tenant.state() == "waiting"
    assert [e["author"] for e in await tenant.events()].count("bot") == 1  # the greeting


async def test_an_answer_that_meets_a_person_is_withheld() -> None:
    puppet = Puppet()
    bench = await start_bench(assistant=puppet)
    tenant, fatma = await bench.tenant(), await bench.staff()
    await tenant.ask(ASK)
    await tenant.say("wanneer moet ik betalen")
    working = asyncio.create_task(bench.work())
    while not puppet.asked:  # noqa: ASYNC110 - a fake without an event of its own
        await asyncio.sleep(0.01)
    assert (await fatma.step(tenant.id, "take")).status_code == 200
    puppet.answer(Answer((Reply("Voor de 1e."),), (), (Guess("rent_payment_date", 0.9),)))
    await working
    assert not any("Voor de 1e" in e["text"] for e in await tenant.events())
    kinds = [m["kind"] for m in (await fatma.open(tenant.id))["messages"]]
    assert "withheld" in kinds
    await bench.product.stop()


async def test_a_call_back_asks_the_number_and_promises_a_block(bench: Bench) -> None:
    tenant = await waiting(bench)
    await tenant.ask("fijn")
    await tenant.choose("Bel mij terug")
    assert "Op welk nummer" in (await tenant.events())[-1]["text"]
    (wrong,) = await tenant.ask("nummer 12345")
    assert "geen telefoonnummer" in wrong["text"]
    (told,) = await tenant.ask("06-12 34 56 78")
    block = "vandaag tussen 12.30 en 14.30 uur"
    assert told["text"].startswith(f"Wij bellen u {block} op +31612345678.")
    (promise,) = await promises(bench, tenant)
    assert promise.text == f"Terugbellen op +31612345678, {block}"
    assert promise.due_at == datetime(2026, 11, 24, 13, 30, tzinfo=UTC)


async def test_a_promised_call_is_offered_when_its_block_begins(bench: Bench) -> None:
    fatma = await bench.staff()
    tenant = await waiting(bench)
    await tenant.ask("bel mij terug op 0612345678")
    standing = (await fatma.client.post("/console/api/presence", json={})).json()
    assert standing["offers"] == []
    bench.clock.move(timedelta(minutes=91))
    await fatma.client.post("/console/api/presence", json={})
    await bench.work()
    standing = (await fatma.client.post("/console/api/presence", json={})).json()
    assert [one["conversation_id"] for one in standing["offers"]] == [tenant.id]


async def test_at_night_a_call_is_promised_for_the_next_working_day() -> None:
    bench = await start_bench(clock=TestClock(datetime(2026, 11, 28, 12, tzinfo=UTC)))
    phone = PhoneSide(bench)
    await phone.ask(ASK)
    (told,) = await phone.sends(Text("bel mij maar terug"))
    assert "maandag 30 november tussen 08.30 en 10.30 uur op +31600000001" in told
    await bench.product.stop()


async def test_a_block_that_is_full_is_not_promised_again(bench: Bench) -> None:
    blocks = []
    for _ in range(5):
        tenant = await waiting(bench)
        (told,) = await tenant.ask("bel mij terug op 0612345678")
        blocks.append(told["text"].split(" op ")[0])
    assert len(set(blocks[:4])) == 1 and blocks[4] != blocks[0]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0612345678", "+31612345678"),
        ("+31 6 12 34 56 78", "+31612345678"),
        ("0031(0)612345678", "+31612345678"),
        ("bel 010-123 45 67 graag", "+31101234567"),
        ("1234", None),
        ("061234567", None),
        ("06123456789", None),
        ("0612345678 of 0687654321", None),
        ("NL00LIND0123456789", None),
        ("", None),
    ],
)
def test_a_number_is_one_dutch_number_or_none(text: str, number: str | None) -> None:
    assert phone_number_in(text) == number


@pytest.mark.parametrize(
    ("text", "asks"),
    [("Bel mij terug", True), ("bel me maar niet terug", False), ("belmij", False), ("", False)],
)
def test_a_wish_for_a_call_is_read(text: str, asks: bool) -> None:
    assert shipped_waiting_words().asks_for_call(text) is asks


async def alarm(bench: Bench, tenant: TenantSide) -> Any:
    def work(ledger: Ledger) -> Any:
        found = ledger.conversations.get(ConversationId(tenant.id))
        assert found is not None
        return ledger.routing.alarms.of(found.id, found.term)

    return await bench.product.store.read(work)


async def urgent_at_night() -> tuple[Bench, TenantSide, Line]:
    bench = await start_bench(clock=TestClock(NIGHT))
    line = Line()
    road = ChannelOnCall(line, "+31600000099", "De Linde")
    bench.product.routing.alarms.over(road)
    tenant = await bench.tenant()
    await tenant.ask("ik ruik gas")
    return bench, tenant, line


async def test_danger_at_night_alarms_who_is_on_call_until_it_is_acknowledged() -> None:
    bench, tenant, line = await urgent_at_night()
    assert len(line.sent) == 1 and "Spoed" in line.sent[0] and "gas" not in line.sent[0][40:]
    bench.clock.move(EVERY)
    await bench.work()
    assert len(line.sent) == 2
    fatma = await bench.staff()
    standing = (await fatma.client.post("/console/api/presence", json={})).json()
    assert [one["conversation_id"] for one in standing["alarms"]] == [tenant.id]
    seen = await fatma.step(tenant.id, "alarm/acknowledge")
    assert seen.status_code == 204
    again = await fatma.step(tenant.id, "alarm/acknowledge")
    assert again.status_code == 409
    bench.clock.move(EVERY)
    await bench.work()
    assert len(line.sent) == 2
    await bench.product.stop()


async def test_an_alarm_that_nobody_hears_ends_and_staff_read_so() -> None:
    bench, tenant, line = await urgent_at_night()
    for _ in range(MOST + 3):
        bench.clock.move(EVERY)
        await bench.work()
    assert len(line.sent) == MOST
    fatma = await bench.staff()
    notes = [m["text"] for m in (await fatma.open(tenant.id))["messages"] if m["kind"] == "note"]
    assert any("bevestigde niet" in note for note in notes)
    await bench.product.stop()


async def test_by_day_and_without_danger_nobody_on_call_is_woken(bench: Bench) -> None:
    by_day = await bench.tenant()
    await by_day.ask("ik ruik gas")
    assert await alarm(bench, by_day) is None
    bench.clock.move(timedelta(hours=12))
    calm = await waiting(bench)
    assert await alarm(bench, calm) is None


async def test_without_a_number_the_alarm_is_in_the_log_and_the_console() -> None:
    assert await LogOnCall().tell("a", "Spoed") == "logged"
