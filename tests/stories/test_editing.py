"""Editors change answers, hours and promises; somebody else agrees; tenants read it at once."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.rasa_client import RasaClient
from handoff.content import renderer
from handoff.editing.catalogue import Kind
from handoff.seed import put_agent
from handoff.testing import _LIGHT, PASSWORD, Bench, PhoneSide, StaffSide, start_bench

pytestmark = pytest.mark.stories
TOPIC = "rent_payment_methods"
ANSWER = f"{TOPIC}:utter_{TOPIC}:0"
NEW = "U kunt betalen met [[corporation.iban]]. Dat kan ook in delen."


async def editors(bench: Bench) -> tuple[StaffSide, StaffSide, StaffSide]:
    """Two editors and a team lead."""
    people = (("els", "editor"), ("ed", "editor"), ("lia", "lead"))
    for login, role in people:
        hashed = _LIGHT.hash(PASSWORD)
        await bench.product.store.write(
            lambda ledger, login=login, hashed=hashed, role=role: put_agent(  # type: ignore[misc]
                ledger, login, login.capitalize(), hashed, (role,)
            )
        )
    els, ed, lia = [await bench.staff(login) for login, _ in people]
    return els, ed, lia


async def read(staff: StaffSide, kind: str = "answer", key: str = ANSWER) -> dict[str, Any]:
    answer = await staff.client.get(
        "/console/api/content/subject", params={"kind": kind, "key": key}
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def save(
    staff: StaffSide, text: str, base: str = "", kind: str = "answer", key: str = ANSWER
) -> httpx.Response:
    body = {"kind": kind, "key": key, "text": text, "base": base, "propose": True, "reason": "x"}
    return await staff.client.post("/console/api/content/edits", json=body)


async def post(staff: StaffSide, path: str, **body: str) -> httpx.Response:
    return await staff.client.post(f"/console/api/content/{path}", json=body)


async def approved(author: StaffSide, other: StaffSide, *args: str, **subject: str) -> None:
    saved = await save(author, *args, **subject)
    assert saved.status_code == 201, saved.text
    done = await post(other, f"approve/edits/{saved.json()['id']}")
    assert done.status_code == 204, done.text


def refused(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


@pytest.fixture
async def rasa_bench() -> AsyncIterator[Bench]:
    """The true product and the true client of Rasa, before a server that says a shipped answer."""
    said = {"text": ""}

    async def turn(request: web.Request) -> web.Response:
        asked = await request.json()
        message = {"text": said["text"], "choices": [], "custom": None}
        carry = {"slots": {}, "active_form": None, "requested_slot": None}
        return web.json_response(
            {
                "ok": True,
                "turn_id": asked["turn_id"],
                "messages": [message],
                "ranking": [{"intent": TOPIC, "confidence": 0.99}],
                "carry": carry,
                "model": "m",
                "ms": 1.0,
            }
        )

    async def healthy(_: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    app = web.Application()
    app.router.add_get("/webhooks/gateway/health", healthy)
    app.router.add_post("/webhooks/gateway/turn", turn)
    server = TestServer(app)
    await server.start_server()
    fill = [str]
    client = RasaClient(str(server.make_url("/")), "geheim", render=lambda t: fill[0](t))
    bench = await start_bench(assistant=client)
    product = bench.product
    fill[0] = renderer(product.editing.facts, product.counter, product.clock)  # type: ignore[call-overload]
    said["text"] = next(
        s.text for s in product.counter.catalogue[TOPIC].said if s.response == f"utter_{TOPIC}"
    )
    yield bench
    await bench.client.aclose()
    await product.stop()
    await server.close()


async def test_an_approved_answer_is_read_at_once_on_web_chat_and_sms(rasa_bench: Bench) -> None:
    els, ed, _ = await editors(rasa_bench)
    tenant, phone = await rasa_bench.tenant(), PhoneSide(rasa_bench)
    before = " ".join(e["text"] for e in await tenant.ask("hoe kan ik de huur betalen"))
    saved = await save(els, NEW)
    assert "op drie manieren" in before
    other = await rasa_bench.tenant()
    still = " ".join(e["text"] for e in await other.ask("hoe kan ik de huur betalen"))
    assert "op drie manieren" in still, "a proposal is no answer"
    assert (await post(ed, f"approve/edits/{saved.json()['id']}")).status_code == 204
    later = await rasa_bench.tenant()
    now = " ".join(e["text"] for e in await later.ask("hoe kan ik de huur betalen"))
    expected = "U kunt betalen met NL00 LIND 0000 0000 00. Dat kan ook in delen."
    assert expected in now
    assert expected in " ".join(await phone.ask("hoe kan ik de huur betalen"))


async def test_nobody_approves_the_own_edit(bench: Bench) -> None:
    els, _, lia = await editors(bench)
    id = (await save(els, NEW)).json()["id"]
    assert refused(await post(els, f"approve/edits/{id}")) == (403, "own_edit")
    assert refused(await post(els, f"approve/edits/{id}/reject", reason="nee")) == (403, "own_edit")
    assert (await post(lia, f"approve/edits/{id}")).status_code == 204
    assert refused(await post(lia, f"approve/edits/{id}")) == (409, "edit_decided")
    history = (await read(lia))["history"]
    assert [(h["author"], h["decided_by"], h["state"]) for h in history] == [
        ("Els", "Lia", "approved")
    ]


async def test_who_is_no_editor_reads_and_writes_nothing(bench: Bench) -> None:
    els, _, lia = await editors(bench)
    id = (await save(els, NEW)).json()["id"]
    fatma = await bench.staff()
    for answer in (
        await fatma.client.get("/console/api/content"),
        await save(fatma, NEW),
        await save(lia, NEW),
        await post(fatma, f"approve/edits/{id}"),
        await post(fatma, "approve/close-today", reason="storm"),
    ):
        assert answer.status_code == 403, answer.text
    assert (await save(StaffSide(bench.client), NEW)).status_code == 401


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("U belt [[corporation.fax]].", "unknown_placeholder"),
        ("U betaalt [[facts.does_not_exist]] euro.", "unknown_placeholder"),
        ("Dag {name}.", "unknown_place"),
        ("Dag {.", "unknown_place"),
        ("Wij zijn er. " * 21, "too_many_words"),
        ("Wat is uw naam? Waar woont u?", "two_questions"),
    ],
)
async def test_a_text_that_breaks_a_rule_is_not_kept(bench: Bench, text: str, code: str) -> None:
    els, _, _ = await editors(bench)
    tried = (await post(els, "try", kind="answer", key=ANSWER, text=text)).json()
    assert code in [r["code"] for r in tried["remarks"] if r["hard"]]
    assert refused(await save(els, text)) == (422, "content_refused")
    assert (await read(els))["history"] == []


async def test_a_long_sentence_is_a_remark_and_no_wall(bench: Bench) -> None:
    els, _, _ = await editors(bench)
    long = "U kunt " + "heel erg " * 10 + "goed betalen."
    tried = (await post(els, "try", kind="answer", key=ANSWER, text=long)).json()
    assert [(r["code"], r["hard"]) for r in tried["remarks"]][:1] == [("long_sentence", False)]
    assert (await save(els, long)).status_code == 201


async def test_a_preview_shows_chat_sms_and_speech(bench: Bench) -> None:
    els, _, _ = await editors(bench)
    text = "Bel [[corporation.phone]]. Dat kost 5 euro."
    tried = (await post(els, "try", kind="answer", key=ANSWER, text=text)).json()
    assert tried["chat"] == "Bel 085 000 12 34. Dat kost 5 euro."
    assert "vijf euro" in tried["spoken"] and "085" not in tried["spoken"]
    assert tried["segments"] == 1


async def test_two_editors_do_not_write_over_each_other(bench: Bench) -> None:
    els, ed, lia = await editors(bench)
    id = (await save(els, NEW)).json()["id"]
    assert refused(await save(ed, "Iets anders.")) == (409, "edit_open")
    assert (await read(ed))["open"]["after"] == NEW, "the other one's text is shown"
    assert (await post(lia, f"approve/edits/{id}")).status_code == 204
    assert refused(await save(ed, "Iets anders.", "")) == (409, "edit_stale")
    version = (await read(ed))["version"]
    assert version == id
    assert (await save(ed, "Iets anders.", version)).status_code == 201


async def test_undoing_is_a_new_proposal_of_the_old_text(bench: Bench) -> None:
    els, ed, _ = await editors(bench)
    shipped = (await read(els))["shipped"]
    await approved(els, ed, NEW)
    found = await read(els)
    assert found["text"] == NEW
    await approved(els, ed, found["history"][0]["before"], found["version"])
    again = await read(els)
    assert again["text"] == shipped
    assert [h["state"] for h in again["history"]] == ["approved", "approved"]


async def test_a_rejected_or_withdrawn_edit_changes_nothing(bench: Bench) -> None:
    els, ed, lia = await editors(bench)
    id = (await save(els, NEW)).json()["id"]
    no_reason = await post(lia, f"approve/edits/{id}/reject", reason="  ")
    assert refused(no_reason) == (422, "content_reason")
    why = "Delen mag niet."
    assert (await post(lia, f"approve/edits/{id}/reject", reason=why)).status_code == 204
    second = (await save(els, NEW)).json()["id"]
    assert (await post(ed, f"edits/{second}/withdraw")).status_code == 404
    assert (await post(els, f"edits/{second}/withdraw")).status_code == 204
    found = await read(els)
    assert found["text"] == found["shipped"] and not found["edited"]
    assert {h["refusal"] for h in found["history"]} == {"", why}


async def test_texts_about_danger_are_changed_by_file_only(bench: Bench) -> None:
    els, _, _ = await editors(bench)
    subjects = (await els.client.get("/console/api/content")).json()["subjects"]
    assert len(subjects) > 500
    assert not [s for s in subjects if s["kind"] == "text" and "112" in s["text"]]
    danger = next(name for name, t in bench.product.counter.catalogue.items() if t.urgent)
    key = f"{danger}:utter_{danger}:0"
    assert refused(await save(els, "Bel later.", key=key)) == (404, "content_unknown")


def week(**changes: Any) -> str:
    blocks = {day: ["09:00-16:00"] for day in ("monday", "tuesday", "wednesday")}
    words = "Wij zijn er van maandag tot en met woensdag van 09:00 tot 16:00."
    return json.dumps({"blocks": blocks, "closed_on": {}, "in_words": words, **changes})


async def test_new_opening_hours_change_promises_from_then_on(bench: Bench) -> None:
    els, ed, _ = await editors(bench)
    service, now = bench.product.counter.service, bench.clock.now()
    assert service.is_open(now)
    before = service.answer_by("huur", now)
    blocks = {"monday": ["09:00-16:00"]}
    words = "Wij zijn er op maandag van 09:00 tot 16:00."
    await approved(els, ed, week(blocks=blocks, in_words=words), kind="hours", key="office")
    assert not service.is_open(now)
    assert service.answer_by("huur", now) > before
    assert bench.product.editing.facts.corporation["opening_hours_text"] == words


async def test_a_promise_is_listed_under_what_staff_call_its_queue(bench: Bench) -> None:
    listed = bench.product.editing.overlay.catalogue.values()
    titles = {one.subject.key: one.title for one in listed if one.subject.kind is Kind.PROMISE}
    words = bench.product.counter.words
    assert titles["huur"] == words.text("queue_huur") != "huur"


async def test_a_new_promise_holds_for_its_queue_only(bench: Bench) -> None:
    els, ed, _ = await editors(bench)
    service = bench.product.counter.service
    others = service.minutes_for("reparaties")
    await approved(els, ed, "45", kind="promise", key="huur")
    assert (service.minutes_for("huur"), service.minutes_for("reparaties")) == (45, others)
    for wrong in ("0", "-5", "481", "ë", "1.5", "²"):
        assert (await save(els, wrong, kind="promise", key="klachten")).status_code == 422


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"blocks": {}}, "hours_never_open"),
        ({"blocks": {"monday": ["09:00-12:00", "11:00-16:00"]}}, "hours_overlap"),
        ({"blocks": {"monday": ["16:00-09:00"]}}, "hours_unreadable"),
        ({"blocks": {"maandag": ["09:00-16:00"]}}, "hours_unreadable"),
        ({"closed_on": {"2026-12-24": " "}}, "closing_without_reason"),
        ({"closed_on": {"2026-02-30": "x"}}, "hours_unreadable"),
        ({"in_words": "Wij zijn er van 08:00 tot 16:00."}, "words_other_hours"),
    ],
)
async def test_opening_hours_that_cannot_hold_are_refused(
    bench: Bench, changes: dict[str, Any], code: str
) -> None:
    els, _, _ = await editors(bench)
    text = week(**changes)
    tried = (await post(els, "try", kind="hours", key="office", text=text)).json()
    assert [r["code"] for r in tried["remarks"] if r["hard"]] == [code]
    assert (await save(els, text, kind="hours", key="office")).status_code == 422


async def test_closing_today_needs_no_second_person_and_is_marked(bench: Bench) -> None:
    els, _, lia = await editors(bench)
    assert refused(await post(els, "approve/close-today", reason="")) == (422, "content_reason")
    done = await post(els, "approve/close-today", reason="Storm")
    assert done.status_code == 200, done.text
    assert not bench.product.counter.service.is_open(bench.clock.now())
    again = await post(lia, "approve/close-today", reason="Storm")
    assert refused(again) == (409, "closed_already")
    history = (await read(lia, "hours", "office"))["history"]
    assert [(h["alone"], h["author"], h["reason"]) for h in history] == [(True, "Els", "Storm")]


async def test_approved_edits_are_there_again_after_a_restart(bench: Bench) -> None:
    els, ed, _ = await editors(bench)
    await approved(els, ed, NEW)
    product = bench.product
    product.editing.overlay.load([])
    await product.editing.load(product.store)
    assert (await read(els))["text"] == NEW


async def test_staff_choose_from_the_new_words_of_a_reply(bench: Bench) -> None:
    els, ed, _ = await editors(bench)
    await approved(els, ed, "Een ogenblik, ik kijk even.", kind="canned", key="one_moment")
    replies = await bench.product.store.read(lambda ledger: ledger.writing.canned())
    assert {r.key: r.text for r in replies}["one_moment"] == "Een ogenblik, ik kijk even."
