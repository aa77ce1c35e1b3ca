"""Whole repair reports through the real actions: what is asked, taken, and handed over."""

from __future__ import annotations

import pytest
from repair_talk import Talk

from actions.repairs.who_pays import ActionRepairWhoPays
from bot.signals import EscalationReason

pytestmark = pytest.mark.unit

AT_SUMMARY = "de kraan in de keuken lekt, geen gevaar, bel 0612345678 na vijven"


async def told(*said: str) -> Talk:
    talk = Talk()
    for text in said:
        await talk.tell(text)
    return talk


async def test_not_knowing_whether_it_is_right_ends_the_report_too() -> None:
    talk = await told(AT_SUMMARY, "weet ik niet")
    assert not talk.open and talk.fields["repair_room"] == "keuken"


async def test_several_defects_are_one_report_and_none_is_lost() -> None:
    talk = await told("de deurbel doet het niet en in de keuken sluit het raam niet", "hal")
    await talk.tell("nee")
    await talk.tell("o ja en de lamp op de overloop is ook stuk")
    assert "raam, keuken: sluit niet" in talk.slots["repair_more"]
    assert "lamp of verlichting, overloop: kapot" in talk.slots["repair_more"]
    await talk.tell("0612345678 na vijven")
    await talk.tell("ja")
    assert "raam" in talk.escalation.note and "lamp" in talk.escalation.note
    assert talk.fields["repair_element"] == "intercom of bel"


async def test_another_question_is_left_to_its_topic_and_the_form_goes_on() -> None:
    talk = await told("lamp kapot in de gang")
    await talk.tell("wanneer moet ik de huur betalen?", "rent_payment_date")
    assert talk.gave_way and talk.asked == "repair_danger"
    await talk.tell("nee")
    assert talk.asked == "repair_contact"


async def test_who_pays_is_told_on_the_way_from_the_rules() -> None:
    talk = await told("lamp kapot in de gang")
    await talk.tell("wie betaalt dat eigenlijk?", "repair_responsibility")
    assert "vervangt u zelf" in talk.said[0] and talk.asked == "repair_danger"


async def test_a_photo_is_welcome_and_the_question_comes_again() -> None:
    talk = await told("de muur in de slaapkamer is gescheurd", "nee", "mag ik een foto sturen?")
    assert "foto is welkom" in talk.said[0] and talk.asked == "repair_contact"
    await talk.tell("0612345678 morgenmiddag")
    await talk.tell("ja")
    assert talk.fields["repair_photo"] == "ja"


async def test_danger_ends_the_questions_at_once() -> None:
    talk = await told("het stopcontact in de keuken vonkt en ik heb een baby")
    assert talk.escalation.queue == "spoed"
    assert talk.fields["repair_priority"] == "hoog" and "spoedlijn" in talk.text


async def test_who_is_ill_old_or_has_a_small_child_goes_before_others() -> None:
    care = await told(AT_SUMMARY + " en mijn moeder van 86 kan niet lopen", "ja")
    other = await told(AT_SUMMARY, "ja")
    assert care.escalation.first and not other.escalation.first


async def test_calling_back_answers_our_question_and_is_no_wish_for_a_person() -> None:
    talk = await told("kraan lekt in de keuken", "nee")
    await talk.tell("bel mij maar", "human_agent_request")
    assert talk.open and "nummer" in talk.said[0] and talk.asked == "repair_contact"
    await talk.tell("via deze chat")
    assert talk.slots["repair_contact"] == "via deze chat"


async def test_a_wish_for_a_person_takes_along_what_was_told() -> None:
    talk = await told("kraan lekt in de keuken")
    await talk.tell("ik wil een medewerker", "human_agent_request")
    assert talk.escalation.reason is EscalationReason.ASKED
    assert talk.fields["repair_element"] == "kraan"


async def test_stopping_keeps_nothing() -> None:
    talk = await told(AT_SUMMARY, "laat maar")
    assert not talk.open and not talk.signals and "Er is niets doorgegeven" in talk.text
    assert not any(value for slot, value in talk.slots.items() if slot.startswith("repair_"))


async def test_what_another_topic_heard_before_is_taken_along() -> None:
    talk = Talk()
    talk.hears_before("er komt water onder het aanrecht vandaan sinds gisteren", "repair_leak")
    await talk.tell("/repair_report")
    assert talk.slots["repair_element"] == "gootsteen of aanrecht"
    assert talk.slots["repair_since"].startswith("sinds gisteren")
    assert talk.asked == "repair_danger"


