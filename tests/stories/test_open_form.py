"""What staff see of a form that the tenant had not ended."""

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
    "slots": {"repair_element": "kraan", "repair_key": "f00d", "repair_pick_from": {"at": 0}},
    "replies": [{"text": "Ik help u met uw reparatie. In welke ruimte is het?"}],
}


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    running = await start_bench(assistant=knowing({}, FORM))
    yield running
    await running.client.aclose()
    await running.product.stop()


async def test_what_was_told_is_shown_and_the_assistants_own_notes_are_not(bench: Bench) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    await tenant.ask("mijn kraan lekt")
    await tenant.ask("ik wil een medewerker")
    briefing = (await staff.open(tenant.id))["briefing"]
    assert [f["slot"] for f in briefing["form"]["fields"]] == ["repair_element"]
