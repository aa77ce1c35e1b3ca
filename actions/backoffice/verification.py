"""How sure we are of who we talk to. Proof comes from the hub, never from what a tenant types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import NewType

RelatieId = NewType("RelatieId", str)
"""Who it is in the back office. Opaque."""


class Level(IntEnum):
    """Steps of identity (R12). Each includes those below it."""

    ANONYMOUS = 0
    """Somebody. General answers only."""
    CLAIMED = 1
    """Knows postcode, house number and birth date, or holds the phone that is on file: repairs
    and appointments."""
    VERIFIED = 2
    """Gave a one-time code sent to the contact detail on file, or came through the portal: money
    and contract."""
    STAFF = 3
    """A member of staff looks. Never given to the assistant."""


@dataclass(frozen=True, slots=True)
class Verification:
    """Who was identified, how well, and until when (aware UTC)."""

    level: Level = Level.ANONYMOUS
    relatie: RelatieId | None = None
    until: datetime | None = None
    third_party: bool = False
    """Somebody writes for another: what the tenant proved is not inherited."""

    def reaches(self, level: Level, now: datetime) -> bool:
        """Whether this is proof enough at this moment."""
        if level is Level.ANONYMOUS:
            return True
        if self.relatie is None or self.until is None or self.third_party:
            return False
        return self.level >= level and now < self.until


ANONYMOUS = Verification()
