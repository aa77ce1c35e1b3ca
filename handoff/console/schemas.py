"""The shapes of the console's HTTP interface."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from handoff.console.delivery_schemas import DeliveryView
from handoff.console.file_schemas import FileView
from handoff.console.service_schemas import ClockView

State = Literal["bot", "waiting", "held", "closed"]


class Login(BaseModel):
    login: str = Field(min_length=1, max_length=120)
    password: str = Field(min_length=1, max_length=200)


class AgentView(BaseModel):
    id: str
    name: str
    login: str
    roles: list[str]


class Me(BaseModel):
    agent: AgentView


class Person(BaseModel):
    id: str
    name: str


class LastMessage(BaseModel):
    author: Literal["tenant", "bot", "agent", "system"]
    text: str
    at: datetime


class ConversationView(BaseModel):
    """A conversation as the list shows it. ``term`` goes up at each change of holder; send it back
    to be refused when the conversation moved on since you read it."""

    id: str
    reference: str
    state: State
    queue: str | None
    queue_label: str | None
    held_by: Person | None
    reason: str | None
    reason_label: str | None
    topic: str | None
    topic_title: str | None
    urgent: bool
    urgent_kind: str | None
    urgent_label: str | None
    waiting_since: datetime | None
    last_message: LastMessage | None
    unread: int
    said: int = Field(description="messages of the tenant, read or not")
    channel: str
    channel_label: str
    term: int
    opened_at: datetime
    window_closes_at: datetime | None = Field(
        default=None, description="until when free text is taken there; null: always"
    )
    labels: list[str] = Field(default=[], description="ids of labels, see `/lists/setup`")
    snoozed_until: datetime | None = None
    service: ClockView | None = Field(default=None, description="what is owed first, if anything")


class ConversationList(BaseModel):
    conversations: list[ConversationView]
    next_cursor: str | None
    now: datetime = Field(description="the product's clock, UTC")


class MessageChoice(BaseModel):
    id: str
    title: str


class MessageView(BaseModel):
    """A message as staff see it. ``pos`` orders everything, notes included."""

    id: str
    pos: int
    author: Literal["tenant", "bot", "agent", "system"]
    name: str
    text: str
    choices: list[MessageChoice]
    visibility: Literal["tenant", "desk"]
    kind: Literal["text", "note", "withheld", "event"]
    at: datetime
    client_msg_id: str | None
    edited: bool = Field(default=False, description="it replaces what the tenant wrote before")
    delivery: DeliveryView | None = None
    files: list[FileView] = []


class MessageList(BaseModel):
    messages: list[MessageView]


class Tried(BaseModel):
    """One turn of the assistant, as the briefing tells it."""

    at: datetime
    tenant: str
    intent: str | None
    topic_title: str | None
    confidence: float | None
    outcome: str
    outcome_label: str


class Likely(BaseModel):
    intent: str
    title: str
    confidence: float


class FormField(BaseModel):
    slot: str
    label: str
    value: str


class Form(BaseModel):
    name: str
    fields: list[FormField]


class PromiseView(BaseModel):
    text: str
    due_at: datetime


class BriefingView(BaseModel):
    """What a member of staff must know before the first word."""

    reason: str | None
    reason_label: str | None
    note: str
    asked_at: datetime | None
    urgent_kind: str | None
    tried: list[Tried]
    likely: list[Likely]
    form: Form | None
    promises: list[PromiseView]


class ConversationDetail(BaseModel):
    conversation: ConversationView
    briefing: BriefingView
    messages: list[MessageView]


class Moved(BaseModel):
    """A step taken; the conversation as it is now."""

    conversation: ConversationView


class Written(BaseModel):
    message: MessageView


class Take(BaseModel):
    term: int | None = None


class Say(BaseModel):
    """A reply to the tenant. The same ``client_msg_id`` again is the same message."""

    client_msg_id: str = Field(min_length=1, max_length=100)
    text: str = Field(max_length=10_000)
    term: int | None = None
    files: list[str] = Field(
        default=[], max_length=5, description="of `attachments`; then the text may be empty"
    )


class Note(BaseModel):
    """A note for colleagues; the tenant never sees it."""

    client_msg_id: str = Field(min_length=1, max_length=100)
    text: str = Field(max_length=10_000)


class Release(BaseModel):
    """Hand back to the assistant, or to a queue for a colleague."""

    term: int | None = None
    to: Literal["assistant", "queue"] = "assistant"
    queue: str | None = None
    note: str = Field(default="", max_length=2_000)


class Close(BaseModel):
    term: int | None = None
    contact: bool | None = Field(
        default=None, description="write a contact moment; null: as this corporation set"
    )


class TypingNow(BaseModel):
    typing: bool
