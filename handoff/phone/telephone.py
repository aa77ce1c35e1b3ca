"""A channel that is a phone line, as the hub needs it: what a call says, and what it does next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Protocol, runtime_checkable

from channels.port import Capabilities, Event, Outbound, RawRequest, Rendered


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
