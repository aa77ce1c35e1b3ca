"""What tenants who proved who they are hear of their own rent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from identity_talk import ANNA, RENT, Talk, booking

from actions.backoffice.values import Betalingsregeling, Boeking, Debiteur
from actions.backoffice.verification import Level
from actions.rent.amounts import read_amount
from bot.signals import CaseOpened, EscalationReason, FormFilled

pytestmark = pytest.mark.unit


def account(saldo: str, *lines: Boeking) -> Debiteur:
    return Debiteur("debiteur-1", Decimal(saldo), lines)


OWED = account("612.34", booking("VOR", "612.34", date(2026, 11, 1), "612.34", "Huur november"))


def verified(**parts: object) -> Talk:
    talk = Talk(**parts)  # type: ignore[arg-type]
    talk.identity.give(ANNA, Level.VERIFIED)
    return talk


async def heard(topic: str, **parts: object) -> Talk:
    return await verified(**parts).tell("vraag", intent=topic)


async def test_what_is_open_is_told_in_plain_words() -> None:
    talk = await heard("rent_balance_check", account=OWED)
    assert "612,34 euro open" in talk.text and "Huur november" in talk.text


async def test_money_that_is_too_much_is_told_too() -> None:
    talk = await heard("rent_balance_check", account=account("-20"))
    assert "20 euro te goed" in talk.text


async def test_two_payments_of_one_amount_go_to_a_person() -> None:
    twice = [booking("ONT", "612.34", date(2026, 11, day)) for day in (3, 2)]
    talk = await heard("rent_balance_check", account=account("-612.34", *twice))
    assert "twee keer 612,34 euro" in talk.text
    assert talk.escalation.queue == "huur" and "dubbel" in talk.escalation.note


async def test_level_one_is_not_enough_for_money() -> None:
    talk = Talk(account=OWED)
    talk.identity.give(ANNA, Level.CLAIMED)
    await talk.tell("wat staat open", intent="rent_balance_check")
    assert talk.form == "identify_form" and "612" not in talk.text


GENERAL = [
    "rent_payment_date",
    "rent_direct_debit",
    "rent_price_explanation",
    "rent_increase_info",
    "service_costs_explanation",
]


@pytest.mark.parametrize("topic", GENERAL)
async def test_a_general_question_is_answered_before_anybody_is_asked_who_they_are(
    topic: str,
) -> None:
    talk = await Talk().tell("hoe zit dat", intent=topic)
    assert talk.form is None and len(talk.said) == 2
    assert talk.said[-1].endswith("kijk?") and talk.choices[0][1] == f"/{topic}"
    await talk.tell(f"/{topic}", intent=topic)
    assert talk.form == "identify_form"


async def test_who_cannot_pay_hears_what_helps_before_any_question_of_ours() -> None:
    talk = await Talk(account=OWED).tell("ik kan niet betalen", intent="rent_arrears_help")
    assert talk.form is None and "Geldfit" in talk.text and "medewerker" in talk.text
    assert len(talk.said) == 1 and talk.text.count("?") == 1
    assert talk.choices == [("Kijk in mijn gegevens", "/rent_arrears_help")]
    await talk.tell("/rent_arrears_help", intent="rent_arrears_help")
    assert talk.form == "identify_form"


async def test_asking_the_same_again_in_words_is_not_taking_the_offer() -> None:
    talk = await Talk().tell("wanneer betalen", intent="rent_payment_date")
    await talk.tell("nog eens: wanneer betalen", intent="rent_payment_date")
    assert talk.form is None and talk.choices


async def test_the_button_of_another_topic_is_not_taking_the_offer() -> None:
    talk = await Talk().tell("kale huur", intent="rent_price_explanation")
    await talk.tell("/rent_increase_info", intent="rent_increase_info")
    assert talk.form is None and talk.choices == [("Kijk in mijn gegevens", "/rent_increase_info")]


async def test_nothing_is_offered_where_it_cannot_be_looked_up() -> None:
    for talk in (Talk(connected=False), Talk(channel="webchat")):
        talk.identity.third_party = True
        await talk.tell("wanneer betalen", intent="rent_payment_date")
        assert len(talk.said) == 1 and not talk.choices


async def test_the_next_collection_has_its_day_and_amount() -> None:
    talk = await heard("rent_payment_date")
    assert "1 december 2026" in talk.text and "612,34 euro" in talk.text


async def test_price_and_increase_come_from_the_tenants_own_parts() -> None:
    talk = await heard("rent_price_explanation")
    assert "Schoonmaak: 29,94 euro" in talk.text and "toeslag" in talk.text
    talk = await heard("rent_increase_info")
    assert "van 560 euro naar 582,40 euro" in talk.text and "4 procent" in talk.text


async def test_two_contracts_are_both_told() -> None:
    parking = replace(RENT, id="contract-2", brutohuur=Decimal(50))
    talk = await heard("rent_payment_date", contracts=(RENT, parking))
    assert "Uw woning" in talk.text and "Uw andere contract" in talk.text


async def test_arrears_are_met_warmly_and_two_months_bring_a_person() -> None:
    talk = await heard("rent_arrears_help", account=OWED)
    assert "Geldfit" in talk.text and "huurtoeslag" in talk.text and not talk.signals
    talk = await heard("rent_arrears_help", account=account("1300"))
    assert talk.escalation.reason is EscalationReason.SENSITIVE


async def test_the_settlement_of_service_costs_is_told() -> None:
    settled = booking("SKS", "-35.10", date(2026, 6, 20))
    talk = await heard("service_costs_settlement", account=account("0", settled))
    assert "35,10 euro terug" in talk.text


async def test_a_plan_is_registered_and_handed_over_and_never_decided() -> None:
    talk = await heard("payment_plan_request", account=OWED)
    assert "collega beslist" in talk.text
    await talk.tell("50 euro", "overslaan")
    assert any(isinstance(signal, CaseOpened) for signal in talk.signals)
    assert "nog niets beslist" in talk.text and "50 per maand" in talk.escalation.note


async def test_a_plan_is_kept_when_the_back_office_is_down() -> None:
    talk = await heard("payment_plan_request", account=OWED)
    talk.office.down.add("create_zaak")
    await talk.tell("62,50", "overslaan")
    assert len(talk.kept.cases) == 1 and "registreren" in talk.text
    assert not any(isinstance(signal, CaseOpened) for signal in talk.signals)


async def test_back_office_down_is_said_and_a_person_helps() -> None:
    talk = verified(account=OWED)
    talk.office.down.add("all")
    await talk.tell("saldo", intent="rent_balance_check")
    assert talk.escalation.reason is EscalationReason.BACKOFFICE_DOWN


async def test_without_a_back_office_answers_stay_general() -> None:
    talk = await heard("rent_balance_check", connected=False)
    assert "uw betalingen hier niet zien" in talk.text


@pytest.mark.parametrize("topic", ["rent_balance_check", "rent_arrears_help"])
async def test_many_open_items_still_make_a_short_answer(topic: str) -> None:
    months = [
        booking("VOR", "612.34", date(2026, month, 1), "612.34", f"Huur {month} 2026")
        for month in range(5, 12)
    ]
    talk = await heard(topic, account=account("4286.38", *months))
    assert len(talk.text.split()) <= 60, talk.text
    assert topic == "rent_arrears_help" or "Er zijn er nog" in talk.text


async def test_who_gets_a_person_is_not_offered_one_as_well() -> None:
    talk = await heard("rent_arrears_help", account=account("1300"))
    assert talk.escalation and "medewerker" not in talk.text and "Geldfit" in talk.text


async def test_housing_allowance_is_pointed_to_once_and_not_to_who_knows() -> None:
    talk = await heard("rent_price_explanation")
    assert "huurtoeslag" in talk.text
    await talk.tell("en de verhoging", intent="rent_increase_info")
    assert "huurtoeslag" not in talk.text
    other = await verified().tell("ik krijg al huurtoeslag", intent="rent_price_explanation")
    assert "huurtoeslag" not in other.text


async def test_who_writes_for_another_gets_the_general_answer_to_a_general_question() -> None:
    for topic, person in (("rent_increase_info", False), ("rent_balance_check", True)):
        talk = verified()
        talk.identity.third_party = True
        await talk.tell("voor mijn moeder", intent=topic)
        assert bool(talk.signals) is person and not talk.office.calls, topic
        assert person or "582" not in talk.text


async def test_a_question_inside_another_form_is_answered_in_general_and_loses_nothing() -> None:
    talk = await heard("payment_plan_request", account=OWED)
    await talk.identity.end("")
    await talk._run("action_rent_payment_date")
    assert talk.form == "payment_plan_form" and not talk.slots.get("identify_for")


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("vijftig euro", "50"),
        ("ik kan honderdvijfentwintig missen", "125"),
        ("een euro", "1"),
        ("€ 62,50", "62,50"),
        ("een beetje", None),
        ("weet ik niet", None),
    ],
)
def test_an_amount_is_read_as_it_is_typed_or_said(said: str, amount: str | None) -> None:
    assert read_amount(said) == amount


@pytest.mark.parametrize("stops", [True, False])
async def test_a_plan_that_nobody_proved_does_not_wait_for_a_later_one(stops: bool) -> None:
    talk = await heard("payment_plan_request", account=OWED)
    await talk.tell("50 euro")
    await talk.identity.end("")
    await talk.tell("overslaan")
    assert talk.form == "identify_form"
    await talk.tell("stop" if stops else "een medewerker")
    told = [signal for signal in talk.signals if isinstance(signal, FormFilled)]
    assert not talk.slots["plan_amount"] and bool(told) is not stops


@pytest.mark.parametrize("topic", ["rent_balance_check", "payment_plan_request"])
async def test_a_plan_that_runs_already_is_told(topic: str) -> None:
    terms = (Decimal(300), Decimal(75), 4, date(2026, 10, 1), Decimal(225))
    for status, told in (("ACT", True), ("BEE", False)):
        plan = Betalingsregeling("plan-1", status, *terms)
        talk = await heard(topic, account=OWED, plans=(plan,))
        assert ("75 euro per maand" in talk.text) is told
        assert len(talk.text.split()) <= 60, talk.text
