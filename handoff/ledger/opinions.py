"""What tenants thought of the help they got."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from handoff.model import ConversationId
from handoff.opinion.values import Opinion


class Opinions(Protocol):
    def put(self, opinion: Opinion) -> None:
        """Write it, new or instead of the one with this id."""

    def latest(self, id: ConversationId) -> Opinion | None:
        """What was asked last in this conversation."""

    def asked_last(self, channel: str, address: str) -> datetime | None:
        """When this address was last asked (aware UTC)."""

    def asked(self, since: datetime, until: datetime) -> Sequence[Opinion]:
        """Those asked from ``since`` up to ``until`` (aware UTC), for reports."""

    def flagged(self, since: datetime) -> Sequence[Opinion]:
        """Low scores, complaints and compliments since then, the newest first."""
