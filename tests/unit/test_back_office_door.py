"""The one door to the corporation's systems: level, time and errors, for every method alike."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import pytest

from actions.backoffice.connector import Connector
from actions.backoffice.errors import BackOfficeDown, NotAllowed, NotFound
from actions.backoffice.port import BackOffice
from actions.backoffice.values import Claim, NewContactmoment, NewOnderhoudsverzoek, NewZaak
from actions.backoffice.verification import ANONYMOUS, Level, RelatieId, Verification

pytestmark = pytest.mark.unit
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
WHO = RelatieId("relatie-1")
SECRET = "mevrouw De Vries, NL00BANK0123456789"
REPAIR = NewOnderhoudsverzoek("woning-1", "lekt", ())
SOON = 0.01

Call = Callable[[BackOffice, Verification], Awaitable[Any]]
CLAIMED: Mapping[str, Call] = {
    "relatie": lambda door, who: door.relatie(who),
    "eenheden": lambda door, who: door.eenheden(who),
    "onderhoudsverzoeken": lambda door, who: door.onderhoudsverzoeken(who),
    "create_onderhoudsverzoek": lambda door, who: door.create_onderhoudsverzoek(who, REPAIR, "k"),
    "cancel_onderhoudsverzoek": lambda door, who: door.cancel_onderhoudsverzoek(who, "1", "k"),
    "afspraak_opties": lambda door, who: door.afspraak_opties(who, "1"),
    "choose_afspraak": lambda door, who: door.choose_afspraak(who, "1", "k"),
    "cancel_afspraak": lambda door, who: door.cancel_afspraak(who, "1", "k"),
    "create_contactmoment": lambda door, who: door.create_contactmoment(
        who, NewContactmoment("a", "b", "INT"), "k"
    ),
    "create_zaak": lambda door, who: door.create_zaak(who, NewZaak("FIN.BET", "a"), "k"),
}
VERIFIED: Mapping[str, Call] = {
    "contactgegevens": lambda door, who: door.contactgegevens(who),
    "huurovereenkomsten": lambda door, who: door.huurovereenkomsten(who),
    "debiteur": lambda door, who: door.debiteur(who),
    "betalingsregelingen": lambda door, who: door.betalingsregelingen(who),
    "contactmomenten": lambda door, who: door.contactmomenten(who),
    "zaken": lambda door, who: door.zaken(who),
    "waardering": lambda door, who: door.waardering(who),
}
STAFF: Mapping[str, Call] = {
    "signaleringen": lambda door, who: door.signaleringen(who),
    "find_at": lambda door, who: door.find_at(who, "1234AB", 1),
}
HUB: Mapping[str, Call] = {
    "find": lambda door, _: door.find(Claim("1234AB", 1, date(1984, 2, 29))),
    "find_by_number": lambda door, _: door.find_by_number("+31612345678"),
    "contactgegevens_for_code": lambda door, _: door.contactgegevens_for_code(WHO),
}
"""Before somebody proved anything: for the check of identity itself, which has its own limits."""
LEVELS = {Level.CLAIMED: CLAIMED, Level.VERIFIED: VERIFIED, Level.STAFF: STAFF}
EVERY: Mapping[str, Call] = {**CLAIMED, **VERIFIED, **STAFF, **HUB}
NEEDS = [
    pytest.param(level, call, id=name)
    for level, calls in LEVELS.items()
    for name, call in calls.items()
]
OF_A_TENANT = [one for one in NEEDS if one.id != "find_at"]
EACH = pytest.mark.parametrize(
    "call", [pytest.param(call, id=name) for name, call in EVERY.items()]
)


class Stub:
    """A system of which every method does the same thing; ``asked`` tells which were called."""

    def __init__(self, does: Callable[[], Awaitable[Any]]) -> None:
        self._does = does
        self.asked: list[tuple[str, tuple[Any, ...]]] = []

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        async def call(*given: Any) -> Any:
            self.asked.append((name, given))
            return await self._does()

        return call


async def fine() -> str:
    return "answer"


async def never() -> None:
    await asyncio.Event().wait()


def door_to(stub: Stub, patience: float = 5.0) -> BackOffice:
    return BackOffice(cast(Connector, stub), lambda: NOW, patience)


def proved(level: Level) -> Verification:
    return Verification(level, WHO, NOW + timedelta(minutes=1))


def test_every_method_of_the_door_is_tried_here() -> None:
    methods = {
        name
        for name, _ in inspect.getmembers(BackOffice, inspect.iscoroutinefunction)
        if not name.startswith("_")
    }
    assert methods - {"close"} == set(EVERY)


@pytest.mark.parametrize(("level", "call"), NEEDS)
async def test_enough_proof_is_answered(level: Level, call: Call) -> None:
    stub = Stub(fine)
    assert await call(door_to(stub), proved(level)) == "answer"
    assert len(stub.asked) == 1


@pytest.mark.parametrize(("level", "call"), OF_A_TENANT)
async def test_the_system_is_asked_for_who_proved_it_and_for_nobody_else(
    level: Level, call: Call
) -> None:
    stub = Stub(fine)
    await call(door_to(stub), proved(level))
    assert stub.asked[0][1][0] == WHO


@pytest.mark.parametrize(("level", "call"), NEEDS)
async def test_too_little_proof_is_refused_before_anything_is_asked(
    level: Level, call: Call
) -> None:
    stub = Stub(fine)
    for who in (ANONYMOUS, *(proved(one) for one in Level if one < level)):
        with pytest.raises(NotAllowed):
            await call(door_to(stub), who)
    assert stub.asked == []


@pytest.mark.parametrize(("level", "call"), NEEDS)
async def test_proof_that_ended_or_is_another_persons_is_refused(level: Level, call: Call) -> None:
    stub = Stub(fine)
    enough = proved(level)
    for who in (
        replace(enough, until=NOW),
        replace(enough, until=NOW - timedelta(days=1)),
        replace(enough, until=None),
        replace(enough, third_party=True),
    ):
        with pytest.raises(NotAllowed):
            await call(door_to(stub), who)
    assert stub.asked == []


@pytest.mark.parametrize(("level", "call"), OF_A_TENANT)
async def test_proof_of_nobody_is_refused(level: Level, call: Call) -> None:
    stub = Stub(fine)
    with pytest.raises(NotAllowed):
        await call(door_to(stub), replace(proved(level), relatie=None))
    assert stub.asked == []


async def test_staff_may_ask_who_lives_somewhere_before_they_look_at_anybody() -> None:
    nobody_yet = replace(proved(Level.STAFF), relatie=None)
    assert await door_to(Stub(fine)).find_at(nobody_yet, "1234AB", 1) == "answer"


@EACH
async def test_what_takes_too_long_is_down(call: Call) -> None:
    with pytest.raises(BackOfficeDown):
        await call(door_to(Stub(never), SOON), proved(Level.STAFF))


@EACH
async def test_a_wrong_exception_is_down_and_tells_no_data(
    call: Call, caplog: pytest.LogCaptureFixture
) -> None:
    async def breaks() -> None:
        raise KeyError(SECRET)

    with caplog.at_level(logging.DEBUG), pytest.raises(BackOfficeDown) as down:
        await call(door_to(Stub(breaks)), proved(Level.STAFF))
    assert SECRET not in str(down.value)
    assert SECRET not in caplog.text
    assert "KeyError" in caplog.text


@EACH
@pytest.mark.parametrize("error", [BackOfficeDown, NotFound, NotAllowed])
async def test_the_three_errors_come_through_as_they_are(
    call: Call, error: type[Exception]
) -> None:
    async def refuses() -> None:
        raise error("why")

    with pytest.raises(error, match="why"):
        await call(door_to(Stub(refuses)), proved(Level.STAFF))


async def test_a_time_limit_inside_the_system_is_down_too() -> None:
    async def times_out() -> None:
        raise TimeoutError(SECRET)

    with pytest.raises(BackOfficeDown) as down:
        await door_to(Stub(times_out)).find_by_number("+31612345678")
    assert SECRET not in str(down.value)


async def test_who_stops_waiting_is_not_told_that_the_system_is_down() -> None:
    asking = asyncio.create_task(door_to(Stub(never)).find_by_number("+31612345678"))
    await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking


async def test_closing_the_door_closes_the_system() -> None:
    stub = Stub(fine)
    await door_to(stub).close()
    assert stub.asked == [("close", ())]
