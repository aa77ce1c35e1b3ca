"""What came in while we could not be reached: the provider's own list is read beside the webhooks.

A provider may try once and let it be. What it lists and we do not know goes the same way as a
webhook's message; the receipt makes it one message, however it comes and how often.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from channels.optional_ports import Lists, ListUnreadable
from channels.port import Channel, Inbound
from handoff.arrivals import Arrivals
from handoff.clock import Clock
from handoff.ledger import Ledger, Store, StoreBusy
from handoff.settings import ReconcileSettings

log = structlog.get_logger()
_OVERLAP = timedelta(minutes=15)
"""What came in just before the last look may have been listed after it."""
_LONGEST_GAP = timedelta(days=7)
_SECONDS_PER_MINUTE = 60.0


class Reconciler:
    """Reads the list of every channel that has one. One that is away stops no other."""

    def __init__(
        self,
        store: Store,
        arrivals: Arrivals,
        channels: Mapping[str, Channel],
        clock: Clock,
        settings: ReconcileSettings,
    ) -> None:
        self._store = store
        self._arrivals = arrivals
        self._channels = channels
        self._clock = clock
        self._settings = settings

    @property
    def wanted(self) -> bool:
        """Whether there is anything to read, ever."""
        lists = any(channel.capabilities.lists for channel in self._channels.values())
        return lists and self._settings.every_minutes > 0

    async def run(self) -> None:
        """Look now and again and again, until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(self._settings.every_minutes * _SECONDS_PER_MINUTE)

    async def look(self) -> Mapping[str, int]:
        """Read every list once. How many messages were new, per channel that could be read."""
        names = [name for name, one in self._channels.items() if one.capabilities.lists]
        found = await asyncio.gather(*(self._look_safely(name) for name in names))
        return {name: count for name, count in zip(names, found, strict=True) if count is not None}

    async def _look_safely(self, name: str) -> int | None:
        try:
            count = await self._look(name)
        except (ListUnreadable, StoreBusy) as away:
            log.warning("reconcile_failed", channel=name, why=str(away))
            return None
        except Exception:
            log.exception("reconcile_broken", channel=name)  # the next look must still come
            return None
        if count:
            log.warning("reconciled", channel=name, missed=count)
        else:
            log.info("reconciled", channel=name, missed=0)
        return count

    async def _look(self, name: str) -> int:
        channel, now = self._channels[name], self._clock.now()
        if not isinstance(channel, Lists):
            raise ListUnreadable("the channel has no list")
        until = await self._store.read(lambda ledger: ledger.provider_reads.until(name))
        listed = await channel.list_inbound(self._since(until, now))
        missed = await self._store.read(lambda ledger: _unknown(ledger, listed))
        count = 0
        for inbound in missed:  # oldest first, one after the other: the order is the tenant's
            count += await self._arrivals.keep(channel, inbound)
        await self._store.write(lambda ledger: ledger.provider_reads.put(name, now))
        return count

    def _since(self, until: datetime | None, now: datetime) -> datetime:
        """Where to begin. The first time only some hours back: older words were not for us."""
        if until is None:
            return now - timedelta(hours=self._settings.first_hours)
        return max(min(until, now) - _OVERLAP, now - _LONGEST_GAP)


def _unknown(ledger: Ledger, listed: Sequence[Inbound]) -> list[Inbound]:
    return [
        one
        for one in listed
        if ledger.messages.receipt(one.channel, one.account, one.external_id) is None
    ]
