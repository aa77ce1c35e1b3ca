"""What a channel is to the hub. A new one is one file in this package plus recorded payloads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import ClassVar, Protocol


class FileWay(StrEnum):
    """How a file that staff send reaches the tenant on a channel."""

    NONE = "none"
    """Not at all."""
    LOG = "log"
    """The other side reads it where it reads the log."""
    UPLOAD = "upload"
    """The provider is given its bytes."""
    ADDRESS = "address"
    """The provider fetches it from an address of ours."""
    LINK = "link"
    """The text holds a link, to a page of ours where the tenant gets it."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the other side can show and take; limits in characters."""

    max_text: int
    choices: bool
    typing: bool
    push: bool
    """Messages are sent to a provider; False when the other side reads the log itself."""
    idempotent: bool
    """The provider drops a second send of the same id, so a doubtful one may be sent again."""
    gather: timedelta
    """How long to wait for more of the same burst before the assistant answers."""
    receipts: bool = False
    """The provider reports what became of a message (``DeliveryUpdate``)."""
    reads_errors: bool = False
    """Who sends is told what was wrong with it. Most providers would only send it again."""
    window: timedelta | None = None
    """After the tenant's last message free text is taken for this long only."""
    blocks_after_stop: bool = False
    """After STOP the provider itself lets nothing through, until the tenant sends START."""
    files: bool = True
    """The tenant can send photos here. If not, he is given a link for them."""
    sends_files: FileWay = FileWay.NONE
    """How a photo or PDF of staff goes out."""
    lists: bool = False
    """The provider can be asked what came in and what went out: the channel is a ``Lists``."""


@dataclass(frozen=True, slots=True)
class RawRequest:
    """A provider's request, as it came in. ``url`` is built from the configured public address."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Text:
    """Words the tenant typed or said."""

    text: str


@dataclass(frozen=True, slots=True)
class Edited:
    """New words for a message the tenant sent before; what was said stays said."""

    text: str


@dataclass(frozen=True, slots=True)
class GroupCall:
    """Somebody calls or adds us in a group chat, where we do not talk."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A quick reply, by its reference."""

    choice_id: str


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Something a channel can carry and we cannot read (sticker, poll). A value, not an error."""

    kind: str


class Wish(StrEnum):
    """What a tenant asks of the channel itself, with a word that providers know."""

    STOP = "stop"
    START = "start"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class OptOut:
    """The tenant wants no more messages here, wants them again, or asks how this works."""

    wish: Wish


@dataclass(frozen=True, slots=True)
class MediaRef:
    """A photo, voice note or file that the provider keeps for us, under its own name ``ref``."""

    ref: str
    content_type: str
    uploaded: bool = False
    """It lies on our own shelf already; ``ref`` is our own id of it."""


@dataclass(frozen=True, slots=True)
class Attached:
    """Files, with the words that came with them."""

    text: str
    media: tuple[MediaRef, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """What a tenant shows or does beside words: a place, a contact, a thumb, a sticker.

    Kept for staff and never put to the assistant. ``detail`` is what can be said of it, or "".
    """

    kind: str
    detail: str = ""


Body = Aside | Text | Edited | Chosen | Attached | OptOut | GroupCall | Unsupported


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing a tenant sent. ``external_id`` is unique within (channel, account)."""

    channel: str
    account: str
    address: str
    external_id: str
    body: Body


class Fate(StrEnum):
    """What became of a message at the provider. It only moves forward."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class DeliveryUpdate:
    """The provider's word on one message of ours. ``message_id`` is ours, if it came back."""

    channel: str
    message_id: str | None
    provider_ref: str
    fate: Fate
    code: str = ""
    """The provider's number for what went wrong."""
    closed: bool = False
    """With ``FAILED``: free text was not taken because the window for it had closed."""
    unwanted: bool = False
    """With ``FAILED``: the tenant wants no messages there."""


Event = Inbound | DeliveryUpdate


@dataclass(frozen=True, slots=True)
class OutboundChoice:
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class OutboundFile:
    """A photo (JPEG) or PDF of staff. ``address`` is set for ``ADDRESS`` and ``LINK``, and
    ``content`` for ``UPLOAD``."""

    name: str
    content_type: str
    address: str = ""
    content: bytes = field(default=b"", repr=False)

    @property
    def is_photo(self) -> bool:
        return self.content_type.startswith("image/")


@dataclass(frozen=True, slots=True)
class Outbound:
    """One message to a tenant. ``message_id`` is ours; providers get it back in callbacks."""

    message_id: str
    address: str
    author: str
    text: str
    choices: tuple[OutboundChoice, ...] = ()
    open_list: str = ""
    """What the button says that opens a list of choices; "" when there is to be none."""
    file: OutboundFile | None = None
    """What goes with the text, or behind it. A channel that says ``NONE`` is never given one."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """One provider call, ready to be made."""

    payload: Mapping[str, object]


class DeliveryResult(StrEnum):
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNCERTAIN = "uncertain"
    LATER = "later"
    """Certainly not taken, and welcome at another time: the provider is busy."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the provider said. ``detail`` is for staff, in words."""

    result: DeliveryResult
    provider_ref: str | None = None
    detail: str = ""
    pause: timedelta = timedelta(0)
    """With ``LATER``: how long the provider wants to be left alone."""
    unwanted: bool = False
    """With ``REJECTED``: the tenant blocked us, so nothing arrives there until he writes again."""
    closed: bool = False
    """With ``REJECTED``: free text is not taken there until the tenant writes again."""


class BadSignature(Exception):
    """The request was not signed by the provider."""


class NotUnderstood(Exception):
    """The request is not one this channel knows."""


class TooLong(NotUnderstood):
    """More text than we store of one message."""


class Away(Exception):
    """The provider is not there for us now; try again after ``pause``."""

    def __init__(self, why: str, pause: timedelta) -> None:
        super().__init__(why)
        self.pause = pause


class Channel(Protocol):
    """Port. ``verify``, ``parse`` and ``render`` are pure; ``deliver`` alone does I/O."""

    name: ClassVar[str]
    capabilities: ClassVar[Capabilities]

    def verify(self, request: RawRequest) -> None:
        """Raises BadSignature when the provider did not send this."""

    def parse(self, request: RawRequest) -> Sequence[Event]:
        """What the request says, in its order; nothing when it is of no interest.

        Raises NotUnderstood when the body is not one of this channel's.
        """

    def render(self, message: Outbound) -> Sequence[Rendered]:
        """Fit a message to this channel's limits."""

    async def deliver(self, rendered: Rendered) -> Receipt:
        """Make the call. Never raises for what a provider can do."""
