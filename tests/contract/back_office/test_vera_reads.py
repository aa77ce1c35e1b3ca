"""What a corporation's VERA service tells is read as it is; every request is one it knows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from vera_scene import CLAIM, GARAGE, HOME, MARIA, OMAR, SANNE, Scene, town, vera_scene
from woningwaardering.vera.bvg.generated import EenhedenEenheid

from actions.backoffice.errors import NotFound
from actions.backoffice.vera.resources import (
    BETAALWIJZEN,
    BOUWKUNDIG_ELEMENTEN,
    DEBITEUREN,
    EENHEDEN,
    HUUROVEREENKOMSTEN,
    NATUURLIJK_PERSONEN,
    RUIMTEN,
    WOZ_EENHEDEN,
)
from actions.backoffice.verification import RelatieId

pytestmark = pytest.mark.contract


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with vera_scene() as made:
        yield made


async def test_a_tenant_is_found_by_address_and_birth_date(scene: Scene) -> None:
    assert await scene.connector.find(CLAIM) == [SANNE]


@pytest.mark.parametrize(
    "other",
    [
        replace(CLAIM, postcode="1234AC"),
        replace(CLAIM, huisnummer=13),
        replace(CLAIM, toevoeging=""),
        replace(CLAIM, geboortedatum=date(1984, 2, 28)),
    ],
)
async def test_nobody_is_found_when_anything_differs(scene: Scene, other: object) -> None:
    assert await scene.connector.find(other) == []  # type: ignore[arg-type]


async def test_who_moved_away_is_not_found_though_the_birth_date_is_right(scene: Scene) -> None:
    assert MARIA not in await scene.connector.find(CLAIM)
    assert [one.id for one in await scene.connector.find_at("1234 ab", 12)] == [SANNE, OMAR]


async def test_a_deceased_tenant_is_not_found(scene: Scene) -> None:
    person = scene.server.store.one("Relaties/natuurlijk-personen", SANNE)
    assert person is not None
    person["overlijdensdatum"] = "2026-11-01"
    assert await scene.connector.find(CLAIM) == []
    assert await scene.connector.find_by_number("+31612345678") == []


async def test_no_list_of_people_born_on_a_day_is_asked_for(scene: Scene) -> None:
    await scene.connector.find(CLAIM)
    assert "GET natuurlijk-personen" not in scene.server.calls


async def test_a_number_is_found_however_it_is_written_but_not_a_confidential_one(
    scene: Scene,
) -> None:
    assert await scene.connector.find_by_number("+31612345678") == [SANNE]
    assert await scene.connector.find_by_number("+31201234567") == []


async def test_what_is_told_is_what_the_corporation_has(scene: Scene) -> None:
    known = town()[0]
    asked = scene.connector
    assert await asked.relatie(SANNE) == known.relatie
    assert await asked.contactgegevens(SANNE) == list(known.contactgegevens)
    assert await asked.eenheden(SANNE) == [HOME, GARAGE]
    assert await asked.huurovereenkomsten(SANNE) == list(known.overeenkomsten)
    assert await asked.debiteur(SANNE) == known.debiteur
    assert await asked.betalingsregelingen(SANNE) == list(known.regelingen)
    assert await asked.onderhoudsverzoeken(SANNE) == list(known.verzoeken)
    assert await asked.contactmomenten(SANNE) == list(known.contacten)
    assert await asked.zaken(SANNE) == list(known.zaken)
    assert await asked.signaleringen(SANNE) == list(known.signaleringen)


async def test_a_service_that_answers_with_everybody_tells_no_more(scene: Scene) -> None:
    scene.server.filters = False
    known = town()[0]
    asked = scene.connector
    assert await asked.find(CLAIM) == [SANNE]
    assert await asked.find_by_number("+31612345678") == [SANNE]
    assert await asked.huurovereenkomsten(SANNE) == list(known.overeenkomsten)
    assert await asked.debiteur(SANNE) == known.debiteur
    assert await asked.zaken(SANNE) == list(known.zaken)
    assert await asked.betalingsregelingen(OMAR) == []
    assert await asked.zaken(OMAR) == []
    with pytest.raises(NotFound):
        await asked.debiteur(OMAR)


async def test_a_contract_that_names_other_tenants_is_not_this_tenants(scene: Scene) -> None:
    store = scene.server.store
    person = store.one(str(NATUURLIJK_PERSONEN), OMAR) or {}
    person["overeenkomsten"] = [store.reference(HUUROVEREENKOMSTEN, "ovk-0")]
    assert await scene.connector.huurovereenkomsten(OMAR) == []


async def test_a_contract_of_a_household_is_its_members(scene: Scene) -> None:
    contract = scene.server.store.one(str(HUUROVEREENKOMSTEN), "ovk-1") or {}
    contract["relaties"] = ["https://relaties.vera.example/v4/relatiegroepen/7"]
    assert await scene.connector.find(CLAIM) == [SANNE]


async def test_how_rent_is_paid_is_read_where_the_standard_moved_it(scene: Scene) -> None:
    store = scene.server.store
    contract = store.one(str(HUUROVEREENKOMSTEN), "ovk-1") or {}
    for obsolete in ("incassowijze", "incassomoment"):
        del contract[obsolete]
    contract["betaalwijzen"] = [store.reference(BETAALWIJZEN, "bw-1")]
    way = {"id": "bw-1", "soort": {"code": "INC"}, "incassomoment": {"code": "028"}}
    store.put(BETAALWIJZEN, way)
    [found] = await scene.connector.huurovereenkomsten(SANNE)
    assert (found.incasso, found.incassodag) == (True, 28)


async def test_only_blocks_to_come_are_offered_the_earliest_first(scene: Scene) -> None:
    found = await scene.connector.afspraak_opties(SANNE, "ohv-1")
    assert [one.id for one in found] == ["opt-4", "opt-5"]


async def test_things_of_another_tenant_are_not_there(scene: Scene) -> None:
    assert await scene.connector.onderhoudsverzoeken(OMAR) == []
    with pytest.raises(NotFound):
        await scene.connector.afspraak_opties(OMAR, "ohv-1")
    with pytest.raises(NotFound):
        await scene.connector.debiteur(OMAR)
    with pytest.raises(NotFound):
        await scene.connector.relatie(RelatieId("9999"))


async def test_a_co_tenants_account_on_the_same_contract_stays_apart(scene: Scene) -> None:
    account = scene.server.store.one("Financien/debiteuren", "deb-1")
    assert account is not None
    other = {**account, "id": "deb-2", "boekingen": [], "saldo": 3.5}
    other["relatie"] = account["relatie"].replace(SANNE, OMAR)
    scene.server.store.put(DEBITEUREN, other)
    found = await scene.connector.debiteur(OMAR)
    assert found.saldo == Decimal("3.50")
    assert found.boekingen == ()


async def test_the_points_are_counted_from_the_home_with_its_rooms(scene: Scene) -> None:
    store = scene.server.store
    store.put(
        RUIMTEN,
        {
            "id": "r-1",
            "naam": "Keuken",
            "oppervlakte": 9.5,
            "klimaatbeheersing": [{"code": "VER"}],
            "bouwkundigElementen": [{"id": "e-1"}],
        },
    )
    store.put(BOUWKUNDIG_ELEMENTEN, {"id": "e-1", "naam": "Aanrecht", "lengte": 1800})
    store.put(WOZ_EENHEDEN, {"id": "w-1", "vastgesteldeWaarde": 250000})
    home = store.one(str(EENHEDEN), HOME.id) or {}
    home["ruimten"], home["wozEenheden"] = [{"id": "r-1"}], [{"id": "w-1"}]
    home["relaties"] = [store.reference(NATUURLIJK_PERSONEN, SANNE)]
    found = await scene.connector.waardering(SANNE)
    counted = EenhedenEenheid.model_validate(found.eenheid)
    assert counted.ruimten is not None
    assert (counted.ruimten[0].oppervlakte, counted.ruimten[0].verwarmd) == (9.5, True)
    assert (counted.ruimten[0].bouwkundige_elementen or [])[0].lengte == 1800
    assert counted.woz_eenheden is not None
    assert "relaties" not in found.eenheid
    assert found.kale_huur == Decimal("676.75")


async def test_a_long_list_is_read_to_its_end(scene: Scene) -> None:
    scene.server.page_size = 1
    assert len((await scene.connector.huurovereenkomsten(SANNE))[0].prijscomponenten) == 3
    assert len(scene.calls_of("prijscomponenten")) >= 3


async def test_pages_without_a_cursor_are_read_too(scene: Scene) -> None:
    scene.server.page_size, scene.server.cursors = 1, False
    assert len((await scene.connector.huurovereenkomsten(SANNE))[0].prijscomponenten) == 3
