"""Yes, no and choices in words, as answers to what the assistant said, with the true texts."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from handoff.testing import Bench, start_bench
from tests.stories.real_texts import knowing

pytestmark = pytest.mark.stories


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    words = {
        "schulden": "rent_arrears_help",
        "saldo": "rent_balance_check",
        "wanneer betalen": "rent_payment_date",
        "nee": "deny",
        "ja": "affirm",
    }
    assistant = knowing(words, guesses=("lease_terminate", "rent_payment_methods"))
    running = await start_bench(assistant=assistant)
    yield running
    await running.client.aclose()
    await running.product.stop()


@pytest.mark.parametrize("yes", ["ja graag", "doe maar", "jaa", "is goed", "ok"])
async def test_yes_to_our_question_brings_a_person(bench: Bench, yes: str) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    await tenant.ask("ik heb schulden")
    (notice,) = await tenant.ask(yes)
    assert notice["state"] == "waiting"
    (listed,) = await staff.listed()
    assert (listed["queue"], listed["reason"]) == ("huur", "asked")


@pytest.mark.parametrize("no", ["nee hoor", "hoeft niet", "laat maar zitten", "nee dank u wel"])
async def test_no_to_our_question_is_fine_and_we_go_on(bench: Bench, no: str) -> None:
    tenant = await bench.tenant()
    await tenant.ask("ik heb schulden")
    (answer,) = await tenant.ask(no)
    assert answer["author"] == "bot" and "Waar kan ik u verder mee helpen?" in answer["text"]
    assert await tenant.state() == "bot"


async def test_ja_graag_after_kies_een_medewerker_is_a_choice_of_a_person(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("wat is mijn saldo")
    assert (await tenant.ask("ja graag"))[-1]["state"] == "waiting"


async def test_okay_after_a_plain_answer_is_no_wish_for_a_person(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("wat is mijn saldo")
    await tenant.ask("ok")
    assert await tenant.state() == "bot"


async def test_yes_without_a_question_goes_to_the_assistant(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("wanneer betalen")
    (answer,) = await tenant.ask("ja")
    assert bench.assistant.asked[-1].text == "ja" and answer["author"] == "bot"


async def test_a_choice_of_an_ask_back_may_be_named_by_its_number(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("blub")
    await tenant.ask("de tweede")
    assert bench.assistant.asked[-1].payload == "/rent_payment_methods"


async def test_yes_to_two_choices_asks_which_one(bench: Bench) -> None:
    tenant = await bench.tenant()
    (asked,) = await tenant.ask("blub")
    (again,) = await tenant.ask("ja")
    assert "Welke bedoelt u" in again["text"]
    titles = [choice["title"] for choice in asked["choices"]]
    assert [choice["title"] for choice in again["choices"]] == titles
    await tenant.ask("de eerste dan")
    assert bench.assistant.asked[-1].payload == "/lease_terminate"


@pytest.mark.parametrize("none", ["geen van beide", "nee", "staat er niet bij", "iets anders"])
async def test_none_of_the_choices_means_a_person(bench: Bench, none: str) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    await tenant.ask("blub")
    (notice,) = await tenant.ask(none)
    assert notice["state"] == "waiting"
    assert (await staff.listed())[0]["reason"] == "not_understood"


async def test_yes_to_an_ask_back_with_one_choice_is_that_choice() -> None:
    running = await start_bench(assistant=knowing({}, guesses=("lease_terminate",)))
    tenant = await running.tenant()
    await tenant.ask("blub")
    await tenant.ask("ja die bedoel ik")
    assert running.assistant.asked[-1].payload == "/lease_terminate"
    await running.product.stop()


async def test_yes_after_a_follow_up_without_an_answer_brings_a_person(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("wanneer betalen")
    (honest,) = await tenant.ask("en wat heb ik daarvoor nodig")
    assert "Wilt u dat?" in honest["text"]
    assert (await tenant.ask("ja doe maar"))[-1]["state"] == "waiting"
