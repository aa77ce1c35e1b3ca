"""A corporation that gives tokens: one is asked for, kept, and asked for anew when it ends."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr
from vera_scene import CLAIM, NOW, SANNE, Scene, folder, report, vera_scene

from actions.backoffice.errors import NotAllowed
from actions.backoffice.fakes.vera_description import described
from actions.backoffice.values import NewContactmoment, NewZaak
from actions.backoffice.vera.addresses import Addresses, UnsafeAddress, addresses
from actions.backoffice.vera.resources import NATUURLIJK_PERSONEN, RESOURCES
from actions.backoffice.vera.setting_up import Incomplete, vera
from handoff.clock import TestClock
from handoff.settings import BackOfficeSettings, Settings
from handoff.tenant_services import back_office_on

pytestmark = pytest.mark.contract


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with vera_scene() as made:
        yield made


def asked(scene: Scene) -> int:
    return scene.server.calls.count("POST token")


async def test_one_token_serves_reads_and_writes(scene: Scene) -> None:
    """With the scopes that were asked for and no others: the service knows which it takes."""
    connector = scene.connect(scene.server.oauth_settings)
    assert await connector.find(CLAIM) == [SANNE]
    await connector.find_by_number("+31612345678")
    await connector.contactgegevens(SANNE)
    await connector.eenheden(SANNE)
    await connector.huurovereenkomsten(SANNE)
    await connector.debiteur(SANNE)
    await connector.betalingsregelingen(SANNE)
    await connector.contactmomenten(SANNE)
    await connector.signaleringen(SANNE)
    await connector.waardering(SANNE)
    await connector.create_onderhoudsverzoek(SANNE, report(), "key-1")
    await connector.choose_afspraak(SANNE, "opt-4", "key-2")
    await connector.cancel_onderhoudsverzoek(SANNE, "ohv-1", "key-3")
    await connector.create_zaak(SANNE, NewZaak("FIN.BET", "Regeling"), "key-4")
    await connector.create_contactmoment(SANNE, NewContactmoment("Huur", "Vraag", "INT"), "key-5")
    assert await connector.zaken(SANNE)
    assert asked(scene) == 1


async def test_a_token_is_renewed_before_it_ends(scene: Scene) -> None:
    connector = scene.connect(scene.server.oauth_settings)
    await connector.relatie(SANNE)
    scene.clock[0] = 3600.0 - 31
    await connector.relatie(SANNE)
    assert asked(scene) == 1
    scene.clock[0] = 3600.0 - 29
    await connector.relatie(SANNE)
    assert asked(scene) == 2


async def test_a_token_that_is_refused_is_replaced_once(scene: Scene) -> None:
    connector = scene.connect(scene.server.oauth_settings)
    await connector.relatie(SANNE)
    scene.server.forget_tokens()
    assert (await connector.relatie(SANNE)).id == SANNE
    assert asked(scene) == 2


async def test_a_wrong_secret_is_not_allowed(scene: Scene) -> None:
    with pytest.raises(NotAllowed):
        await scene.connect({**scene.server.oauth_settings, "client_secret": "x"}).relatie(SANNE)


async def test_a_wrong_key_is_not_allowed(scene: Scene) -> None:
    with pytest.raises(NotAllowed):
        await scene.connect({**scene.server.settings, "api_key": "x"}).relatie(SANNE)


async def test_the_hub_connects_to_what_its_settings_name(scene: Scene) -> None:
    given = scene.server.settings
    urls = {name.removeprefix("url_"): url for name, url in given.items() if "url_" in name}
    chosen = BackOfficeSettings(kind="vera", urls=urls, api_key=SecretStr(given["api_key"]))
    clock = TestClock(NOW)
    office = back_office_on(Settings(backoffice=chosen), clock)
    assert office is not None
    assert await office.find(CLAIM) == [SANNE]
    await office.close()


def test_every_path_and_scope_that_is_used_stands_in_the_standard() -> None:
    for one in RESOURCES:
        description = described(one.domain, folder())
        read = description.operation("GET", f"/{one.path}")
        assert read is not None, one
        write = description.operation("POST", f"/{one.path}")
        assert write is not None
        assert one.scope in description.scopes(write if one.written else read), one


def test_no_path_is_used_from_two_domains() -> None:
    assert len({one.path for one in RESOURCES}) == len(RESOURCES)


def test_one_address_may_serve_all_domains() -> None:
    found = addresses({"url": "https://api.delinde.example/vera/v4/"})
    at = "https://api.delinde.example/vera/v4/natuurlijk-personen"
    assert found.one(NATUURLIJK_PERSONEN, "a/b") == f"{at}/a%2Fb"
    own = addresses({"url": "https://x.example", "url_relaties": "https://y.example/v4"})
    assert isinstance(own, Addresses)
    assert own.of(NATUURLIJK_PERSONEN).startswith("https://y.example/v4/")


@pytest.mark.parametrize(
    "url",
    ["", "http://api.delinde.example/v4", "https://u:p@x.example", "https://x.example?a=b", "x"],
)
def test_an_address_that_is_not_safe_is_refused(url: str) -> None:
    with pytest.raises(UnsafeAddress):
        addresses({"url": url})


@pytest.mark.parametrize("given", [{}, {"client_id": "a", "client_secret": "b"}])
def test_without_a_way_to_show_who_we_are_nothing_starts(given: dict[str, str]) -> None:
    with pytest.raises(Incomplete):
        vera({"url": "https://x.example", **given}, lambda: pytest.fail("no time is needed"))
