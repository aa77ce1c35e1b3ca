"""Files that never went with a message go away after a day, and nothing that was sent does."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from handoff.ledger.media import MediaFile
from handoff.media import samples
from handoff.media.keeping import OfStaff, keep_upload
from handoff.media.shelf import NotOnShelf, Shelf
from handoff.media.sweeping import KEPT_FOR, Sweeping
from handoff.model import AgentId, ConversationId, MessageId
from handoff.testing import Bench, TenantSide

pytestmark = pytest.mark.stories
FATMA = AgentId("fatma")


async def sweeping(bench: Bench, tmp_path: Path) -> tuple[Sweeping, TenantSide, MessageId]:
    tenant = await bench.tenant()
    await tenant.ask("hallo")
    id = ConversationId(tenant.id)
    (message, *_) = await bench.product.store.read(lambda ledger: ledger.messages.after(id, 0))
    return Sweeping(bench.product.store, Shelf(tmp_path), bench.clock), tenant, message.id


async def upload(sweep: Sweeping, tenant: TenantSide, of: OfStaff | None = None) -> MediaFile:
    id = ConversationId(tenant.id)
    return await keep_upload(samples.photo(), id, sweep.store, sweep.shelf, sweep.clock, of)


async def test_what_went_nowhere_is_gone_after_a_day_from_shelf_and_table(
    bench: Bench, tmp_path: Path
) -> None:
    sweep, tenant, _ = await sweeping(bench, tmp_path)
    files = [
        await upload(sweep, tenant),
        await upload(sweep, tenant, OfStaff(FATMA, "foto.jpg")),
    ]
    bench.clock.move(KEPT_FOR)
    assert await sweep.once() == 0
    bench.clock.move(timedelta(seconds=1))
    assert await sweep.once() == 2
    assert await sweep.once() == 0
    for file in files:
        with pytest.raises(NotOnShelf):
            sweep.shelf.read(file.id)
    left = await sweep.store.read(lambda ledger: ledger.media.of(ConversationId(tenant.id)))
    assert left == []


async def test_what_was_sent_stays(bench: Bench, tmp_path: Path) -> None:
    sweep, tenant, message = await sweeping(bench, tmp_path)
    file = await upload(sweep, tenant, OfStaff(FATMA, "foto.jpg"))
    id = ConversationId(tenant.id)
    await sweep.store.write(lambda ledger: ledger.media.send(file.id, FATMA, id, message))
    bench.clock.move(KEPT_FOR * 30)
    assert await sweep.once() == 0
    assert not await sweep.remove(file.id)
    assert sweep.shelf.read(file.id)


async def test_a_sweep_that_broke_off_is_finished_and_the_file_cannot_be_sent(
    bench: Bench, tmp_path: Path
) -> None:
    sweep, tenant, message = await sweeping(bench, tmp_path)
    file = await upload(sweep, tenant, OfStaff(FATMA, "foto.jpg"))
    await sweep.store.write(lambda ledger: ledger.media.give_up(file.id))
    id = ConversationId(tenant.id)
    sent = await sweep.store.write(lambda ledger: ledger.media.send(file.id, FATMA, id, message))
    assert not sent
    bench.clock.move(KEPT_FOR + timedelta(seconds=1))
    assert await sweep.once() == 1
