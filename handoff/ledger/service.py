"""The clocks of service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from handoff.model import ConversationId
from handoff.service_levels.measure import ServiceClock


class ServiceClocks(Protocol):
    def running(self, id: ConversationId) -> Sequence[ServiceClock]:
        """Those that have not ended, also those that stand still."""

    def next_due(self, ids: Sequence[ConversationId]) -> Mapping[ConversationId, ServiceClock]:
        """Per conversation the running clock that is due first; promises are left out."""

    def put(self, clock: ServiceClock) -> None:
        """Write it, new or instead of the one with this id."""

    def ended(self, since: datetime, until: datetime) -> Sequence[ServiceClock]:
        """Those that ended from ``since`` up to ``until`` (aware UTC), for reports."""

    def history(self, id: ConversationId) -> Sequence[ServiceClock]:
        """All of one conversation, the oldest first."""
