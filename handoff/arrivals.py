"""What comes in from a provider, posted or fetched: read it, store it, show that it is in."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import structlog

from channels.optional_ports import Acknowledges
from channels.port import Channel, DeliveryUpdate, Inbound, RawRequest, Unsupported
from handoff.fates import Fates
from handoff.inbox import EmptyMessage, Inbox, UnknownChoice
from handoff.ledger import ReusedId

log = structlog.get_logger()


class Arrivals:
    """One way in for all channels. A request must have been verified, or fetched by ourselves."""

    def __init__(self, inbox: Inbox, fates: Fates) -> None:
        self._inbox = inbox
        self._fates = fates
        self._signs: set[asyncio.Task[None]] = set()

    async def take(self, channel: Channel, raw: RawRequest) -> None:
        """Store all that the request says. When it returns, that is in the database.

        Raises:
            NotUnderstood, TooLong: as ``Channel.parse``.
            EmptyMessage, UnknownChoice, ReusedId: only for a channel that ``reads_errors``.
            StoreBusy: not everything was stored; the request must come again.
        """
        for event in channel.parse(raw):
            if isinstance(event, DeliveryUpdate):
                await self._fates.take(event)
            elif channel.capabilities.reads_errors:
                await self._inbox.receive(event, channel.capabilities)
            else:
                await self.keep(channel, event)
        if isinstance(channel, Acknowledges):
            self._give_sign(channel, raw)

    async def keep(self, channel: Channel, inbound: Inbound) -> bool:
        """Store it as well as we can: refused, it is sent again and holds back what follows.

        Whether it is in the log now and was not before.
        """
        try:
            accepted = await self._inbox.receive(inbound, channel.capabilities)
        except UnknownChoice:
            old = replace(inbound, body=Unsupported("old_choice"))
            accepted = await self._inbox.receive(old, channel.capabilities)
        except (EmptyMessage, ReusedId):
            log.warning("inbound_dropped", channel=channel.name)
            return False
        return not accepted.again

    def _give_sign(self, channel: Acknowledges, raw: RawRequest) -> None:
        """Beside the rest: the provider waits for our 2xx, not for this."""
        sign = asyncio.create_task(channel.acknowledge(raw), name="acknowledge")
        self._signs.add(sign)
        sign.add_done_callback(self._signs.discard)

    async def finish(self) -> None:
        """Let the signs that are under way end."""
        if self._signs:
            await asyncio.wait(self._signs)
