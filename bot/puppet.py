"""An assistant on strings: every turn waits until somebody says what it answers. For drills."""

from __future__ import annotations

import asyncio

from bot.port import Answer, Ask, AssistantFailed


class Puppet:
    """The ``Assistant`` port, moved by hand."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Ask, asyncio.Future[Answer]]] = []

    @property
    def asked(self) -> tuple[Ask, ...]:
        """The turns that wait for an answer, oldest first."""
        return tuple(ask for ask, future in self._waiting if not future.done())

    async def reply(self, ask: Ask) -> Answer:
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((ask, future))
        return await future

    def answer(self, answer: Answer) -> None:
        """Answer the oldest waiting turn."""
        self._oldest().set_result(answer)

    def fail(self, failure: AssistantFailed) -> None:
        """Fail the oldest waiting turn."""
        self._oldest().set_exception(failure)

    def forget(self) -> None:
        """Drop all waiting turns, as a restart would."""
        self._waiting.clear()

    def _oldest(self) -> asyncio.Future[Answer]:
        return next(future for _, future in self._waiting if not future.done())

    async def ready(self) -> bool:
        return True

    async def close(self) -> None:
        self.forget()
