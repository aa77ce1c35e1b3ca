"""Who has which conversation open, so that two colleagues do not answer the same tenant.

Kept in memory with a lease of 30 seconds: it is worth nothing after a restart, and the hub is one
process. With more processes the same three calls go to a store they share (Redis with an expiry, or
a table with a lease) and the hint travels as all hints then must; nothing else changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from handoff.clock import Clock
from handoff.hints import Hints, Viewer
from handoff.model import Agent, AgentId, ConversationId

LEASE = timedelta(seconds=30)
GONE = "gone"


@dataclass
class Viewing:
    clock: Clock
    hints: Hints
    _open: dict[ConversationId, dict[AgentId, Viewer]] = field(default_factory=dict)

    def say(self, agent: Agent, id: ConversationId, doing: str) -> tuple[Viewer, ...]:
        """A sign of life of somebody's screen. Answers who else has it open. A renewal that
        changes nothing is told to nobody before half of the lease has gone by."""
        now = self.clock.now()
        there = self._open.setdefault(id, {})
        before = there.get(agent.id)
        if doing == GONE:
            there.pop(agent.id, None)
        else:
            there[agent.id] = Viewer(agent.id, agent.name, doing, now + LEASE)
        left = self._living(id, now)
        told = before is not None and before.doing == doing and before.until - now > LEASE / 2
        if not told and not (doing == GONE and before is None):
            self.hints.viewed(id, left)
        return tuple(viewer for viewer in left if viewer.agent != agent.id)

    def all(self) -> dict[ConversationId, tuple[Viewer, ...]]:
        """Everything that is open somewhere now."""
        now = self.clock.now()
        found = {id: self._living(id, now) for id in tuple(self._open)}
        return {id: viewers for id, viewers in found.items() if viewers}

    def _living(self, id: ConversationId, now: datetime) -> tuple[Viewer, ...]:
        there = {a: v for a, v in self._open.get(id, {}).items() if v.until > now}
        if there:
            self._open[id] = there
        else:
            self._open.pop(id, None)
        return tuple(there.values())


def who(viewers: Sequence[Viewer]) -> list[dict[str, str]]:
    """As the stream tells it."""
    return [
        {"id": v.agent, "name": v.name, "doing": v.doing, "until": v.until.isoformat()}
        for v in viewers
    ]
