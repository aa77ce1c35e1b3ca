"""Logging in, the session it gives, and how often it may be tried."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from pydantic import SecretStr

from handoff.settings import RateLimitSettings
from handoff.testing import PASSWORD, Bench, new_client, start_bench, unique
from tests.refusals import refused

pytestmark = pytest.mark.stories

COOKIE = "thuisbalie_staff"


async def log_in(
    client: httpx.AsyncClient, login: str = "fatma", password: str = PASSWORD, **headers: str
) -> httpx.Response:
    body = {"login": login, "password": password}
    return await client.post("/console/api/login", json=body, headers=headers)


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(bench: Bench) -> None:
    answer = await log_in(bench.client)
    (cookie,) = answer.headers.get_list("set-cookie")
    name, *parts = [part.strip() for part in cookie.split(";")]
    assert name.startswith(f"{COOKIE}=") and len(name) > 43
    found = {part.split("=")[0].lower(): part.partition("=")[2] for part in parts}
    assert "httponly" in found and found["samesite"].lower() == "strict"
    assert found["path"] == "/console" and 0 < int(found["max-age"]) <= 12 * 3600
    assert "secure" not in found  # the demo is plain http on loopback
    assert COOKIE not in answer.text and answer.headers["cache-control"] == "no-store"


async def test_the_cookie_is_secure_on_a_secure_address() -> None:
    bench = await start_bench(public_base_url="https://balie.example")
    answer = await log_in(bench.client, Origin="https://balie.example")
    assert answer.status_code == 200 and "; Secure" in answer.headers["set-cookie"]
    await bench.product.stop()


async def test_a_session_is_new_at_each_login_and_dead_after_logout(bench: Bench) -> None:
    staff = await bench.staff()
    first = staff.client.cookies[COOKIE]
    await log_in(staff.client)
    second = staff.client.cookies[COOKIE]
    assert first != second
    gone = await staff.client.post("/console/api/logout")
    assert gone.status_code == 204 and COOKIE not in staff.client.cookies
    stolen = {"Cookie": f"{COOKIE}={second}"}
    refused(
        await new_client(bench.app).get("/console/api/me", headers=stolen), 401, "not_logged_in"
    )


async def test_a_session_ends_with_the_shift(bench: Bench) -> None:
    staff = await bench.staff()
    bench.clock.move(timedelta(hours=11))
    assert (await staff.client.get("/console/api/me")).status_code == 200
    bench.clock.move(timedelta(hours=2))
    refused(await staff.client.get("/console/api/me"), 401, "not_logged_in")


async def test_a_cookie_chosen_by_somebody_else_is_not_a_session(bench: Bench) -> None:
    client = new_client(bench.app)
    fixed = {"Cookie": f"{COOKIE}=gekozen-door-een-ander"}
    assert (await log_in(client, **fixed)).status_code == 200
    refused(await new_client(bench.app).get("/console/api/me", headers=fixed), 401, "not_logged_in")


@pytest.mark.parametrize("origin", ["null", "https://kwaad.example", "http://thuisbalie.test:81"])
async def test_a_page_of_another_site_cannot_write(bench: Bench, origin: str) -> None:
    answer = await log_in(new_client(bench.app), Origin=origin)
    refused(answer, 403, "foreign_origin")
    assert (await log_in(new_client(bench.app), Origin="http://thuisbalie.test")).status_code == 200


async def test_no_site_is_allowed_to_read_across(bench: Bench) -> None:
    for path in ("/console/api/me", "/chat/conversations", "/health"):
        for method in ("GET", "POST", "OPTIONS"):
            answer = await bench.client.request(
                method, path, headers={"Origin": "https://kwaad.example"}
            )
            assert not [name for name in answer.headers if name.startswith("access-control")]


async def test_known_and_unknown_logins_get_the_same_answer(bench: Bench) -> None:
    pairs = [("fatma", "fout"), ("niemand", "fout"), ("niemand", PASSWORD), ("FATMA\x00'--", "x")]
    answers = [await log_in(bench.client, login, password) for login, password in pairs]
    assert {refused(answer, 401, "login_wrong") for answer in answers} != set()
    assert len({answer.content for answer in answers}) == 1
    assert not any("set-cookie" in answer.headers for answer in answers)


async def test_trying_passwords_is_stopped() -> None:
    limits = RateLimitSettings(login_name="5/5minute", login_address="8/minute")
    bench = await start_bench(rate_limit=limits)
    statuses = [(await log_in(bench.client, "Fatma", f"gok-{no}")).status_code for no in range(6)]
    assert statuses == [401] * 5 + [429]
    spoofed = {"X-Forwarded-For": "203.0.113.7", "Forwarded": "for=203.0.113.7"}
    stopped = await log_in(bench.client, "fatma", PASSWORD, **spoofed)
    assert "seconden" in refused(stopped, 429, "login_too_often")
    assert 1 <= int(stopped.headers["retry-after"]) <= 300
    statuses = [(await log_in(bench.client, f"naam-{no}", "x")).status_code for no in range(3)]
    assert statuses[-1] == 429
    await bench.product.stop()


async def test_a_tenant_who_sends_too_fast_is_asked_to_wait() -> None:
    bench = await start_bench(rate_limit=RateLimitSettings(message="3/minute", open="3/minute"))
    fast, calm = await bench.tenant(), await bench.tenant()
    for _ in range(3):
        await fast.say("hallo")
    body = {"client_msg_id": unique(), "text": "hallo"}
    answer = await fast.post(body)
    assert "Wacht" in refused(answer, 429, "too_fast")
    assert int(answer.headers["retry-after"]) >= 1
    await calm.say("hallo")
    await bench.tenant()
    refused(await bench.client.post("/chat/conversations"), 429, "too_fast")
    await bench.product.stop()


async def test_without_the_demo_nobody_can_log_in() -> None:
    bench = await start_bench(demo=False, demo_password=SecretStr(PASSWORD))
    refused(await log_in(bench.client), 401, "login_wrong")
    await bench.product.stop()