async def test_a_second_report_starts_afresh() -> None:
    talk = await told(AT_SUMMARY, "ja", "ik wil een reparatie melden")
    assert talk.asked == "repair_room" and talk.open


async def test_the_conversations_reference_is_told_where_the_hub_sent_it() -> None:
    talk = Talk(slots={"conversation_reference": "TB-4711"})
    await talk.tell(AT_SUMMARY)
    await talk.tell("ja")
    assert "TB-4711" in talk.text


async def test_without_a_reference_none_is_made_up() -> None:
    talk = await told(AT_SUMMARY, "ja")
    assert "kenmerk" not in talk.text.lower()


async def test_homophones_and_doubt_are_no_answer_of_another_kind() -> None:
    talk = await told("er is een lek in de badkamer", "kraan")
    await talk.tell("weet ik niet zeker, er ligt wel water op de grond")
    assert talk.slots["repair_element"] == "kraan" and talk.slots["repair_danger"] == "onbekend"


async def test_a_day_that_is_ruled_out_stays_in_the_tenants_words() -> None:
    talk = await told("kraan druppelt in de keuken", "nee", "0612345678")
    words = "ik ben in de ochtend altijd thuis behalve woensdag"
    await talk.tell(words)
    assert talk.slots["repair_when"] == words


async def test_who_else_to_call_stays_in_the_tenants_words() -> None:
    talk = await told("raam kan niet dicht in de slaapkamer", "nee")
    words = "mijn dochter regelt het, bel haar: 06 22334455, zij heet Fatma"
    await talk.tell(words)
    await talk.tell("morgen")
    await talk.tell("nee de naam is Fatima")
    await talk.tell("ja")
    assert talk.fields["repair_contact"] == words
    assert talk.fields["repair_phone"] == "+31622334455"
    assert talk.fields["repair_remark"] == "nee de naam is Fatima"


@pytest.mark.parametrize("said", ["alle kamers", "overal", "in het hele huis"])
async def test_everywhere_is_a_place_too(said: str) -> None:
    talk = await told("de verwarming doet het niet", said)
    assert talk.slots["repair_room"] == "andere ruimte"


@pytest.mark.parametrize(
    ("before", "text", "answer"),
    [
        ("", "moet ik een kapotte lamp in de keuken zelf vervangen?", "vervangt u zelf"),
        ("", "wie betaalt een lek in de waterleiding", "maken wij"),
        ("de wc is verstopt", "wie betaalt dat?", "Zit het in het riool?"),
    ],
)
async def test_who_pays_is_answered_outside_the_form_too(
    before: str, text: str, answer: str
) -> None:
    talk = Talk()
    if before:
        talk.hears_before(before, "repair_drain_toilet")
    await talk.answer(text, "repair_responsibility", ActionRepairWhoPays())
    assert answer in talk.text and talk.choices == ["/repair_report"]


async def test_who_pays_in_general_keeps_the_general_answer() -> None:
    talk = Talk()
    await talk.answer("wat is voor mij en wat voor jullie", "x", ActionRepairWhoPays())
    assert talk.said == ["utter_repair_responsibility"]


@pytest.mark.parametrize("said", ["nee", "ja", "nee hoor"])
async def test_yes_or_no_does_not_tell_when_somebody_is_home(said: str) -> None:
    talk = await told("kraan lekt in de keuken", "nee", "0612345678", said)
    assert talk.asked == "repair_when"


async def test_something_broken_is_no_wall() -> None:
    talk = await told("er is iets stuk in de keuken")
    assert talk.asked == "repair_element"


async def test_a_question_about_the_leak_is_not_written_down_as_a_phone_number() -> None:
    talk = await told("kraan lekt in de keuken", "nee")
    await talk.tell("wat moet ik doen met al dat water?", "repair_leak")
    assert talk.gave_way and talk.asked == "repair_contact"


async def test_a_story_that_was_not_understood_at_first_is_taken_along() -> None:
    talk = Talk()
    talk.hears_before("tis me wat, de radiator in de huiskamer blijft koud", "nlu_fallback")
    await talk.tell("/repair_report")
    assert talk.slots["repair_room"] == "woonkamer" and talk.asked == "repair_danger"


async def test_what_was_said_of_other_matters_is_not_taken_along() -> None:
    talk = Talk()
    talk.hears_before("mag ik de keuken verven", "alterations_permission")
    await talk.tell("/repair_report")
    assert talk.asked == "repair_room"
