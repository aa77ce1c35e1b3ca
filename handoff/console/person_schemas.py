"""One person on several channels, as the console's HTTP shows it."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from handoff.console.given import HIGHEST_NUMBER
from handoff.console.schemas import MessageView, State


class AddressView(BaseModel):
    """One address of a person. ``conversation`` is the last one there."""

    channel: str
    channel_label: str
    address: str
    conversation: str
    reference: str
    here: bool = Field(description="it is the address of the conversation that was asked for")
    can_send: bool = Field(description="staff can write there now")
    window_closes_at: datetime | None = Field(
        description="until when free text is taken there, UTC; null without such a rule"
    )


class EarlierView(BaseModel):
    """Another conversation of the same person."""

    id: str
    reference: str
    channel: str
    channel_label: str
    state: State
    topic_title: str | None
    opened_at: datetime
    changed_at: datetime = Field(description="of the last message, UTC")


class PersonView(BaseModel):
    """``joined``: what staff hold for this person. ``proposals``: the same number elsewhere, which
    proves nothing."""

    joined: list[AddressView]
    earlier: list[EarlierView]
    proposals: list[AddressView]


class Other(BaseModel):
    """Another conversation, which stands for its address."""

    conversation: str = Field(min_length=1, max_length=100)


class SayElsewhere(BaseModel):
    """A reply that goes out in another conversation of the same person, and why it does. The
    same ``client_msg_id`` again is the same message."""

    conversation: str = Field(min_length=1, max_length=100)
    client_msg_id: str = Field(min_length=1, max_length=100)
    text: str = Field(max_length=10_000)
    reason: str = Field(max_length=200, description="staff read it in both conversations")
    term: int | None = Field(default=None, ge=0, le=HIGHEST_NUMBER)
    files: list[str] = Field(default=[], max_length=5, description="of `attachments` here")


class SaidElsewhere(BaseModel):
    """The message, and the conversation it stands in."""

    conversation: str
    message: MessageView
