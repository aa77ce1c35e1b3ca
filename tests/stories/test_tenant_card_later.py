"""The back office is down: what staff asked is kept and done once; a closing leaves a contact."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from handoff.settings import BackOfficeSettings
from handoff.testing import unique
from tests.tenant_office import ANNA, HOME, Card, card_of

pytestmark = pytest.mark.stories

REPAIR = {"home": HOME, "location": "BAD", "defect": "LEK", "title": "Kraan lekt"}


@pytest.fixture
async def card() -> AsyncIterator[Card]:
    found = await card_of("ik wil een medewerker")
    await found.link()
    yield found
    await found.close()


async def up_again(card: Card) -> None:
    card.office.down.clear()
    card.office.lost.clear()
    card.bench.clock.move(timedelta(minutes=10))
    await card.bench.work()


async def close(card: Card, **body: Any) -> None:
    assert (await card.staff.step(card.id, "take")).status_code == 200
    assert (await card.staff.say(card.id, "De monteur komt morgen.")).status_code == 201
    answer = await card.staff.step(card.id, "close", **body)
    assert answer.status_code == 200, answer.text
    await card.bench.work()


async def test_a_repair_is_kept_and_registered_once_when_the_system_is_up(card: Card) -> None:
    card.office.down.add("create_onderhoudsverzoek")
    done = (await card.do("repair", **REPAIR, later=True)).json()
    assert done == {"number": "", "say": "", "kept": True}
    assert await card.notes() == ["Bewaard om later in het systeem te zetten: Kraan lekt."]
    await card.bench.work()
    assert len(card.office.dossiers[ANNA].verzoeken) == 1
    await up_again(card)
    assert len(card.office.dossiers[ANNA].verzoeken) == 2
    assert any("R4702" in note for note in await card.notes())


async def test_a_kept_case_of_which_only_the_answer_was_lost_is_not_started_twice(
    card: Card,
) -> None:
    body = {"client_id": unique(), "kind": "complaint", "text": "Niet goed geholpen."}
    card.office.lost.add("create_zaak")
    assert (await card.do("case", **body)).status_code == 503
    assert (await card.do("case", **body, later=True)).json()["kept"]
    await up_again(card)
    assert len(card.office.dossiers[ANNA].zaken) == 2


async def test_closing_writes_a_contact_moment_when_staff_want_it(card: Card) -> None:
    await close(card, contact=True)
    kept = card.office.dossiers[ANNA].contacten[0]
    assert (kept.kanaal, kept.richting) == ("INT", "INK")
    assert "ik wil een medewerker" in kept.omschrijving
    assert "De monteur komt morgen." in kept.omschrijving
    assert "Contactmoment vastgelegd" in (await card.notes())[-1]


async def test_closing_writes_none_when_staff_do_not_ask_it(card: Card) -> None:
    await close(card)
    assert len(card.office.dossiers[ANNA].contacten) == 1


async def test_a_contact_moment_of_a_closing_waits_until_the_system_is_up(card: Card) -> None:
    card.office.down.add("create_contactmoment")
    before = await card.tenant.events()
    await close(card, contact=True)
    assert await card.tenant.state() == "closed"
    await up_again(card)
    await up_again(card)
    assert len(card.office.dossiers[ANNA].contacten) == 2
    heard = [one["text"] for one in (await card.tenant.events())[len(before) :]]
    assert not any("ontactmoment" in text for text in heard)


@pytest.mark.parametrize(("setting", "wish", "written"), [("always", None, 2), ("never", True, 1)])
async def test_a_corporation_sets_whether_contact_moments_are_written(
    setting: str, wish: bool | None, written: int
) -> None:
    chosen = BackOfficeSettings.model_validate({"contact_moments": setting})
    card = await card_of("ik wil een medewerker", backoffice=chosen)
    await card.link()
    assert (await card.read())["at_close"] == setting
    await close(card, contact=wish)
    assert len(card.office.dossiers[ANNA].contacten) == written
    await card.close()


async def test_a_closing_about_nobody_writes_nothing() -> None:
    card = await card_of("ik wil een medewerker")
    await close(card, contact=True)
    assert "create_contactmoment" not in card.office.calls
    await card.close()
