"""Staff write: drafts on every screen, replies to choose from, macros, answers, mentions."""

from __future__ import annotations

from typing import Any

import pytest

from handoff.hints import ForAgent, Matter
from handoff.testing import Bench, StaffSide, TenantSide, unique

pytestmark = pytest.mark.stories


async def taken(bench: Bench) -> tuple[TenantSide, StaffSide]:
    """A conversation that Fatma holds."""
    tenant, staff = await bench.tenant(), await bench.staff()
    await tenant.ask("ik wil een medewerker")
    assert (await staff.step(tenant.id, "take")).status_code == 200
    return tenant, staff


async def put(staff: StaffSide, id: str, text: str, revision: int, kind: str = "reply") -> Any:
    body = {"kind": kind, "text": text, "revision": revision}
    return await staff.client.put(f"/console/api/conversations/{id}/draft", json=body)


async def read(staff: StaffSide, path: str, **params: str) -> Any:
    answer = await staff.client.get(f"/console/api/{path}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def drafts(staff: StaffSide, id: str) -> dict[str, tuple[str, int]]:
    found = (await read(staff, f"conversations/{id}/draft"))["drafts"]
    return {one["kind"]: (one["text"], one["revision"]) for one in found}


async def canned(staff: StaffSide, id: str) -> dict[str, Any]:
    found = await read(staff, f"conversations/{id}/canned-replies")
    return {one["key"]: one for one in found["replies"]}


async def macro(staff: StaffSide, id: str, key: str, text: str, ref: str = "") -> Any:
    return await staff.step(id, "macro", key=key, text=text, client_msg_id=ref or unique())


async def test_a_draft_is_on_every_screen_of_its_writer_and_on_no_other(bench: Bench) -> None:
    tenant, fatma = await taken(bench)
    assert await drafts(fatma, tenant.id) == {}
    assert (await put(fatma, tenant.id, "Goedemiddag, ", 0)).json()["revision"] == 1
    assert (await put(fatma, tenant.id, "let op", 0, "note")).status_code == 200
    elsewhere, joost = await bench.staff(), await bench.staff("fatma2")
    expected = {"note": ("let op", 1), "reply": ("Goedemiddag, ", 1)}
    assert await drafts(elsewhere, tenant.id) == expected
    assert await drafts(joost, tenant.id) == {}


async def test_an_older_screen_does_not_write_over_a_newer_one(bench: Bench) -> None:
    tenant, staff = await taken(bench)
    await put(staff, tenant.id, "een", 0)
    await put(staff, tenant.id, "een twee", 1)
    for stale in (0, 1, 7):
        refused = await put(staff, tenant.id, "oud", stale)
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "draft_stale")
    assert await drafts(staff, tenant.id) == {"reply": ("een twee", 2)}


async def test_what_was_sent_does_not_come_back_from_another_screen(bench: Bench) -> None:
    tenant, staff = await taken(bench)
    await put(staff, tenant.id, "een", 0)
    address = f"/console/api/conversations/{tenant.id}/draft"
    assert (await staff.client.delete(address, params={"kind": "reply"})).status_code == 204
    assert (await staff.client.delete(address, params={"kind": "note"})).status_code == 204
    assert (await put(staff, tenant.id, "een", 1)).status_code == 409
    assert await drafts(staff, tenant.id) == {"reply": ("", 2)}


async def test_a_draft_that_is_too_large_or_nowhere_is_refused(bench: Bench) -> None:
    tenant, staff = await taken(bench)
    assert (await put(staff, tenant.id, "é" * 50_001, 0)).status_code == 413
    assert (await put(staff, tenant.id, "é" * 50_000, 0)).status_code == 200
    assert (await put(staff, "nergens", "x", 0)).status_code == 404
    assert (await put(staff, tenant.id, "x", -1)).status_code == 422
    assert (await put(staff, tenant.id, "x", 0, "brief")).status_code == 422
    anonymous = StaffSide(bench.client)
    assert (await put(anonymous, tenant.id, "x", 0)).status_code == 401


async def test_only_the_writer_hears_that_a_draft_changed(bench: Bench) -> None:
    tenant, staff = await taken(bench)
    with bench.product.hints.listening() as ear:
        await put(staff, tenant.id, "een", 0)
        hint = await ear.next(1)
    assert isinstance(hint, ForAgent)
    assert (hint.conversation, hint.matter) == (tenant.id, Matter.DRAFT)
    with bench.product.hints.listening(hint.conversation) as tenants_ear:
        await put(staff, tenant.id, "twee", 1)
        assert await tenants_ear.next(0.01) is None


async def test_a_canned_reply_is_filled_in_and_what_is_unknown_stays_visible(bench: Bench) -> None:
    tenant, staff = await taken(bench)
    replies = await canned(staff, tenant.id)
    assert len(replies) >= 25
    assert "Fatma van Woonstichting De Linde" in replies["greeting"]["text"]
    reference = (await staff.open(tenant.id))["conversation"]["reference"]
    assert reference in replies["reference"]["text"]
    assert "08:30" in replies["hours"]["text"]
    assert replies["greeting"]["missing"] == []
    assert replies["repair_appointment"]["missing"] == ["visit_day"]
    assert "{visit_day}" in replies["repair_appointment"]["text"]


async def test_a_place_that_nobody_filled_in_is_not_sent(bench: Bench) -> None:
    tenant, staff = await taken(bench)
    refused = await staff.say(tenant.id, "De monteur komt {visit_day} bij u langs.")
    assert refused.status_code == 422
    assert "visit_day" in refused.json()["error"]["message"]
    refused = await macro(staff, tenant.id, "macro_solved", "Dag {name}")
    assert refused.status_code == 422
    assert await tenant.state() == "held"
    assert (await staff.note(tenant.id, "vul {visit_day} nog in")).status_code == 201
    assert (await staff.say(tenant.id, "De monteur komt morgen {om 9 uur}.")).status_code == 201


