"""The VERA service of the tests is strict: it remembers each request that is not described."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from vera_scene import SANNE, folder, town

from actions.backoffice.fakes.vera_rows import put
from actions.backoffice.fakes.vera_server import API_KEY, CLIENT_ID, CLIENT_SECRET, VeraServer
from actions.backoffice.vera.resources import (
    CONTACTMOMENTEN,
    DEBITEUREN,
    NATUURLIJK_PERSONEN,
    ONDERHOUDSVERZOEKEN,
    Resource,
)

pytestmark = pytest.mark.contract
KEY = {"X-API-KEY": API_KEY}
INKOMENS = Resource("Relaties", "inkomens-van-iedereen", "Inkomens")
TENANT = {"id": SANNE, "soort": {"code": "NAT"}}


@pytest.fixture
async def server() -> AsyncIterator[VeraServer]:
    made = VeraServer(folder())
    await made.start()
    for tenant in town():
        put(made.store, tenant)
    yield made
    await made.stop()


async def call(
    server: VeraServer,
    method: str,
    resource: Resource,
    headers: dict[str, str] = KEY,
    **request: Any,
) -> int:
    url = server.reference(resource, "x").rpartition("/")[0]
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, url, headers=headers, **request) as answer,
    ):
        return answer.status


async def test_a_good_request_is_no_violation(server: VeraServer) -> None:
    assert await call(server, "GET", NATUURLIJK_PERSONEN, params={"achternaam": "Said"}) == 200
    talk = {"onderwerp": "Huur", "kanaal": {"code": "TEL"}, "relaties": [TENANT]}
    assert await call(server, "POST", CONTACTMOMENTEN, json=talk) == 201
    assert server.violations == []


@pytest.mark.parametrize(
    "params",
    [
        {"voornamen": "Sanne"},
        {"geboortedatum": "29-02-1984"},
        {"adressen": "x"},
        {"soort.code": "NAT"},
        {"fields": "id"},
        {"pagina": "een"},
    ],
)
async def test_a_query_that_is_not_described_is_one(
    server: VeraServer, params: dict[str, str]
) -> None:
    assert await call(server, "GET", NATUURLIJK_PERSONEN, params=params) == 400
    assert len(server.violations) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"onderwerpen": "Huur"},
        {"onderwerp": 7},
        {"kanaal": "TEL"},
        {"kanaal": {"code": "FAX"}},
        {"datum": "2026-11-23T09:30:00"},
        {"datum": "gisteren"},
        {"relaties": [{"id": SANNE}]},
        {"relaties": [SANNE]},
    ],
)
async def test_a_body_that_is_not_described_is_one(
    server: VeraServer, body: dict[str, Any]
) -> None:
    assert await call(server, "POST", CONTACTMOMENTEN, json=body) == 400
    assert server.violations


async def test_a_defect_of_no_known_kind_is_one(server: VeraServer) -> None:
    defect = {"soort": {"code": "WEG"}, "locatie": {"code": "KEU"}}
    assert await call(server, "POST", ONDERHOUDSVERZOEKEN, json={"defecten": [defect]}) == 400
    assert server.violations


async def test_an_unknown_path_method_or_header_is_one(server: VeraServer) -> None:
    assert await call(server, "GET", INKOMENS) == 404
    assert await call(server, "DELETE", DEBITEUREN) == 404
    strange = {**KEY, "X-Idempotency-Key": "key-1"}
    assert await call(server, "GET", DEBITEUREN, headers=strange) == 400
    assert len(server.violations) == 3


async def test_a_token_for_other_things_is_one(server: VeraServer) -> None:
    settings = server.oauth_settings
    form = {"grant_type": "client_credentials", "scope": "Relaties.NatuurlijkPersonen.Read"}
    basic = aiohttp.encode_basic_auth(CLIENT_ID, CLIENT_SECRET)
    async with (
        aiohttp.ClientSession(headers={"Authorization": basic}) as session,
        session.post(settings["token_url"], data=form) as answer,
    ):
        token = (await answer.json())["access_token"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert await call(server, "GET", NATUURLIJK_PERSONEN, headers=bearer) == 200
    assert server.violations == []
    assert await call(server, "GET", DEBITEUREN, headers=bearer) == 403
    assert len(server.violations) == 1


async def test_what_the_service_itself_says_wrongly_is_one(server: VeraServer) -> None:
    person = server.store.one(str(NATUURLIJK_PERSONEN), SANNE) or {}
    person["geboortedatum"] = "1984"
    await call(server, "GET", NATUURLIJK_PERSONEN)
    assert server.violations
