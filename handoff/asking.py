"""Asks the assistant what the tenant said, as a whole or in parts, and decides what is done."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.port import Ask, Assistant, AssistantFailed
from handoff import policy
from handoff.memory.both import Heard, combine
from handoff.memory.past import Past
from handoff.memory.recall import Memory, Recalled
from handoff.memory.requests import Part
from handoff.policy import Catalogue

_LONGEST_FOR_PARTS = timedelta(seconds=3)
"""After this the parts are left for what they are: the whole must still be asked in time."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is said to the tenant, and why."""

    recalled: Recalled
    in_parts: bool = False
    """Asked in Rasa conversations of their own: the next turn needs a fresh one."""


class Asking:
    def __init__(self, assistant: Assistant, memory: Memory, catalogue: Catalogue) -> None:
        self._assistant = assistant
        self._memory = memory
        self._catalogue = catalogue
        self._ready_once = False

    async def ask(self, ask: Ask, past: Past, time_left: timedelta) -> Told:
        """Ask within this time.

        Raises:
            TimeoutError, AssistantFailed: there is no answer.
        """
        async with asyncio.timeout(time_left.total_seconds()):
            await self._wait_until_ready()
            parts = self._memory.parts_of(ask)
            if parts:
                told = await self._in_parts(ask, parts, past, time_left / 2)
                if told is not None:
                    return told
            answer = await self._assistant.reply(ask)
        decision = policy.decide(answer, self._catalogue, past.asked_back)
        return Told(self._memory.reconsider(ask, answer, decision, past))

    async def _in_parts(
        self, ask: Ask, parts: tuple[Part, ...], past: Past, time_left: timedelta
    ) -> Told | None:
        heard = []
        try:
            async with asyncio.timeout(min(time_left, _LONGEST_FOR_PARTS).total_seconds()):
                for number, part in enumerate(parts):
                    session = f"{ask.session}.part{number}.{ask.turn_id.rpartition(':')[2]}"
                    own = replace(ask, session=session, text=part.text)
                    answer = await self._assistant.reply(own)
                    decision = policy.decide(answer, self._catalogue, False)
                    heard.append(
                        Heard(part, answer, self._memory.adjusted(ask, answer, decision, past))
                    )
        except (TimeoutError, AssistantFailed):
            return None
        together = combine(heard, self._catalogue)
        return Told(Recalled(*together), in_parts=True) if together else None

    async def _wait_until_ready(self) -> None:
        """Just after the start the assistant may still be loading; that is no failure yet."""
        while not self._ready_once:
            self._ready_once = await self._assistant.ready()
            if not self._ready_once:
                await asyncio.sleep(0.2)
