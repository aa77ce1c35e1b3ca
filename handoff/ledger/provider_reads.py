"""How far each provider's own list of messages was read."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class ProviderReads(Protocol):
    """One moment per channel (aware UTC): whatever came in before it is in the log."""

    def until(self, channel: str) -> datetime | None:
        """None when this channel's list was never read to its end."""

    def put(self, channel: str, until: datetime) -> None:
        """Remember how far it was read. It never moves back."""
