"""A confirmed report becomes an Onderhoudsverzoek, once, or the tenant hears that it did not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from repair_office import HOME, NOW, OTHER_HOME, TENANT, office, repair
from repair_office_talk import WHOLE, Known, OfficeTalk

from actions.backoffice.verification import Level
from actions.fakes.requests import FakePhotos
from bot.signals import EscalationReason, FormFilled

pytestmark = pytest.mark.unit


async def test_a_report_is_registered_with_codes_and_all_that_was_told() -> None:
    talk = OfficeTalk(photos=FakePhotos(("foto-1",)))
    await talk.tell(WHOLE, "ja")
    (new,) = talk.office.made
    assert (new.eenheid, new.defecten[0].soort, new.defecten[0].locatie) == (HOME.id, "LEK", "KEU")
    assert new.omschrijving == "kraan, keuken: lekt"
    assert "de kraan in de keuken lekt" in new.defecten[0].omschrijving
    assert new.bereikbaar == "06 12345678" and "woensdag" in new.voorkeur
    assert new.prioriteit == "normaal" and new.fotos == ("foto-1",)


async def test_the_tenant_hears_the_number_and_staff_sees_it() -> None:
    talk = await OfficeTalk().tell(WHOLE, "ja")
    assert "R4701" in talk.text and talk.number == "R4701"
    assert talk.needs_nobody and talk.fields["repair_element"] == "kraan"


async def test_who_is_old_or_ill_goes_first_and_the_back_office_does_not_hear_why() -> None:
    talk = OfficeTalk()
    await talk.tell(
        "mijn moeder van 86 kan niet lopen", WHOLE, "thuis 0612345678", "woensdag", "ja"
    )
    (new,) = talk.office.made
    assert new.prioriteit == "voorrang"


async def test_who_it_is_is_asked_and_what_was_told_is_not_lost() -> None:
    talk = await OfficeTalk(who=Known(Level.ANONYMOUS)).tell(WHOLE, "ja")
    assert talk.asked_who and not talk.office.made and talk.slots["repair_element"] == "kraan"
    await talk.identified()
    assert talk.office.made and not talk.slots["repair_element"] and not talk.slots["repair_key"]


async def test_who_is_not_recognised_gets_a_person_with_everything_filled_in() -> None:
    talk = await OfficeTalk(who=Known(Level.ANONYMOUS)).tell(WHOLE, "ja")
    await talk.identified("refused")
    assert not talk.office.made and "meldt de reparatie voor u aan" in talk.text
    assert talk.escalation.reason is EscalationReason.POLICY
    assert talk.fields["repair_element"] == "kraan" and "niet herkend" in talk.escalation.note


async def test_who_writes_for_another_gets_a_person_with_what_was_told() -> None:
    talk = await OfficeTalk(who=Known(Level.ANONYMOUS, other=True)).tell(WHOLE, "ja")
    assert talk.escalation.reason is EscalationReason.THIRD_PARTY
    assert talk.fields["repair_element"] == "kraan" and not talk.slots["repair_element"]


async def test_danger_goes_to_a_person_at_once_as_before() -> None:
    talk = await OfficeTalk().tell("het stopcontact in de keuken vonkt")
    assert talk.escalation.queue == "spoed" and not talk.office.made


async def test_another_address_than_the_tenants_home_is_for_a_person() -> None:
    talk = await OfficeTalk().tell(WHOLE + ", adres 4321 ZZ 9", "ja")
    assert not talk.office.made and "4321 ZZ 9" in talk.escalation.note
    assert talk.fields["repair_element"] == "kraan"


async def test_the_home_itself_may_be_named() -> None:
    talk = await OfficeTalk().tell(WHOLE + ", adres 1234 AB 12a", "ja")
    assert talk.office.made[0].eenheid == HOME.id


async def test_with_two_homes_the_tenant_says_which() -> None:
    talk = OfficeTalk(office=office(homes=(HOME, OTHER_HOME)))
    await talk.tell(WHOLE, "ja")
    assert "adres" in talk.text and talk.choices[:2] == ["Lindelaan 12 A", "Beukenlaan 5"]
    await talk.tell("de Beukenlaan")
    assert talk.office.made[0].eenheid == OTHER_HOME.id


async def test_who_cannot_say_which_home_gets_a_person() -> None:
    talk = OfficeTalk(office=office(homes=(HOME, OTHER_HOME)))
    await talk.tell(WHOLE, "ja", "blub", "blub")
    assert not talk.office.made and "meer woningen" in talk.escalation.note


async def test_a_report_done_twice_is_one_report() -> None:
    """The turn is repeated: the form's key is the same, so there is one number."""
    talk = OfficeTalk(office=office(now=lambda: NOW + timedelta(minutes=5)))
    await talk.tell(WHOLE)
    slots, events = dict(talk.slots), list(talk.events)
    await talk.tell("ja")
    again = OfficeTalk(office=talk.office, slots=slots, events=events, form="repair_form")
    await again.tell("ja")
    assert len(talk.office.made) == 1 and again.number == talk.number


