"""Photos a tenant uploads to us himself: kept, and said once however often they are sent."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from channels.media import MediaRefusal, MediaRefused
from channels.port import Attached, Capabilities, Inbound
from handoff.clock import Clock
from handoff.inbox import Accepted, Inbox
from handoff.ledger import Ledger, ReusedId, Store
from handoff.ledger.media import FileKind, FileState, MediaFile
from handoff.media.keeping import keep_upload, media_ref
from handoff.media.shelf import Shelf
from handoff.media.sniff import sniff
from handoff.model import ConversationId

MOST_PHOTOS = 30
"""Of one conversation; a tenant who shows a whole house needs a visit."""


class TooManyPhotos(Exception):
    """This conversation has as many photos as one may have."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Where a message with uploaded photos comes from."""

    channel: str
    account: str
    address: str
    capabilities: Capabilities


@dataclass(frozen=True, slots=True)
class Uploads:
    store: Store
    inbox: Inbox
    shelf: Shelf
    clock: Clock

    async def said(self, sender: Sender, external_id: str) -> Accepted | None:
        """The message with this id, when it is in the log already.

        Raises:
            ReusedId: that message is no photo.
        """

        def work(ledger: Ledger) -> Accepted | None:
            known = ledger.messages.receipt(sender.channel, sender.account, external_id)
            if known is None:
                return None
            if not ledger.media.by_message([known.message]):
                raise ReusedId(external_id)
            return Accepted(known.seq, again=True)

        return await self.store.read(work)

    async def keep(self, conversation: ConversationId, photos: Sequence[bytes]) -> list[MediaFile]:
        """Put photos on the shelf, all of them or none.

        Raises:
            MediaRefused: one of them is no photo we take.
            TooManyPhotos: there are enough.
            StoreBusy: nothing was kept; the sender must try again.
        """
        files = await self.store.read(lambda ledger: ledger.media.of(conversation))
        had = sum(1 for file in files if file.by is None)
        if had + len(photos) > MOST_PHOTOS:
            raise TooManyPhotos
        for raw in photos:
            if sniff(raw).kind is not FileKind.PHOTO:
                raise MediaRefused(MediaRefusal.WRONG_TYPE)
        kept: list[MediaFile] = []
        try:
            for raw in photos:
                kept.append(
                    await keep_upload(raw, conversation, self.store, self.shelf, self.clock)
                )
        except BaseException:
            await self.drop(kept)
            raise
        return kept

    async def say(self, sender: Sender, external_id: str, files: Sequence[MediaFile]) -> Accepted:
        """Write the message that has these photos, or find that it was written meanwhile.

        Raises:
            ReusedId: another message has this id.
            StoreBusy: nothing was written, and the photos are gone again.
        """
        media = tuple(media_ref(file) for file in files)
        inbound = Inbound(
            sender.channel, sender.account, sender.address, external_id, Attached("", media)
        )
        try:
            return await self.inbox.receive(inbound, sender.capabilities)
        except ReusedId:
            # The first try was still under way when the second came: its photos are the ones.
            await self.drop(files)
            said = await self.said(sender, external_id)
            if said is None:
                raise
            return said
        except BaseException:
            await self.drop(files)
            raise

    async def drop(self, files: Sequence[MediaFile]) -> None:
        """Take photos that go with no message off the shelf."""

        def work(ledger: Ledger) -> None:
            for file in files:
                ledger.media.save(replace(file, state=FileState.GONE, size=0))

        for file in files:
            await asyncio.to_thread(self.shelf.remove, file.id)
        if files:
            await self.store.write(work)

    async def of(self, conversation: ConversationId, id: str) -> tuple[MediaFile, bytes] | None:
        """A photo that was said in this conversation, or a PDF of staff; None for any other."""
        file = await self.store.read(lambda ledger: ledger.media.get(id))
        if file is None or file.conversation != conversation or not shown_to_tenant(file):
            return None
        return file, await asyncio.to_thread(self.shelf.read, id)


def shown_to_tenant(file: MediaFile) -> bool:
    """Whether the tenant can have it: what we made anew or staff sent, and it is said."""
    fit = file.kind is FileKind.PHOTO or file.by is not None
    return fit and file.state is FileState.KEPT and bool(file.message)
