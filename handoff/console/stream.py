"""The console's stream of hints: what changed, never what it says. The database is the truth."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable

from sse_starlette import EventSourceResponse, ServerSentEvent

from handoff.clock import Clock
from handoff.console.viewing import who
from handoff.hints import Changed, ForAgent, Hints, Overflown, Rows, Viewed
from handoff.model import AgentId, AuthorKind

_CHECK_EVERY = 5.0
"""Seconds after which an ended session is noticed at the latest, also on a silent stream."""


def follow_all(
    hints: Hints, still_here: Callable[[], Awaitable[bool]], clock: Clock, agent: AgentId
) -> EventSourceResponse:
    """Stream hints of all conversations, and of this agent's own matters, while the session
    lives."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return EventSourceResponse(_events(hints, still_here, clock, agent), ping=15, headers=headers)


async def _events(
    hints: Hints, still_here: Callable[[], Awaitable[bool]], clock: Clock, agent: AgentId
) -> AsyncIterator[ServerSentEvent]:
    with hints.listening() as ear:
        yield _event("hello", {"now": clock.now().isoformat()})
        checked = time.monotonic()
        while True:
            if time.monotonic() - checked >= _CHECK_EVERY:
                if not await still_here():
                    return
                checked = time.monotonic()
            try:
                hint = await ear.next(_CHECK_EVERY)
            except Overflown:
                return  # the console reconnects and reads the list again
            if hint is None:
                continue
            if isinstance(hint, Changed):
                conversation = hint.conversation
                changed: dict[str, object] = {
                    "id": conversation.id,
                    "state": conversation.state.value,
                    "term": conversation.term,
                    "pos": conversation.last_pos,
                    "urgent": conversation.urgent_kind is not None,
                }
                yield _event("conversation", changed)
            elif isinstance(hint, Viewed):
                yield _event("viewing", {"id": hint.conversation, "viewers": who(hint.viewers)})
            elif isinstance(hint, Rows):
                yield ServerSentEvent(hint.json, event="rows", sep="\n")
            elif isinstance(hint, ForAgent):
                if hint.agent == agent:
                    yield _event(hint.matter.value, {"id": hint.conversation})
            elif hint.author is AuthorKind.BOT:
                yield _event("typing", {"id": hint.conversation, "typing": hint.typing})


def _event(name: str, data: dict[str, object]) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(data), event=name, sep="\n")
