"""How a tenant is asked who it is, and what follows."""

from __future__ import annotations

from datetime import date

import pytest
from identity_talk import ANNA, CLAIM, NOW, Talk

from actions.backoffice.verification import Level
from actions.dutch_birth_date import BirthDate, find_birth_date
from actions.identity.answers import hear
from bot.signals import EscalationReason

pytestmark = pytest.mark.unit
BALANCE = "rent_balance_check"


async def asked(**parts: object) -> Talk:
    return await Talk(**parts).tell("wat moet ik nog betalen", intent=BALANCE)  # type: ignore[arg-type]


async def test_one_thing_is_asked_at_a_time_and_then_the_question_is_answered() -> None:
    talk = await asked()
    assert talk.slots["requested_slot"] == "identify_address"
    await talk.tell("1234 AB 12")
    assert talk.slots["requested_slot"] == "identify_birth_date"
    await talk.tell("3 mei 1961")
    assert "Als dit klopt" in talk.text and talk.identity.claims == [CLAIM]
    await talk.tell("482 913")
    assert "helemaal bij" in talk.text and talk.form is None
    assert not any(v for name, v in talk.slots.items() if name.startswith("identify_"))


async def test_everything_told_at_once_is_not_asked_again() -> None:
    talk = await (await asked()).tell("1234AB 12, geboren 03-05-1961")
    assert talk.slots["requested_slot"] == "identify_code"


async def test_a_wrong_claim_and_a_right_one_sound_the_same() -> None:
    right = await (await asked()).tell("1234AB 12", "3 mei 1961")
    wrong = await (await asked()).tell("9999ZZ 1", "3 mei 1961")
    assert right.said == wrong.said


async def test_five_wrong_codes_bring_a_person() -> None:
    talk = await (await asked()).tell("1234AB 12", "3 mei 1961", *["111111"] * 4)
    assert "stuur opnieuw" in talk.text
    await talk.tell("111111")
    assert talk.escalation.reason is EscalationReason.POLICY and talk.form is None


@pytest.mark.parametrize("said", ["31-02-1961", "29-02-2023", "1 mei 1899", "1 mei 2031"])
async def test_a_date_that_cannot_be_is_asked_again(said: str) -> None:
    talk = await (await asked()).tell("1234AB 12", said)
    assert "kan niet kloppen" in talk.text and not talk.identity.claims
    assert talk.slots["requested_slot"] == "identify_birth_date"


async def test_who_does_not_want_to_say_is_told_why_once_and_answered_in_general() -> None:
    talk = await (await asked()).tell("dat geef ik niet")
    assert "niemand anders" in talk.text
    await talk.tell("dat geef ik niet")
    assert "uw betalingen hier niet zien" in talk.text and talk.form is None


async def test_somebody_who_writes_for_another_sees_nothing() -> None:
    talk = Talk()
    talk.identity.give(ANNA, Level.VERIFIED)
    talk.identity.third_party = True
    await talk.tell("wat moet mijn moeder betalen", intent=BALANCE)
    assert talk.escalation.reason is EscalationReason.THIRD_PARTY
    assert not talk.office.calls


async def test_when_it_cannot_be_checked_that_is_said_and_a_person_helps() -> None:
    talk = await asked()
    talk.identity.down = True
    await talk.tell("1234AB 12", "3 mei 1961")
    assert talk.escalation.reason is EscalationReason.BACKOFFICE_DOWN


async def test_another_question_is_left_to_its_topic() -> None:
    talk = await (await asked()).tell("mag ik een hond", intent="pets_rules")
    assert talk.gave_way and talk.form == "identify_form"


async def test_stop_and_a_person_end_the_questions() -> None:
    stopped = await (await asked()).tell("stop")
    person = await (await asked()).tell("ik wil een medewerker", intent="human_agent_request")
    assert stopped.form is None and not stopped.signals
    assert person.escalation.reason is EscalationReason.ASKED


async def test_no_text_message_leads_to_the_portal_or_a_person() -> None:
    talk = await (await asked()).tell("1234AB 12", "3 mei 1961", "ik krijg geen sms")
    assert "stuur opnieuw" in talk.text
    talk.identity.link = "https://mijn.example/x"
    again = await (await asked()).tell("1234AB 12", "3 mei 1961")
    again.identity.link = "https://mijn.example/x"
    await again.tell("ik krijg geen sms")
    assert "https://mijn.example/x" in again.text


@pytest.mark.parametrize(
    "said", ["3 mei 1961", "03-05-61", "3/5/1961", "drie mei eenenzestig", "1961-05-03",
             "3 mei negentien eenenzestig", "drie vijf eenenzestig", "03051961"],
)  # fmt: skip
def test_a_birth_date_is_read_however_it_is_said(said: str) -> None:
    assert find_birth_date(said, NOW.date()) == BirthDate(date(1961, 5, 3))


@pytest.mark.parametrize(
    ("said", "address", "number"),
    [
        ("twaalf vierendertig a b nummer twaalf", "1234AB", "12"),
        ("een twee drie vier anton bernard honderdtwaalf", "1234AB", "112"),
        ("12 34 a b 12 a", "1234AB", "12A"),
        ("twaalf vierendertig a b", "1234AB", None),
        ("ik heb twaalf vragen over de huur", None, None),
    ],
)
def test_an_address_is_read_as_it_is_spoken(
    said: str, address: str | None, number: str | None
) -> None:
    slots = hear(said, "identify_address", date(2026, 11, 24)).slots
    found = (slots.get("identify_address"), slots.get("identify_number"))
    assert found == (address, number) and "identify_birth_date" not in slots


async def test_all_of_it_can_be_said_on_the_phone() -> None:
    talk = await asked(channel="voice")
    await talk.tell("nee", "twaalf vierendertig a b", "twaalf", "drie mei negentien eenenzestig")
    assert talk.identity.claims == [CLAIM]
    await talk.tell("vier acht twee negen een drie")
    assert "helemaal bij" in talk.text
