"""A visit is planned out of real free blocks; moved and cancelled only after a yes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from repair_office import FREE, NOW, office, repair
from repair_office_talk import WHOLE, Known, OfficeTalk

from actions.backoffice.fakes.in_memory import BLOCK
from actions.backoffice.values import Afspraak, Onderhoudsverzoek
from actions.backoffice.verification import Level
from bot.signals import EscalationReason

pytestmark = pytest.mark.unit

CHANGE = {"intent": "repair_appointment_change"}


def with_appointment(number: int = 1, begin: datetime = FREE[0], **parts: Any) -> Onderhoudsverzoek:
    visit = Afspraak(
        f"afspraak-{number}", f"verzoek-{number}", "kraan", "GEP", begin, begin + BLOCK
    )
    return repair(number, afspraken=(visit,), **parts)


def talk_with(*repairs: Onderhoudsverzoek, **parts: Any) -> OfficeTalk:
    return OfficeTalk(office=office(*repairs, **parts))


def planned(talk: OfficeTalk, number: int = 0) -> list[datetime]:
    return [a.begin for a in talk.office.repairs[number].afspraken if a.status == "GEP"]


async def reported() -> OfficeTalk:
    return await OfficeTalk().tell(WHOLE, "ja")


async def test_three_free_blocks_are_offered_the_wished_day_first() -> None:
    talk = await reported()
    assert talk.choices[:3] == [
        "woensdag 2 december, 8 tot 12 uur",
        "dinsdag 1 december, 8 tot 12 uur",
        "dinsdag 1 december, 12 tot 16 uur",
    ]


@pytest.mark.parametrize(
    ("said", "begin"),
    [
        ("dinsdag 1 december, 8 tot 12 uur", FREE[0]),
        ("de tweede", FREE[0]),
        ("dinsdagmiddag graag", FREE[1]),
        ("doe maar woensdag", FREE[2]),
        ("woensdagochtend", FREE[2]),
        ("dinsdag om 9 uur", FREE[0]),
        ("3 december", FREE[3]),
        ("de laatste", FREE[1]),
    ],
)
async def test_a_block_is_picked_by_its_button_its_place_or_its_time(
    said: str, begin: datetime
) -> None:
    talk = await reported()
    await talk.tell(said)
    assert planned(talk) == [begin] and "De monteur komt op" in talk.text
    assert talk.needs_nobody and not talk.slots["repair_request"]


async def test_of_a_day_with_two_blocks_both_are_offered() -> None:
    talk = await reported()
    await talk.tell("geen van deze", "dinsdag kan wel")
    assert talk.choices[:2] == [
        "dinsdag 1 december, 8 tot 12 uur", "dinsdag 1 december, 12 tot 16 uur"
    ]  # fmt: skip
    assert not planned(talk) and "begreep" not in talk.text
    await talk.tell("dinsdag", "de tweede")
    assert planned(talk) == [FREE[1]]


async def test_a_day_on_which_nobody_can_come_shows_other_days() -> None:
    talk = await reported()
    await talk.tell("ik kan alleen vrijdag")
    assert talk.choices[0] == "donderdag 3 december, 12 tot 16 uur" and not planned(talk)


async def test_none_of_these_shows_more_and_then_a_person() -> None:
    talk = await reported()
    await talk.tell("geen van deze")
    assert talk.choices[0] == "donderdag 3 december, 12 tot 16 uur"
    await talk.tell("nee die ook niet")
    assert "Een collega maakt een afspraak" in talk.text and "R4701" in talk.escalation.note


async def test_without_free_blocks_a_person_plans_and_the_report_stands() -> None:
    talk = await talk_with(free=()).tell(WHOLE, "ja")
    assert talk.office.made and talk.number and talk.escalation.reason is EscalationReason.POLICY


async def test_a_block_that_was_just_taken_is_said_and_others_are_offered() -> None:
    talk = await reported()
    talk.office.taken.add("verzoek-4701-0")
    await talk.tell("dinsdag 1 december, 8 tot 12 uur")
    assert "net bezet" in talk.text and "De monteur komt op" not in talk.text
    assert "dinsdag 1 december, 8 tot 12 uur" not in talk.choices


@pytest.mark.parametrize("broken", ["afspraak_opties", "choose_afspraak"])
async def test_when_planning_is_down_no_appointment_is_claimed(broken: str) -> None:
    talk = OfficeTalk()
    talk.office.down.add(broken)
    await talk.tell(WHOLE, "ja")
    if talk.form:
        await talk.tell("de eerste")
        assert "woensdag 2 december" in talk.escalation.note
    assert talk.escalation.reason is EscalationReason.BACKOFFICE_DOWN
    assert "De monteur komt op" not in talk.text and not planned(talk)


async def test_another_question_is_answered_and_the_choice_comes_again() -> None:
    talk = await reported()
    await talk.tell("wanneer moet ik de huur betalen?", intent="rent_payment_date")
    assert talk.gave_way
    await talk.tell("de eerste")
    assert planned(talk)


async def test_no_appointment_now_is_fine_too() -> None:
    talk = await reported()
    await talk.tell("laat maar")
    assert talk.needs_nobody and not planned(talk)


async def test_an_appointment_is_moved() -> None:
    talk = talk_with(with_appointment())
    await talk.tell("ik kan niet", **CHANGE)
    assert "dinsdag 1 december, 8 tot 12 uur" in talk.text
    await talk.tell("een andere tijd", "donderdag")
    assert planned(talk) == [FREE[3]]


async def test_moved_there_and_back_and_there_again_stands_where_it_was_put_last() -> None:
    talk = talk_with(with_appointment())
    for day in ("donderdag", "woensdag", "donderdag"):
        await talk.tell("mijn afspraak", **CHANGE)
        await talk.tell("een andere tijd", day)
    assert planned(talk) == [FREE[3]]


async def test_an_appointment_is_cancelled_only_after_a_yes() -> None:
    talk = talk_with(with_appointment())
    await talk.tell("mijn afspraak", **CHANGE)
    await talk.tell("de afspraak afzeggen")
    assert planned(talk)
    await talk.tell("ja")
    assert not planned(talk) and "afgezegd" in talk.text and talk.office.repairs[0].open


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("ik wil mijn afspraak afzeggen", "Zal ik hem afzeggen?"),
        ("de kraan is al gemaakt", "Is het gemaakt"),
        ("kan de monteur een andere dag komen", "Welke tijd past u"),
    ],
)
async def test_what_is_told_with_the_question_is_not_asked_again(said: str, asked: str) -> None:
    talk = await talk_with(with_appointment()).tell(said, **CHANGE)
    assert asked in talk.text and planned(talk)


async def test_the_day_that_is_wished_is_offered_first() -> None:
    talk = await talk_with(with_appointment()).tell("kan het verzet naar donderdag", **CHANGE)
    await talk.tell("verzetten naar donderdag graag")
    assert talk.choices[0] == "donderdag 3 december, 12 tot 16 uur"


async def test_a_no_leaves_everything_as_it_was() -> None:
    talk = talk_with(with_appointment())
    await talk.tell("mijn afspraak", **CHANGE)
    await talk.tell("de afspraak afzeggen", "nee")
    assert planned(talk) and talk.needs_nobody


async def test_what_is_repaired_already_ends_the_repair_and_its_appointment() -> None:
    talk = talk_with(with_appointment())
    await talk.tell("mijn afspraak", **CHANGE)
    await talk.tell("het is al gemaakt", "ja")
    assert not talk.office.repairs[0].open and not planned(talk)
    assert "gestopt" in talk.text and talk.needs_nobody


@pytest.mark.parametrize("broken", ["cancel_afspraak", "cancel_onderhoudsverzoek"])
async def test_what_could_not_be_cancelled_is_said_so(broken: str) -> None:
    talk = talk_with(with_appointment())
    talk.office.down.add(broken)
    await talk.tell("mijn afspraak", **CHANGE)
    await talk.tell("het is al gemaakt", "ja")
    assert "lukt nu niet" in talk.text and talk.office.repairs[0].open
    assert talk.escalation.reason is EscalationReason.BACKOFFICE_DOWN


async def test_of_several_appointments_the_tenant_says_which() -> None:
    other = with_appointment(2, FREE[2], what="raam, slaapkamer: sluit niet")
    talk = talk_with(with_appointment(), other)
    await talk.tell("mijn afspraak", **CHANGE)
    assert "Over welke" in talk.text
    await talk.tell("die van het raam", "zo laten")
    assert talk.needs_nobody and "zoals het was" in talk.text


async def test_a_repair_without_an_appointment_gets_one() -> None:
    talk = talk_with(repair(1))
    await talk.tell("afspraak maken", **CHANGE)
    assert "nog geen afspraak" in talk.text
    await talk.tell("de eerste")
    assert planned(talk) == [FREE[0]]


async def test_who_it_is_is_asked_before_anything_is_shown() -> None:
    talk = talk_with(with_appointment())
    talk.who = Known(Level.ANONYMOUS)
    talk.__post_init__()
    await talk.tell("mijn afspraak", **CHANGE)
    assert talk.asked_who and "kraan" not in talk.text.lower()
    await talk.identified()
    assert "dinsdag 1 december" in talk.text


def test_a_block_in_summer_time_is_shown_in_dutch_time() -> None:
    from actions.repairs.planning import show_block

    begin = datetime(2027, 7, 6, 6, 30, tzinfo=UTC)
    assert (
        show_block(begin, begin + timedelta(hours=3), NOW)
        == "dinsdag 6 juli 2027, 8.30 tot 11.30 uur"
    )
