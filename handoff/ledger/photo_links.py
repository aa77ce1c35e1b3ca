"""Links with which a tenant sends photos from outside the channel (SMS carries none)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from handoff.model import ConversationId


@dataclass(frozen=True, slots=True)
class PhotoLink:
    """One link. Moments are aware UTC; ``used_by`` is the upload it was used for."""

    token_hash: str
    conversation: ConversationId
    issued_at: datetime
    expires_at: datetime
    used_by: str | None = None

    def opens(self, now: datetime, upload: str = "") -> bool:
        """Whether photos can be sent with it; by the upload that used it also a second time."""
        return now < self.expires_at and self.used_by in (None, upload)


class PhotoLinks(Protocol):
    def add(self, link: PhotoLink) -> None: ...

    def get(self, token_hash: str) -> PhotoLink | None: ...

    def use(self, token_hash: str, upload: str) -> bool:
        """Use it up. False: another upload did."""

    def latest(self, conversation: ConversationId) -> PhotoLink | None:
        """The one that was issued last."""
