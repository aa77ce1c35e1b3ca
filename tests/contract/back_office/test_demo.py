"""The demo's tenants, on SQLite and on PostgreSQL, through the door."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import pytest_asyncio

from actions.backoffice.demo import people as p
from actions.backoffice.demo.setting_up import demo
from actions.backoffice.errors import NotAllowed, NotFound
from actions.backoffice.port import BackOffice
from actions.backoffice.values import Defect, NewContactmoment, NewOnderhoudsverzoek
from actions.backoffice.verification import ANONYMOUS, Level, Verification

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def proved(one: p.Special, level: Level = Level.VERIFIED) -> Verification:
    return Verification(level, one.id, NOW + timedelta(minutes=30))


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["sqlite", "postgres"])
async def door(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[BackOffice]:
    url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.sqlite'}"
    if request.param == "postgres":
        fresh: Callable[[], str] = request.getfixturevalue("postgres")
        url = fresh()
    office = BackOffice(demo({"database_url": url}, lambda: NOW), lambda: NOW, 20)
    yield office
    await office.close()


pytestmark = [pytest.mark.contract, pytest.mark.asyncio(loop_scope="module")]


async def test_everybody_with_a_running_contract_is_found(door: BackOffice) -> None:
    unfound = {p.ADULT_CHILD, p.MOVED, p.DECEASED, p.WITHOUT_HOME}
    for one in p.SPECIAL.values():
        assert (one.id in await door.find(one.claim)) is (one not in unfound), one


async def test_twins_at_one_address_are_both_found(door: BackOffice) -> None:
    assert await door.find(p.TWIN_ONE.claim) == [p.TWIN_ONE.id, p.TWIN_TWO.id]


async def test_a_confidential_number_finds_nobody(door: BackOffice) -> None:
    assert await door.find_by_number(p.CONFIDENTIAL_NUMBER) == []
    assert await door.find_by_number(p.number_of(2)) == [p.ONE_MONTH_BEHIND.id]


async def test_accounts_are_exact(door: BackOffice) -> None:
    assert (await door.debiteur(proved(p.NOBODY_BEHIND))).saldo == 0
    assert (await door.debiteur(proved(p.SETTLEMENT_BACK))).saldo == Decimal("-38.45")
    behind = await door.debiteur(proved(p.THREE_MONTHS_BEHIND))
    assert len([one for one in behind.boekingen if one.saldo]) == 3


async def test_without_proof_nothing_is_told(door: BackOffice) -> None:
    with pytest.raises(NotAllowed):
        await door.debiteur(ANONYMOUS)
    with pytest.raises(NotAllowed):
        await door.debiteur(proved(p.NOBODY_BEHIND, Level.CLAIMED))


async def test_a_home_without_data_has_no_points(door: BackOffice) -> None:
    assert (await door.waardering(proved(p.RENT_TOO_HIGH))).eenheid["ruimten"]
    with pytest.raises(NotFound):
        await door.waardering(proved(p.NO_VALUATION))


async def test_two_contracts_give_the_home_first(door: BackOffice) -> None:
    assert [one.soort for one in await door.eenheden(proved(p.WITH_PARKING))] == ["WOO", "PAR"]


async def test_the_same_key_twice_at_once_makes_one_repair(door: BackOffice) -> None:
    who = proved(p.LEAP_DAY)
    home = (await door.eenheden(who))[0].id
    new = NewOnderhoudsverzoek(home, "lekt", (Defect("LEK", "BAD", "lekt"),))
    both = await asyncio.gather(
        *(door.create_onderhoudsverzoek(who, new, "once") for _ in range(2))
    )
    assert both[0] == both[1]
    assert len(await door.onderhoudsverzoeken(who)) == 1
    with pytest.raises(NotAllowed):
        await door.create_contactmoment(who, NewContactmoment("a", "b", "TEL"), "once")


async def test_a_block_is_taken_from_everybody_and_comes_back(door: BackOffice) -> None:
    who, other = proved(p.TO_PLAN), proved(p.LATE_REPAIR)
    mine = (await door.onderhoudsverzoeken(who))[0].id
    theirs = (await door.onderhoudsverzoeken(other))[0].id
    option = (await door.afspraak_opties(who, mine))[0]
    visit = await door.choose_afspraak(who, option.id, "visit")
    assert await door.choose_afspraak(who, option.id, "visit") == visit
    assert option.begin not in [one.begin for one in await door.afspraak_opties(other, theirs)]
    with pytest.raises(NotFound):
        await door.cancel_afspraak(other, visit.id, "not mine")
    assert (await door.cancel_afspraak(who, visit.id, "away")).status == "ANN"
    assert option.begin in [one.begin for one in await door.afspraak_opties(other, theirs)]


async def test_flags_are_for_staff(door: BackOffice) -> None:
    with pytest.raises(NotAllowed):
        await door.signaleringen(proved(p.FLAGGED))
    flags = await door.signaleringen(proved(p.FLAGGED, Level.STAFF))
    assert {one.soort for one in flags} == {"AGR", "SCH"}
