"""The summary at the end of a repair report: yes, no, and putting one thing right."""

from __future__ import annotations

import pytest
from repair_talk import Talk

from bot.signals import EscalationReason

pytestmark = pytest.mark.unit

LONG = (
    "Goedemiddag, in de badkamer lekt de kraan van de wastafel sinds gisteren. Er is geen gevaar, "
    "ik heb er een emmer onder gezet. Ik ben bereikbaar op 06-12345678 en doordeweeks na vijven "
    "thuis. Ik woon hier met mijn baby en mijn moeder van 82. Lindelaan 12a, 1234 AB."
)
AT_SUMMARY = "de kraan in de keuken lekt, geen gevaar, bel 0612345678 na vijven"


async def told(*said: str) -> Talk:
    talk = Talk()
    for text in said:
        await talk.tell(text)
    return talk


async def test_one_long_message_is_taken_at_once_and_only_has_to_be_confirmed() -> None:
    talk = await told(LONG)
    assert talk.asked == "repair_confirm"
    await talk.tell("ja")
    assert talk.fields == {
        "repair_room": "badkamer",
        "repair_element": "kraan",
        "repair_defect": "lekt",
        "repair_danger": "nee",
        "repair_contact": "06 12345678",
        "repair_when": "doordeweeks vanaf 17:00",
        "repair_since": "sinds gisteren (maandag 23 november)",
        "repair_water": "wordt opgevangen",
        "repair_care": "baby in huis; hoge leeftijd (82)",
        "repair_address": "1234 AB 12a",
        "repair_phone": "+31612345678",
        "repair_priority": "hoog",
        "repair_pays": "voor ons",
        "repair_room_code": "BAD",
        "repair_element_code": "SAN",
        "repair_defect_code": "LEK",
    }
    assert "baby in huis" in talk.escalation.note
    assert talk.escalation.queue == "reparaties" and not talk.open


async def test_the_summary_shows_all_and_asks_one_question() -> None:
    talk = await told(LONG)
    for part in ("badkamer", "kraan", "lekt", "06 12345678", "doordeweeks", "baby", "voor ons"):
        assert part in talk.text
    assert talk.text.count("?") == 1 and talk.text.endswith("Klopt dit?")


@pytest.mark.parametrize(
    "yes",
    [
        "ja",
        "Ja, dat klopt",
        "klopt",
        "jazeker",
        "yes",
        "inderdaad",
        "oke",
        "top",
        "dat is goed",
        "klopt helemaal bedankt",
    ],
)
async def test_any_yes_ends_the_report(yes: str) -> None:
    talk = await told(AT_SUMMARY, yes)
    assert not talk.open and talk.escalation.reason is EscalationReason.POLICY


@pytest.mark.parametrize(
    ("said", "slot", "value"),
    [
        ("nee, de badkamer", "repair_room", "badkamer"),
        ("nee het is de douche", "repair_element", "douche"),
        ("ik bedoel de wasbak", "repair_element", "wastafel"),
        ("nee hij druppelt", "repair_defect", "druppelt"),
        ("nee mijn nummer is 0687654321", "repair_contact", "06 87654321"),
        ("nee ik ben alleen dinsdagochtend thuis", "repair_when",
         "dinsdag 1 december tussen 08:00 en 12:00"),
        ("ja maar het is de badkamer", "repair_room", "badkamer"),
        ("toch wel gevaarlijk hoor", "repair_danger", "ja"),
    ],
)  # fmt: skip
async def test_one_sentence_puts_the_summary_right(said: str, slot: str, value: str) -> None:
    talk = await told(AT_SUMMARY, said)
    if talk.open:
        assert talk.asked == "repair_confirm" and value in talk.text
        await talk.tell("ja")
    assert talk.fields[slot] == value


@pytest.mark.parametrize(
    ("choice", "answer", "slot", "value"),
    [
        ("De ruimte", "badkamer", "repair_room", "badkamer"),
        ("Wat er kapot is", "de wasbak", "repair_element", "wastafel"),
        ("Wat er mis is", "hij klemt", "repair_defect", "klemt of opent niet"),
        ("Het telefoonnummer", "06 87 65 43 21", "repair_contact", "06 87654321"),
        ("Wanneer ik thuis ben", "vrijdag", "repair_when", "vrijdag 27 november"),
    ],
)
async def test_after_no_any_single_field_can_be_asked_again(
    choice: str, answer: str, slot: str, value: str
) -> None:
    talk = await told(AT_SUMMARY, "nee")
    assert talk.asked == "repair_change" and choice in talk.choices
    await talk.tell(choice)
    assert talk.asked == slot
    await talk.tell(answer)
    assert talk.asked == "repair_confirm"
    await talk.tell("ja")
    assert talk.fields[slot] == value


async def test_a_remark_at_the_summary_goes_along() -> None:
    remark = "ja maar de monteur moet wel even bellen voor hij aanbelt"
    talk = await told(AT_SUMMARY, remark)
    assert talk.fields["repair_remark"] == remark


async def test_nobody_is_kept_at_the_summary_for_not_being_understood() -> None:
    talk = await told(AT_SUMMARY, "blub", "blub", "ja")
    assert not talk.open


async def test_who_pays_is_told_before_confirming_where_it_may_be_the_tenant() -> None:
    talk = await told("de lamp in de gang is stuk, geen gevaar, bel 0612345678 na vijven")
    assert "vervangt u zelf" in talk.said[0] and "Kosten: meestal voor u." in talk.said[1]
    await talk.tell("nee, de keuken")
    assert len(talk.said) == 1, "the reason is told once"


async def test_not_knowing_is_an_answer_to_every_question() -> None:
    talk = await told(
        "ik wil een reparatie melden", "weet ik niet", "geen idee", "weet niet", "weet ik niet",
        "geen idee", "weet ik niet",
    )  # fmt: skip
    assert talk.asked == "repair_confirm"
    await talk.tell("ja")
    assert talk.fields["repair_when"] == "onbekend"


@pytest.mark.parametrize(
    "no", ["nee", "klopt niet", "dat klopt niet", "ja nou dat klopt dus niet", "niet goed", "nope"]
)
async def test_any_no_asks_what_is_wrong(no: str) -> None:
    talk = await told(AT_SUMMARY, no)
    assert talk.open and talk.asked == "repair_change"
