"""Two requests in one message are both handled, with the true texts."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from handoff.testing import Bench, start_bench
from tests.stories.real_texts import knowing

pytestmark = pytest.mark.stories
FORM = {
    "words": ["kraan lekt"],
    "intent": "repair_report",
    "form": "repair_form",
    "requested_slot": "repair_room",
    "slots": {"repair_element": "kraan"},
    "replies": [{"text": "Ik help u met uw reparatie. In welke ruimte is het?"}],
}
SECOND_FORM = {**FORM, "words": ["lift", "kapot"], "slots": {"repair_element": "lift"}}
UNSURE = {
    "words": ["dinges"],
    "intent": "nlu_fallback",
    "confidence": 0.4,
    "guesses": [["pets_rules", 0.4], ["garden_fence", 0.2], ["rent_payment_date", 0.1]],
    "signals": [{"signal": "not_sure"}],
}


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    words = {
        "betalen": "rent_payment_date",
        "opzeggen": "lease_terminate",
        "hond": "pets_rules",
        "klacht": "complaint_submit",
        "boos": "thanks",
    }
    assistant = knowing(words, UNSURE, FORM, SECOND_FORM, guesses=("greeting",))
    running = await start_bench(assistant=assistant)
    yield running
    await running.client.aclose()
    await running.product.stop()


@pytest.mark.parametrize(
    "text",
    [
        "Wanneer moet ik de huur betalen? En mag ik een hond?",
        "wanneer moet ik betalen en ook of een hond hier mag",
        "ik wil weten wanneer ik moet betalen en mag ik een hond nemen",
        "Wanneer is betalen nodig. Ik wil een hond nemen.",
        "wanneer moet ik betalen. 2e vraag: mag ik een hond",
    ],
)
async def test_both_are_answered_in_order(bench: Bench, text: str) -> None:
    tenant = await bench.tenant()
    first, second = await tenant.ask(text)
    assert "vooruit" in first["text"] and "dier" in second["text"]


async def test_the_next_turn_is_a_fresh_rasa_conversation_that_remembers(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("hoe betalen")
    before = bench.assistant.asked[-1].session
    first, second = await tenant.ask("mijn kraan lekt en ook wil ik weten wanneer ik moet betalen")
    assert "vooruit" in first["text"] and "welke ruimte" in second["text"]
    await tenant.ask("in de badkamer")
    ask = bench.assistant.asked[-1]
    assert ask.session != before and ".part" not in ask.session
    assert ask.carry.active_form == "repair_form" and ask.carry.slots["repair_element"] == "kraan"


async def test_a_message_with_one_request_is_asked_as_a_whole(bench: Bench) -> None:
    tenant = await bench.tenant()
    text = "Ik ben zo boos op jullie. Wanneer moet ik nou betalen"
    await tenant.ask(text)
    assert bench.assistant.asked[-1].text == text


async def test_twice_the_same_subject_is_asked_as_a_whole(bench: Bench) -> None:
    tenant = await bench.tenant()
    text = "wanneer moet ik betalen? en waar moet ik betalen?"
    assert len(await tenant.ask(text)) == 1
    assert bench.assistant.asked[-1].text == text


async def test_the_sure_part_is_answered_and_the_other_asked_about(bench: Bench) -> None:
    tenant = await bench.tenant()
    first, second = await tenant.ask("Wanneer moet ik betalen? En hoe zit het met dinges?")
    assert "vooruit" in first["text"] and "andere vraag" in second["text"]
    titles = [choice["title"] for choice in second["choices"]]
    assert len(titles) == 3 and titles[-1] == "Iets anders"
    await tenant.ask("de eerste")
    assert bench.assistant.asked[-1].payload == "/pets_rules"


async def test_a_half_that_is_not_understood_and_says_no_second_request_is_left(
    bench: Bench,
) -> None:
    tenant = await bench.tenant()
    text = "wanneer moet ik betalen en ik heb iets raars gezien"
    (answer,) = await tenant.ask(text)
    assert "vooruit" in answer["text"] and bench.assistant.asked[-1].text == text


async def test_a_part_for_a_person_comes_last_and_both_texts_are_read(bench: Bench) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    *answers, notice = await tenant.ask(
        "ik heb een klacht. Daarnaast wil ik weten hoe ik betalen moet"
    )
    assert notice["state"] == "waiting"
    assert "vooruit" in answers[0]["text"] and len(answers) == 2
    assert (await staff.listed())[0]["queue"] == "klachten"


async def test_two_forms_at_once_are_left_to_the_assistant_as_a_whole(bench: Bench) -> None:
    tenant = await bench.tenant()
    text = "mijn kraan lekt en ook is de lift kapot"
    await tenant.ask(text)
    assert bench.assistant.asked[-1].text == text


async def test_inside_a_form_nothing_is_cut(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("mijn kraan lekt")
    text = "in de keuken en ook wil ik weten wanneer ik moet betalen"
    await tenant.ask(text)
    assert [ask.text for ask in bench.assistant.asked] == ["mijn kraan lekt", text]


async def test_danger_in_one_of_two_requests_goes_before_everything(bench: Bench) -> None:
    tenant = await bench.tenant()
    answers = await tenant.ask("Wanneer moet ik betalen? En ik ruik gas in de keuken, wat nu?")
    assert bench.assistant.asked == [] and await tenant.state() == "waiting"
    assert "gas" in answers[0]["text"].lower()


async def test_a_wish_for_a_person_in_one_of_two_requests_is_granted(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("Wanneer moet ik betalen? En daarnaast wil ik een medewerker spreken")
    assert bench.assistant.asked == [] and await tenant.state() == "waiting"


async def test_a_follow_up_after_two_answers_is_on_the_last(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("wanneer moet ik betalen? en mag ik een hond?")
    asked = len(bench.assistant.asked)
    (answer,) = await tenant.ask("en wat kost dat")
    assert len(bench.assistant.asked) == asked and "dier" in answer["text"].lower()


async def test_a_part_that_fails_does_not_spoil_the_whole() -> None:
    broken = {"words": ["stuk ding"], "fails": "error"}
    whole = {**FORM, "words": ["betalen", "stuk ding"], "form": None}
    running = await start_bench(assistant=knowing({"betalen": "rent_payment_date"}, whole, broken))
    tenant = await running.tenant()
    (answer,) = await tenant.ask("wanneer moet ik betalen en ook is er een stuk ding")
    assert answer["author"] == "bot" and "reparatie" in answer["text"]
    await running.product.stop()


async def test_a_question_with_its_own_follow_up_gets_the_answer_and_the_detail(
    bench: Bench,
) -> None:
    tenant = await bench.tenant()
    first, second = await tenant.ask("Hoe kan ik de huur opzeggen? En wat kost dat dan?")
    assert "schriftelijk" in first["text"] and "Opzeggen zelf kost niets" in second["text"]
    assert first["choices"] == [] and second["choices"]
