"""Providers that keep updates until we come for them, and those that must be told our address.

Nothing is lost and nothing doubled when we die anywhere: a provider is told that it may forget an
update only after the inbox stored it, and what it then gives again the inbox knows already.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable

import structlog

from channels.optional_ports import Polled, Polls
from channels.port import Away, Channel, NotUnderstood
from handoff.arrivals import Arrivals
from handoff.inbox import EmptyMessage, UnknownChoice
from handoff.ledger import ReusedId, StoreBusy

log = structlog.get_logger()
Pause = Callable[[float], Awaitable[None]]
MOST_TRIES = 5
"""An update that breaks us this often is passed over: else nobody would be read any more."""
_AFTER_TROUBLE = 1.0
_UNUSABLE = (NotUnderstood, EmptyMessage, UnknownChoice, ReusedId)


class Poller:
    """Fetches for one channel, for as long as the product runs."""

    def __init__(
        self, channel: Channel, provider: Polls, arrivals: Arrivals, pause: Pause = asyncio.sleep
    ) -> None:
        self._channel = channel
        self._provider = provider
        self._arrivals = arrivals
        self._pause = pause
        self._after: int | None = None
        self._tries = 0

    async def run(self, public_base_url: str) -> None:
        """Arrange how updates come; then, when we fetch, fetch until cancelled."""
        await self.connect(public_base_url)
        while self._provider.polling:
            if not await self.round():
                await self.connect(public_base_url)

    async def connect(self, public_base_url: str) -> None:
        """Arrange it, however long the provider is away."""
        while True:
            try:
                arranged = await self._provider.connect(public_base_url)
            except Away as away:
                await self._rest(away, "provider_not_connected")
            else:
                log.info("provider_connected", channel=self._channel.name, arranged=arranged)
                return

    async def round(self) -> bool:
        """Fetch once and store it. False when the provider let us down and was given its rest."""
        try:
            found = await self._provider.fetch(self._after)
        except Away as away:
            await self._rest(away, "provider_not_fetched")
            return False
        for update in found:
            if not await self._stored(update):
                await self._pause(_AFTER_TROUBLE)
                break  # it and what follows will be given again
            self._after = update.no
        return True

    async def _stored(self, update: Polled) -> bool:
        """Whether we are done with this update."""
        try:
            await self._arrivals.take(self._channel, update.request)
        except _UNUSABLE as wrong:
            log.warning("update_dropped", channel=self._channel.name, why=type(wrong).__name__)
        except StoreBusy:
            return False
        except Exception:
            self._tries += 1
            log.exception("update_broke", channel=self._channel.name, no=update.no)
            if self._tries < MOST_TRIES:
                return False
        self._tries = 0
        return True

    async def _rest(self, away: Away, event: str) -> None:
        seconds = away.pause.total_seconds()
        log.warning(event, channel=self._channel.name, why=str(away), seconds=seconds)
        await self._pause(seconds)


def pollers(channels: Iterable[Channel], arrivals: Arrivals) -> list[Poller]:
    """One for every channel whose provider must be told how updates come."""
    return [Poller(one, one, arrivals) for one in channels if isinstance(one, Polls)]
