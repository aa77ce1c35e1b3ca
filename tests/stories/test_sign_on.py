"""Single sign-on against a real provider on loopback, honest and otherwise."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from joserfc.jwk import RSAKey
from pydantic import SecretStr

from handoff.clock import TestClock
from handoff.settings import SignOnSettings
from handoff.sign_on_provider import CLIENT_ID, CLIENT_SECRET, SignOnProvider, running_provider
from handoff.testing import Bench, new_client, start_bench

pytestmark = pytest.mark.stories
API = "/console/api"


@dataclass
class Scene:
    bench: Bench
    provider: SignOnProvider
    browser: httpx.AsyncClient

    async def away(self) -> dict[str, str]:
        answer = await self.browser.get(f"{API}/sso/start")
        assert answer.status_code == 303
        return self.provider.approve(answer.headers["location"])

    async def back(self, query: dict[str, str]) -> str:
        """Where the page goes on to."""
        answer = await self.browser.get(f"{API}/sso/return", params=query)
        return answer.text.split("url=")[1].split('"')[0]

    async def whole(self) -> str:
        return await self.back(await self.away())

    async def me(self) -> httpx.Response:
        return await self.browser.get(f"{API}/me")


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    clock = TestClock()
    async with running_provider(clock) as provider:
        sso = SignOnSettings(
            issuer=provider.issuer,
            client_id=CLIENT_ID,
            client_secret=SecretStr(CLIENT_SECRET),
            roles="Balie=agent,Leiding=agent+lead",
        )
        bench = await start_bench(clock=clock, sso=sso, public_base_url="http://thuisbalie.test")
        yield Scene(bench, provider, new_client(bench.app))
        await bench.product.stop()


async def test_who_has_a_role_comes_in_and_is_made_at_the_first_time(scene: Scene) -> None:
    assert await scene.whole() == "/console/"
    me = (await scene.me()).json()
    assert (me["agent"]["name"], me["agent"]["roles"]) == ("Samira", ["agent"])
    scene.provider.claims = {"roles": ["Leiding"]}
    await scene.whole()
    again = (await scene.me()).json()["agent"]
    assert (again["id"], again["roles"]) == (me["agent"]["id"], ["agent", "lead"])


WRONG: list[dict[str, Any]] = [
    {"nonce": "of-another-attempt"},
    {"nonce": None},
    {"aud": "another-app"},
    {"aud": [CLIENT_ID, "another-app"]},
    {"iss": "https://evil.example"},
    {"exp": 1_000_000_000},
    {"exp": None},
    {"sub": None},
]


@pytest.mark.parametrize("claims", WRONG, ids=str)
async def test_a_token_that_is_not_for_us_now_lets_nobody_in(
    scene: Scene, claims: dict[str, Any]
) -> None:
    scene.provider.claims = claims
    assert await scene.whole() == "/console/login?failed=sso_failed"
    assert (await scene.me()).status_code == 401


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
async def test_a_token_that_the_provider_did_not_sign_lets_nobody_in(
    scene: Scene, algorithm: str
) -> None:
    scene.provider.algorithm = algorithm
    assert await scene.whole() == "/console/login?failed=sso_failed"
    assert (await scene.me()).status_code == 401


async def test_a_key_that_is_not_published_signs_nothing(scene: Scene) -> None:
    scene.provider.signing_key = RSAKey.generate_key(2048, {"kid": "one"})
    assert await scene.whole() == "/console/login?failed=sso_failed"


async def test_a_state_that_is_not_of_this_browser_is_refused(scene: Scene) -> None:
    back = await scene.away()
    stranger = Scene(scene.bench, scene.provider, new_client(scene.bench.app))
    assert await stranger.back(back) == "/console/login?failed=sso_failed"
    assert await scene.back({**back, "state": "other"}) == "/console/login?failed=sso_failed"


async def test_what_came_back_once_does_nothing_a_second_time(scene: Scene) -> None:
    back = await scene.away()
    kept = scene.browser.cookies["thuisbalie_sso"]
    assert await scene.back(back) == "/console/"
    replay = Scene(scene.bench, scene.provider, new_client(scene.bench.app))
    replay.browser.cookies.set("thuisbalie_sso", kept)
    assert await replay.back(back) == "/console/login?failed=sso_failed"
    assert (await replay.me()).status_code == 401


async def test_without_a_role_nobody_comes_in_and_who_was_in_is_out(scene: Scene) -> None:
    await scene.whole()
    scene.provider.claims = {"roles": ["Tuindienst"]}
    other = Scene(scene.bench, scene.provider, new_client(scene.bench.app))
    assert await other.whole() == "/console/login?failed=sso_no_role"
    assert (await scene.me()).status_code == 401
    scene.provider.claims = {}
    assert await other.whole() == "/console/"


async def test_a_provider_that_is_down_is_said_in_its_own_words(scene: Scene) -> None:
    back = await scene.away()
    scene.provider.issuer = "http://127.0.0.1:9"
    assert await scene.back(back) == "/console/login?failed=sso_failed"
