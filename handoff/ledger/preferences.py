"""How each member of staff wants the console; the console decides what can be wished."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from handoff.model import AgentId


class Preferences(Protocol):
    def of(self, agent: AgentId) -> Mapping[str, Any] | None:
        """What was put last; ``None``: nothing yet."""

    def put(self, agent: AgentId, wishes: Mapping[str, Any], now: datetime) -> None:
        """Overwrite. ``now`` is aware UTC."""
