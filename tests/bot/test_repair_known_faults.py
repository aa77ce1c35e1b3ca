"""A fault that staff confirmed is told at once, and what neighbours share is counted."""

from __future__ import annotations

import pytest
from repair_office_talk import Known, OfficeTalk

from actions.backoffice.verification import Level
from actions.fakes.requests import FakeFaults
from actions.services import KnownFault
from bot.signals import EscalationReason

pytestmark = pytest.mark.unit

WORDS = "De storing aan de lift is bekend. De monteur komt vandaag."
LIFT = "de lift staat stil, geen gevaar, bel 0612345678 altijd thuis"
TOPIC = {"intent": "repair_lift"}


def knowing(place: str = "LIF", level: Level = Level.CLAIMED) -> OfficeTalk:
    faults = FakeFaults({("complex-1", place): KnownFault("f", WORDS)})
    return OfficeTalk(faults=faults, who=Known(level))


async def test_a_known_fault_is_told_and_not_reported_again() -> None:
    talk = await knowing().tell(LIFT, "ja")
    assert WORDS in talk.text and not talk.office.made
    await talk.tell("ja dat is het")
    assert not talk.office.made and not talk.faults.reports and talk.needs_nobody


async def test_for_the_building_nobody_has_to_be_at_home() -> None:
    talk = await OfficeTalk().tell(LIFT, "ja")
    assert talk.number and "niet thuis te zijn" in talk.text and not talk.form


async def test_something_else_is_registered() -> None:
    talk = await knowing().tell(LIFT, "ja", "nee, het is iets anders")
    assert len(talk.office.made) == 1


async def test_a_fault_of_another_place_is_not_told() -> None:
    talk = await knowing("ENT").tell(LIFT, "ja")
    assert WORDS not in talk.text and talk.office.made


@pytest.mark.parametrize(
    ("told", "place"),
    [
        (LIFT, "LIF"),
        ("de verwarming in de woonkamer doet het niet, geen gevaar, bel 0612345678 altijd thuis",
         "TRC"),
        ("de deur van het portiek sluit niet, geen gevaar, bel 0612345678 altijd thuis", "POR"),
    ],
)  # fmt: skip
async def test_what_neighbours_share_is_counted_under_its_complex(told: str, place: str) -> None:
    talk = await OfficeTalk().tell(told, "ja")
    ((cluster, _, counted),) = talk.faults.reports
    assert (cluster, counted) == ("complex-1", place)


async def test_what_is_of_one_home_is_not_counted() -> None:
    talk = OfficeTalk()
    await talk.tell("de kraan in de keuken lekt, geen gevaar, bel 0612345678 altijd thuis", "ja")
    assert talk.office.made and not talk.faults.reports


async def test_the_safe_answer_comes_at_once_and_then_the_offer_to_look() -> None:
    talk = await knowing(level=Level.ANONYMOUS).tell("de lift doet het niet", **TOPIC)
    assert "alarmknop" in talk.said[0] and "kennen" in talk.said[1]
    assert not talk.signals


async def test_after_it_is_known_who_asks_the_fault_is_told() -> None:
    talk = await knowing(level=Level.ANONYMOUS).tell("de lift doet het niet", **TOPIC)
    await talk.tell("ja graag")
    assert talk.asked_who and WORDS not in talk.text
    talk.said.clear()
    await talk.identified()
    assert WORDS in talk.text and talk.needs_nobody


async def test_a_fault_that_is_not_known_can_be_reported_with_what_was_told() -> None:
    talk = await OfficeTalk().tell("de lift doet het niet", **TOPIC)
    await talk.tell("ja")
    assert "nog niet bekend" in talk.text
    await talk.tell("ja")
    assert talk.form == "repair_form" and talk.slots["repair_element"] == "lift"


async def test_who_wants_no_look_gets_a_person_who_passes_it_on() -> None:
    talk = await OfficeTalk().tell("de lift doet het niet", **TOPIC)
    await talk.tell("nee")
    assert talk.escalation.reason is EscalationReason.POLICY
    assert "de lift doet het niet" in talk.escalation.note


async def test_who_needs_help_is_not_asked_again_but_gets_a_person() -> None:
    talk = await OfficeTalk().tell("de lift doet het niet", **TOPIC)
    await talk.tell("ik zit in een rolstoel en moet naar het ziekenhuis")
    assert "rolstoel" in talk.escalation.note


async def test_the_bare_wish_to_report_is_left_to_its_own_topic() -> None:
    talk = await OfficeTalk().tell("de lift doet het niet", **TOPIC)
    await talk.tell("reparatie melden")
    assert talk.gave_way
