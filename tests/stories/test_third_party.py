"""Who writes for another: staff see it, no data is shown, no general answer is held back."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from handoff.testing import Bench, start_bench
from tests.stories.real_texts import knowing

pytestmark = pytest.mark.stories
HONEST = "Gegevens van een ander laat ik hier niet zien."


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    words = {
        "saldo": "rent_balance_check",
        "betalen": "rent_payment_date",
        "lagere huur": "rent_reduction_request",
        "schulden": "rent_arrears_help",
    }
    running = await start_bench(assistant=knowing(words))
    yield running
    await running.client.aclose()
    await running.product.stop()


async def test_who_asks_data_of_another_hears_it_is_not_shown(bench: Bench) -> None:
    tenant = await bench.tenant()
    (answer,) = await tenant.ask("ik ben bewindvoerder, wat is het saldo van mijn cliënt")
    assert HONEST in answer["text"]
    assert answer["choices"][-1]["title"] == "Ik wil een medewerker"


async def test_a_tenant_with_the_same_question_reads_nothing_of_others(bench: Bench) -> None:
    tenant = await bench.tenant()
    (answer,) = await tenant.ask("wat is mijn saldo")
    assert HONEST not in answer["text"]


async def test_a_general_answer_is_the_same_for_everybody(bench: Bench) -> None:
    tenant, carer = await bench.tenant(), await bench.tenant()
    (own,) = await tenant.ask("wanneer betalen")
    (other,) = await carer.ask("ik ben mantelzorger, wanneer moet mijn moeder betalen")
    assert own["text"] == other["text"]


async def test_what_was_said_earlier_still_counts_and_is_said_once(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("namens mijn moeder: wanneer betalen")
    (answer,) = await tenant.ask("en wat is het saldo")
    assert HONEST in answer["text"]
    (answer,) = await tenant.ask("zij heeft schulden")
    assert HONEST not in answer["text"]


async def test_a_topic_for_a_person_goes_over_with_the_reason(bench: Bench) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    *_, notice = await tenant.ask("ik vraag namens mijn vader een lagere huur")
    assert notice["state"] == "waiting" and "iemand anders" in notice["text"]
    assert (await staff.listed())[0]["reason"] == "third_party"


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("ik ben de bewindvoerder van dhr Smit, ik wil een medewerker", "bewindvoerder"),
        ("ik ben begeleider van een bewoner. mag ik een medewerker spreken", "hulpverlener"),
        ("voor mijn buurvrouw, ik wil een medewerker", "buurvrouw"),
    ],
)
async def test_staff_read_who_writes_also_when_a_person_comes_at_once(
    bench: Bench, words: str, note: str
) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    await tenant.ask(words)
    assert note in (await staff.open(tenant.id))["briefing"]["note"]


async def test_staff_read_no_such_note_on_a_tenant_himself(bench: Bench) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    await tenant.ask("mijn bewindvoerder betaalt niet, ik wil een medewerker")
    assert (await staff.open(tenant.id))["briefing"]["note"] == ""
