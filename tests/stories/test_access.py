"""Who may call what: every route of the interface, asked by everybody who should not get in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from starlette.routing import Route

from handoff.testing import PASSWORD, Bench, StaffSide, TenantSide, new_client
from tests.refusals import refused

pytestmark = pytest.mark.stories

COOKIE = "thuisbalie_staff"


@dataclass(frozen=True, slots=True)
class Row:
    """The status each stranger gets. ``tenant``: tenant A with A's token, on B's conversation."""

    anonymous: int
    tenant: int
    ended_session: int
    foreign_origin: int
    """A member of staff who is logged in, from a page of another website."""


OPEN_TO_ALL = Row(200, 200, 200, 200)
DESK_READ = Row(401, 401, 401, 200)
DESK_WRITE = Row(401, 401, 401, 403)
NOT_AN_AGENT = Row(401, 401, 401, 403)
"""To be read with another role than that of the member of staff who asks here."""

# A new route without a row here fails the test below: decide who may call it.
MATRIX = {
    ("POST", "/chat/conversations"): Row(201, 201, 201, 403),
    ("POST", "/chat/conversations/{conversation_id}/messages"): Row(401, 404, 401, 403),
    ("POST", "/chat/conversations/{conversation_id}/files"): Row(401, 404, 401, 403),
    ("GET", "/chat/conversations/{conversation_id}/files/{file_id}"): Row(401, 404, 401, 401),
    ("POST", "/u/{token}/photos"): Row(410, 410, 410, 403),
    ("GET", "/chat/conversations/{conversation_id}/events"): Row(401, 404, 401, 401),
    ("POST", "/console/api/login"): DESK_WRITE,
    ("POST", "/console/api/login/enrol"): Row(422, 422, 422, 403),
    ("POST", "/console/api/login/code"): Row(422, 422, 422, 403),
    ("POST", "/console/api/me/second-factor"): DESK_WRITE,
    ("POST", "/console/api/me/second-factor/confirm"): DESK_WRITE,
    ("GET", "/console/api/sso"): OPEN_TO_ALL,
    ("GET", "/console/api/sso/start"): Row(404, 404, 404, 404),
    ("GET", "/console/api/sso/return"): Row(404, 404, 404, 404),
    ("GET", "/console/api/staff"): NOT_AN_AGENT,
    ("POST", "/console/api/staff"): DESK_WRITE,
    ("PUT", "/console/api/staff/{id}"): DESK_WRITE,
    ("POST", "/console/api/staff/{id}/password"): DESK_WRITE,
    ("DELETE", "/console/api/staff/{id}/second-factor"): DESK_WRITE,
    ("GET", "/console/api/access-log"): NOT_AN_AGENT,
    ("GET", "/console/api/access-log/file"): NOT_AN_AGENT,
    ("POST", "/console/api/logout"): Row(204, 204, 204, 403),
    ("GET", "/console/api/me"): DESK_READ,
    ("GET", "/console/api/conversations"): DESK_READ,
    ("GET", "/console/api/conversations/{id}"): DESK_READ,
    ("GET", "/console/api/conversations/{id}/briefing"): DESK_READ,
    ("GET", "/console/api/conversations/{id}/messages"): DESK_READ,
    # A stream: that staff may read it is in test_streams, where there is a real server.
    ("GET", "/console/api/events"): Row(401, 401, 401, 0),
    ("POST", "/console/api/conversations/{id}/take"): DESK_WRITE,
    ("POST", "/console/api/conversations/{id}/say"): DESK_WRITE,
    ("POST", "/console/api/conversations/{id}/note"): DESK_WRITE,
    ("POST", "/console/api/conversations/{id}/release"): DESK_WRITE,
    ("POST", "/console/api/conversations/{id}/close"): DESK_WRITE,
    ("POST", "/console/api/conversations/{id}/typing"): DESK_WRITE,
    ("POST", "/console/api/presence"): DESK_WRITE,
    ("GET", "/console/api/colleagues"): DESK_READ,
    ("GET", "/console/api/preferences"): DESK_READ,
    ("PUT", "/console/api/preferences"): DESK_WRITE,
    ("PUT", "/console/api/colleagues/{id}/skills"): DESK_WRITE,
    ("POST", "/console/api/offers/{id}/accept"): DESK_WRITE,
    ("POST", "/console/api/offers/{id}/decline"): DESK_WRITE,
    ("POST", "/console/api/conversations/{id}/transfer"): DESK_WRITE,
    ("POST", "/console/api/conversations/{id}/alarm/acknowledge"): DESK_WRITE,
    ("GET", "/console/api/lists/setup"): DESK_READ,
    ("GET", "/console/api/lists/page"): DESK_READ,
    ("GET", "/console/api/search"): DESK_READ,
    ("GET", "/console/api/views"): DESK_READ,
    ("GET", "/console/api/viewing"): DESK_READ,
    ("POST", "/console/api/views"): DESK_WRITE,
    ("DELETE", "/console/api/views/{id}"): DESK_WRITE,
    ("POST", "/console/api/labels"): DESK_WRITE,
    ("DELETE", "/console/api/labels/{id}"): DESK_WRITE,
    ("PUT", "/console/api/conversations/{id}/labels/{label}"): DESK_WRITE,
    ("DELETE", "/console/api/conversations/{id}/labels/{label}"): DESK_WRITE,
    ("PUT", "/console/api/conversations/{id}/snooze"): DESK_WRITE,
    ("DELETE", "/console/api/conversations/{id}/snooze"): DESK_WRITE,
    ("PUT", "/console/api/conversations/{id}/topic"): DESK_WRITE,
    ("PUT", "/console/api/conversations/{id}/queue"): DESK_WRITE,
    ("POST", "/console/api/conversations/{id}/reopen"): DESK_WRITE,
    ("GET", "/console/api/conversations/{id}/service"): DESK_READ,
    ("GET", "/console/api/opinions/flagged"): NOT_AN_AGENT,
    ("GET", "/console/api/reports"): NOT_AN_AGENT,
    ("GET", "/console/api/reports/wallboard"): NOT_AN_AGENT,
    ("GET", "/console/api/reports/files/{name}"): NOT_AN_AGENT,
    ("POST", "/console/api/conversations/{id}/viewing"): DESK_WRITE,
    ("GET", "/console/api/conversations/{id}/deliveries"): DESK_READ,
    ("POST", "/console/api/conversations/{id}/messages/{message}/resend"): DESK_WRITE,
    ("GET", "/console/api/files/{id}"): Row(401, 401, 401, 404),
    ("GET", "/console/api/conversations/{id}/person"): DESK_READ,
    ("POST", "/console/api/conversations/{id}/person/join"): DESK_WRITE,
    ("GET", "/console/api/conversations/{id}/tenant-card"): DESK_READ,
    ("GET", "/console/api/conversations/{id}/tenant-card/flags"): NOT_AN_AGENT,
    ("GET", "/console/api/conversations/{id}/tenant-card/people"): Row(401, 401, 401, 422),
    ("GET", "/console/api/conversations/{id}/tenant-card/prepared"): DESK_READ,
    ("GET", "/console/api/conversations/{id}/tenant-card/options"): Row(401, 401, 401, 422),
    ("POST", "/console/api/conversations/{id}/tenant-card/link"): DESK_WRITE,
    ("POST", "/console/api/conversations/{id}/tenant-card/unlink"): DESK_WRITE,
    ("POST", "/console/api/conversations/{id}/tenant-card/repair"): DESK_WRITE,
    ("POST", "/console/api/conversations/{id}/tenant-card/cancel-repair"): DESK_WRITE,
    ("POST", "/console/api/conversations/{id}/tenant-card/appointment"): DESK_WRITE,
    ("POST", "/console/api/conversations/{id}/tenant-card/cancel-appointment"): DESK_WRITE,
    ("POST", "/console/api/conversations/{id}/tenant-card/case"): DESK_WRITE,
    ("POST", "/console/api/conversations/{id}/tenant-card/contact"): DESK_WRITE,
    ("GET", "/console/api/conversations/{id}/attachments"): DESK_READ,
    ("POST", "/console/api/conversations/{id}/attachments"): DESK_WRITE,
    ("DELETE", "/console/api/conversations/{id}/attachments/{file}"): DESK_WRITE,
    ("GET", "/console/api/faults"): DESK_READ,
    ("POST", "/console/api/faults"): DESK_WRITE,
    ("POST", "/console/api/faults/none"): DESK_WRITE,
    ("PUT", "/console/api/faults/{fault}"): DESK_WRITE,
    ("POST", "/console/api/faults/{fault}/end"): DESK_WRITE,
    ("GET", "/console/api/kept-requests"): DESK_READ,
    ("GET", "/console/api/conversations/{id}/kept-requests"): DESK_READ,
    ("POST", "/console/api/conversations/{id}/kept-requests/{request}/try"): DESK_WRITE,
    ("POST", "/console/api/conversations/{id}/kept-requests/{request}/done"): DESK_WRITE,
    ("POST", "/console/api/conversations/{id}/person/part"): DESK_WRITE,
    ("POST", "/console/api/conversations/{id}/say-elsewhere"): DESK_WRITE,
    ("GET", "/console/api/conversations/{id}/draft"): DESK_READ,
    ("PUT", "/console/api/conversations/{id}/draft"): DESK_WRITE,
    ("DELETE", "/console/api/conversations/{id}/draft"): DESK_WRITE,
    ("GET", "/console/api/conversations/{id}/canned-replies"): DESK_READ,
    ("GET", "/console/api/conversations/{id}/suggestions"): DESK_READ,
    ("POST", "/console/api/conversations/{id}/macro"): DESK_WRITE,
    ("GET", "/console/api/answers"): DESK_READ,
    ("POST", "/console/api/plain-check"): DESK_WRITE,
    ("GET", "/console/api/mentions"): DESK_READ,
    ("GET", "/console/api/content"): NOT_AN_AGENT,
    ("GET", "/console/api/content/subject"): NOT_AN_AGENT,
    ("POST", "/console/api/content/try"): DESK_WRITE,
    ("POST", "/console/api/content/edits"): DESK_WRITE,
    ("POST", "/console/api/content/edits/{id}/withdraw"): DESK_WRITE,
    ("POST", "/console/api/content/approve/close-today"): DESK_WRITE,
    ("POST", "/console/api/content/approve/edits/{id}"): DESK_WRITE,
    ("POST", "/console/api/content/approve/edits/{id}/reject"): DESK_WRITE,
    ("POST", "/channels/{name}"): Row(404, 404, 404, 404),
    ("GET", "/health"): OPEN_TO_ALL,
}
BODIES: dict[str, dict[str, Any]] = {
    "messages": {"client_msg_id": "matrix-1", "text": "hallo"},
    "photos": {"upload": "0123456789abcdef", "photos": ["aaaa"]},
    "login": {"login": "fatma", "password": "niet-dit"},
    "say": {"client_msg_id": "matrix-2", "text": "hallo"},
    "note": {"client_msg_id": "matrix-3", "text": "hallo"},
    "typing": {"typing": True},
}


PAGES = {"/", "/chat", "/console", "/openapi.json"}


async def test_every_route_has_a_row(bench: Bench) -> None:
    described = bench.app.openapi()["paths"]
    routes = {(method.upper(), path) for path, found in described.items() for method in found}
    assert routes == set(MATRIX)


async def test_only_pages_are_left_out_of_the_description(bench: Bench) -> None:
    left_out = {
        route.path
        for route in bench.app.routes
        if isinstance(route, Route) and not route.include_in_schema
    }
    assert left_out == PAGES


async def call(
    client: httpx.AsyncClient, method: str, path: str, id: str, headers: dict[str, str]
) -> int:
    url = path.format(
        conversation_id=id,
        id=id,
        name="bestaat-niet",
        file_id=id,
        token=id,
        label=id,
        message=id,
        fault=id,
        file=id,
        request=id,
    )
    body = BODIES.get(path.rsplit("/", 1)[-1], {}) if method == "POST" else None
    answer = await client.request(method, url, json=body, headers=headers)
    if answer.status_code >= 400:
        assert answer.json()["error"]["message"]
    return answer.status_code


@dataclass(frozen=True, slots=True)
class World:
    """Tenants A and B, of whom B waits for a person, and those who try to get in."""

    victim: TenantSide
    other: TenantSide
    strangers: dict[str, tuple[httpx.AsyncClient, dict[str, str]]]


async def make_world(bench: Bench) -> World:
    other, victim = await bench.tenant(), await bench.tenant()
    await victim.ask("ik wil een medewerker")
    ended, staff = await bench.staff(), await bench.staff()
    kept = ended.client.cookies[COOKIE]
    await ended.client.post("/console/api/logout")
    strangers = {
        "anonymous": (new_client(bench.app), {}),
        "tenant": (new_client(bench.app), other.headers),
        "ended_session": (new_client(bench.app), {"Cookie": f"{COOKIE}={kept}"}),
        "foreign_origin": (staff.client, {"Origin": "https://kwaad.example"}),
    }
    return World(victim, other, strangers)


@pytest.mark.parametrize("who", ["anonymous", "tenant", "ended_session", "foreign_origin"])
async def test_a_stranger_gets_nowhere(bench: Bench, subtests: pytest.Subtests, who: str) -> None:
    world = await make_world(bench)
    client, headers = world.strangers[who]
    before = await world.victim.events()
    for (method, path), row in MATRIX.items():
        expected = getattr(row, who)
        if expected:
            with subtests.test(f"{method} {path}"):
                assert await call(client, method, path, world.victim.id, headers) == expected
    assert await world.victim.events() == before
    assert await world.victim.state() == "waiting"


async def test_a_foreign_token_looks_like_an_unknown_conversation(bench: Bench) -> None:
    mine, other = await bench.tenant(), await bench.tenant()
    answers = []
    for id in (other.id, "0" * 32):
        url = f"/chat/conversations/{id}/events"
        answers.append(await bench.client.get(url, headers=mine.headers))
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


async def test_a_token_must_be_a_bearer_token_and_whole(bench: Bench) -> None:
    tenant = await bench.tenant()
    url = f"/chat/conversations/{tenant.id}/events"
    for value in ("", "Bearer", "Bearer  ", f"Basic {tenant.token}", tenant.token):
        answer = await bench.client.get(url, headers={"Authorization": value})
        refused(answer, 401, "unauthorized")
        assert answer.headers["www-authenticate"] == "Bearer"
    for token in (tenant.token[:-1], tenant.token + "x", tenant.token.swapcase(), "a, b"):
        answer = await bench.client.get(url, headers={"Authorization": f"Bearer {token}"})
        refused(answer, 404, "not_found")
    by_query = await bench.client.get(url, params={"token": tenant.token})
    refused(by_query, 401, "unauthorized")


async def test_tokens_cannot_be_guessed(bench: Bench) -> None:
    tenants = [await bench.tenant() for _ in range(20)]
    assert len({tenant.token for tenant in tenants}) == 20
    assert len({tenant.id for tenant in tenants}) == 20
    assert all(len(tenant.token) >= 43 and len(tenant.id) == 32 for tenant in tenants)


# --- what must not be there ---


async def test_the_actions_are_not_on_the_public_side(bench: Bench) -> None:
    described = bench.app.openapi()["paths"]
    assert not [path for path in described if "action" in path or "webhooks" in path]
    for path in ("/actions", "/actions/webhook", "/webhook", "/webhooks/gateway/turn", "/docs"):
        refused(await bench.client.post(path, json={}), 404, "not_found")


async def staff_reads(staff: StaffSide, id: str) -> str:
    urls = (f"/console/api/conversations/{id}", "/console/api/conversations", "/console/api/me")
    return "".join([(await staff.client.get(url)).text for url in urls])


async def test_no_answer_holds_a_secret(bench: Bench) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    await tenant.ask("ik wil een medewerker")
    read = await staff_reads(staff, tenant.id)
    assert "argon2" not in read and tenant.token not in read and PASSWORD not in read
    seen = str(await tenant.read())
    assert "payload" not in seen and "rent_payment" not in seen