async def test_a_macro_sends_and_closes_once(bench: Bench) -> None:
    tenant, staff = await taken(bench)
    ref = unique()
    done = await macro(staff, tenant.id, "macro_solved", "Fijn dat het gelukt is.", ref)
    assert done.status_code == 201, done.text
    assert done.json()["conversation"]["state"] == "closed"
    again = await macro(staff, tenant.id, "macro_solved", "Fijn dat het gelukt is.", ref)
    assert again.json()["message"]["id"] == done.json()["message"]["id"]
    texts = [event["text"] for event in await tenant.events()]
    assert texts.count("Fijn dat het gelukt is.") == 1


async def test_a_macro_labels_and_puts_off_and_each_can_be_taken_back(bench: Bench) -> None:
    tenant, staff = await taken(bench)
    done = await macro(staff, tenant.id, "macro_wait_part", "Wij wachten op een onderdeel.")
    after = done.json()["conversation"]
    assert (after["state"], len(after["labels"])) == ("held", 1)
    assert after["snoozed_until"] is not None
    address = f"/console/api/conversations/{tenant.id}"
    awake = (await staff.client.delete(f"{address}/snooze")).json()["conversation"]
    bare = (await staff.client.delete(f"{address}/labels/{after['labels'][0]}")).json()
    assert (awake["snoozed_until"], bare["conversation"]["labels"]) == (None, [])


async def test_a_macro_labels_and_closes_with_a_label_that_is_there_already(bench: Bench) -> None:
    for _ in range(2):
        tenant, staff = await taken(bench)
        done = await macro(staff, tenant.id, "macro_solved_label", "Fijn dat het gelukt is.")
        after = done.json()["conversation"]
        assert (after["state"], len(after["labels"])) == ("closed", 1)
    setup = (await staff.client.get("/console/api/lists/setup")).json()
    assert [one["name"] for one in setup["labels"]].count("Opgelost") == 1


async def test_a_macro_sends_and_passes_on_to_its_queue(bench: Bench) -> None:
    tenant, staff = await taken(bench)
    done = await macro(staff, tenant.id, "macro_to_repairs", "Een collega helpt u.")
    assert done.json()["conversation"]["state"] == "waiting"
    assert done.json()["conversation"]["queue"] == "reparaties"


async def test_a_macro_that_may_not_run_leaves_everything_as_it_was(bench: Bench) -> None:
    tenant, staff = await taken(bench)
    joost = await bench.staff("fatma2")
    assert (await macro(joost, tenant.id, "macro_solved", "Dag.")).status_code == 409
    assert (await macro(staff, tenant.id, "no_such", "Dag.")).status_code == 404
    stale = await staff.step(
        tenant.id, "macro", key="macro_solved", text="Dag.", client_msg_id=unique(), term=0
    )
    assert stale.status_code == 409
    assert await tenant.state() == "held"
    assert "Dag." not in [event["text"] for event in await tenant.events()]


async def test_answers_of_topics_are_found_with_their_facts_filled_in(bench: Bench) -> None:
    tenant, staff = await taken(bench)
    found = (await read(staff, "answers", q="hoe huur BETAALT"))["suggestions"]
    assert found[0]["intent"] == "rent_payment_methods"
    assert "NL00 LIND 0000 0000 00" in found[0]["text"] and "[[" not in found[0]["text"]
    for odd in ('"; drop table', "%_\\", "🏠", "zzzzzz"):
        assert (await read(staff, "answers", q=odd))["suggestions"] == []
    assert len((await read(staff, "answers"))["suggestions"]) == 20
    own = (await read(staff, f"conversations/{tenant.id}/suggestions"))["suggestions"]
    assert len(own) <= 3


async def test_a_text_is_checked_for_plain_dutch_by_its_places(bench: Bench) -> None:
    _, staff = await taken(bench)
    text = "🏠 Gaarne ontvangen wij thans uw reactie."
    answer = await staff.client.post("/console/api/plain-check", json={"text": text})
    found = answer.json()
    assert not found["plain"]
    assert [(w["word"], w["better"]) for w in found["words"]] == [
        ("Gaarne", "graag"),
        ("thans", "nu"),
    ]
    units = text.encode("utf-16-le")
    first = found["words"][0]
    assert units[first["start"] * 2 : first["end"] * 2].decode("utf-16-le") == "Gaarne"
    plain = {"text": "Wij bellen u morgen."}
    assert (await staff.client.post("/console/api/plain-check", json=plain)).json()["plain"]
    long = {"text": "woord " * 16 + "."}
    found = (await staff.client.post("/console/api/plain-check", json=long)).json()
    assert found["sentences"][0]["words"] == 16


async def test_who_is_named_in_a_note_finds_it_until_read(bench: Bench) -> None:
    tenant, fatma = await taken(bench)
    joost = await bench.staff("fatma2")
    ref, text = unique(), "@Joost kun jij dit nakijken? En mail@joost.nl niet. @Fatma @Niemand"
    for _ in range(2):
        again = await fatma.step(tenant.id, "note", client_msg_id=ref, text=text)
        assert again.status_code == 201
    mentions = (await read(joost, "mentions"))["mentions"]
    assert [(m["named_by"], m["seen"]) for m in mentions] == [("Fatma", False)]
    assert mentions[0]["excerpt"].startswith("@Joost kun jij")
    assert (await read(fatma, "mentions"))["mentions"] == []
    await joost.open(tenant.id)
    assert [m["seen"] for m in (await read(joost, "mentions"))["mentions"]] == [True]
