"""Files of tenants and staff, as rows. What is in them lies on the shelf (``handoff.media``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from handoff.model import AgentId, ConversationId, MessageId


class FileKind(StrEnum):
    PHOTO = "photo"
    VOICE = "voice"
    FILE = "file"
    """Anything else that is taken: a PDF, a film. Staff can only download it."""


class FileState(StrEnum):
    WAITING = "waiting"
    """Still with the provider."""
    KEPT = "kept"
    REFUSED = "refused"
    """Not taken; ``detail`` says why."""
    GONE = "gone"
    """The provider had it no more, or it was removed here."""


@dataclass(frozen=True, slots=True)
class MediaFile:
    """One file. ``size`` in bytes, as it lies here; ``at`` is aware UTC.

    ``message`` is None while an upload waits for the message it goes with. ``provider_ref`` is the
    provider's name for it, "" when the provider has it no more.
    """

    id: str
    conversation: ConversationId
    message: MessageId | None
    kind: FileKind
    content_type: str
    size: int
    state: FileState
    provider_ref: str
    detail: str
    at: datetime
    by: AgentId | None = None
    """Who of the staff sends it; None for a file of the tenant."""
    name: str = ""
    """As staff called it; "" for a file of the tenant."""
    link_key: str = ""
    """What the links to it are signed with."""


class MediaFiles(Protocol):
    def add(self, file: MediaFile) -> None: ...

    def get(self, id: str) -> MediaFile | None: ...

    def save(self, file: MediaFile) -> None:
        """Write what became of it: all but id, conversation and moment."""

    def attach(self, id: str, conversation: ConversationId, message: MessageId) -> bool:
        """Give a tenant's upload its message. False: not of this conversation, not kept any more,
        or it has one already."""

    def send(self, id: str, by: AgentId, conversation: ConversationId, message: MessageId) -> bool:
        """Give a file of staff its message, also in another conversation than it was made for.
        False: it is not of this member of staff, not kept any more, or it was sent already."""

    def abandoned(self, before: datetime, most: int) -> Sequence[MediaFile]:
        """Files from before this moment that never got a message, oldest first."""

    def give_up(self, id: str) -> bool:
        """Mark a file without a message as gone: from now on it gets none. False: it has one."""

    def forget(self, id: str) -> None:
        """Remove the row of a file that was given up."""

    def of(self, conversation: ConversationId) -> Sequence[MediaFile]:
        """All files of a conversation, oldest first."""

    def by_message(self, messages: Sequence[MessageId]) -> Mapping[MessageId, Sequence[MediaFile]]:
        """The files of these messages, in the order they came; no entry for one without."""
