"""A provider that is busy, or of which we do not know what it did."""

from __future__ import annotations

from datetime import timedelta

import pytest

from channels.port import DeliveryResult, Receipt
from handoff.model import AuthorKind
from handoff.testing import Bench, PhoneSide

pytestmark = pytest.mark.unit
ASKED = "wanneer moet ik de huur betalen"
BUSY = Receipt(DeliveryResult.LATER, None, "retry after 30", timedelta(seconds=30))
IN_DOUBT = Receipt(DeliveryResult.UNCERTAIN, None, "TimedOut")


@pytest.fixture
def phone(bench: Bench) -> PhoneSide:
    return PhoneSide(bench)


async def states(phone: PhoneSide) -> list[str]:
    """How far each message of ours came."""
    found = []
    for message in await phone.log():
        if message.author.kind is not AuthorKind.TENANT:
            delivery = await phone.bench.product.store.read(
                lambda ledger, id=message.id: ledger.deliveries.get(id)  # type: ignore[misc]
            )
            found.append(delivery.state if delivery else "none")
    return found


async def test_a_busy_provider_gets_it_when_it_asked_for_it_and_once(phone: PhoneSide) -> None:
    await phone.ask(ASKED)
    phone.line.answers = [BUSY]
    assert await phone.ask(ASKED) == []
    phone.bench.clock.move(timedelta(seconds=29))
    await phone.bench.work()
    before = list(phone.line.sent)
    phone.bench.clock.move(timedelta(seconds=2))
    await phone.bench.work()
    assert len(phone.line.sent) == len(before) + 1
    assert set(await states(phone)) == {"sent"}


async def test_a_send_in_doubt_is_not_repeated(phone: PhoneSide) -> None:
    await phone.ask(ASKED)
    phone.line.answers = [IN_DOUBT]
    await phone.ask(ASKED)
    phone.bench.clock.move(timedelta(hours=1))
    await phone.bench.work()
    assert "unknown" in await states(phone)
