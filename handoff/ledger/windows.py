"""Until when free text may be sent to an address."""

from __future__ import annotations

from typing import Protocol

from handoff.window import ReplyWindow


class Windows(Protocol):
    def get(self, channel: str, address: str) -> ReplyWindow | None:
        """None when the channel has no such rule, or the tenant was never heard there."""

    def put(self, channel: str, address: str, window: ReplyWindow) -> None:
        """Instead of the one that was there."""
