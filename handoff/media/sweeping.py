"""Files that never went with a message are removed after a day: half-written answers, tenants'
uploads that broke off."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import structlog

from handoff.clock import Clock
from handoff.ledger import Ledger, Store
from handoff.media.shelf import NotOnShelf, Shelf

log = structlog.get_logger()
KEPT_FOR = timedelta(hours=24)
_EVERY_SECONDS = 15 * 60.0
_MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Sweeping:
    store: Store
    shelf: Shelf
    clock: Clock

    async def once(self) -> int:
        """Remove what is due; how many files that were."""
        before = self.clock.now() - KEPT_FOR
        due = await self.store.read(lambda ledger: ledger.media.abandoned(before, _MOST_AT_ONCE))
        removed = [file.id for file in due if await self.remove(file.id)]
        if removed:
            log.info("files_swept", count=len(removed))
        return len(removed)

    async def remove(self, id: str) -> bool:
        """Remove a file that has no message. False: it got one meanwhile.

        Whatever breaks off in between is finished by the next sweep.
        """
        if not await self.store.write(partial(_give_up, id=id)):
            return False
        with suppress(NotOnShelf):
            await asyncio.to_thread(self.shelf.remove, id)
        await self.store.write(lambda ledger: ledger.media.forget(id))
        return True

    async def forever(self) -> None:
        """Sweep until cancelled; a failure is logged and the next one tries again."""
        while True:
            try:
                await self.once()
            except Exception:
                log.exception("file_sweep_failed")
            await asyncio.sleep(_EVERY_SECONDS)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        sweeping = asyncio.create_task(self.forever(), name="file sweep")
        try:
            yield
        finally:
            sweeping.cancel()
            with suppress(asyncio.CancelledError):
                await sweeping


def _give_up(ledger: Ledger, id: str) -> bool:
    return ledger.media.give_up(id)
