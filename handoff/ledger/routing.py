"""Who is there, what was offered to whom, what is watched, and who was alarmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from handoff.model import Agent, AgentId, Conversation, ConversationId
from handoff.routing.values import (
    Alarm,
    CallBack,
    Colleague,
    Offer,
    OfferOutcome,
    Presence,
    Skills,
    Watch,
)


class Attendance(Protocol):
    """Presence, skills and load of staff."""

    def presence(self, agent: AgentId) -> Presence | None: ...

    def put(self, presence: Presence) -> None: ...

    def skills(self, agent: AgentId) -> Skills: ...

    def put_skills(self, agent: AgentId, skills: Skills) -> None: ...

    def lock(self) -> None:
        """Let one chooser count at a time, so that nobody is given more than they can carry."""

    def colleagues(self, now: datetime) -> Sequence[Colleague]:
        """Every active member of staff, there or not, with what they hold and are offered."""

    def agents(self) -> Sequence[Agent]: ...

    def held(self) -> Sequence[tuple[Conversation, datetime]]:
        """Every held conversation with the moment it was taken."""


class Offers(Protocol):
    def make(self, offer: Offer) -> None: ...

    def open_of(self, id: ConversationId) -> Offer | None: ...

    def open_for(self, agent: AgentId) -> Sequence[Offer]: ...

    def end(self, offer: Offer, outcome: OfferOutcome, now: datetime) -> bool:
        """False when it had ended already."""

    def lapsed(self, now: datetime) -> Sequence[Offer]: ...

    def refused_by(self, id: ConversationId, term: int) -> frozenset[AgentId]:
        """Who was asked in this wait and did not take it."""


class Line(Protocol):
    """Who waits, what they were told, and which calls were promised."""

    def waiting(self, now: datetime) -> Sequence[Conversation]:
        """Who may be offered to somebody now: all that wait, but for calls promised for later."""

    def manned(self) -> Sequence[Conversation]:
        """All that wait or are held."""

    def recent_waits(
        self, queue: str, since: datetime, limit: int
    ) -> Sequence[tuple[datetime, datetime]]:
        """When they asked and when they were taken, of those taken since then, newest first."""

    def reopened(self, ids: Sequence[ConversationId]) -> frozenset[ConversationId]: ...

    def call_back(self, id: ConversationId) -> CallBack | None: ...

    def put_call_back(self, call_back: CallBack) -> None: ...

    def drop_call_back(self, id: ConversationId) -> None: ...

    def calls_from(self, moment: datetime) -> Mapping[datetime, int]:
        """How many calls are promised per block, by its first moment."""

    def watch(self, id: ConversationId) -> Watch | None: ...

    def put_watch(self, watch: Watch) -> None: ...

    def last_words(self, conversation: Conversation) -> tuple[datetime | None, datetime]:
        """The tenant's first word that no person answered, and the last word of anybody."""


class Alarms(Protocol):
    def of(self, id: ConversationId, term: int) -> Alarm | None: ...

    def put(self, alarm: Alarm) -> None: ...

    def unacknowledged(self) -> Sequence[tuple[Alarm, Conversation]]:
        """Those of conversations that still wait in the same term."""


class Routing(Protocol):
    """The parts of the ledger that routing reads and writes."""

    @property
    def attendance(self) -> Attendance: ...

    @property
    def offers(self) -> Offers: ...

    @property
    def line(self) -> Line: ...

    @property
    def alarms(self) -> Alarms: ...
