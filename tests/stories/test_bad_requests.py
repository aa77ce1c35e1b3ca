"""Requests that are not what was agreed get one clear refusal, and never a 5xx."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from handoff.testing import Bench, StaffSide, TenantSide, unique
from tests.refusals import refused

pytestmark = pytest.mark.stories


async def send_raw(tenant: TenantSide, body: bytes) -> httpx.Response:
    url = f"/chat/conversations/{tenant.id}/messages"
    return await tenant.bench.client.post(url, content=body, headers=tenant.headers)


async def said(tenant: TenantSide) -> list[str]:
    return [event["text"] for event in await tenant.events() if event["author"] == "tenant"]


# --- bodies that are not what was agreed ---


def named(value: str) -> bytes:
    return b'{"client_msg_id":"m-1",' + value.encode() + b"}"


BROKEN: dict[str, bytes] = {
    "nothing": b"",
    "broken": b'{"client_msg_id":"m-1","text":"hal',
    "words": b"hallo",
    "array": b'[{"client_msg_id":"m-1","text":"hallo"}]',
    "string": b'"hallo"',
    "null": b"null",
    "number": b"12",
    "NaN as text": named('"text":NaN'),
    "NaN beside it": named('"text":"hallo","x":NaN'),
    "infinity": named('"text":"hallo","x":-Infinity'),
    "too large a number": named('"text":1e999'),
    "64-bit number": named('"text":18446744073709551616'),
    "endless number": named('"text":' + "9" * 5_000),
    "deep": b"[" * 10_000,
    "deep and closed": named('"text":"x","x":' + "[" * 10_000 + "]" * 10_000),
    "deep objects": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "the same name twice": named('"text":"ja","text":"nee"'),
    "the same id twice": b'{"client_msg_id":"m-1","client_msg_id":"m-2","text":"hallo"}',
    "text of a wrong type": named('"text":["hallo"]'),
    "text is true": named('"text":true'),
    "text is null": named('"text":null'),
    "neither": named('"tekst":"hallo"'),
    "both": named('"text":"hallo","choice_id":"medewerker"'),
    "empty choice": named('"choice_id":""'),
    "long choice": named('"choice_id":"' + "a" * 101 + '"'),
    "surrogate choice": named('"choice_id":"\\ud800"'),
    "NUL choice": named('"choice_id":"a\\u0000"'),
    "choice of a wrong type": named('"choice_id":1'),
    "no id": b'{"text":"hallo"}',
    "empty id": b'{"client_msg_id":"","text":"hallo"}',
    "long id": b'{"client_msg_id":"' + b"a" * 101 + b'","text":"hallo"}',
    "id with a space": b'{"client_msg_id":"m 1","text":"hallo"}',
    "id with a newline": b'{"client_msg_id":"m-1\\n","text":"hallo"}',
    "surrogate id": b'{"client_msg_id":"\\ud800","text":"hallo"}',
    "id of a wrong type": b'{"client_msg_id":1,"text":"hallo"}',
    "not UTF-8": b'{"client_msg_id":"m-1","text":"\xff\xfe"}',
    "a form": b"client_msg_id=m-1&text=hallo",
}


async def test_a_body_that_is_not_a_message_is_refused(
    bench: Bench, subtests: pytest.Subtests
) -> None:
    tenant = await bench.tenant()
    for what, body in BROKEN.items():
        with subtests.test(what):
            refused(await send_raw(tenant, body), 422, "bad_request")
    assert len(await tenant.events()) == 1


async def test_fields_we_do_not_know_are_left_alone(bench: Bench) -> None:
    tenant = await bench.tenant()
    body = {"client_msg_id": unique(), "text": "hallo", "seq": 99, "author": "agent", "state": {}}
    assert (await tenant.post(body)).status_code == 202
    (event,) = await tenant.events(since=1)
    assert event["author"] == "tenant" and event["seq"] == 2


async def test_a_refused_body_does_not_use_up_its_id(bench: Bench) -> None:
    tenant = await bench.tenant()
    refused(await send_raw(tenant, named('"text":""')), 422, "empty")
    refused(await send_raw(tenant, named('"text":1')), 422, "bad_request")
    assert (await send_raw(tenant, named('"text":"hallo"'))).status_code == 202


async def test_a_body_without_end_is_not_read_to_its_end(bench: Bench) -> None:
    tenant = await bench.tenant()
    given = 0

    async def endless() -> Any:
        nonlocal given
        while given < 1_000:  # an end after all, for a server that reads on
            given += 1
            yield b"x" * 10_000

    for url in (f"/chat/conversations/{tenant.id}/messages", "/console/api/login"):
        given = 0
        headers = {**tenant.headers, "Content-Type": "application/json"}
        answer = await bench.client.post(url, content=endless(), headers=headers)
        refused(answer, 413, "too_long")
        assert given < 30


# --- ids ---

NO_IDS = ["0", "-1", str(2**63), "niet-van-mij", "%00", "%ed%a0%80", "x%20y", "a" * 5_000]


async def test_an_unknown_conversation_is_not_found(
    bench: Bench, subtests: pytest.Subtests
) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    body, own = {"client_msg_id": unique(), "text": "hallo"}, tenant.headers
    for id in NO_IDS:
        base, desk = f"/chat/conversations/{id}", f"/console/api/conversations/{id}"
        with subtests.test(id):
            sent = await bench.client.post(f"{base}/messages", json=body, headers=own)
            refused(sent, 404, "not_found")
            read = await bench.client.get(f"{base}/events", headers=own)
            refused(read, 404, "not_found")
            refused(await staff.client.get(desk), 404, "conversation_unknown")
            refused(await staff.client.post(f"{desk}/take"), 404, "conversation_unknown")


async def test_a_path_in_an_id_leads_nowhere(bench: Bench) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    for id in ("..%2F..%2Fetc", "a%2Fb", "%2e%2e"):
        url = f"/chat/conversations/{id}/events"
        answer = await bench.client.get(url, headers=tenant.headers)
        assert answer.status_code == 404 and "error" in answer.json()
        answer = await staff.client.post(f"/console/api/conversations/{id}/take")
        assert answer.status_code in (404, 405) and "error" in answer.json()


async def test_a_since_that_is_no_number_of_ours_is_refused(
    bench: Bench, subtests: pytest.Subtests
) -> None:
    tenant = await bench.tenant()
    url = f"/chat/conversations/{tenant.id}/events"
    for since in ("-1", str(2**31), str(2**63), "1.5", "x", "", "NaN"):
        with subtests.test(since):
            answer = await bench.client.get(url, params={"since": since}, headers=tenant.headers)
            refused(answer, 422, "bad_request")


async def test_a_since_in_the_future_gives_nothing(bench: Bench) -> None:
    tenant = await bench.tenant()
    assert await tenant.events(since=2**31 - 1) == []


# --- the desk's side of it ---


async def taken(bench: Bench) -> tuple[TenantSide, StaffSide]:
    tenant, staff = await bench.tenant(), await bench.staff()
    await tenant.ask("ik wil een medewerker")
    assert (await staff.step(tenant.id, "take")).status_code == 200
    return tenant, staff


async def test_a_term_that_cannot_be_is_a_stale_one(
    bench: Bench, subtests: pytest.Subtests
) -> None:
    tenant, staff = await taken(bench)
    for step in ("take", "say", "release", "close"):
        body = {"client_msg_id": unique(), "text": "hoi"} if step == "say" else {}
        for term in (-1, 2**31, 2**63, 10**30):
            with subtests.test(step, term=term):
                refused(await staff.step(tenant.id, step, term=term, **body), 409, "stale_term")
    assert await tenant.state() == "held"


@pytest.mark.parametrize("step", ["say", "note"])
async def test_an_empty_text_of_staff_is_refused(bench: Bench, step: str) -> None:
    tenant, staff = await taken(bench)
    answer = await staff.step(tenant.id, step, client_msg_id=unique(), text=" \x00 ")
    refused(answer, 422, "text_empty")


@pytest.mark.parametrize("step", ["say", "note"])
async def test_text_of_staff_is_cleaned_and_one_row_however_often_sent(
    bench: Bench, step: str
) -> None:
    tenant, staff = await taken(bench)
    body = {"client_msg_id": unique(), "text": "e\u0301\x00<b>n</b>"}
    answers = await asyncio.gather(*(staff.step(tenant.id, step, **body) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {201}
    assert {answer.json()["message"]["text"] for answer in answers} == {"é<b>n</b>"}
    assert len({answer.json()["message"]["id"] for answer in answers}) == 1
    other = await staff.step(tenant.id, step, **{**body, "text": "anders"})
    refused(other, 409, "message_conflict")


CONSOLE_BROKEN: dict[str, bytes] = {
    "nothing": b"",
    "broken": b"{",
    "array": b"[]",
    "NaN": b'{"client_msg_id":"m","text":NaN}',
    "deep": b"[" * 10_000,
    "not UTF-8": b'{"text":"\xff"}',
    "surrogate": b'{"client_msg_id":"m","text":"\\ud800"}',
    "NUL id": b'{"client_msg_id":"\\u0000","text":"x"}',
    "long text": b'{"client_msg_id":"m","text":"' + b"a" * 10_001 + b'"}',
    "wrong types": b'{"client_msg_id":1,"text":[]}',
}


async def test_a_body_that_the_desk_cannot_use_is_refused(
    bench: Bench, subtests: pytest.Subtests
) -> None:
    tenant, staff = await taken(bench)
    headers = {"Content-Type": "application/json"}
    for what, body in CONSOLE_BROKEN.items():
        for step in ("say", "note"):
            url = f"/console/api/conversations/{tenant.id}/{step}"
            with subtests.test(what, step=step):
                answer = await staff.client.post(url, content=body, headers=headers)
                refused(answer, answer.status_code, "bad_request")
                assert answer.status_code in (400, 422)


async def test_a_form_of_another_site_cannot_pose_as_json(bench: Bench) -> None:
    staff = await bench.staff()
    for content_type in ("text/plain", "application/x-www-form-urlencoded", ""):
        answer = await staff.client.post(
            "/console/api/login",
            content=b'{"login":"fatma","password":"x"}',
            headers={"Content-Type": content_type},
        )
        refused(answer, 422, "bad_request")


# --- whatever else is asked for ---


ELSEWHERE = [
    ("GET", "/bestaat-niet", 404),
    ("GET", "/chat/conversations", 405),
    ("DELETE", "/chat/conversations", 405),
    ("GET", "/console/api/bestaat-niet", 404),
    ("GET", "/console/api/login", 404),
    ("GET", "/console/api/conversations/a%2Fb", 404),
    ("GET", "/pages/%00", 404),
    ("GET", "/pages/..%2f..%2fpyproject.toml", 404),
    ("GET", "/pages/%2e%2e/%2e%2e/pyproject.toml", 404),
    ("POST", "/channels/bestaat-niet", 404),
    ("POST", "/channels/webchat", 404),
    ("POST", "/actions/webhook", 404),
]


async def test_an_address_that_is_not_there_is_said_so(
    bench: Bench, subtests: pytest.Subtests
) -> None:
    client = (await bench.staff()).client
    for method, path, status in ELSEWHERE:
        with subtests.test(f"{method} {path}"):
            answer = await client.request(method, path)
            refused(answer, status, "not_found" if status == 404 else "method")
