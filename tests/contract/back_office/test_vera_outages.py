"""A service that goes wrong is down or refuses: never a crash, never half an answer."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import pytest
from vera_scene import CLAIM, SANNE, SOON, Scene, vera_scene

from actions.backoffice.errors import BackOfficeDown, NotAllowed
from actions.backoffice.fakes.vera_faults import Fault
from actions.backoffice.vera.breaker import FAILURES, PAUSE_SECONDS

pytestmark = pytest.mark.contract
DOWN = sorted(
    set(Fault)
    - {
        Fault.NONE,
        Fault.IGNORED,
        Fault.SILENT,
        Fault.REFUSED,
        Fault.UNAVAILABLE,
        Fault.CUT,
        Fault.CUT_AFTER,
    }
)
OF_LISTS = {Fault.ENVELOPE, Fault.LOST_PAGES, Fault.OTHER_PAGE}
SECRETS = ("1001", "1234AB", "1984", "Sanne", "Vries", "999999990", "ohv-1")


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with vera_scene() as made:
        yield made


@pytest.mark.parametrize("path", ["debiteuren", "boekingen"])
@pytest.mark.parametrize("fault", DOWN)
async def test_a_wrong_list_is_down(scene: Scene, fault: Fault, path: str) -> None:
    scene.server.faults[path] = [fault] * 3
    with pytest.raises(BackOfficeDown):
        await scene.connector.debiteur(SANNE)


@pytest.mark.parametrize("path", ["natuurlijk-personen", "onderhoudsverzoeken", "afspraken"])
@pytest.mark.parametrize("fault", [one for one in DOWN if one not in OF_LISTS])
async def test_a_wrong_thing_is_down(scene: Scene, fault: Fault, path: str) -> None:
    scene.server.faults[path] = [fault] * 9
    with pytest.raises(BackOfficeDown):
        await scene.connector.onderhoudsverzoeken(SANNE)


@pytest.mark.parametrize("fault", DOWN)
async def test_nobody_is_found_by_a_wrong_answer(scene: Scene, fault: Fault) -> None:
    scene.server.faults["eenheidadressen"] = [fault] * 3
    with pytest.raises(BackOfficeDown):
        await scene.connector.find(CLAIM)


async def test_silence_is_down_and_is_asked_once(scene: Scene) -> None:
    scene.server.faults["natuurlijk-personen"] = [Fault.SILENT] * 2
    with pytest.raises(BackOfficeDown):
        await scene.connect(seconds=SOON).relatie(SANNE)
    assert len(scene.calls_of("natuurlijk-personen")) == 1


@pytest.mark.parametrize("fault", [Fault.CUT, Fault.UNAVAILABLE])
async def test_a_read_that_broke_is_tried_once_more(scene: Scene, fault: Fault) -> None:
    scene.server.faults["natuurlijk-personen"] = [fault]
    assert (await scene.connector.relatie(SANNE)).id == SANNE
    scene.server.faults["natuurlijk-personen"] = [fault] * FAILURES
    with pytest.raises(BackOfficeDown):
        await scene.connector.relatie(SANNE)


async def test_a_refusal_is_not_allowed(scene: Scene) -> None:
    scene.server.faults["natuurlijk-personen"] = [Fault.REFUSED]
    with pytest.raises(NotAllowed):
        await scene.connector.relatie(SANNE)


async def test_a_service_that_keeps_failing_is_left_alone_for_a_while(scene: Scene) -> None:
    scene.server.faults["natuurlijk-personen"] = [Fault.BROKEN] * FAILURES
    for _ in range(FAILURES + 3):
        with pytest.raises(BackOfficeDown):
            await scene.connector.relatie(SANNE)
    assert len(scene.calls_of("natuurlijk-personen")) == FAILURES
    scene.clock[0] = PAUSE_SECONDS
    assert (await scene.connector.relatie(SANNE)).id == SANNE


async def test_another_domain_is_still_asked_when_one_rests(scene: Scene) -> None:
    scene.server.faults["debiteuren"] = [Fault.BROKEN] * FAILURES
    for _ in range(FAILURES):
        with pytest.raises(BackOfficeDown):
            await scene.connector.debiteur(SANNE)
    assert (await scene.connector.relatie(SANNE)).id == SANNE


async def test_a_refusal_does_not_count_as_failing(scene: Scene) -> None:
    scene.server.faults["natuurlijk-personen"] = [Fault.REFUSED] * (FAILURES + 1)
    for _ in range(FAILURES + 1):
        with pytest.raises(NotAllowed):
            await scene.connector.relatie(SANNE)
    assert (await scene.connector.relatie(SANNE)).id == SANNE


async def test_errors_and_logs_name_nobody(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    told = []
    for fault in DOWN:
        scene.server.faults["*"] = [fault] * 2
        try:
            await scene.connect().find(CLAIM)
        except BackOfficeDown as down:
            told.append(str(down))
    ours = [one.getMessage() for one in caplog.records if one.name.startswith("actions")]
    assert told
    assert ours
    assert not [line for line in told + ours if any(secret in line for secret in SECRETS)]


async def test_no_bsn_and_no_income_get_past_the_edge(scene: Scene) -> None:
    kept = scene.server.store.one("Relaties/natuurlijk-personen", SANNE) or {}
    assert {"bsn", "inkomens"} <= kept.keys()
    person = await scene.connector._people.row(SANNE)
    assert not {"bsn", "inkomens"} & person.fields.keys()
