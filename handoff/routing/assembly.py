"""The parts of routing, put together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from channels.port import Channel
from handoff.clock import Clock
from handoff.counter import Counter
from handoff.hints import Hints
from handoff.ledger import Job, Store
from handoff.routing.on_call import ALARM, Alarms, ChannelOnCall, LogOnCall, OnCall
from handoff.routing.router import CALL_BACK, OFFER_ENDS, Router
from handoff.routing.shifts import Shifts
from handoff.routing.sweep import Sweep

ROUTE = "route"
_ON_CALL_CHANNEL = "sms"


@dataclass(frozen=True, slots=True)
class DeskRouting:
    """What gives out conversations, and what sees to it that nobody is forgotten."""

    router: Router
    shifts: Shifts
    sweep: Sweep
    alarms: Alarms

    @property
    def handlers(self) -> Mapping[str, Callable[[Job], Awaitable[None]]]:
        """The kinds of job it does."""
        give_out = self.router.run
        return {
            ROUTE: give_out,
            OFFER_ENDS: give_out,
            CALL_BACK: give_out,
            ALARM: self.alarms.run,
        }

    @asynccontextmanager
    async def sweeping(self) -> AsyncIterator[None]:
        """Sweep once a minute for as long as the product runs."""
        running = asyncio.create_task(self.sweep.forever(), name="sweep")
        try:
            yield
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running


def desk_routing(
    store: Store,
    counter: Counter,
    clock: Clock,
    hints: Hints,
    channels: Mapping[str, Channel],
    on_call_number: str = "",
) -> DeskRouting:
    """``on_call_number``: who is alarmed at night, over SMS; without it the log is all there is."""
    router = Router(store, counter, clock, hints)
    on_call: OnCall = LogOnCall()
    if on_call_number and _ON_CALL_CHANNEL in channels:
        author = counter.system.name
        on_call = ChannelOnCall(channels[_ON_CALL_CHANNEL], on_call_number, author)
    return DeskRouting(
        router,
        Shifts(store, counter, clock, router),
        Sweep(store, counter, clock, hints, router),
        Alarms(store, on_call, counter, clock, hints),
    )
