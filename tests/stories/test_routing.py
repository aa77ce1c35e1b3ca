"""Staff come and go, conversations are offered, taken, declined and passed on: the true app."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from handoff.clock import TestClock
from handoff.model import Agent, AgentId
from handoff.routing.values import Skills
from handoff.testing import Bench, StaffSide, TenantSide, start_bench

pytestmark = pytest.mark.stories
ASK = "ik wil een medewerker"


async def presence(staff: StaffSide, **body: Any) -> dict[str, Any]:
    answer = await staff.client.post("/console/api/presence", json=body)
    assert answer.status_code == 200, answer.text
    standing: dict[str, Any] = answer.json()
    return standing


async def offers(staff: StaffSide) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await presence(staff))["offers"]
    return found


async def waiting(bench: Bench) -> TenantSide:
    tenant = await bench.tenant()
    await tenant.ask(ASK)
    return tenant


async def stay(bench: Bench, seconds: int, *there: StaffSide) -> None:
    """Time passes while these consoles keep giving signs of life."""
    for _ in range(seconds // 30):
        bench.clock.move(timedelta(seconds=30))
        for staff in there:
            await presence(staff)
        await bench.work()


async def both(bench: Bench) -> tuple[StaffSide, StaffSide]:
    fatma, joost = await bench.staff("fatma"), await bench.staff("fatma2")
    for staff in (fatma, joost):
        await presence(staff)
    return fatma, joost


async def id_of(staff: StaffSide) -> str:
    return str((await staff.client.get("/console/api/me")).json()["agent"]["id"])


async def test_who_waits_is_offered_to_who_is_there_and_accepting_takes(bench: Bench) -> None:
    fatma = await bench.staff()
    await presence(fatma)
    tenant = await waiting(bench)
    (offer,) = await offers(fatma)
    assert offer["conversation_id"] == tenant.id and await tenant.state() == "waiting"
    taken = await fatma.client.post(f"/console/api/offers/{offer['id']}/accept")
    assert taken.status_code == 200 and await tenant.state() == "held"
    assert await offers(fatma) == []


async def test_who_comes_in_is_offered_what_waits_already(bench: Bench) -> None:
    tenant = await waiting(bench)
    fatma = await bench.staff()
    assert [one["conversation_id"] for one in await offers(fatma)] == [tenant.id]


async def test_two_accept_at_the_same_moment_and_one_wins(bench: Bench) -> None:
    fatma, joost = await both(bench)
    tenant = await waiting(bench)
    offered = [(staff, await offers(staff)) for staff in (fatma, joost)]
    ((asked, (offer,)),) = [(staff, found) for staff, found in offered if found]
    other = joost if asked is fatma else fatma
    accepted, took = await asyncio.gather(
        asked.client.post(f"/console/api/offers/{offer['id']}/accept"),
        other.step(tenant.id, "take"),
    )
    assert sorted([accepted.status_code, took.status_code]) == [200, 409]
    assert await tenant.state() == "held"


async def test_an_offer_that_is_declined_goes_to_the_next_and_never_back(bench: Bench) -> None:
    fatma, joost = await both(bench)
    await waiting(bench)
    for _ in range(2):
        for staff in (fatma, joost):
            for offer in await offers(staff):
                url = f"/console/api/offers/{offer['id']}/decline"
                assert (await staff.client.post(url)).status_code == 204
                again = await staff.client.post(url)
                assert again.status_code == 409 and again.json()["error"]["code"] == "offer_gone"
    assert await offers(fatma) == [] and await offers(joost) == []


async def test_an_offer_that_lapses_goes_to_the_next(bench: Bench) -> None:
    fatma, joost = await both(bench)
    await waiting(bench)
    first, second = (fatma, joost) if await offers(fatma) else (joost, fatma)
    await stay(bench, 60, fatma, joost)
    assert await offers(first) == [] and len(await offers(second)) == 1


async def test_nobody_gets_more_than_they_can_carry(bench: Bench) -> None:
    fatma = await bench.staff()
    agent = AgentId(await id_of(fatma))
    await bench.product.store.write(
        lambda ledger: ledger.routing.attendance.put_skills(agent, Skills(capacity=2))
    )
    await presence(fatma)
    tenants = [await waiting(bench) for _ in range(3)]
    assert len(await offers(fatma)) == 2
    for offer in await offers(fatma):
        await fatma.client.post(f"/console/api/offers/{offer['id']}/accept")
    await bench.work()
    assert await offers(fatma) == []
    held = [tenant for tenant in tenants if await tenant.state() == "held"]
    await fatma.step(held[0].id, "close")
    await bench.work()
    assert len(await offers(fatma)) == 1


async def test_nothing_is_given_at_night_even_to_an_open_console() -> None:
    bench = await start_bench(clock=TestClock(datetime(2026, 11, 24, 22, tzinfo=UTC)))
    fatma = await bench.staff()
    await presence(fatma)
    tenant = await waiting(bench)
    assert await offers(fatma) == []
    bench.clock.move(timedelta(hours=10))  # nine in the morning
    assert [one["conversation_id"] for one in await offers(fatma)] == [tenant.id]


@pytest.mark.parametrize("status", ["away", "wrap_up", "offline"])
async def test_who_is_not_free_is_offered_nothing_and_loses_the_offer(
    bench: Bench, status: str
) -> None:
    fatma, joost = await both(bench)
    await waiting(bench)
    asked, other = (fatma, joost) if await offers(fatma) else (joost, fatma)
    assert (await presence(asked, status=status))["offers"] == []
    assert len(await offers(other)) == 1


async def test_away_and_reassign_gives_everything_to_colleagues(bench: Bench) -> None:
    fatma = await bench.staff("fatma")
    tenant = await waiting(bench)
    await fatma.step(tenant.id, "take")
    joost = await bench.staff("fatma2")
    await presence(joost)
    await presence(fatma, status="away", reassign=True)
    assert await tenant.state() == "waiting"
    assert "Een andere collega gaat met u verder" in (await tenant.events())[-1]["text"]
    assert [one["conversation_id"] for one in await offers(joost)] == [tenant.id]


async def test_who_drops_off_loses_the_conversation_and_the_tenant_hears_it_once(
    bench: Bench,
) -> None:
    fatma = await bench.staff()
    await presence(fatma)
    tenant = await waiting(bench)
    await fatma.step(tenant.id, "take")
    bench.clock.move(timedelta(minutes=4))
    assert await bench.product.routing.sweep.once() == [] and await tenant.state() == "held"
    bench.clock.move(timedelta(minutes=4))
    for _ in range(2):
        assert await bench.product.routing.sweep.once() == []
    assert await tenant.state() == "waiting"
    told = [e for e in await tenant.events() if "niet meer aanwezig" in e["text"]]
    assert len(told) == 1 and "U krijgt" in told[0]["text"]


async def test_transfer_to_a_colleague_asks_that_one_first_with_the_note(bench: Bench) -> None:
    fatma, joost = await both(bench)
    tenant = await waiting(bench)
    await fatma.step(tenant.id, "take")
    to = await id_of(joost)
    moved = await fatma.step(tenant.id, "transfer", agent=to, note="Belt liever niet")
    assert moved.status_code == 200, moved.text
    assert [one["conversation_id"] for one in await offers(joost)] == [tenant.id]
    assert "Een collega gaat met u verder" in (await tenant.events())[-1]["text"]
    story = await joost.open(tenant.id)
    assert story["briefing"]["note"] == "Belt liever niet"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"agent": "nobody"}, 422),
        ({"agent": "../x"}, 422),
        ({"queue": "bestaat-niet"}, 422),
        ({"agent": "x", "queue": "huur"}, 422),
        ({"queue": "huur", "term": 1}, 409),
        ({"queue": "huur", "term": -5}, 409),
    ],
)
async def test_a_transfer_that_makes_no_sense_is_refused(
    bench: Bench, body: dict[str, Any], status: int
) -> None:
    fatma = await bench.staff()
    tenant = await waiting(bench)
    await fatma.step(tenant.id, "take")
    assert (await fatma.step(tenant.id, "transfer", **body)).status_code == status
    assert await tenant.state() == "held"


async def test_only_the_holder_passes_on_and_only_to_who_is_there(bench: Bench) -> None:
    fatma, joost = await bench.staff("fatma"), await bench.staff("fatma2")
    tenant = await waiting(bench)
    await fatma.step(tenant.id, "take")
    gone = await fatma.step(tenant.id, "transfer", agent=await id_of(joost))
    assert gone.status_code == 409 and gone.json()["error"]["code"] == "agent_unavailable"
    assert (await joost.step(tenant.id, "transfer", queue="huur")).status_code == 409


async def test_only_a_lead_decides_what_a_colleague_is_given(bench: Bench) -> None:
    fatma = await bench.staff()
    url = f"/console/api/colleagues/{await id_of(fatma)}/skills"
    body = {"queues": ["huur"], "capacity": 3}
    assert (await fatma.client.put(url, json=body)).status_code == 403
    lead = await bench.product.store.read(lambda ledger: ledger.staff.by_login("fatma"))
    assert lead is not None
    raised = Agent(lead[0].id, "fatma", "Fatma", ("agent", "lead"))
    await bench.product.store.write(lambda ledger: ledger.staff.put(raised, lead[1]))
    assert (await fatma.client.put(url, json=body)).status_code == 204
    wrong = {"queues": ["tuin"], "capacity": 3}
    assert (await fatma.client.put(url, json=wrong)).status_code == 422
    (one,) = [
        one
        for one in (await fatma.client.get("/console/api/colleagues")).json()["colleagues"]
        if one["name"] == "Fatma"
    ]
    assert one["queues"] == ["huur"] and one["capacity"] == 3 and one["lead"]


async def test_offers_night_alarms_and_the_sweep_work_on_postgresql(
    postgres: Callable[[], str],
) -> None:
    bench = await start_bench(database_url=postgres())
    fatma, joost = await both(bench)
    tenant = await waiting(bench)
    first, second = (fatma, joost) if await offers(fatma) else (joost, fatma)
    (offer,) = await offers(first)
    accepted, took = await asyncio.gather(
        first.client.post(f"/console/api/offers/{offer['id']}/accept"),
        second.step(tenant.id, "take"),
    )
    assert sorted([accepted.status_code, took.status_code]) == [200, 409]
    bench.clock.move(timedelta(hours=12))
    assert await bench.product.routing.sweep.once() == []
    assert await tenant.state() == "waiting"  # both went home
    urgent = await bench.tenant()
    await urgent.ask("ik ruik gas")
    alarms = (await presence(await bench.staff()))["alarms"]
    assert [one["conversation_id"] for one in alarms] == [urgent.id]
    await bench.product.stop()
