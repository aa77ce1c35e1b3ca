"""How long free text is taken after a tenant's last message, on channels with such a rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from handoff.model import Message, MessageKind


@dataclass(frozen=True, slots=True)
class ReplyWindow:
    """Of one address. All moments are aware UTC."""

    heard_at: datetime
    """When the tenant last sent anything there."""
    closes_at: datetime
    asked_at: datetime | None = None
    """When the tenant was asked to react since then, or would have been."""

    def open_at(self, now: datetime) -> bool:
        return now < self.closes_at

    def closed_early(self, now: datetime) -> ReplyWindow:
        """The provider says that it is closed, whatever we reckoned."""
        return replace(self, closes_at=min(self.closes_at, now))

    def asked(self, now: datetime) -> ReplyWindow:
        return replace(self, asked_at=now)


def opened(heard_at: datetime, length: timedelta) -> ReplyWindow:
    """The window that the tenant opens by sending anything at all."""
    return ReplyWindow(heard_at, heard_at + length)


def worth_asking_for(message: Message) -> bool:
    """Whether a tenant is to be asked to react for this. That somebody reads along is not."""
    return message.kind is MessageKind.TEXT
