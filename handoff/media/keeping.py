"""From bytes of a tenant or of staff to a file we keep: recognised, made harmless, on the shelf."""

from __future__ import annotations

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from channels.port import MediaRef
from handoff.clock import Clock
from handoff.ledger import Store
from handoff.ledger.media import FileKind, FileState, MediaFile
from handoff.media.pictures import anew
from handoff.media.shelf import Shelf, new_file_id
from handoff.media.sniff import sniff
from handoff.model import AgentId, ConversationId

_ONE_AT_A_TIME = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")
"""A large photo takes a hundred megabytes while it is made anew; ten of them may come at once."""


_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class OfStaff:
    """Whose file it is, and what it is called."""

    by: AgentId
    name: str


@dataclass(frozen=True, slots=True)
class Harmless:
    """A file as it may be kept and shown."""

    kind: FileKind
    content_type: str
    body: bytes


def harmless(raw: bytes) -> Harmless:
    """Recognise a file by its bytes and make it fit to keep. Takes time: not for the event loop.

    Raises:
        MediaRefused: it is nothing we take.
    """
    found = sniff(raw)
    if found.kind is FileKind.PHOTO:
        return Harmless(found.kind, "image/jpeg", anew(raw, found.content_type))
    return Harmless(found.kind, found.content_type, raw)


async def kept(file: MediaFile, raw: bytes, shelf: Shelf) -> MediaFile:
    """Put the bytes of this file on the shelf; gives its row as it must be written.

    Raises:
        MediaRefused: it is nothing we take; nothing was kept.
    """

    def work() -> Harmless:
        found = harmless(raw)
        shelf.put(file.id, found.body)
        return found

    found = await asyncio.get_running_loop().run_in_executor(_ONE_AT_A_TIME, work)
    return replace(
        file,
        kind=found.kind,
        content_type=found.content_type,
        size=len(found.body),
        state=FileState.KEPT,
        detail="",
    )


async def keep_upload(
    raw: bytes,
    conversation: ConversationId,
    store: Store,
    shelf: Shelf,
    clock: Clock,
    of_staff: OfStaff | None = None,
) -> MediaFile:
    """Keep what a tenant uploads to us himself, or a member of staff for him.

    It has no message yet. Send one that has it: ``Attached(text, (media_ref(file),))`` to the
    inbox, within the same conversation.

    Raises:
        MediaRefused: it is nothing we take, with the reason; nothing was kept.
        StoreBusy: it was not written down; nothing was kept.
    """
    blank = MediaFile(
        id=new_file_id(),
        conversation=conversation,
        message=None,
        kind=FileKind.FILE,
        content_type="",
        size=0,
        state=FileState.WAITING,
        provider_ref="",
        detail="",
        at=clock.now(),
        by=of_staff.by if of_staff else None,
        name=of_staff.name if of_staff else "",
        link_key=secrets.token_hex(_KEY_BYTES) if of_staff else "",
    )
    file = await kept(blank, raw, shelf)
    try:
        await store.write(lambda ledger: ledger.media.add(file))
    except BaseException:
        shelf.remove(file.id)
        raise
    return file


def media_ref(file: MediaFile) -> MediaRef:
    """An upload, as a message to the inbox carries it."""
    return MediaRef(file.id, file.content_type, uploaded=True)
