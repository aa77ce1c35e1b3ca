"""The values of routing. Moments are aware UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.topic import QUEUES
from handoff.model import AgentId, ConversationId

LEASE = timedelta(seconds=90)
"""How long one sign of life counts. A browser lets a hidden tab do something once a minute."""
GRACE = timedelta(minutes=5)
"""How long a person may be gone before what they hold goes back to its queue."""
ACCEPT_WITHIN = timedelta(seconds=60)
TRANSFER_WITHIN = timedelta(minutes=3)
"""A colleague who is asked by name gets longer: there is a note to read."""
WRAP_UP = timedelta(minutes=5)
DEFAULT_CAPACITY = 4
LEAD = "lead"
"""The role of who is asked when nobody else is left, and who owns what nobody has."""


class Status(StrEnum):
    ONLINE = "online"
    AWAY = "away"
    WRAP_UP = "wrap_up"
    """Finishing off: nothing new until ``Presence.until``, then online again by itself."""
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Presence:
    """What one member of staff said last, and until when their console's sign of life counts."""

    agent: AgentId
    status: Status
    lease_until: datetime
    changed_at: datetime
    until: datetime | None = None

    def at(self, now: datetime) -> Status:
        """What holds at this moment: a lease that ran out is nobody there."""
        if self.status is Status.OFFLINE or self.lease_until <= now:
            return Status.OFFLINE
        if self.until is not None and self.until <= now:
            return Status.ONLINE
        return self.status

    def gone_since(self, now: datetime) -> datetime | None:
        """Since when nobody is there; None while somebody is."""
        if self.status is Status.OFFLINE:
            return min(self.changed_at, self.lease_until)
        return self.lease_until if self.lease_until <= now else None


@dataclass(frozen=True, slots=True)
class Skills:
    """What a member of staff may be given: these queues, at most this many at once."""

    queues: frozenset[str] = QUEUES
    capacity: int = DEFAULT_CAPACITY


class OfferOutcome(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TIMED_OUT = "timed_out"
    WITHDRAWN = "withdrawn"
    """Somebody else took it, or the person asked went away: that is no answer."""


REFUSALS = frozenset({OfferOutcome.DECLINED, OfferOutcome.TIMED_OUT})


@dataclass(frozen=True, slots=True)
class Offer:
    """A conversation that waits is put before one person, who has until ``expires_at``."""

    id: str
    conversation: ConversationId
    term: int
    agent: AgentId
    made_at: datetime
    expires_at: datetime
    outcome: OfferOutcome = OfferOutcome.OPEN


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of staff as the chooser sees them. ``load``: what they hold and are offered."""

    agent: AgentId
    name: str
    skills: Skills
    status: Status
    load: int
    idle_since: datetime
    """When they were last given something; longest ago comes first."""
    is_lead: bool = False

    @property
    def has_room(self) -> bool:
        return self.load < self.skills.capacity


@dataclass(frozen=True, slots=True)
class CallBack:
    """A tenant who waits wants to be called. Without ``number`` we asked for it."""

    conversation: ConversationId
    term: int
    number: str | None
    asked_at: datetime
    from_at: datetime | None = None
    to_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Owner:
    """Who answers for a conversation: this person, or whoever leads this queue."""

    agent: AgentId | None
    queue: str


@dataclass(frozen=True, slots=True)
class Watch:
    """By when somebody must do something. ``deadline`` is ``due_at``, or later once raised."""

    conversation: ConversationId
    owner: Owner
    due_at: datetime
    deadline: datetime
    raised_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """An urgent conversation that nobody is at work for, and how often who is on call was told."""

    conversation: ConversationId
    term: int
    raised_at: datetime
    times: int = 0
    last_result: str = ""
    acknowledged_at: datetime | None = None
    acknowledged_by: AgentId | None = None
