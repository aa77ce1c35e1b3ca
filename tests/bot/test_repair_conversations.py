"""Whole repair reports, as tenants tell them, through Rasa and the real actions."""

from __future__ import annotations

from uuid import uuid4

import pytest

from bot.port import Answer, Ask
from bot.rasa_client import RasaClient
from bot.signals import Escalate, EscalationReason, FormFilled

pytestmark = pytest.mark.rasa

TOLD_AT_ONCE = (
    "ik wil een reparatie melden",
    "de kraan in de keuken lekt, geen gevaar, bel me op 0612345678 na vijven",
)


async def talk(client: RasaClient, *said: str) -> list[Answer]:
    session = uuid4().hex
    return [await client.reply(Ask(uuid4().hex, session, text, "webchat")) for text in said]


def fields(answer: Answer) -> dict[str, str]:
    (form,) = [signal for signal in answer.signals if isinstance(signal, FormFilled)]
    return dict(form.fields)


def escalation(answer: Answer) -> Escalate:
    (escalate,) = [signal for signal in answer.signals if isinstance(signal, Escalate)]
    return escalate


async def test_each_question_is_asked_and_a_colleague_gets_it_all(client: RasaClient) -> None:
    *asked, last = await talk(
        client, "ik wil een reparatie melden", "in de badkamer", "de kraan", "die drupt",
        "nee gelukkig niet", "bel maar op 06-12345678", "elke dag na 5 uur", "ja dat klopt",
    )  # fmt: skip
    assert [answer.carry.requested_slot for answer in asked] == [
        "repair_room", "repair_element", "repair_defect", "repair_danger", "repair_contact",
        "repair_when", "repair_confirm",
    ]  # fmt: skip
    assert fields(last) == {
        "repair_room": "badkamer",
        "repair_element": "kraan",
        "repair_defect": "druppelt",
        "repair_danger": "nee",
        "repair_contact": "06 12345678",
        "repair_when": "vanaf 17:00",
        "repair_phone": "+31612345678",
        "repair_pays": "meestal voor u",
        "repair_room_code": "BAD",
        "repair_element_code": "SAN",
        "repair_defect_code": "DRP",
    }
    assert {answer.best.intent for answer in (*asked, last) if answer.best} == {"repair_report"}
    assert escalation(last).reason is EscalationReason.POLICY
    assert escalation(last).queue == "reparaties"
    assert "badkamer" in escalation(last).note


async def test_a_summary_is_shown_and_nothing_is_said_to_be_registered(client: RasaClient) -> None:
    *_, summed, last = await talk(client, *TOLD_AT_ONCE, "ja")
    shown = summed.replies[-1].text
    for told in ("keuken", "kraan", "lekt", "06 12345678", "vanaf 17:00", "Klopt dit?"):
        assert told in shown
    said = " ".join(reply.text for reply in last.replies)
    assert "Een collega" in said
    assert "is aangemeld" not in said and "geregistreerd" not in said


async def test_one_field_of_the_summary_can_be_put_right(client: RasaClient) -> None:
    *_, asked, cleared, again, last = await talk(
        client, *TOLD_AT_ONCE, "nee", "het telefoonnummer", "0687654321", "ja",
    )  # fmt: skip
    assert asked.carry.requested_slot == "repair_change" and asked.replies[-1].choices
    assert cleared.carry.requested_slot == "repair_contact"
    assert again.carry.requested_slot == "repair_confirm"
    assert fields(last)["repair_contact"] == "06 87654321"


async def test_a_summary_can_be_put_right_in_one_sentence(client: RasaClient) -> None:
    *_, again, last = await talk(client, *TOLD_AT_ONCE, "nee, de badkamer", "ja")
    assert "badkamer" in again.replies[-1].text
    assert fields(last)["repair_room"] == "badkamer"


async def test_another_question_at_the_summary_brings_the_summary_back(
    client: RasaClient,
) -> None:
    *_, aside, last = await talk(
        client, *TOLD_AT_ONCE, "wanneer moet ik de huur betalen?", "ja klopt"
    )
    assert aside.carry.requested_slot == "repair_confirm"
    assert fields(last)["repair_room"] == "keuken"


