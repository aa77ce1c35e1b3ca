"""What is written goes once, keeps to the standard, and what came of it is looked at."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from vera_scene import HOME, MARIA, NOW, OMAR, SANNE, Scene, report, vera_scene

from actions.backoffice.errors import BackOfficeDown, NotFound
from actions.backoffice.fakes.vera_faults import Fault
from actions.backoffice.values import NewContactmoment, NewZaak

pytestmark = pytest.mark.contract
REPAIRS = "OHD/onderhoudsverzoeken"
PLAN = NewZaak("FIN.BET", "Betalingsregeling gevraagd", "60 euro per maand")
TALK = NewContactmoment("Reparatie", "Kraan gemeld", "INT")


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with vera_scene() as made:
        yield made


async def test_a_report_is_registered_with_all_that_the_tenant_told(scene: Scene) -> None:
    made = await scene.connector.create_onderhoudsverzoek(SANNE, report(), "key-1")
    assert (made.status, made.melddatum, made.eenheid) == ("REG", NOW, HOME.id)
    assert made.defecten == report().defecten
    assert made.prioriteit == "voorrang"
    kept = scene.server.store.one(REPAIRS, made.id) or {}
    assert kept["alternatiefContactgegeven"] == "06 12345678"
    assert kept["informatieobjecten"] == [
        {"titel": "voorkeur", "beschrijving": "liefst in de ochtend"},
        {"idExtern": "foto-1"},
    ]
    assert made in await scene.connector.onderhoudsverzoeken(SANNE)


async def test_the_same_key_again_gives_the_same_report_and_writes_nothing(scene: Scene) -> None:
    first = await scene.connector.create_onderhoudsverzoek(SANNE, report(), "key-1")
    again = await scene.connector.create_onderhoudsverzoek(SANNE, report(), "key-1")
    assert again == first
    assert scene.calls_of("onderhoudsverzoeken").count("POST onderhoudsverzoeken") == 1


@pytest.mark.parametrize("fault", [Fault.CUT_AFTER, Fault.ERROR_BODY, Fault.DUPLICATE])
async def test_a_report_whose_answer_was_lost_is_found_by_its_key(
    scene: Scene, fault: Fault
) -> None:
    # The first call of this path looks whether it was made before.
    scene.server.faults["onderhoudsverzoeken"] = [Fault.NONE, fault]
    if fault is Fault.DUPLICATE:
        made = await scene.connector.create_onderhoudsverzoek(SANNE, report(), "key-1")
    else:
        with pytest.raises(BackOfficeDown):
            await scene.connector.create_onderhoudsverzoek(SANNE, report(), "key-1")
        made = await scene.connector.create_onderhoudsverzoek(SANNE, report(), "key-1")
    kept = [one for one in scene.server.store.all(REPAIRS) if one.get("idExtern") == "key-1"]
    assert [one["id"] for one in kept] == [made.id]


async def test_another_report_is_not_taken_for_the_one_with_this_key(scene: Scene) -> None:
    scene.server.filters = False
    made = await scene.connector.create_onderhoudsverzoek(SANNE, report(), "key-1")
    assert made.omschrijving == report().omschrijving
    assert scene.server.calls.count("POST onderhoudsverzoeken") == 1


async def test_a_write_is_never_sent_twice_by_itself(scene: Scene) -> None:
    scene.server.faults["contactmomenten"] = [Fault.NONE, Fault.UNAVAILABLE]
    with pytest.raises(BackOfficeDown):
        await scene.connector.create_contactmoment(SANNE, TALK, "key-2")
    assert scene.server.calls.count("POST contactmomenten") == 1


async def test_no_repair_is_reported_in_a_home_that_is_not_the_tenants(scene: Scene) -> None:
    with pytest.raises(NotFound):
        await scene.connector.create_onderhoudsverzoek(MARIA, report(), "key-1")
    assert "POST onderhoudsverzoeken" not in scene.server.calls


async def test_a_cancelled_repair_takes_its_appointment_along(scene: Scene) -> None:
    gone = await scene.connector.cancel_onderhoudsverzoek(SANNE, "ohv-1", "key-3")
    assert gone.status == "GEA"
    assert [one.status for one in gone.afspraken] == ["ANN"]
    assert await scene.connector.cancel_onderhoudsverzoek(SANNE, "ohv-1", "key-3") == gone


async def test_a_repair_that_is_done_or_anothers_cannot_be_cancelled(scene: Scene) -> None:
    with pytest.raises(NotFound):
        await scene.connector.cancel_onderhoudsverzoek(SANNE, "ohv-0", "key-3")
    with pytest.raises(NotFound):
        await scene.connector.cancel_onderhoudsverzoek(OMAR, "ohv-1", "key-3")


async def test_a_cancellation_answered_with_an_error_body_is_not_believed(scene: Scene) -> None:
    scene.server.faults["onderhoudsverzoeken"] = [Fault.NONE, Fault.IGNORED]
    with pytest.raises(BackOfficeDown):
        await scene.connector.cancel_onderhoudsverzoek(SANNE, "ohv-1", "key-3")


async def test_choosing_a_block_moves_the_visit_and_takes_the_block(scene: Scene) -> None:
    moved = await scene.connector.choose_afspraak(SANNE, "opt-4", "key-4")
    assert (moved.id, moved.begin) == ("afs-1", NOW + timedelta(days=4))
    left = await scene.connector.afspraak_opties(SANNE, "ohv-1")
    assert [one.id for one in left] == ["opt-5"]
    assert await scene.connector.choose_afspraak(SANNE, "opt-4", "key-4") == moved


async def test_a_first_visit_is_planned_once(scene: Scene) -> None:
    await scene.connector.cancel_afspraak(SANNE, "afs-1", "key-5")
    made = await scene.connector.choose_afspraak(SANNE, "opt-5", "key-6")
    assert (made.status, made.onderhoudsverzoek) == ("GEP", "ohv-1")
    assert await scene.connector.choose_afspraak(SANNE, "opt-5", "key-6") == made
    assert scene.server.calls.count("POST afspraken") == 1


async def test_a_block_that_somebody_took_is_not_there(scene: Scene) -> None:
    taken = scene.server.store.one("Relaties/afspraak-opties", "opt-4") or {}
    taken["afspraak"] = {"id": "afs-of-another"}
    with pytest.raises(NotFound):
        await scene.connector.choose_afspraak(SANNE, "opt-4", "key-4")
    with pytest.raises(NotFound):
        await scene.connector.choose_afspraak(OMAR, "opt-5", "key-4")


async def test_a_visit_is_planned_by_the_second_try_when_the_block_was_not_marked(
    scene: Scene,
) -> None:
    await scene.connector.cancel_afspraak(SANNE, "afs-1", "key-5")
    scene.server.faults["afspraak-opties"] = [Fault.NONE, Fault.CUT_AFTER]
    with pytest.raises(BackOfficeDown):
        await scene.connector.choose_afspraak(SANNE, "opt-5", "key-6")
    made = await scene.connector.choose_afspraak(SANNE, "opt-5", "key-6")
    assert made.status == "GEP"
    assert scene.server.calls.count("POST afspraken") == 1


async def test_a_new_visit_is_undone_when_another_was_quicker(scene: Scene) -> None:
    await scene.connector.cancel_afspraak(SANNE, "afs-1", "key-5")
    scene.server.faults["afspraak-opties"] = [Fault.NONE, Fault.IGNORED]
    with pytest.raises(NotFound):
        await scene.connector.choose_afspraak(SANNE, "opt-5", "key-6")
    repairs = await scene.connector.onderhoudsverzoeken(SANNE)
    assert {one.status for one in repairs[0].afspraken} == {"ANN"}


async def test_a_visit_of_another_cannot_be_cancelled(scene: Scene) -> None:
    with pytest.raises(NotFound):
        await scene.connector.cancel_afspraak(OMAR, "afs-1", "key-5")
    gone = await scene.connector.cancel_afspraak(SANNE, "afs-1", "key-5")
    assert gone.status == "ANN"
    assert await scene.connector.cancel_afspraak(SANNE, "afs-1", "key-5") == gone


async def test_what_was_said_and_asked_for_is_kept_with_the_tenant(scene: Scene) -> None:
    talk = await scene.connector.create_contactmoment(SANNE, TALK, "key-7")
    plan = await scene.connector.create_zaak(SANNE, PLAN, "key-8")
    assert talk in await scene.connector.contactmomenten(SANNE)
    assert plan in await scene.connector.zaken(SANNE)
    assert plan.open
    assert plan.zaaktype == "FIN.BET"
    assert await scene.connector.create_zaak(SANNE, PLAN, "key-8") == plan
    assert plan not in await scene.connector.zaken(OMAR)
