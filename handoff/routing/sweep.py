"""Every minute: what was left by who is gone goes back, and nobody waits for nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from functools import partial

import structlog

from handoff.clock import Clock
from handoff.counter import Counter
from handoff.hints import Hints
from handoff.ledger import Ledger, Store
from handoff.model import AgentId, Conversation, ConversationId, Held
from handoff.routing.on_call import raise_alarm
from handoff.routing.router import Router
from handoff.routing.shifts import give_back
from handoff.routing.values import GRACE
from handoff.routing.watches import keep_watch, look_at, orphans

log = structlog.get_logger()
_EVERY = 60.0


class Sweep:
    def __init__(
        self, store: Store, counter: Counter, clock: Clock, hints: Hints, router: Router
    ) -> None:
        self._store = store
        self._counter = counter
        self._clock = clock
        self._hints = hints
        self._router = router

    async def forever(self) -> None:
        """Sweep once a minute until cancelled; a failure is logged and the next one tries again."""
        while True:
            try:
                await self.once()
            except Exception:
                log.exception("sweep_failed")
            await asyncio.sleep(_EVERY)

    async def once(self) -> Sequence[ConversationId]:
        """One sweep; gives the conversations that nobody answers for even after it."""
        for agent in await self._store.read(self._gone):
            await self._router.tell(await self._store.write(partial(self._take_back, agent)))
        await self._router.route()
        for id in await self._store.read(self._unwatched):
            await self._store.write(partial(self._watch, id))
        left = await self._store.read(lambda ledger: orphans(ledger, self._clock.now()))
        if left:
            log.error("orphans", conversations=list(left))
        return left

    def _gone(self, ledger: Ledger) -> Sequence[AgentId]:
        """Who holds something and has been gone for longer than we wait for them."""
        now = self._clock.now()
        taken: dict[AgentId, datetime] = {}
        for conversation, taken_at in ledger.routing.attendance.held():
            if isinstance(conversation.holder, Held):
                agent = conversation.holder.agent
                taken[agent] = max(taken.get(agent, taken_at), taken_at)
        return [agent for agent, last in taken.items() if self._is_gone(ledger, agent, last, now)]

    def _is_gone(self, ledger: Ledger, agent: AgentId, last_taken: datetime, now: datetime) -> bool:
        presence = ledger.routing.attendance.presence(agent)
        # Who takes a conversation is there, also without a console that gives signs of life.
        since = presence.gone_since(now) if presence else last_taken
        return since is not None and now - max(since, last_taken) > GRACE

    def _take_back(self, agent: AgentId, ledger: Ledger) -> Sequence[Conversation]:
        now = self._clock.now()
        if agent not in self._gone(ledger):
            return ()  # back in the meantime
        return give_back(ledger, agent, "agent_gone", self._counter, now)

    def _unwatched(self, ledger: Ledger) -> Sequence[ConversationId]:
        """Whose watch is missing, out of date or over."""
        now, found = self._clock.now(), []
        for conversation in ledger.routing.line.manned():
            before, looked = look_at(ledger, conversation, self._counter, now)
            if looked.raise_now or looked.watch != before:
                found.append(conversation.id)
        return found

    def _watch(self, id: ConversationId, ledger: Ledger) -> None:
        now = self._clock.now()
        conversation = ledger.conversations.get(id, lock=True)
        if conversation is None:
            return
        raise_alarm(ledger, conversation, self._counter.service, now)
        applied = keep_watch(ledger, conversation, self._counter, now)
        if applied is not None:
            self._hints.changed(applied.conversation)
