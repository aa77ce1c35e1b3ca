"""Staff are warned before a tenant waits too long, once, and again when it is too long."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handoff.testing import Bench

pytestmark = pytest.mark.stories
ASK = "ik wil een medewerker"
MINUTES = timedelta(minutes=1)


async def notes(bench: Bench, id: str) -> list[str]:
    said = await bench.product.store.read(lambda ledger: ledger.messages.after(id, 0))  # type: ignore[arg-type]
    return [message.text for message in said if message.kind.value == "note"]


async def pass_time(bench: Bench, minutes: int) -> None:
    bench.clock.move(minutes * MINUTES)
    await bench.work()


async def test_who_waits_is_counted_down_and_warned_about_once(bench: Bench) -> None:
    tenant, fatma = await bench.tenant(), await bench.staff()
    await tenant.ask(ASK)
    [listed] = await fatma.listed("waiting")
    assert listed["service"]["kind"] == "first_answer"
    await pass_time(bench, 11)
    assert await notes(bench, tenant.id) == []
    await pass_time(bench, 1)
    await pass_time(bench, 1)
    [warned] = await notes(bench, tenant.id)
    assert "binnen 3 minuten" in warned


async def test_the_holder_is_warned_and_what_is_late_is_told_once_more(bench: Bench) -> None:
    tenant, fatma = await bench.tenant(), await bench.staff()
    await tenant.ask(ASK)
    await fatma.step(tenant.id, "take")
    await fatma.say(tenant.id, "Waar gaat het over?")
    await tenant.say("Over mijn huur")
    for _ in range(7):
        await pass_time(bench, 10)
    told = await notes(bench, tenant.id)
    warned = [one for one in told if one.startswith("Fatma: binnen")]
    late = [one for one in told if one.startswith("Fatma") and "wacht te lang" in one]
    assert (len(warned), len(late)) == (1, 1)


async def test_while_we_wait_for_the_tenant_no_clock_runs(bench: Bench) -> None:
    tenant, fatma = await bench.tenant(), await bench.staff()
    await tenant.ask(ASK)
    await fatma.step(tenant.id, "take")
    await fatma.say(tenant.id, "Wanneer bent u thuis?")
    await pass_time(bench, 100)
    [listed] = await fatma.listed("held")
    assert listed["service"] is None
    assert not [one for one in await notes(bench, tenant.id) if one.startswith("Fatma")]


async def test_what_was_met_is_kept_with_its_working_minutes(bench: Bench) -> None:
    tenant, fatma = await bench.tenant(), await bench.staff()
    await tenant.ask(ASK)
    await pass_time(bench, 7)
    await fatma.step(tenant.id, "take")
    await fatma.say(tenant.id, "Hallo")
    await fatma.step(tenant.id, "close")
    answer = await fatma.client.get(f"/console/api/conversations/{tenant.id}/service")
    clocks = {one["kind"]: one for one in answer.json()["clocks"]}
    assert (clocks["first_answer"]["outcome"], clocks["first_answer"]["worked_minutes"]) == (
        "met",
        7,
    )
    assert clocks["resolution"]["outcome"] == "met"


async def test_the_service_of_an_unknown_conversation_is_not_found(bench: Bench) -> None:
    fatma = await bench.staff()
    assert (await fatma.client.get("/console/api/conversations/nope/service")).status_code == 404
