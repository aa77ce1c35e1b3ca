"""Staff choose by which channel an answer goes, and say why; the fake providers really get it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from handoff.ledger import Ledger
from handoff.model import ConversationId, MessageKind
from handoff.testing import Bench, StaffSide, unique
from tests.phone_visitor import NUMBER, Visitor, a_visitor

pytestmark = pytest.mark.stories
WORDS, WHY = "De monteur komt morgen om 10 uur.", "de huurder leest WhatsApp niet"


@pytest.fixture
async def visitor() -> AsyncIterator[Visitor]:
    async with a_visitor() as visitor:
        yield visitor


class Desk:
    """Fatma, who holds the tenant's conversation on WhatsApp; his other channels are joined."""

    def __init__(self, visitor: Visitor, staff: StaffSide, ids: dict[str, str]) -> None:
        self.visitor, self.staff, self.ids = visitor, staff, ids

    @property
    def bench(self) -> Bench:
        return self.visitor.bench

    async def answer_by(self, device: str, **more: Any) -> Any:
        body = {"text": WORDS, "reason": WHY, "client_msg_id": unique()}
        body |= {"conversation": self.ids[device], **more}
        answer = await self.staff.step(self.ids["whatsapp"], "say-elsewhere", **body)
        await self.bench.work()
        return answer

    async def notes(self, device: str) -> list[str]:
        id = ConversationId(self.ids[device])

        def work(ledger: Ledger) -> list[str]:
            said = ledger.messages.after(id, 0)
            return [one.text for one in said if one.kind is MessageKind.NOTE]

        return await self.bench.product.store.read(work)

    async def joined(self) -> dict[str, Any]:
        url = f"/console/api/conversations/{self.ids['whatsapp']}/person"
        found = (await self.staff.client.get(url)).json()["joined"]
        return {one["channel"]: one for one in found}


async def a_desk(visitor: Visitor) -> Desk:
    staff, ids = await visitor.bench.staff(), {}
    for device in ("telegram", "sms", "whatsapp"):
        await visitor.writes(device, text="ik wil een medewerker spreken")
        await visitor.time_passes()
    for row in await staff.listed("waiting"):
        ids[row["channel"]] = row["id"]
    here = ids["whatsapp"]
    assert (await staff.step(here, "take")).status_code == 200
    for device in ("telegram", "sms"):
        joined = await staff.step(here, "person/join", conversation=ids[device])
        assert joined.status_code == 200, joined.text
    await visitor.bench.work()
    return Desk(visitor, staff, ids)


@pytest.mark.parametrize("device", ["sms", "telegram"])
async def test_the_answer_really_arrives_on_the_chosen_channel_and_on_no_other(
    visitor: Visitor, device: str
) -> None:
    desk = await a_desk(visitor)
    answer = await desk.answer_by(device)
    assert answer.status_code == 201, answer.text
    assert visitor.texts(device).count(WORDS) == 1
    others = {"sms", "telegram", "whatsapp"} - {device}
    assert not any(WORDS in visitor.texts(one) for one in others)


async def test_the_reason_stands_in_the_note_on_both_sides(visitor: Visitor) -> None:
    desk = await a_desk(visitor)
    await desk.answer_by("sms", reason=f"  {WHY}.\n ")
    for device in ("whatsapp", "sms"):
        assert [f"Reden: {WHY}." in note for note in await desk.notes(device)].count(True) == 1
    assert WHY not in visitor.texts("sms")


@pytest.mark.parametrize("reason", ["", " \n ", " . "])
async def test_without_a_reason_nothing_goes_and_nothing_is_noted(
    visitor: Visitor, reason: str
) -> None:
    desk = await a_desk(visitor)
    answer = await desk.answer_by("sms", reason=reason)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "reason_empty")
    assert WORDS not in visitor.texts("sms")
    assert not any(WORDS in note for note in await desk.notes("whatsapp"))


async def test_a_place_of_a_canned_reply_that_is_open_is_refused_as_everywhere(
    visitor: Visitor,
) -> None:
    desk = await a_desk(visitor)
    answer = await desk.answer_by("sms", text="Beste {naam}, tot morgen.")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "place_not_filled")


async def test_staff_see_until_when_each_channel_takes_free_text(visitor: Visitor) -> None:
    desk = await a_desk(visitor)
    joined = await desk.joined()
    assert joined["sms"]["window_closes_at"] is None
    closes = datetime.fromisoformat(joined["whatsapp"]["window_closes_at"])
    assert timedelta(hours=23) < closes - desk.bench.clock.now() <= timedelta(hours=24)
    assert NUMBER.lstrip("+") in joined["sms"]["address"]
