"""What every back office takes: once per key, and only for what is the tenant's own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from actions.backoffice.errors import NotAllowed, NotFound
from actions.backoffice.values import Defect, NewContactmoment, NewOnderhoudsverzoek, NewZaak
from actions.backoffice.verification import Verification

pytestmark = [pytest.mark.contract, pytest.mark.asyncio(loop_scope="module")]
Make = Callable[[Any, Verification, str, str], Awaitable[Any]]


def fresh_key() -> str:
    return uuid4().hex


async def report(door: Any, who: Verification, words: str, key: str) -> Any:
    home = (await door.eenheden(who))[0].id
    new = NewOnderhoudsverzoek(home, words, (Defect("LEK", "BAD", words),), "voorrang")
    return await door.create_onderhoudsverzoek(who, new, key)


async def say(door: Any, who: Verification, words: str, key: str) -> Any:
    return await door.create_contactmoment(who, NewContactmoment("Huur", words, "TEL"), key)


async def ask(door: Any, who: Verification, words: str, key: str) -> Any:
    return await door.create_zaak(who, NewZaak("FIN.BET", words, "60 euro"), key)


KINDS = pytest.mark.parametrize(
    ("make", "told"),
    [(report, "onderhoudsverzoeken"), (say, "contactmomenten"), (ask, "zaken")],
    ids=["repair", "contact", "case"],
)


@KINDS
async def test_what_is_made_is_told_to_the_tenant_and_to_nobody_else(
    back_office: Any, make: Make, told: str
) -> None:
    door, who = back_office.door, back_office.proved("tenant")
    made = await make(door, who, f"nieuw {fresh_key()}", fresh_key())
    assert made in list(await getattr(door, told)(who))
    other = list(await getattr(door, told)(back_office.proved("other")))
    assert made.id not in {one.id for one in other}


@KINDS
async def test_the_same_key_again_gives_the_same_and_writes_nothing(
    back_office: Any, make: Make, told: str
) -> None:
    door, who, key = back_office.door, back_office.proved("tenant"), fresh_key()
    first = await make(door, who, "twee keer", key)
    before = len(await getattr(door, told)(who))
    assert await make(door, who, "twee keer", key) == first
    assert len(await getattr(door, told)(who)) == before


@KINDS
async def test_the_same_key_twice_at_once_makes_one(
    back_office: Any, make: Make, told: str
) -> None:
    door, who, key = back_office.door, back_office.proved("tenant"), fresh_key()
    before = len(await getattr(door, told)(who))
    both = await asyncio.gather(*(make(door, who, "tegelijk", key) for _ in range(2)))
    assert both[0].id == both[1].id
    assert len(await getattr(door, told)(who)) == before + 1


@KINDS
async def test_a_key_that_was_used_for_another_request_writes_nothing(
    back_office: Any, make: Make, told: str
) -> None:
    door, who, key = back_office.door, back_office.proved("tenant"), fresh_key()
    first = await make(door, who, "het eerste", key)
    before = len(await getattr(door, told)(who))
    with suppress(NotAllowed):
        assert (await make(door, who, "iets anders", key)).id == first.id
    assert len(await getattr(door, told)(who)) == before


@KINDS
async def test_many_at_once_all_get_a_number_of_their_own(
    back_office: Any, make: Make, told: str
) -> None:
    if told == "contactmomenten":
        return  # has no number
    door, who = back_office.door, back_office.proved("tenant")
    made = await asyncio.gather(*(make(door, who, f"drukte {at}", fresh_key()) for at in range(8)))
    assert len({one.code for one in made}) == 8


async def test_a_report_keeps_what_the_tenant_told(back_office: Any) -> None:
    door, who = back_office.door, back_office.proved("tenant")
    made = await report(door, who, "de kraan lekt", fresh_key())
    assert (made.status, made.prioriteit, made.open) == ("REG", "voorrang", True)
    assert made.defecten == (Defect("LEK", "BAD", "de kraan lekt"),)


async def test_no_repair_is_reported_in_a_home_that_is_not_the_tenants(back_office: Any) -> None:
    door = back_office.door
    theirs = (await door.eenheden(back_office.proved("other")))[0].id
    new = NewOnderhoudsverzoek(theirs, "lekt", (Defect("LEK", "BAD", "lekt"),))
    for name in ("tenant", "without", "moved"):
        with pytest.raises(NotFound):
            await door.create_onderhoudsverzoek(back_office.proved(name), new, fresh_key())


async def test_nothing_of_another_tenant_can_be_changed(back_office: Any) -> None:
    door = back_office.door
    tenant, other = back_office.proved("tenant"), back_office.proved("other")
    repair = await _to_plan(door, tenant)
    option = (await door.afspraak_opties(tenant, repair))[-1]
    visit = await door.choose_afspraak(tenant, option.id, fresh_key())
    for call in (
        door.cancel_onderhoudsverzoek(other, repair, fresh_key()),
        door.afspraak_opties(other, repair),
        door.choose_afspraak(other, option.id, fresh_key()),
        door.cancel_afspraak(other, visit.id, fresh_key()),
    ):
        with pytest.raises(NotFound):
            await call
    assert (await _visit(door, tenant, visit.id)).status == "GEP"
    await door.cancel_afspraak(tenant, visit.id, fresh_key())


async def test_what_is_not_there_is_not_found(back_office: Any) -> None:
    door, who = back_office.door, back_office.proved("tenant")
    for call in (
        door.cancel_onderhoudsverzoek(who, "nothing", fresh_key()),
        door.afspraak_opties(who, "nothing"),
        door.choose_afspraak(who, "nothing", fresh_key()),
        door.cancel_afspraak(who, "nothing", fresh_key()),
    ):
        with pytest.raises(NotFound):
            await call


async def test_a_visit_is_planned_once_moved_and_called_off(back_office: Any) -> None:
    door, who = back_office.door, back_office.proved("tenant")
    repair, key = await _to_plan(door, who), fresh_key()
    options = await door.afspraak_opties(who, repair)
    assert [one.begin for one in options] == sorted(one.begin for one in options)
    both = await asyncio.gather(*(door.choose_afspraak(who, options[0].id, key) for _ in range(2)))
    assert both[0].id == both[1].id
    assert (both[0].status, both[0].begin) == ("GEP", options[0].begin)
    assert await door.choose_afspraak(who, options[0].id, key) == both[0]
    moved = await door.choose_afspraak(who, options[1].id, fresh_key())
    planned = [one for one in await _visits(door, who, repair) if one.status == "GEP"]
    assert planned == [moved]
    again = [one.begin for one in await door.afspraak_opties(who, repair)]
    assert options[0].begin in again
    assert options[1].begin not in again
    off = fresh_key()
    assert (await door.cancel_afspraak(who, moved.id, off)).status == "ANN"
    assert (await door.cancel_afspraak(who, moved.id, off)).status == "ANN"
    assert not [one for one in await _visits(door, who, repair) if one.status == "GEP"]


async def test_a_block_that_somebody_else_took_is_gone(back_office: Any) -> None:
    door, who = back_office.door, back_office.proved("tenant")
    repair = await _to_plan(door, who)
    options = await door.afspraak_opties(who, repair)
    option = options[len(options) // 2]
    await back_office.take(option)
    with pytest.raises(NotFound):
        await door.choose_afspraak(who, option.id, fresh_key())
    assert option.id not in [one.id for one in await door.afspraak_opties(who, repair)]


async def test_a_cancelled_repair_is_cancelled_once_and_one_that_is_done_cannot_be(
    back_office: Any,
) -> None:
    door, who, key = back_office.door, back_office.proved("tenant"), fresh_key()
    made = await report(door, who, "vergissing", fresh_key())
    gone = await door.cancel_onderhoudsverzoek(who, made.id, key)
    assert (gone.status, gone.open) == ("GEA", False)
    assert await door.cancel_onderhoudsverzoek(who, made.id, key) == gone
    assert replace(made, status="GEA") == gone


async def _to_plan(door: Any, who: Verification) -> str:
    """The repair for which there are blocks to choose from."""
    for one in await door.onderhoudsverzoeken(who):
        if one.open and await door.afspraak_opties(who, one.id):
            return str(one.id)
    raise AssertionError("no repair to plan")


async def _visits(door: Any, who: Verification, repair: str) -> list[Any]:
    every = await door.onderhoudsverzoeken(who)
    return [visit for one in every if one.id == repair for visit in one.afspraken]


async def _visit(door: Any, who: Verification, id: str) -> Any:
    every = await door.onderhoudsverzoeken(who)
    return next(visit for one in every for visit in one.afspraken if visit.id == id)
