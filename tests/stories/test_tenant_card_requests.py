"""Staff have the back office do what a tenant asks; never twice, and never said when not done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from handoff.testing import unique
from tests.tenant_office import ANNA, HOME, Card, card_of

pytestmark = pytest.mark.stories

REPAIR = {"home": HOME, "location": "BAD", "defect": "LEK", "title": "Kraan lekt"}


@pytest.fixture
async def card() -> AsyncIterator[Card]:
    found = await card_of()
    await found.link()
    yield found
    await found.close()


def told(answer: Any) -> dict[str, str]:
    assert answer.status_code in (200, 201), answer.text
    found: dict[str, str] = answer.json()
    return found


async def test_a_repair_is_registered_and_its_number_stands_in_the_conversation(
    card: Card,
) -> None:
    done = told(await card.do("repair", **REPAIR, words="Sinds gisteren.", priority="voorrang"))
    made = card.office.dossiers[ANNA].verzoeken[-1]
    assert (made.code, made.prioriteit, made.defecten[0].locatie) == (
        done["number"],
        "voorrang",
        "BAD",
    )
    assert made.defecten[0].omschrijving == "Sinds gisteren."
    assert done["number"] in done["say"]
    assert await card.notes() == [f"Reparatie {done['number']} gemeld voor de huurder."]


async def test_a_double_click_registers_one_repair_and_writes_one_note(card: Card) -> None:
    body = {**REPAIR, "client_id": unique()}
    one, two = await asyncio.gather(card.do("repair", **body), card.do("repair", **body))
    assert told(one) == told(two)
    assert len(card.office.dossiers[ANNA].verzoeken) == 2
    assert len(await card.notes()) == 1


async def test_a_lost_answer_is_said_and_trying_again_does_it_once(card: Card) -> None:
    body = {**REPAIR, "client_id": unique()}
    card.office.lost.add("create_onderhoudsverzoek")
    answer = await card.do("repair", **body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "card_not_done")
    assert await card.notes() == []
    card.office.lost.clear()
    told(await card.do("repair", **body))
    assert len(card.office.dossiers[ANNA].verzoeken) == 2


async def test_an_appointment_is_chosen_moved_and_cancelled(card: Card) -> None:
    options = (await card.get("/options", repair="verzoek-1")).json()["options"]
    assert len(options) == 2
    done = told(await card.do("appointment", id=options[1]["id"]))
    assert "30 november" in done["say"]
    mine = (await card.read("repairs"))["repairs"]["repairs"][0]["appointments"]
    assert [one["status"] for one in mine] == ["ANN", "GEP"]
    told(await card.do("cancel-appointment", id=mine[1]["id"]))
    mine = (await card.read("repairs"))["repairs"]["repairs"][0]["appointments"]
    assert [one["status"] for one in mine] == ["ANN", "ANN"]
    assert len(await card.notes()) == 2


async def test_a_block_that_is_gone_is_not_planned(card: Card) -> None:
    answer = await card.do("appointment", id="verzoek-1-9")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "card_gone")
    assert await card.notes() == []


async def test_a_repair_is_cancelled(card: Card) -> None:
    assert told(await card.do("cancel-repair", id="verzoek-1"))["number"] == "R4001"
    assert card.office.dossiers[ANNA].verzoeken[0].status == "GEA"


@pytest.mark.parametrize(("kind", "code"), [("payment_plan", "FIN.BET"), ("complaint", "ORG")])
async def test_a_case_is_started(card: Card, kind: str, code: str) -> None:
    done = told(await card.do("case", kind=kind, text="Graag 50 euro per maand."))
    made = card.office.dossiers[ANNA].zaken[0]
    assert (made.code, made.zaaktype) == (done["number"], code)


async def test_the_tenant_hears_nothing_of_it_by_itself(card: Card) -> None:
    before = await card.tenant.events()
    told(await card.do("case", kind="complaint", text="Niet goed geholpen."))
    assert await card.tenant.events() == before


async def test_a_contact_moment_is_written_with_its_channel_and_direction(card: Card) -> None:
    told(await card.do("contact", subject="Gebeld", text="Uitleg.", channel="TEL", direction="UIT"))
    kept = card.office.dossiers[ANNA].contacten[0]
    assert (kept.onderwerp, kept.kanaal, kept.richting) == ("Gebeld", "TEL", "UIT")


async def test_the_forms_begin_with_what_was_said(card: Card) -> None:
    found = (await card.get("/prepared")).json()
    assert found["contact"]["channel"] == "INT"
    assert "Huurder: hallo" in found["contact"]["text"]
    assert {"code": "BAD", "name": "Badkamer / doucheruimte"} in found["locations"]
    assert found["photos"] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "   "},
        {"location": "badkamer"},
        {"priority": "nu"},
        {"home": "x\x00"},
        {"client_id": ""},
        {"words": "x" * 4_001},
    ],
)
async def test_a_repair_that_makes_no_sense_is_not_registered(
    card: Card, wrong: dict[str, str]
) -> None:
    assert (await card.do("repair", **{**REPAIR, **wrong})).status_code == 422
    assert len(card.office.dossiers[ANNA].verzoeken) == 1
