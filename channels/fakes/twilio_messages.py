"""What the fake Twilio keeps: messages and their files, and how its REST API shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import format_datetime
from typing import Final
from uuid import uuid4

WHATSAPP: Final = "whatsapp:"
VERSION: Final = "2010-04-01"
MAGIC_CODES: Final[Mapping[str, int]] = {"63016": 63016, "30003": 30003}
"""A recipient whose number ends so is accepted, and then fails with this code."""


def new_sid(prefix: str) -> str:
    """A name as Twilio makes them: two letters and 32 hexadecimal digits."""
    return prefix + uuid4().hex


@dataclass(frozen=True, slots=True)
class File:
    """A photo, voice note or document that a sender adds to a message."""

    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Media:
    """A file as Twilio keeps it, under its own name."""

    sid: str
    file: File
    created: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """One message, in or out. ``form`` is what its sender gave, by Twilio's field names."""

    sid: str
    account_sid: str
    sender: str | None
    recipient: str
    body: str
    direction: str
    status: str
    created: datetime
    updated: datetime
    sent: datetime | None = None
    error_code: int | None = None
    status_callback: str = ""
    media: tuple[Media, ...] = ()
    form: Mapping[str, str] = field(default_factory=dict)
    fails_with: int | None = None
    """Taken, and going to fail with this code."""

    @property
    def whatsapp(self) -> bool:
        return self.recipient.startswith(WHATSAPP)

    @property
    def uri(self) -> str:
        """Its address below the product host, without ``.json``."""
        return f"/{VERSION}/Accounts/{self.account_sid}/Messages/{self.sid}"

    def magic_code(self) -> int | None:
        """The code with which this message is going to fail, if any."""
        return self.fails_with or next(
            (code for end, code in MAGIC_CODES.items() if self.recipient.endswith(end)), None
        )

    def became(self, status: str, at: datetime, code: int | None = None) -> Message:
        sent = self.sent if status in {"queued", "accepted", "failed"} else self.sent or at
        return replace(self, status=status, updated=at, sent=sent, error_code=code)


class Messages:
    """All messages of one account, oldest first."""

    def __init__(self) -> None:
        self._by_sid: dict[str, Message] = {}
        self.watchers: list[Callable[[Message], None]] = []
        """Called with each message that is new or has changed."""

    def __iter__(self) -> Iterator[Message]:
        return iter(tuple(self._by_sid.values()))

    def put(self, message: Message) -> None:
        """Add it, or put its new state in the place of the old one."""
        self._by_sid[message.sid] = message
        for watcher in self.watchers:
            watcher(message)

    def get(self, sid: str) -> Message | None:
        return self._by_sid.get(sid)

    def drop_media(self, sid: str, media_sid: str) -> bool:
        """Forget one file; False when there was none."""
        message = self._by_sid.get(sid)
        if message is None:
            return False
        left = tuple(one for one in message.media if one.sid != media_sid)
        self.put(replace(message, media=left))
        return len(left) < len(message.media)


def media_of(message: Message | None, media_sid: str) -> Media | None:
    found = () if message is None else message.media
    return next((one for one in found if one.sid == media_sid), None)


def message_json(message: Message) -> dict[str, object]:
    """The Message resource. All texts but the error code, as in the published description."""
    return {
        "account_sid": message.account_sid,
        "api_version": VERSION,
        "body": message.body,
        "date_created": _rfc2822(message.created),
        "date_sent": _rfc2822(message.sent),
        "date_updated": _rfc2822(message.updated),
        "direction": message.direction,
        "error_code": message.error_code,
        "error_message": None if message.error_code is None else f"Error {message.error_code}",
        "from": message.sender,
        "messaging_service_sid": message.form.get("MessagingServiceSid"),
        "num_media": str(len(message.media) or int("MediaUrl" in message.form)),
        "num_segments": "1",
        "price": None,
        "price_unit": None,
        "sid": message.sid,
        "status": message.status,
        "subresource_uris": {"media": f"{message.uri}/Media.json"},
        "to": message.recipient,
        "uri": f"{message.uri}.json",
    }


def media_json(message: Message, media: Media) -> dict[str, object]:
    """The Media resource: about the file, not the file itself."""
    return {
        "account_sid": message.account_sid,
        "content_type": media.file.content_type,
        "date_created": _rfc2822(media.created),
        "date_updated": _rfc2822(media.created),
        "parent_sid": message.sid,
        "sid": media.sid,
        "uri": f"{message.uri}/Media/{media.sid}.json",
    }


def _rfc2822(moment: datetime | None) -> str | None:
    return None if moment is None else format_datetime(moment)
