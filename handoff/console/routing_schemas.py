"""The shapes of presence, offers, transfer and alarms in the console's interface."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

Status = Literal["online", "away", "wrap_up", "offline"]


class Presence(BaseModel):
    """How somebody stands from now. Without ``status``: only a sign of life.

    ``reassign``: what this person holds goes to colleagues at once.
    """

    status: Status | None = None
    reassign: bool = False


class OfferView(BaseModel):
    id: str
    conversation_id: str
    reference: str
    queue: str | None
    queue_label: str | None
    topic_title: str | None
    urgent: bool
    waiting_since: datetime | None
    expires_at: datetime


class AlarmView(BaseModel):
    """Danger outside opening hours that nobody has acknowledged yet."""

    conversation_id: str
    reference: str
    urgent_label: str | None
    raised_at: datetime
    times: int


class Standing(BaseModel):
    status: Status
    until: datetime | None
    lease_until: datetime
    offers: list[OfferView]
    alarms: list[AlarmView]
    now: datetime


class Transfer(BaseModel):
    """To a colleague, or to a queue: exactly one of both. ``note`` is for who takes it."""

    term: int | None = None
    agent: str | None = Field(default=None, max_length=40)
    queue: str | None = Field(default=None, max_length=40)
    note: str = Field(default="", max_length=2_000)


class ColleagueView(BaseModel):
    id: str
    name: str
    status: Status
    load: int
    capacity: int
    queues: list[str]
    lead: bool


class ColleagueList(BaseModel):
    colleagues: list[ColleagueView]


class Skills(BaseModel):
    """What a colleague may be given: these queues, at most ``capacity`` at once."""

    queues: list[str] = Field(max_length=20)
    capacity: int = Field(ge=0, le=50)
