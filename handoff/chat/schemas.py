"""The public shapes of the web chat. Stable: widgets on other people's sites depend on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from handoff.chat.uploads import shown_to_tenant
from handoff.ledger.media import FileKind, MediaFile
from handoff.model import Message, MessageId


class Opened(BaseModel):
    """A new conversation. The token is shown once; send it as ``Authorization: Bearer``."""

    conversation_id: str
    token: str


class NewMessage(BaseModel):
    """One message: either ``text`` or ``choice_id`` (an id from an event's ``choices``, or the
    reserved ``medewerker``: a person, please)."""

    client_msg_id: str = Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9_.:-]+$")
    text: str | None = Field(default=None, max_length=10_000)
    choice_id: str | None = Field(default=None, max_length=100)


class AcceptedMessage(BaseModel):
    """The message is stored, in this place of the conversation."""

    seq: int


class EventChoice(BaseModel):
    id: str
    title: str


class EventFile(BaseModel):
    """A photo, or a document of a member of staff; get it with the conversation's token at
    ``files/{id}``."""

    id: str
    name: str | None = Field(default=None, description="of a document; a photo has none")


class Event(BaseModel):
    """Something the tenant sees. ``seq`` counts 1, 2, 3 without gaps in one conversation."""

    seq: int
    author: Literal["tenant", "bot", "agent", "system"]
    name: str
    text: str
    choices: list[EventChoice]
    at: datetime = Field(description="UTC")
    files: list[EventFile] | None = Field(default=None, description="what came with it")
    client_msg_id: str | None = Field(default=None, description="on the tenant's own messages")
    state: Literal["bot", "waiting", "held", "closed"] | None = Field(
        default=None, description="on system events that change who answers: the state after it"
    )


class Events(BaseModel):
    """What happened after ``since``, and who answers now."""

    state: Literal["bot", "waiting", "held", "closed"]
    events: list[Event]


def _event_file(file: MediaFile) -> EventFile:
    return EventFile(id=file.id, name=None if file.kind is FileKind.PHOTO else file.name)


def event_of(message: Message, files: Mapping[MessageId, Sequence[MediaFile]]) -> Event:
    photos = [_event_file(f) for f in files.get(message.id, ()) if shown_to_tenant(f)]
    return Event(
        seq=message.seq or 0,
        author=message.author.kind.value,
        name=message.author.name,
        text=message.text,
        choices=[EventChoice(id=choice.id, title=choice.title) for choice in message.choices],
        at=message.at,
        files=photos or None,
        client_msg_id=message.client_msg_id if message.author.kind == "tenant" else None,
        state=message.state.value if message.state else None,
    )
