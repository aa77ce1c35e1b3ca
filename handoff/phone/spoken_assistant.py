"""On the phone the assistant gives a topic's spoken answer, which is shorter and has no buttons."""

from __future__ import annotations

from dataclasses import replace

from bot.port import Answer, Ask, Assistant

SPOKEN = "voice"
"""What the topics call an answer that is spoken: ``channel: voice`` in ``data/nlu``."""


class SpokenAssistant:
    """The ``Assistant`` port around another one; only turns of phone lines are changed."""

    def __init__(self, inner: Assistant, lines: frozenset[str]) -> None:
        self._inner = inner
        self._lines = lines

    async def reply(self, ask: Ask) -> Answer:
        if ask.channel in self._lines:
            ask = replace(ask, channel=SPOKEN)
        return await self._inner.reply(ask)

    async def ready(self) -> bool:
        return await self._inner.ready()

    async def close(self) -> None:
        await self._inner.close()
