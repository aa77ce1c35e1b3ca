"""The way to the corporation's portal and back, against a provider on loopback."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from identity_scene import JANSEN, Scene, start_scene, tenant
from pydantic import SecretStr

from actions.backoffice.verification import Level
from actions.services import Proof
from handoff.clock import TestClock
from handoff.ledger import Ledger
from handoff.model import ConversationId
from handoff.settings import PortalSettings, Settings
from handoff.sign_on_provider import CLIENT_ID, CLIENT_SECRET, SignOnProvider, running_provider
from handoff.testing import new_client
from handoff.verification.portal import PortalNotSetUp, check_set_up

pytestmark = pytest.mark.stories
BASE = "http://thuisbalie.test"


@dataclass
class Way:
    scene: Scene
    provider: SignOnProvider
    browser: httpx.AsyncClient
    code: str = ""
    """On the page that was shown last after the portal."""

    async def link(self, session: str) -> str:
        link = await self.scene.checks.portal_link(session)
        assert link is not None and link.startswith(f"{BASE}/portal/")
        return link.removeprefix(BASE)

    async def away(self, link: str) -> dict[str, str]:
        answer = await self.browser.get(f"{link}/go")
        assert answer.status_code == 303, answer.text
        return self.provider.approve(answer.headers["location"])

    async def back(self, query: dict[str, str]) -> int:
        answer = await self.browser.get("/portal/return", params=query)
        found = re.search(r"<b>(\d{3} \d{3})</b>", answer.text)
        self.code = found[1] if found else ""
        return answer.status_code

    async def told(self, session: str) -> list[str]:
        id = ConversationId(session.split(".")[0])

        def work(ledger: Ledger) -> list[str]:
            return [one.text for one in ledger.messages.seen_by_tenant(id, 0)]

        return await self.scene.bench.product.store.read(work)


@pytest.fixture
async def way() -> AsyncIterator[Way]:
    clock = TestClock()
    async with running_provider(clock) as provider:
        provider.claims = {"relatie_id": JANSEN}
        portal = PortalSettings(
            issuer=provider.issuer, client_id=CLIENT_ID, client_secret=SecretStr(CLIENT_SECRET)
        )
        scene = await start_scene(clock=clock, portal=portal, public_base_url=BASE)
        yield Way(scene, provider, new_client(scene.bench.app))
        await scene.bench.product.stop()


async def test_who_logs_in_at_the_portal_reaches_level_two_and_hears_so(way: Way) -> None:
    session = await way.scene.web()
    link = await way.link(session)
    page = await way.browser.get(link)
    assert page.status_code == 200 and "Kenmerk <b>TB-" in page.text
    assert await way.scene.level(session) is Level.ANONYMOUS
    assert await way.back(await way.away(link)) == 200
    assert any("Typ de code hier" in one for one in await way.told(session))
    assert await way.scene.level(session) is Level.ANONYMOUS
    assert await way.scene.checks.code(session, way.code) is Proof.GIVEN
    assert await way.scene.level(session) is Level.VERIFIED


async def test_who_logs_in_with_a_strangers_link_gives_the_stranger_nothing(way: Way) -> None:
    stranger, tenants_own = await way.scene.web(), await way.scene.web()
    assert await way.back(await way.away(await way.link(stranger))) == 200
    assert await way.scene.level(stranger) is Level.ANONYMOUS
    assert await way.scene.checks.code(tenants_own, way.code) is Proof.WRONG
    assert await way.scene.checks.code(stranger, "000000") is Proof.WRONG
    assert await way.scene.level(stranger) is Level.ANONYMOUS


async def test_the_page_shows_by_what_the_own_conversation_is_known(way: Way) -> None:
    talk = await way.scene.bench.tenant()
    await talk.ask("Hoeveel huur betaal ik <b>nu</b> %token%?")
    page = (await way.browser.get(await way.link(f"{talk.id}.1.0"))).text
    assert "Is dit uw gesprek?" in page and "Webchat" in page
    assert "Hoeveel huur betaal ik &lt;b&gt;nu&lt;/b&gt; %token%?" in page


async def test_who_says_that_it_is_anothers_conversation_ends_the_link(way: Way) -> None:
    session = await way.scene.web()
    link = await way.link(session)
    answer = await way.browser.post(f"{link}/not-mine")
    assert answer.status_code == 200 and "werkt nu niet meer" in answer.text
    assert (await way.browser.get(link)).status_code == 410
    assert (await way.browser.get(f"{link}/go")).status_code == 410


async def test_a_link_works_once_and_for_fifteen_minutes(way: Way) -> None:
    session = await way.scene.web()
    link = await way.link(session)
    query = await way.away(link)
    assert await way.back(query) == 200
    assert await way.back(query) == 410
    assert (await way.browser.get(link)).status_code == 410
    other = await way.link(session)
    way.scene.bench.clock.move(timedelta(minutes=15))
    assert (await way.browser.get(other)).status_code == 410
    assert (await way.browser.get(f"{other}/go")).status_code == 410


async def test_programs_that_look_at_a_link_do_not_use_it_up(way: Way) -> None:
    session = await way.scene.web()
    link = await way.link(session)
    for _ in range(3):
        await way.browser.get(link)
    assert await way.back(await way.away(link)) == 200


async def test_another_browser_cannot_finish_what_this_one_began(way: Way) -> None:
    session = await way.scene.web()
    query = await way.away(await way.link(session))
    stranger = new_client(way.scene.bench.app)
    assert (await stranger.get("/portal/return", params=query)).status_code == 410
    assert await way.scene.level(session) is Level.ANONYMOUS


WRONG: list[dict[str, Any]] = [
    {"relatie_id": None},
    {"relatie_id": "somebody-else"},
    {"relatie_id": ["jansen"]},
    {"nonce": "of-another-attempt"},
    {"aud": "another-app"},
    {"exp": 1_000_000_000},
]


@pytest.mark.parametrize("claims", WRONG)
async def test_a_token_that_is_not_whole_identifies_nobody(
    way: Way, claims: dict[str, Any]
) -> None:
    way.provider.claims = {"relatie_id": JANSEN, **claims}
    session = await way.scene.web()
    assert await way.back(await way.away(await way.link(session))) == 410
    assert await way.scene.level(session) is Level.ANONYMOUS


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
async def test_a_token_that_the_portal_did_not_sign_identifies_nobody(
    way: Way, algorithm: str
) -> None:
    way.provider.algorithm = algorithm
    session = await way.scene.web()
    assert await way.back(await way.away(await way.link(session))) == 410
    assert await way.scene.level(session) is Level.ANONYMOUS


async def test_who_died_or_moved_is_not_let_in_by_the_portal_either(way: Way) -> None:
    office, known = way.scene.office, tenant()
    dead = replace(known.relatie, overlijdensdatum=date(2026, 1, 2))
    for other in (replace(known, relatie=dead), replace(known, eenheden=())):
        office.put(other)
        session = await way.scene.web()
        assert await way.back(await way.away(await way.link(session))) == 410
        assert await way.scene.level(session) is Level.ANONYMOUS


async def test_who_writes_for_another_gets_no_link_and_no_level(way: Way) -> None:
    talk = await way.scene.bench.tenant()
    session = f"{talk.id}.1.0"
    link = await way.link(session)
    await talk.ask("Ik ben de bewindvoerder van mevrouw Jansen")
    assert await way.scene.checks.portal_link(session) is None
    assert await way.back(await way.away(link)) == 410


async def test_links_are_given_five_times_an_hour(way: Way) -> None:
    session = await way.scene.web()
    links = [await way.scene.checks.portal_link(session) for _ in range(6)]
    assert None not in links[:5] and links[5] is None


async def test_without_a_portal_there_is_no_link() -> None:
    scene = await start_scene()
    assert await scene.checks.portal_link(await scene.web()) is None
    await scene.bench.product.stop()


def test_half_a_portal_is_refused_at_the_start() -> None:
    assert not check_set_up(Settings().portal, "")
    for half in (
        PortalSettings(issuer="https://mijn.example"),
        PortalSettings(issuer="http://mijn.example", client_id="x"),
    ):
        with pytest.raises(PortalNotSetUp):
            check_set_up(half, BASE)
