"""Clocks of service and opinions of tenants, as the console's HTTP shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field


class ClockView(BaseModel):
    """What the tenant is owed next. There is none while we wait for the tenant."""

    kind: Literal["first_answer", "next_answer", "resolution", "promise"]
    warn_at: datetime | None
    due_at: datetime


class MeasuredView(BaseModel):
    """One clock of a conversation, running or ended. Minutes are working minutes."""

    kind: Literal["first_answer", "next_answer", "resolution", "promise"]
    queue: str
    queue_label: str
    target_minutes: int
    worked_minutes: int
    started_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    outcome: Literal["running", "met", "missed", "dropped"]


class OpinionView(BaseModel):
    conversation: str
    asked_at: datetime
    score: int | None = Field(description="1 to 5; null: not answered")
    words: str | None
    flag: Literal["", "complaint", "compliment"]
    low: bool


class FlaggedView(OpinionView):
    """``readable``: there are messages to read in the conversation."""

    reference: str
    channel_label: str
    queue_label: str
    topic_title: str | None
    readable: bool


class ServiceView(BaseModel):
    clocks: list[MeasuredView]
    opinion: OpinionView | None


class OpinionList(BaseModel):
    opinions: list[FlaggedView]
