"""What runs beside the worker for the providers: fetching, connecting, and signs of typing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Protocol

from channels.port import Channel
from handoff.arrivals import Arrivals
from handoff.clock import Clock
from handoff.hints import Hints
from handoff.ledger import Store
from handoff.polling import pollers
from handoff.reconcile import Reconciler
from handoff.settings import Settings
from handoff.typing_signs import TypingSigns


class Hub(Protocol):
    """What this side needs of the product."""

    @property
    def channels(self) -> Mapping[str, Channel]: ...

    @property
    def store(self) -> Store: ...

    @property
    def hints(self) -> Hints: ...

    @property
    def clock(self) -> Clock: ...

    @property
    def settings(self) -> Settings: ...


@asynccontextmanager
async def provider_side(hub: Hub, arrivals: Arrivals, public_base_url: str) -> AsyncIterator[None]:
    """Up until the block ends. A provider that is away holds nothing up."""
    jobs = [poller.run(public_base_url) for poller in pollers(hub.channels.values(), arrivals)]
    signs = TypingSigns(hub.store, hub.channels, hub.hints)
    if signs.wanted:
        jobs.append(signs.run())
    reconciler = Reconciler(hub.store, arrivals, hub.channels, hub.clock, hub.settings.reconcile)
    if reconciler.wanted:
        jobs.append(reconciler.run())
    tasks = [asyncio.create_task(job, name="provider_side") for job in jobs]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await arrivals.finish()
