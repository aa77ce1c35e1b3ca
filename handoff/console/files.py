"""What staff see and hear of the files of tenants. Each look at one leaves a line in the log."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from handoff.clock import Clock
from handoff.console.file_schemas import FileView
from handoff.http_errors import ApiError
from handoff.ledger import Ledger, Store
from handoff.ledger.media import FileState, MediaFile
from handoff.media.shelf import NotOnShelf, Shelf
from handoff.model import Agent, ConversationId, MessageId


@dataclass(frozen=True, slots=True)
class Files:
    store: Store
    shelf: Shelf
    clock: Clock

    async def of(self, id: ConversationId) -> Mapping[MessageId, list[FileView]]:
        """By message; without those that have none, and without uploads that were never sent."""
        found = await self.store.read(lambda ledger: ledger.media.of(id))
        views: dict[MessageId, list[FileView]] = {}
        for file in found:
            if file.message is not None:
                views.setdefault(file.message, []).append(file_view(file))
        return views

    async def look(self, agent: Agent, id: str) -> tuple[MediaFile, bytes]:
        """One file, whole.

        Raises:
            ApiError: 404, there is no such file, or it is not here (yet, or any more).
        """

        def work(ledger: Ledger) -> MediaFile | None:
            file = ledger.media.get(id)
            if file is None or file.state is not FileState.KEPT:
                return None
            if file.message is None and file.by != agent.id:
                return None  # an upload that was not sent is there for who made it
            ledger.desk.log_access(agent.id, file.conversation, "file", self.clock.now())
            return file

        file = await self.store.write(work)
        if file is None:
            raise ApiError(404, "file_unknown")
        try:
            return file, await asyncio.to_thread(self.shelf.read, id)
        except NotOnShelf as missing:
            raise ApiError(404, "file_unknown") from missing


def file_view(file: MediaFile) -> FileView:
    return FileView(
        id=file.id,
        kind=file.kind.value,
        state=file.state.value,
        content_type=file.content_type,
        size=file.size,
        detail=file.detail,
        name=file.name,
        of_staff=file.by is not None,
    )
