"""A channel that is a phone line, as the hub needs it: what a call says, and what it does next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import ClassVar, Protocol, runtime_checkable

from channels.port import Capabilities, Event, Outbound, RawRequest, Rendered


class FrameKind(StrEnum):
    """What a message of a stream tells."""

    SETUP = "setup"
    WORDS = "words"
    KEY = "key"
    INTERRUPTED = "interrupted"
    TROUBLE = "trouble"
    OTHER = "other"


class Heard(Protocol):
    """What the provider tells of a call beside the words that were said."""

    @property
    def call(self) -> str:
        """The provider's name for the call, and the address of its conversation."""

    @property
    def number(self) -> str:
        """The caller's number, "" when it is hidden. It proves nothing about who calls."""

    @property
    def digit(self) -> str:
        """The key that was pressed, "" when none was."""

    @property
    def confidence(self) -> float | None:
        """How sure the listener is of the words, 0 to 1; None when it does not say."""

    @property
    def over(self) -> bool:
        """The call has ended."""

    @property
    def answered(self) -> bool:
        """A colleague who was rung took the call."""


class Frame(Protocol):
    """One message of a stream. ``kind`` says which of the other values count."""

    @property
    def kind(self) -> str:
        """One of FrameKind."""

    @property
    def call(self) -> str:
        """With SETUP: the provider's name for the call."""

    @property
    def account(self) -> str:
        """With SETUP: whose call it is."""

    @property
    def number(self) -> str:
        """With SETUP: the caller's number, "" when it is hidden."""

    @property
    def text(self) -> str:
        """With WORDS: what was said; with KEY: the key; with TROUBLE: what the provider says."""


@runtime_checkable
class Telephone(Protocol):
    """Port: a channel whose answer to the provider is what the call does next.

    ``said`` is spoken first; ``then`` is the path that the provider asks next. What comes back from
    ``listen``, ``bridge``, ``connect`` and ``hang_up`` is XML in the provider's language.
    """

    name: ClassVar[str]
    capabilities: ClassVar[Capabilities]

    @property
    def can_connect(self) -> bool:
        """Whether there is a number where a person can be rung."""

    @property
    def streams(self) -> bool:
        """Whether calls are carried by a stream of messages, not by a request for each turn."""

    @property
    def answer_seconds(self) -> float:
        """How long a caller may hear silence."""

    def verify(self, request: RawRequest) -> None: ...

    def parse(self, request: RawRequest) -> Sequence[Event]: ...

    def render(self, message: Outbound) -> Sequence[Rendered]: ...

    def heard(self, request: RawRequest) -> Heard:
        """What else the request says.

        Raises:
            NotUnderstood: it is not about a call.
        """

    def listen(self, said: Sequence[str], then: str, hints: Iterable[str]) -> str:
        """Speak, then take words or a key; ``hints`` are words that are likely to come."""

    def bridge(self, said: Sequence[str], then: str) -> str:
        """Speak, then ask ``then`` again at once."""

    def connect(self, said: Sequence[str], then: str) -> str:
        """Speak, then ring a person; ``then`` hears how that ended."""

    def hang_up(self, said: Sequence[str]) -> str:
        """Speak, then end the call."""

    def stream(self, said: Sequence[str], then: str, over: str, hints: Iterable[str]) -> str:
        """Speak, then talk on over a stream to ``then``; ``over`` is asked when that has ended."""

    def verify_stream(self, url: str, headers: Mapping[str, str]) -> None:
        """Whether the provider opens this stream, at the public address ``url``.

        Raises:
            BadSignature: it does not.
        """

    def read_frame(self, message: str) -> Frame:
        """One message of a stream.

        Raises:
            NotUnderstood: it is none.
        """

    def speak(self, said: Sequence[str], more_comes: bool) -> Sequence[str]:
        """These words as messages of a stream."""

    def leave(self, handed: str) -> str:
        """The message that ends a stream; ``handed`` comes back in the request that follows."""

    def handed(self, request: RawRequest) -> str:
        """What we handed over at the end of the stream, "" when the stream broke off."""
