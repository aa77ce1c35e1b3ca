"""What is known about one message, from the client's side of the wire."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

_numbers = itertools.count(1)


def now() -> float:
    """Seconds on a clock that never jumps."""
    return time.monotonic()


@dataclass(slots=True)
class Message:
    """One question. The moments are filled in as they happen; None means: did not happen."""

    text: str
    id: str = field(default_factory=lambda: f"bench-{next(_numbers):06d}")
    conversation: str = ""
    due_at: float = 0.0
    """When it should leave; later than this is waiting that a tenant would notice."""
    written_at: float | None = None
    """The request was handed to an open connection, to the last byte."""
    accepted_at: float | None = None
    """The server said 2xx."""
    answered_at: float | None = None
    """The assistant's words reached the client."""
    handed_over: bool = False
    trouble: str = ""

    @property
    def answered(self) -> bool:
        """By the assistant itself; a hand-over notice is not what is timed here."""
        return self.answered_at is not None and not self.handed_over

    @property
    def latency(self) -> float | None:
        """Seconds from when it was due until its answer."""
        if self.answered_at is None or self.handed_over:
            return None
        return self.answered_at - self.due_at

    @property
    def wait_for_acceptance(self) -> float | None:
        return None if self.accepted_at is None else self.accepted_at - self.due_at


class ConnectionBroke(Exception):
    """The server was not there, or went away while it was asked."""


class Conversation(Protocol):
    """One tenant's conversation."""

    key: str

    async def ask(self, message: Message, patience: float) -> None:
        """Send and wait for the answer, writing down each moment.

        Raises:
            ConnectionBroke: the server is not there, or vanished.
        """

    async def close(self) -> None:
        """Stop listening."""


class Door(Protocol):
    """How a client reaches one of the two servers."""

    async def open(self) -> Conversation:
        """Begin a conversation.

        Raises:
            ConnectionBroke: the server is not there.
        """

    async def close(self) -> None:
        """Give back the connections."""


def latencies(
    messages: Sequence[Message], pick: Callable[[Message], float | None] = lambda m: m.latency
) -> list[float]:
    return [value for value in map(pick, messages) if value is not None]
