"""What every back office tells, and of whom: the same for each connector."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from actions.backoffice.errors import NotFound
from actions.backoffice.verification import Level, RelatieId, Verification

pytestmark = [pytest.mark.contract, pytest.mark.asyncio(loop_scope="module")]
FOUND = ("tenant", "other", "leap", "first", "second", "two", "hidden", "bare", "letter", "word")
READS = (
    "contactgegevens",
    "eenheden",
    "huurovereenkomsten",
    "betalingsregelingen",
    "onderhoudsverzoeken",
    "contactmomenten",
    "zaken",
    "signaleringen",
)


@pytest.mark.parametrize("name", FOUND)
async def test_who_rents_there_is_found(back_office: Any, name: str) -> None:
    one = back_office.people[name]
    assert await back_office.door.find(one.claim) == [one.id]


@pytest.mark.parametrize("name", ["child", "moved", "deceased", "without"])
async def test_who_does_not_rent_there_or_lives_no_more_is_not_found(
    back_office: Any, name: str
) -> None:
    one = back_office.people[name]
    assert await back_office.door.find(one.claim) == []
    if name != "child":
        assert one.id not in [
            each.id
            for each in await back_office.door.find_at(
                back_office.proved("tenant", Level.STAFF), one.claim.postcode, one.claim.huisnummer
            )
        ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"postcode": "4299ZB"},
        {"huisnummer": 9923},
        {"toevoeging": "A"},
        {"geboortedatum": date(1992, 4, 2)},
        {"geboortedatum": date.min},
        {"geboortedatum": date.max},
    ],
)
async def test_nobody_is_found_when_anything_differs(
    back_office: Any, wrong: dict[str, Any]
) -> None:
    claim = replace(back_office.people["tenant"].claim, **wrong)
    assert await back_office.door.find(claim) == []


@pytest.mark.parametrize("day", [date(1988, 2, 28), date(1988, 3, 1), date(1992, 2, 29)])
async def test_a_leap_day_is_not_the_day_beside_it(back_office: Any, day: date) -> None:
    claim = replace(back_office.people["leap"].claim, geboortedatum=day)
    assert await back_office.door.find(claim) == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [("letter", one) for one in ("A", "a", "-a", "a.", " A ")]
    + [("word", one) for one in ("BIS", "bis", "-bis", "Bis.")],
)
async def test_an_addition_counts_however_it_is_written(
    back_office: Any, name: str, typed: str
) -> None:
    one = back_office.people[name]
    assert await back_office.door.find(replace(one.claim, toevoeging=typed)) == [one.id]


async def test_an_addition_that_is_left_out_or_another_finds_nobody(back_office: Any) -> None:
    claim = back_office.people["letter"].claim
    for typed in ("", "B", "AA", "BIS"):
        assert await back_office.door.find(replace(claim, toevoeging=typed)) == []


async def test_three_at_one_address_are_three(back_office: Any) -> None:
    people = back_office.people
    staff = back_office.proved("tenant", Level.STAFF)
    claim = people["first"].claim
    there = await back_office.door.find_at(staff, claim.postcode, claim.huisnummer)
    assert {one.id for one in there} == {people["first"].id, people["second"].id}
    for name in ("first", "second"):
        assert await back_office.door.find(people[name].claim) == [people[name].id]


async def test_a_number_finds_its_living_tenant_only(back_office: Any) -> None:
    people = back_office.people
    assert await back_office.door.find_by_number(people["tenant"].number) == [people["tenant"].id]
    for name in ("hidden", "deceased", "without", "moved"):
        assert await back_office.door.find_by_number(people[name].number) == [], name
    assert await back_office.door.find_by_number("+31699999999") == []


async def test_a_number_on_file_is_one_a_code_can_go_to(back_office: Any) -> None:
    one = back_office.people["tenant"]
    told = await back_office.door.contactgegevens_for_code(one.id)
    phone = next(each for each in told if each.soort == "TEL")
    assert (phone.waarde, phone.mobiel, phone.vertrouwelijk) == (one.number, True, False)
    hidden = await back_office.door.contactgegevens_for_code(back_office.people["hidden"].id)
    assert [each.vertrouwelijk for each in hidden if each.soort == "TEL"] == [True]


async def test_the_tenant_is_told_what_is_the_tenants_own(back_office: Any) -> None:
    door, who = back_office.door, back_office.proved("tenant", Level.STAFF)
    mine = back_office.people["tenant"]
    person = await door.relatie(who)
    assert (person.id, person.geboortedatum) == (mine.id, mine.claim.geboortedatum)
    home = (await door.eenheden(who))[0]
    assert (home.adres.postcode, home.adres.huisnummer) == ("4299ZA", mine.claim.huisnummer)
    contract = (await door.huurovereenkomsten(who))[0]
    assert contract.loopt
    assert home.id in contract.eenheden
    assert mine.id in contract.relaties
    assert any(one.detail_soort == "KAL" for one in contract.prijscomponenten)
    assert (await door.waardering(who)).eenheid["id"] == home.id
    assert any(one.open and one.defecten for one in await door.onderhoudsverzoeken(who))


async def test_nothing_of_another_tenant_is_told(back_office: Any) -> None:
    door = back_office.door
    mine = back_office.proved("tenant", Level.STAFF)
    theirs = back_office.proved("other", Level.STAFF)
    for name in READS:
        own = {one.id for one in await getattr(door, name)(mine)}
        assert not own & {one.id for one in await getattr(door, name)(theirs)}, name
    lines = {one.id for one in (await door.debiteur(mine)).boekingen}
    assert not lines & {one.id for one in (await door.debiteur(theirs)).boekingen}


@pytest.mark.parametrize("name", READS)
async def test_of_somebody_unknown_nothing_is_told(back_office: Any, name: str) -> None:
    nobody = replace(back_office.proved("tenant", Level.STAFF), relatie=RelatieId("nobody"))
    with suppress(NotFound):
        assert list(await getattr(back_office.door, name)(nobody)) == []
    with pytest.raises(NotFound):
        await back_office.door.relatie(nobody)
    with pytest.raises(NotFound):
        await back_office.door.debiteur(nobody)


async def test_the_account_is_the_sum_of_what_is_open_newest_first(back_office: Any) -> None:
    for name in ("tenant", "two", "other"):
        account = await back_office.door.debiteur(back_office.proved(name))
        assert account.saldo == sum(one.saldo for one in account.boekingen)
        days = [one.boekdatum for one in account.boekingen]
        assert days == sorted(days, reverse=True)


async def test_two_contracts_give_the_home_first(back_office: Any) -> None:
    who = back_office.proved("two")
    assert [one.soort for one in await back_office.door.eenheden(who)] == ["WOO", "PAR"]
    contracts = await back_office.door.huurovereenkomsten(who)
    assert [one.loopt for one in contracts] == [True, True]


async def test_who_moved_has_an_ended_contract_and_no_home(back_office: Any) -> None:
    who = back_office.proved("moved")
    assert list(await back_office.door.eenheden(who)) == []
    contracts = await back_office.door.huurovereenkomsten(who)
    assert [one.loopt for one in contracts] == [False]
    with pytest.raises(NotFound):
        await back_office.door.waardering(who)


async def test_without_a_contract_there_is_no_home_no_account_and_no_points(
    back_office: Any,
) -> None:
    who = back_office.proved("without")
    assert list(await back_office.door.eenheden(who)) == []
    assert list(await back_office.door.huurovereenkomsten(who)) == []
    with pytest.raises(NotFound):
        await back_office.door.debiteur(who)
    with pytest.raises(NotFound):
        await back_office.door.waardering(who)


async def test_missing_contact_details_are_none(back_office: Any) -> None:
    who: Verification = back_office.proved("bare")
    assert list(await back_office.door.contactgegevens(who)) == []


async def test_a_death_is_known(back_office: Any) -> None:
    assert (await back_office.door.relatie(back_office.proved("deceased"))).overlijdensdatum
    assert (await back_office.door.relatie(back_office.proved("tenant"))).overlijdensdatum is None
