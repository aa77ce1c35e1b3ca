"""Lists and teamwork over the true app: labels, snoozes, topics, search, views and who looks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from handoff.ledger import Ledger
from handoff.model import Agent, AgentId
from handoff.testing import Bench, StaffSide, TenantSide
from tests.refusals import refused

pytestmark = pytest.mark.stories
API = "/console/api"


async def waiting(bench: Bench) -> TenantSide:
    tenant = await bench.tenant()
    await tenant.ask("ik wil een medewerker")
    return tenant


async def leading(bench: Bench) -> StaffSide:
    """Fatma as a team lead."""
    staff = await bench.staff()
    me = (await staff.client.get(f"{API}/me")).json()["agent"]

    def promote(ledger: Ledger) -> None:
        found = ledger.staff.by_login(me["login"])
        assert found is not None
        agent = Agent(AgentId(me["id"]), me["login"], me["name"], ("agent", "lead"))
        ledger.staff.put(agent, found[1])

    await bench.product.store.write(promote)
    return staff


async def page(staff: StaffSide, **params: Any) -> list[str]:
    answer = await staff.client.get(f"{API}/lists/page", params=params)
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["conversations"]]


async def test_a_label_is_made_by_a_lead_given_by_anybody_and_taken_back(bench: Bench) -> None:
    tenant, lead = await waiting(bench), await leading(bench)
    made = await lead.client.post(f"{API}/labels", json={"name": "Terugbellen", "colour": "teal"})
    assert made.status_code == 201, made.text
    label = made.json()["id"]
    refused(
        await lead.client.post(f"{API}/labels", json={"name": "Terugbellen", "colour": "red"}),
        409,
        "label_taken",
    )
    refused(
        await lead.client.post(f"{API}/labels", json={"name": "x", "colour": "puce"}),
        422,
        "bad_request",
    )
    given = await lead.client.put(f"{API}/conversations/{tenant.id}/labels/{label}")
    assert given.json()["conversation"]["labels"] == [label]
    assert await page(lead, label=label) == [tenant.id]
    gone = await lead.client.delete(f"{API}/conversations/{tenant.id}/labels/{label}")
    assert gone.json()["conversation"]["labels"] == []
    unknown = await lead.client.put(f"{API}/conversations/{tenant.id}/labels/nope")
    refused(unknown, 404, "label_unknown")


async def test_who_leads_nobody_makes_no_labels_and_shares_no_views(bench: Bench) -> None:
    staff = await bench.staff()
    body = {"name": "x", "colour": "blue"}
    refused(await staff.client.post(f"{API}/labels", json=body), 403, "not_allowed")
    view = {"name": "x", "shared": True, "filters": {}}
    refused(await staff.client.post(f"{API}/views", json=view), 403, "not_lead")


async def snoozed(bench: Bench) -> tuple[TenantSide, StaffSide]:
    tenant, staff = await waiting(bench), await bench.staff()
    await staff.step(tenant.id, "take")
    until = (bench.clock.now() + timedelta(hours=1)).isoformat()
    put = await staff.client.put(f"{API}/conversations/{tenant.id}/snooze", json={"until": until})
    assert put.json()["conversation"]["snoozed_until"], put.text
    assert await page(staff, snoozed=False) == []
    return tenant, staff


async def test_a_snoozed_conversation_is_back_at_its_time(bench: Bench) -> None:
    tenant, staff = await snoozed(bench)
    bench.clock.move(timedelta(minutes=59))
    await bench.work()
    assert await page(staff, snoozed=True) == [tenant.id]
    bench.clock.move(timedelta(minutes=2))
    await bench.work()
    assert await page(staff, snoozed=False) == [tenant.id]


async def test_a_snoozed_conversation_is_back_when_the_tenant_writes(bench: Bench) -> None:
    tenant, staff = await snoozed(bench)
    await tenant.say("bent u er nog?")
    assert await page(staff, snoozed=False) == [tenant.id]


async def test_a_snooze_can_be_undone_and_needs_the_holder_and_a_moment_ahead(
    bench: Bench,
) -> None:
    tenant, staff = await snoozed(bench)
    url = f"{API}/conversations/{tenant.id}/snooze"
    undone = await staff.client.delete(url)
    assert undone.json()["conversation"]["snoozed_until"] is None
    past = (bench.clock.now() - timedelta(minutes=1)).isoformat()
    refused(await staff.client.put(url, json={"until": past}), 422, "snooze_when")
    refused(await staff.client.put(url, json={"until": "2026-11-25T10:00"}), 422, "bad_request")
    other = await bench.staff("fatma2")
    ahead = (bench.clock.now() + timedelta(hours=2)).isoformat()
    refused(await other.client.put(url, json={"until": ahead}), 409, "held_by_other")


async def test_a_closed_conversation_is_opened_again_and_the_tenant_hears_nothing(
    bench: Bench,
) -> None:
    tenant, staff = await waiting(bench), await bench.staff()
    refused(await staff.step(tenant.id, "reopen"), 409, "not_closed")
    await staff.step(tenant.id, "take")
    await staff.step(tenant.id, "close")
    before = await tenant.events()
    again = await staff.step(tenant.id, "reopen")
    assert again.json()["conversation"]["state"] == "held", again.text
    assert await tenant.events() == before
    said = await staff.say(tenant.id, "Er is nog iets.")
    assert said.status_code == 201


async def candidates(bench: Bench) -> list[tuple[str | None, str]]:
    found = await bench.product.store.read(lambda ledger: ledger.lists.corrections(10))
    return [(one.from_topic, one.to_topic) for one in found]


async def test_a_corrected_topic_is_kept_and_its_queue_is_offered(bench: Bench) -> None:
    tenant, staff = await waiting(bench), await bench.staff()
    setup = (await staff.client.get(f"{API}/lists/setup")).json()
    now = (await staff.open(tenant.id))["conversation"]
    topic = next(t for t in setup["topics"] if t["queue"] not in (now["queue"],))
    put = await staff.client.put(
        f"{API}/conversations/{tenant.id}/topic", json={"topic": topic["name"]}
    )
    assert put.json()["conversation"]["topic"] == topic["name"], put.text
    assert put.json()["other_queue"] == topic["queue"]
    assert await candidates(bench) == [(now["topic"], topic["name"])]
    before = await tenant.events()
    moved = await staff.client.put(
        f"{API}/conversations/{tenant.id}/queue", json={"queue": topic["queue"]}
    )
    after = moved.json()["conversation"]
    assert (after["queue"], after["waiting_since"]) == (topic["queue"], now["waiting_since"])
    assert await tenant.events() == before
    refused(
        await staff.client.put(
            f"{API}/conversations/{tenant.id}/topic", json={"topic": "bestaat_niet"}
        ),
        422,
        "topic_unknown",
    )


async def test_the_text_of_a_crisis_is_never_learned_from(bench: Bench) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    await tenant.ask("ik wil dood")
    opened = (await staff.open(tenant.id))["conversation"]
    assert opened["urgent_kind"] == "self_harm"
    topic = (await staff.client.get(f"{API}/lists/setup")).json()["topics"][0]["name"]
    put = await staff.client.put(f"{API}/conversations/{tenant.id}/topic", json={"topic": topic})
    assert put.status_code == 200
    assert await candidates(bench) == []


async def test_search_finds_notes_marks_the_words_and_is_logged(bench: Bench) -> None:
    tenant, staff = await waiting(bench), await bench.staff()
    await staff.note(tenant.id, "De <b>monteur</b> komt dinsdag")
    found = (await staff.client.get(f"{API}/search", params={"q": "monteu"})).json()
    assert [hit["conversation"]["id"] for hit in found["hits"]] == [tenant.id]
    pieces = found["hits"][0]["message"]["pieces"]
    assert [piece["text"] for piece in pieces if piece["hit"]] == ["monteur"]
    reference = found["hits"][0]["conversation"]["reference"]
    direct = (await staff.client.get(f"{API}/search", params={"q": reference.lower()})).json()
    assert direct["hits"][0]["conversation"]["id"] == tenant.id
    with bench.product.store._engine.connect() as connection:
        log = connection.exec_driver_sql("SELECT what FROM access_log WHERE conversation_id = '*'")
        assert [row[0] for row in log] == ["search monteu", f"search {reference.lower()}"]


@pytest.mark.parametrize("cursor", ["x", "W10=", "WzEsMiwzXQ==", "é", "bnVsbA==", "e30="])
async def test_a_foreign_cursor_is_refused(bench: Bench, cursor: str) -> None:
    staff = await bench.staff()
    answer = await staff.client.get(f"{API}/lists/page", params={"cursor": cursor})
    refused(answer, 422, "bad_request")


async def test_a_view_is_saved_counted_shared_by_a_lead_and_dropped(bench: Bench) -> None:
    await waiting(bench)
    lead, other = await leading(bench), await bench.staff("fatma2")
    body = {"name": "Alles wat wacht", "shared": True, "filters": {"state": ["waiting"]}}
    saved = await lead.client.post(f"{API}/views", json=body)
    assert saved.status_code == 201, saved.text
    [view] = (await other.client.get(f"{API}/views")).json()["views"]
    assert (view["count"], view["mine"], view["filters"]["state"]) == (1, False, ["waiting"])
    refused(await other.client.delete(f"{API}/views/{view['id']}"), 404, "view_unknown")
    assert (await lead.client.delete(f"{API}/views/{view['id']}")).status_code == 204


async def test_colleagues_see_who_has_it_open_for_half_a_minute(bench: Bench) -> None:
    tenant, fatma, joost = await waiting(bench), await bench.staff(), await bench.staff("fatma2")
    await fatma.step(tenant.id, "viewing", doing="typing")
    seen = (await joost.step(tenant.id, "viewing")).json()["viewers"]
    assert [viewer["doing"] for viewer in seen] == ["typing"]
    assert len((await joost.client.get(f"{API}/viewing")).json()["viewing"][tenant.id]) == 2
    bench.clock.move(timedelta(seconds=31))
    assert (await joost.client.get(f"{API}/viewing")).json()["viewing"] == {}
    refused(await fatma.step("onbekend", "viewing"), 404, "conversation_unknown")
