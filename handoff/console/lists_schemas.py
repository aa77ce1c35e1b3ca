"""The shapes of lists, search, labels, views and collision signs."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, BaseModel, Field

from handoff.console.schemas import ConversationView, State

Colour = Literal["blue", "teal", "green", "amber", "red", "purple", "pink", "grey"]
"""A fixed palette; the console has an accessible light and dark pair for each."""
Names = list[str]
_MOST = 50


class LabelView(BaseModel):
    id: str
    name: str
    colour: Colour


class NewLabel(BaseModel):
    name: str = Field(min_length=1, max_length=40)
    colour: Colour


class TopicChoice(BaseModel):
    name: str
    title: str
    queue: str


class Setup(BaseModel):
    """What the lists need to know once: labels, topics, and where repairs are made."""

    labels: list[LabelView]
    topics: list[TopicChoice]
    channels: dict[str, str]
    case_url: str | None = Field(description="`{reference}` stands for the conversation's")


class ListFilters(BaseModel):
    """A saved choice of conversations. Empty parts leave everything through."""

    state: list[State] = Field(default=[], max_length=4)
    channel: list[str] = Field(default=[], max_length=_MOST)
    queue: list[str] = Field(default=[], max_length=_MOST)
    label: list[str] = Field(default=[], max_length=_MOST)
    agent: list[str] = Field(default=[], max_length=_MOST)
    topic: list[str] = Field(default=[], max_length=_MOST)
    since: AwareDatetime | None = None
    before: AwareDatetime | None = None
    snoozed: bool | None = None


class NewView(BaseModel):
    name: str = Field(min_length=1, max_length=60)
    shared: bool = False
    filters: ListFilters


class ViewOfList(BaseModel):
    id: str
    name: str
    shared: bool
    mine: bool
    filters: ListFilters
    count: int


class ViewList(BaseModel):
    views: list[ViewOfList]


class Page(BaseModel):
    conversations: list[ConversationView]
    next_cursor: str | None
    total: int


class Piece(BaseModel):
    """A stretch of text; ``hit`` marks what was looked for. Text, never markup."""

    text: str
    hit: bool


class FoundMessage(BaseModel):
    pos: int
    author: str
    note: bool
    at: datetime
    pieces: list[Piece]


class HitView(BaseModel):
    conversation: ConversationView
    message: FoundMessage | None


class Found(BaseModel):
    hits: list[HitView]
    more: bool


class Snooze(BaseModel):
    until: AwareDatetime


class CorrectTopic(BaseModel):
    topic: str = Field(max_length=60)


class Corrected(BaseModel):
    """``other_queue``: where this topic belongs, while it still waits in another one."""

    conversation: ConversationView
    other_queue: str | None


class MoveToQueue(BaseModel):
    queue: str = Field(max_length=40)
    term: int | None = None


DoingName = Literal["viewing", "typing", "idle", "gone"]


class Doing(BaseModel):
    doing: DoingName = "viewing"


class ViewerView(BaseModel):
    id: str
    name: str
    doing: DoingName
    until: datetime


class Viewers(BaseModel):
    viewers: list[ViewerView]


class AllViewers(BaseModel):
    viewing: dict[str, list[ViewerView]]
