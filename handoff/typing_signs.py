"""Shows at the provider that somebody is writing, for as long as that is so."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from channels.optional_ports import ShowsTyping
from channels.port import Channel
from handoff.hints import Hints, Overflown, Typing
from handoff.ledger import Store
from handoff.model import Conversation, ConversationId

_LONGEST = 60.0
"""Seconds after which a sign ends by itself: the word that the writing ended may get lost."""
_SPARE = 1.0
_LOOK_EVERY = 60.0


class TypingSigns:
    """Follows the hints. A lost one costs a sign, no message."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        hints: Hints,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._store = store
        self._channels = channels
        self._hints = hints
        self._pause = pause
        self._shown: dict[ConversationId, asyncio.Task[None]] = {}

    @property
    def wanted(self) -> bool:
        """Whether there is any channel that can show it."""
        return any(isinstance(one, ShowsTyping) for one in self._channels.values())

    async def run(self) -> None:
        """Follow until cancelled."""
        try:
            while True:
                await self._follow()
        finally:
            for sign in self._shown.values():
                sign.cancel()

    async def _follow(self) -> None:
        with self._hints.listening() as ear:
            while True:
                try:
                    hint = await ear.next(_LOOK_EVERY)
                except Overflown:
                    return
                if isinstance(hint, Typing):
                    self.heard(hint)

    def heard(self, hint: Typing) -> None:
        """Begin or end the sign of one conversation."""
        if not hint.typing:
            if sign := self._shown.pop(hint.conversation, None):
                sign.cancel()
        elif hint.conversation not in self._shown:
            sign = asyncio.create_task(self._show(hint.conversation), name="typing")
            self._shown[hint.conversation] = sign
            sign.add_done_callback(lambda done: self._forget(hint.conversation, done))

    async def settled(self) -> None:
        """Until no sign is shown any more."""
        while self._shown:
            await asyncio.wait(set(self._shown.values()))

    def _forget(self, id: ConversationId, sign: asyncio.Task[None]) -> None:
        if self._shown.get(id) is sign:
            del self._shown[id]

    async def _show(self, id: ConversationId) -> None:
        found = await self._store.read(lambda ledger: ledger.conversations.get(id))
        channel = self._channels.get(found.channel) if found else None
        if found is not None and isinstance(channel, ShowsTyping):
            await self._keep_showing(channel, found)

    async def _keep_showing(self, channel: ShowsTyping, conversation: Conversation) -> None:
        every = max(channel.typing_seconds - _SPARE, _SPARE)
        for _ in range(int(_LONGEST / every)):
            await channel.show_typing(conversation.address)
            await self._pause(every)