async def test_when_it_cannot_be_written_it_is_kept_and_said_to_be_not_registered() -> None:
    talk = OfficeTalk()
    talk.office.down.add("create_onderhoudsverzoek")
    await talk.tell(WHOLE)
    key = talk.slots["repair_key"]
    await talk.tell("ja")
    assert "nog niet geregistreerd" in talk.text and "nummer is" not in talk.text
    assert talk.kept.repairs[key].omschrijving == "kraan, keuken: lekt"
    assert talk.needs_nobody


async def test_kept_for_somebody_who_goes_first_a_person_looks_as_well() -> None:
    talk = OfficeTalk()
    talk.office.down.add("create_onderhoudsverzoek")
    await talk.tell(WHOLE + " en ik heb een baby", "ja")
    assert talk.kept.repairs and talk.escalation.reason is EscalationReason.BACKOFFICE_DOWN
    assert talk.escalation.first and "niet nog een keer" in talk.escalation.note


@pytest.mark.parametrize("broken", ["eenheden", "onderhoudsverzoeken"])
async def test_when_nothing_can_be_seen_a_person_gets_the_report(broken: str) -> None:
    talk = OfficeTalk()
    talk.office.down.add(broken)
    await talk.tell(WHOLE, "ja")
    assert talk.escalation.reason is EscalationReason.BACKOFFICE_DOWN and not talk.office.made
    assert "nog niets geregistreerd" in talk.text and talk.fields["repair_element"] == "kraan"


async def test_the_same_defect_is_never_reported_twice() -> None:
    talk = OfficeTalk(office=office(repair(1)))
    await talk.tell(WHOLE, "ja")
    assert "al gemeld" in talk.text and "zondag 22 november" in talk.text
    assert not talk.office.made
    (moment,) = talk.office.moments
    assert "R4701" in moment.onderwerp and "de kraan in de keuken lekt" in moment.omschrijving


async def test_for_what_is_reported_already_an_appointment_can_be_made() -> None:
    talk = OfficeTalk(office=office(repair(1)))
    await talk.tell(WHOLE, "ja", "een afspraak maken", "de eerste")
    assert "De monteur komt op" in talk.text and not talk.office.made


async def test_something_else_is_registered_all_the_same() -> None:
    talk = OfficeTalk(office=office(repair(1)))
    await talk.tell(WHOLE, "ja", "nee het is iets anders")
    assert len(talk.office.made) == 1 and talk.number == "R4702"


async def test_another_part_in_the_same_room_is_something_else() -> None:
    old = repair(1, "raam, keuken: lekt")
    talk = await OfficeTalk(office=office(old)).tell(WHOLE, "ja")
    assert len(talk.office.made) == 1


async def test_what_was_repaired_before_may_be_reported_again() -> None:
    old = repair(1, status="AFG")
    talk = await OfficeTalk(office=office(old)).tell(WHOLE, "ja")
    assert len(talk.office.made) == 1


async def test_new_words_that_cannot_be_added_are_not_said_to_be_added() -> None:
    talk = OfficeTalk(office=office(repair(1)))
    talk.office.down.add("create_contactmoment")
    await talk.tell(WHOLE, "ja")
    assert "al gemeld" in talk.text and "niet bij zetten" in talk.text
    assert talk.escalation.reason is EscalationReason.BACKOFFICE_DOWN and not talk.office.made


async def test_an_answer_that_was_lost_is_kept_under_the_key_that_finds_it_again() -> None:
    talk = OfficeTalk()
    talk.office.lost.add("create_onderhoudsverzoek")
    await talk.tell(WHOLE, "ja")
    ((key, new),) = talk.kept.repairs.items()
    talk.office.lost.clear()
    await talk.office.create_onderhoudsverzoek(TENANT, new, key)
    assert len(talk.office.repairs) == 1


@pytest.mark.parametrize("slow", ["onderhoudsverzoeken", "create_onderhoudsverzoek"])
async def test_a_back_office_that_does_not_answer_is_down(slow: str) -> None:
    talk = OfficeTalk()
    talk.office.silent.add(slow)
    await talk.tell(WHOLE, "ja")
    assert "nu niet" in talk.text and "nummer is" not in talk.text


async def test_who_has_no_home_gets_a_person() -> None:
    talk = await OfficeTalk(office=office(homes=())).tell(WHOLE, "ja")
    assert "geen woning" in talk.escalation.note and not talk.office.made


@pytest.mark.parametrize("ending", ["stopped", "person", "failed", "no_way", "down", "missed"])
async def test_a_report_that_nobody_proved_never_fills_a_later_one(ending: str) -> None:
    talk = await OfficeTalk(who=Known(Level.ANONYMOUS)).tell(WHOLE, "ja")
    await talk.identified(ending)
    assert not any(talk.slots.get(slot) for slot in ("repair_element", "repair_key"))
    shown = any(isinstance(signal, FormFilled) for signal in talk.signals)
    assert shown is (ending != "stopped") and not talk.office.made


async def test_who_refuses_is_not_promised_a_general_answer_to_a_report() -> None:
    talk = await OfficeTalk(who=Known(Level.ANONYMOUS)).tell(WHOLE, "ja")
    await talk.identified("refused")
    assert "in het algemeen" not in talk.text and "Dat is goed." in talk.text
