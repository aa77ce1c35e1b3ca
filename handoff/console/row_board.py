"""The rows of the console's list, read once for everybody after a change.

A hint says that something changed. With fifty consoles each would read the same rows at the same
moment; so one task here reads them and the stream brings them. Without what differs per reader: a
page counts what is unread from ``said``. What a stream misses is read again at the next connect.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import structlog
from pydantic import TypeAdapter

from handoff.console.schemas import ConversationView
from handoff.console.views import conversation_view
from handoff.console.work import DeskWork
from handoff.hints import Changed, Listener, Overflown
from handoff.model import AgentId, ConversationId

log = structlog.get_logger()
_PAUSE = 0.2
"""Seconds between two readings: what changes meanwhile is read together."""
_PATIENCE = 60.0
_NOBODY = AgentId("")
_ROWS = TypeAdapter(list[ConversationView])


class RowBoard:
    def __init__(self, work: DeskWork, pause: float = _PAUSE) -> None:
        self._work = work
        self._pause = pause

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Keep telling until the block ends."""
        task = asyncio.create_task(self._forever())
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _forever(self) -> None:
        while True:
            try:
                with self._work.hints.listening() as ear:
                    await self._listen(ear)
            except Overflown:
                continue  # the streams overflow too, and their pages read everything again
            except Exception:
                log.exception("rows_not_told")
                await asyncio.sleep(self._pause)

    async def _listen(self, ear: Listener) -> None:
        while True:
            heard = await ear.next(_PATIENCE)
            changed = {heard.conversation.id} if isinstance(heard, Changed) else set()
            changed |= {hint.conversation.id for hint in ear.waiting() if isinstance(hint, Changed)}
            if changed:
                await self.tell(changed)
                await asyncio.sleep(self._pause)

    async def tell(self, changed: set[ConversationId]) -> None:
        """Read these rows and bring them to every console."""
        rows = await self._work.store.read(
            lambda ledger: ledger.conversations.named(sorted(changed), _NOBODY)
        )
        views = [conversation_view(row, self._work.counter) for row in rows]
        if views:
            written = _ROWS.dump_json(views, exclude={"__all__": {"unread"}})
            self._work.hints.rows(written.decode())
