"""Going in circles: first a person is offered with honest words, then one comes."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from handoff.testing import Bench, start_bench, unique
from tests.stories.real_texts import knowing

pytestmark = pytest.mark.stories
PERSON = "Ik wil een medewerker"


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    words = {
        "opzeggen": "lease_terminate",
        "contract stoppen": "lease_terminate",
        "ik ga weg": "lease_terminate",
        "wanneer betalen": "rent_payment_date",
        "bedankt": "thanks",
    }
    running = await start_bench(assistant=knowing(words, guesses=("pets_rules",)))
    yield running
    await running.client.aclose()
    await running.product.stop()


@pytest.mark.parametrize(
    "words", ["dat helpt niet", "dat vroeg ik niet", "je begrijpt me niet", "weer hetzelfde"]
)
async def test_a_complaint_of_the_answer_offers_a_person(bench: Bench, words: str) -> None:
    tenant = await bench.tenant()
    await tenant.ask("ik wil de huur opzeggen")
    (answer,) = await tenant.ask(words)
    assert answer["author"] == "bot" and "Het spijt me" in answer["text"]
    assert [choice["title"] for choice in answer["choices"]] == [PERSON]


async def test_a_second_complaint_brings_a_person_and_staff_see_why(bench: Bench) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    await tenant.ask("ik wil de huur opzeggen")
    await tenant.ask("dat vroeg ik niet")
    (notice,) = await tenant.ask("u begrijpt het niet!!")
    assert notice["state"] == "waiting"
    (listed,) = await staff.listed()
    assert (listed["reason"], listed["queue"]) == ("going_in_circles", "verhuur")


async def test_yes_to_the_offer_brings_a_person_with_the_same_reason(bench: Bench) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    await tenant.ask("ik wil de huur opzeggen")
    await tenant.ask("daar heb ik niks aan")
    assert (await tenant.ask("ja graag"))[-1]["state"] == "waiting"
    assert (await staff.listed())[0]["reason"] == "going_in_circles"


async def test_the_same_question_in_other_words_does_not_get_the_same_answer(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("ik wil de huur opzeggen")
    (answer,) = await tenant.ask("mijn contract stoppen bedoel ik")
    assert "lijkt op wat u net vroeg" in answer["text"]
    (notice,) = await tenant.ask("ik ga weg uit mijn huis")
    assert notice["state"] == "waiting"


async def test_thanks_in_between_does_not_hide_the_circle(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("ik wil de huur opzeggen")
    await tenant.ask("bedankt")
    (answer,) = await tenant.ask("hoe kan ik mijn contract stoppen")
    assert "lijkt op wat u net vroeg" in answer["text"]


async def test_a_detail_of_the_same_subject_gets_what_the_topic_says_of_it(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("ik wil de huur opzeggen")
    (answer,) = await tenant.ask("hoeveel kost het contract stoppen")
    assert "Opzeggen" in answer["text"] and "lijkt op" not in answer["text"]


async def test_another_subject_in_between_is_no_circle(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("ik wil de huur opzeggen")
    await tenant.ask("wanneer betalen")
    (answer,) = await tenant.ask("mijn contract stoppen")
    assert "lijkt op" not in answer["text"]


async def test_a_complaint_with_a_new_question_gets_its_answer(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("ik wil de huur opzeggen")
    (answer,) = await tenant.ask("dat bedoel ik niet, wanneer moet ik de huur betalen")
    assert "vooruit" in answer["text"]


async def test_a_button_pressed_twice_is_no_circle(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("ik wil de huur opzeggen")
    (button,) = [event["choices"] for event in (await tenant.events())[:1]]
    for _ in range(2):
        seen = len(await tenant.events())
        await tenant.post({"client_msg_id": unique(), "choice_id": button[0]["id"]})
        await bench.work()
        answer = (await tenant.events(seen))[-1]
        assert "lijkt op" not in answer["text"]
    assert bench.assistant.asked[-1].payload is not None


async def test_a_complaint_without_an_answer_before_it_goes_to_the_assistant(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("u begrijpt het niet")
    assert bench.assistant.asked[-1].text == "u begrijpt het niet"


async def test_that_is_not_what_i_mean_after_an_ask_back_means_a_person(bench: Bench) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    await tenant.ask("blub")
    assert (await tenant.ask("dat bedoel ik niet"))[-1]["state"] == "waiting"
    assert (await staff.listed())[0]["reason"] == "not_understood"
