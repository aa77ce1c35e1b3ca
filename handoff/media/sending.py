"""A file of staff on its way out: what a channel is given of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from channels.port import Channel, FileWay, Outbound, OutboundFile
from handoff.clock import Clock
from handoff.ledger import Delivery, Ledger, Store
from handoff.ledger.media import FileState, MediaFile
from handoff.media.links import Purpose, address
from handoff.media.shelf import NotOnShelf, Shelf

PROVIDER_TIME = timedelta(hours=1)
"""How long a provider may fetch a file; it does so within a minute."""
TENANT_TIME = timedelta(days=14)
"""How long the link in a text message works, from the message on."""


class FileCannotGo(Exception):
    """This message has a file that cannot be sent; ``str`` is a key for words."""


@dataclass(frozen=True, slots=True)
class Door:
    """Where we are found, "" for nowhere: by tenants' browsers and by providers."""

    tenants: str = ""
    providers: str = ""


def ways_open(channels: Mapping[str, Channel], name: str, door: Door) -> FileWay:
    """How a file can go by this channel now. ``NONE`` also where the address is missing."""
    channel = channels.get(name)
    way = channel.capabilities.sends_files if channel else FileWay.NONE
    needs = {FileWay.ADDRESS: door.providers, FileWay.LINK: door.tenants}
    return way if needs.get(way, "here") else FileWay.NONE


@dataclass(frozen=True, slots=True)
class SentFiles:
    """Adds to a message the file that goes with it."""

    store: Store
    shelf: Shelf
    clock: Clock
    door: Door

    async def added_to(
        self, outbound: Outbound, delivery: Delivery, channel: Channel, *, whole: bool = True
    ) -> Outbound:
        """The same message, with its file if it has one. ``whole``: with the bytes as well.

        Raises:
            FileCannotGo: it is not here any more, its link has ended, or the channel takes none.
        """
        file = await self.store.read(lambda ledger: _of_staff(ledger, delivery))
        if file is None:
            return outbound
        ready = OutboundFile(file.name, file.content_type)
        match ways_open({channel.name: channel}, channel.name, self.door):
            case FileWay.UPLOAD:
                content = await self._content(file) if whole else b""
                ready = replace(ready, content=content)
            case FileWay.ADDRESS:
                ready = replace(ready, address=self._for_provider(file))
            case FileWay.LINK:
                ready = replace(ready, address=self._for_tenant(file, delivery))
            case FileWay.NONE | FileWay.LOG:
                raise FileCannotGo("file not here")
        return replace(outbound, file=ready)

    async def _content(self, file: MediaFile) -> bytes:
        try:
            return await asyncio.to_thread(self.shelf.read, file.id)
        except NotOnShelf as missing:
            raise FileCannotGo("file gone") from missing

    def _for_provider(self, file: MediaFile) -> str:
        until = self.clock.now() + PROVIDER_TIME
        return address(self.door.providers, file.link_key, file.id, Purpose.FETCH, until)

    def _for_tenant(self, file: MediaFile, delivery: Delivery) -> str:
        # From the message on, not from now: a send in doubt is looked up by its very words.
        until = delivery.message.at + TENANT_TIME
        if until <= self.clock.now():
            raise FileCannotGo("file link ended")
        return address(self.door.tenants, file.link_key, file.id, Purpose.PAGE, until)


def _of_staff(ledger: Ledger, delivery: Delivery) -> MediaFile | None:
    id = delivery.message.id
    files = ledger.media.by_message([id]).get(id, ())
    sent = next((file for file in files if file.by is not None), None)
    if sent is not None and sent.state is not FileState.KEPT:
        raise FileCannotGo("file gone")
    return sent
