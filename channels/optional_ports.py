"""What a channel may do besides the ``Channel`` port. The hub asks ``isinstance`` and does without.

None of this carries what a tenant said to us or we to him, but ``Polls``, whose updates go the
same way as those of a webhook.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from channels.port import DeliveryUpdate, Inbound, Outbound, RawRequest, Rendered


@dataclass(frozen=True, slots=True)
class Polled:
    """One update that we fetched. ``no`` grows, but not by one."""

    no: int
    request: RawRequest


@runtime_checkable
class Polls(Protocol):
    """The provider posts updates to us, or keeps them until we come for them."""

    polling: bool
    """We fetch; nothing is posted."""

    async def connect(self, public_base_url: str) -> bool:
        """Arrange with the provider how updates come; a second time changes nothing.

        False when there is nothing to arrange: the public address is none that it can post to.

        Raises:
            Away: not now.
        """

    async def fetch(self, after: int | None) -> Sequence[Polled]:
        """What came after update ``after``, oldest first; waits a while when there is nothing.

        Asking tells the provider that all up to ``after`` is safe with us: it forgets those.
        ``None``: whatever it has not been told so of.

        Raises:
            Away: not now.
        """


@runtime_checkable
class Acknowledges(Protocol):
    """The tenant's app waits for a sign that something arrived, besides our 2xx."""

    async def acknowledge(self, request: RawRequest) -> None:
        """Give the sign, if this request wants one. Never raises for what a provider can do."""


@runtime_checkable
class ShowsTyping(Protocol):
    """The provider can show that we are writing."""

    typing_seconds: float
    """How long the sign stays by itself."""

    async def show_typing(self, address: str) -> None:
        """Show it once. Never raises for what a provider can do."""


class ListUnreadable(Exception):
    """The provider's list could not be read to its end. Another time it may."""


@runtime_checkable
class Lists(Protocol):
    """Optional port of a channel: the provider's own list of messages. Both methods do I/O.

    Raises:
        ListUnreadable: the provider is away, too slow, refuses, or answers something else.
    """

    async def list_inbound(self, since: datetime) -> Sequence[Inbound]:
        """Everything that came in for us since this moment (aware UTC), oldest first.

        The ids are those of the webhook. A body may say less than the webhook's did.
        """

    async def find_sent(self, message: Outbound, since: datetime) -> Sequence[DeliveryUpdate]:
        """Messages made since this moment (aware UTC) that may be this one, oldest first.

        Empty: it is certainly not there. The same words may have been sent twice.
        """


@runtime_checkable
class Explains(Protocol):
    """Optional port of a channel: what its provider's word on a failure means."""

    def reason(self, detail: str) -> str:
        """A short stable key for the ``detail`` of a receipt or the ``code`` of an update."""


@dataclass(frozen=True, slots=True)
class Reopening:
    """A request to react: the only thing that may be sent when the window has closed."""

    message_id: str
    address: str
    corporation: str
    reference: str


@runtime_checkable
class Reopens(Protocol):
    """Beside ``Channel``: a channel with a ``window`` that may ask for a reaction."""

    def reopening(self, request: Reopening) -> Rendered | None:
        """The message that the provider has approved for it; None when none is set up. Pure."""