async def test_what_the_first_message_tells_is_not_asked_again(client: RasaClient) -> None:
    """Whichever topic it is taken for: what it told counts when the report begins."""
    session = uuid4().hex
    told = "hoi mijn kraan in de keuken lekt, je kunt me bellen op 0612345678"
    first = await client.reply(Ask(uuid4().hex, session, told, "webchat"))
    if first.carry.active_form is None:
        first = await client.reply(
            Ask(uuid4().hex, session, "", "webchat", payload="/repair_report")
        )
    assert first.carry.requested_slot == "repair_danger"
    assert first.carry.slots["repair_contact"] == "06 12345678"


async def test_a_quick_reply_and_the_same_word_typed_do_the_same(client: RasaClient) -> None:
    (first,) = await talk(client, "ik wil een reparatie melden")
    for choice in first.replies[-1].choices:
        _, second = await talk(client, "ik wil een reparatie melden", choice.payload)
        assert second.carry.slots.get("repair_room"), choice.title


async def test_another_question_is_answered_and_the_form_goes_on(client: RasaClient) -> None:
    _, aside, back = await talk(
        client,
        "reparatie melden: lamp kapot in de gang",
        "wanneer moet ik de huur betalen?",
        "nee",
    )
    assert aside.best is not None and aside.best.intent == "rent_payment_date"
    assert len(aside.replies) == 2 and aside.carry.requested_slot == "repair_danger"
    assert back.carry.slots["repair_danger"] == "nee"


async def test_the_tenant_can_put_the_room_right(client: RasaClient) -> None:
    *_, corrected = await talk(
        client,
        "ik wil een reparatie melden",
        "mijn raam in de woonkamer gaat niet meer dicht",
        "nee, de slaapkamer",
    )
    assert corrected.carry.slots["repair_room"] == "slaapkamer"
    assert corrected.carry.requested_slot == "repair_danger"


async def test_not_knowing_is_an_answer(client: RasaClient) -> None:
    *_, last = await talk(
        client, "ik wil een reparatie melden", "weet ik niet", "de deur", "weet niet",
        "geen idee", "weet ik niet", "geen idee", "ja",
    )  # fmt: skip
    assert fields(last)["repair_room"] == "onbekend"
    assert fields(last)["repair_contact"] == "onbekend"


async def test_danger_goes_to_the_urgent_queue_at_once(client: RasaClient) -> None:
    *_, last = await talk(
        client, "ik wil een reparatie melden", "de waterleiding in de kelder is stuk", "ja"
    )
    assert escalation(last).reason is EscalationReason.URGENT
    assert escalation(last).queue == "spoed"
    assert "spoedlijn" in last.replies[0].text
    assert last.carry.active_form is None


async def test_danger_told_on_the_way_needs_no_question(client: RasaClient) -> None:
    *_, last = await talk(
        client, "ik wil een reparatie melden",
        "het stopcontact in de keuken is kapot, er komen vonken uit!",
    )  # fmt: skip
    assert escalation(last).queue == "spoed"


async def test_the_tenant_can_stop(client: RasaClient) -> None:
    _, stopped, after = await talk(
        client, "ik wil een reparatie melden", "laat maar", "goedemorgen"
    )
    assert not stopped.signals and stopped.carry.active_form is None
    assert not stopped.carry.slots
    assert after.carry.active_form is None


async def test_asking_for_a_person_hands_over_what_was_told(client: RasaClient) -> None:
    *_, last = await talk(client, "er is iets stuk in de keuken", "ik wil een medewerker spreken")
    assert escalation(last).reason is EscalationReason.ASKED
    assert fields(last)["repair_room"] == "keuken"
    assert last.carry.active_form is None


async def test_a_second_report_starts_afresh(client: RasaClient) -> None:
    *_, again = await talk(client, *TOLD_AT_ONCE, "ja", "ik wil een reparatie melden")
    assert again.carry.requested_slot == "repair_room"


async def test_words_that_are_on_no_list_are_written_down_as_they_are(client: RasaClient) -> None:
    first, again, taken = await talk(client, "ik wil een reparatie melden", "blub", "de blubkamer")
    assert first.carry.requested_slot == again.carry.requested_slot == "repair_room"
    assert taken.carry.slots["repair_room"] == "de blubkamer"
